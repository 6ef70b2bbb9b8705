/**
 * The bundling step of `npm run build`, after the compiler: each library of `lib/runtime/` becomes one file that needs
 * nothing but Node.js, `dist/runtime/NAME/index.js`, with what it uses of the AWS SDK inside. The same sources give the
 * same bytes, on any machine: a function's package is deployed anew only where something has changed. See
 * `lib/runtime/README.md`.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import * as path from "node:path";
import { buildSync, type Metafile } from "esbuild";

const root = path.join(__dirname, "..");

/** The maximum size of each library's bundle in bytes: a fifth above the measured size, so that growth is a decision. */
export const budgets: Readonly<Record<string, number>> = {
  // Measured: 378,803 bytes, nearly all of it the SDK.
  "stage-record": 455_000,
};

/** The pattern of packages that must not be in a bundle: constructs belong to synthesis, and zod is the consumer's. */
const BANNED = /^(@?cdktf|@?cdktn|constructs|zod)(\/|$)/;

/** A library of the runtime as one file. */
export interface Bundle {
  readonly code: Uint8Array;
  /** The licences of the packages that the file contains. */
  readonly notices: string;
}

/** Returns a library of the runtime as one file, without writing it. */
export function bundle(name: string): Bundle {
  const { outputFiles, metafile, warnings } = buildSync({
    absWorkingDir: root,
    entryPoints: [`lib/runtime/${name}/index.ts`],
    bundle: true,
    write: false,
    metafile: true,
    outfile: "index.js",
    platform: "node",
    format: "cjs",
    target: "node20",
    // The SDK's ES modules rather than its CommonJS ones: what is not used falls away, which is half of it.
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    // Which Node.js is needed says our package.json; nobody can do anything about the SDK's warning in a log.
    define: { "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": '"true"' },
    charset: "utf8",
    logLevel: "silent",
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const problems = [
    ...warnings.map(({ text }) => text),
    ...foreignImports(metafile),
    ...packagesIn(metafile)
      .filter(({ name: each }) => BANNED.test(each))
      .map(({ name: each }) => `it contains ${each}, which belongs to synthesis`),
    ...tooLarge(name, code.length),
    ...(Buffer.from(code).includes(root) ? ["it contains a path of this machine"] : []),
  ];
  if (problems.length > 0) throw new Error(`lib/runtime/${name}: ${problems.join("; ")}`);
  return { code, notices: noticesOf(packagesIn(metafile)) };
}

function foreignImports(metafile: Metafile): string[] {
  return Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports.filter(({ external }) => external).map((each) => each.path))
    .filter((each) => !builtinModules.includes(each.replace(/^node:/, "")))
    .map((each) => `it imports ${each}, which is not installed at run time`);
}

function tooLarge(name: string, bytes: number): string[] {
  const budget = budgets[name];
  if (budget === undefined) return ["it has no budget: measure it, and add it to budgets in scripts/bundle-runtime.ts"];
  return bytes > budget ? [`it has ${bytes} bytes, which exceeds its budget of ${budget}`] : [];
}

/** A package with code in a bundle. */
interface BundledPackage {
  readonly name: string;
  readonly folder: string;
}

function packagesIn({ outputs, inputs }: Metafile): BundledPackage[] {
  const used = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const banned = Object.keys(inputs).filter((file) => BANNED.test(packageOf(file)?.name ?? ""));
  const found = [...used, ...banned].map(packageOf).filter((each) => each !== undefined);
  return [...new Map(found.map((each) => [each.name, each])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packageOf(file: string): BundledPackage | undefined {
  const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
  return folder === undefined || name === undefined ? undefined : { name, folder: path.join(root, folder) };
}

/** Returns the licence texts, each once with the packages under it, whose redistribution they require. */
function noticesOf(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, folder } of packages) {
    const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
      version: string;
      license: string;
    };
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? license : readFileSync(path.join(folder, file), "utf8").trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  return `index.js contains parts of the packages below.\n\n${sections.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** Returns the modules outside the package that the type declarations of a built file import. */
function typesOutside(declarations: string, seen = new Set<string>()): string[] {
  if (seen.has(declarations)) return [];
  seen.add(declarations);
  const text = readFileSync(declarations, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const modules = [...text.matchAll(/(?:\bfrom |\bimport\(|\bimport )"([^"]+)"/g)].map(([, module = ""]) => module);
  return modules.flatMap((module) =>
    module.startsWith(".")
      ? typesOutside(path.join(path.dirname(declarations), `${module}.d.ts`), seen)
      : [module].filter((each) => !each.startsWith("node:")),
  );
}

function write(name: string): void {
  const folder = path.join(root, "dist", "runtime", name);
  const outside = typesOutside(path.join(folder, "index.d.ts"));
  if (outside.length > 0) throw new Error(`lib/runtime/${name}: its types need ${outside.join(", ")}`);
  const { code, notices } = bundle(name);
  // What the compiler made of the sources is inside now, and could not be loaded where the SDK is not installed.
  for (const file of readdirSync(folder)) if (/\.js(\.map)?$/.test(file)) rmSync(path.join(folder, file));
  writeFileSync(path.join(folder, "index.js"), code);
  writeFileSync(path.join(folder, "THIRD-PARTY-NOTICES.txt"), notices);
}

/** Returns the names of the runtime's libraries, which are the folders of `lib/runtime` with an `index.ts`. */
export function libraries(): string[] {
  const folder = path.join(root, "lib", "runtime");
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "index.ts")))
    .sort();
}

if (require.main === module) libraries().forEach(write);
