import { readdirSync } from "node:fs";
import type { Project } from "./project";
import type { Tools } from "./tools";

/** Has those look at the package who know how packages are got wrong: publint at its form, attw at its types in every resolution. */
export async function checkPackage(project: Project, tools: Tools): Promise<void> {
  const { tarball } = project;
  const command = (name: string, ...args: readonly string[]): string[] => [process.execPath, tools.bin(name), ...args];
  await project.run("publint", command("publint", "run", tarball, "--strict"));

  // The schemas are JSON, and a pattern of subpaths, into which the tool does not look.
  const excluded = ["--exclude-entrypoints", "./schemas/*.json"];
  const { stdout, stderr } = await project.try(command("attw", tarball, "--format", "json", ...excluded));
  const { analysis, problems } = JSON.parse(stdout.startsWith("{") ? stdout : "{}") as {
    readonly analysis?: { readonly entrypoints: object };
    readonly problems?: object;
  };
  // A name that is said to be missing in an ES module is a value behind `export type *`: name the types instead.
  const found = problems === undefined || Object.keys(problems).length > 0;
  const entries = Object.keys(analysis?.entrypoints ?? {}).length;
  const detail = problems === undefined ? stdout + stderr : JSON.stringify(problems, undefined, 2);
  project.expect("attw", !found && entries > 20, found ? detail : `${entries} entries`);
}

/** Asks CycloneDX's own library whether the bill of materials is one, and npm what really comes with the package. */
export async function checkBillOfMaterials(project: Project, tools: Tools): Promise<void> {
  project.write({ "package.json": { private: true } });
  // Without the peers: they are the consumer's.
  const { stdout, stderr } = await project.run("npm install", [
    ...["npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps", project.tarball],
  ]);
  project.expect("npm warns of nothing", !/warn/i.test(stderr), `${stdout}\n${stderr}`.trim());
  const file = project.path("node_modules/cdktf-migration-patterns/dist/sbom.cdx.json");
  const program = `
    const { Validation, Spec } = require(${JSON.stringify(tools.folder("@cyclonedx/cyclonedx-library"))});
    const text = require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8");
    new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text).then((problem) => {
      if (problem !== null) throw new Error(JSON.stringify(problem));
    });`;
  await project.run("CycloneDX 1.5", [process.execPath, "--eval", program]);
  const { components } = JSON.parse(project.read("node_modules/cdktf-migration-patterns/dist/sbom.cdx.json")) as {
    readonly components: readonly { readonly purl: string }[];
  };
  const listed = components.map(({ purl }) => purl).sort();
  const installed = installedPackages(project).sort();
  const differ = `lists ${listed.join(", ")}; npm installs ${installed.join(", ")}`;
  project.expect("bill of materials", listed.join() === installed.join(), differ);
}

/** The packages that npm has put beside ours, as package URLs. */
function installedPackages(project: Project): string[] {
  const folders = readdirSync(project.path("node_modules")).flatMap((name) =>
    name.startsWith("@") ? readdirSync(project.path("node_modules", name)).map((each) => `${name}/${each}`) : [name],
  );
  return folders.flatMap((name) => {
    if (name.startsWith(".") || name === "cdktf-migration-patterns") return [];
    const { version } = JSON.parse(project.read(`node_modules/${name}/package.json`)) as { readonly version: string };
    return [`pkg:npm/${name.replace("@", "%40")}@${version}`];
  });
}
