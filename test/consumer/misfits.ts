/**
 * Installations that do not fit, made of one that does: every entry says so in one sentence, before CDKTF is loaded, and so does
 * the command.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { subpathTargets } from "../support/subpaths";
import type { Project } from "./project";
import type { Tools } from "./tools";
import { REFUSED_NODE } from "./versions";

const OURS = "node_modules/cdktf-migration-patterns";
const subpaths = subpathTargets(path.join(__dirname, "../.."))
  .map(([subpath]) => subpath)
  // The libraries of the runtime need no peer.
  .filter((subpath) => !subpath.startsWith("./runtime/"));

/** Refuses in the way that the code says. */
interface Misfit {
  readonly what: string;
  /** The package of the tools that is put beside ours, under the name. */
  readonly put: readonly [tool: string, name: string];
  readonly code: string;
  /** What the message has to name. */
  readonly named: readonly string[];
}

const misfits: readonly Misfit[] = [
  { what: "zod 3", put: ["zod-3", "zod"], code: "INSTALLATION_PEER", named: ["zod", '"3.25.76"', "^4"] },
  {
    what: "a second copy of constructs",
    put: ["constructs-10-4", "constructs"],
    code: "INSTALLATION_COPIES",
    named: ["constructs", "10.4.2", "10.8.1"],
  },
];

/** Puts what does not fit beside our package, looks at every entry and at the command, and takes it away again. */
export async function checkMisfits(project: Project, tools: Tools): Promise<void> {
  for (const { what, put, code, named } of misfits) {
    const [tool, name] = put;
    const place = project.path(OURS, "node_modules");
    mkdirSync(place, { recursive: true });
    cpSync(tools.folder(tool), path.join(place, name), { recursive: true });
    await refused(project, what, process.execPath, code, named);
    rmSync(place, { recursive: true });
  }
  await refused(project, `Node.js ${REFUSED_NODE}`, tools.refusedNode, "INSTALLATION_NODE", [REFUSED_NODE, ">=20.15"]);
}

async function refused(
  project: Project,
  what: string,
  node: string,
  code: string,
  named: readonly string[],
): Promise<void> {
  const script = `
    const codes = {};
    for (const subpath of ${JSON.stringify(subpaths)}) {
      try { require("cdktf-migration-patterns" + subpath.slice(1)); codes[subpath] = "loaded"; } catch (error) { codes[subpath] = error.code; }
    }
    if (Object.keys(require.cache).some((file) => /node_modules[/](cdktf|constructs|zod)[/]/.test(file))) codes.cdktf = "loaded";
    console.log(JSON.stringify(codes));`;
  const { stdout } = await project.run(`${what}: loads every entry`, [node, "--input-type=commonjs", "--eval", script]);
  const codes = JSON.parse(stdout) as Record<string, string>;
  const others = Object.entries(codes).filter(([, each]) => each !== code);
  project.expect(`${what}: every entry refuses`, others.length === 0, JSON.stringify(Object.fromEntries(others)));

  const program = `import "cdktf-migration-patterns/plan";`;
  const loaded = await project.try([node, "--input-type=module", "--eval", program]);
  const sentence = loaded.stderr.split("\n").find((line) => line.includes(code)) ?? "";
  project.expect(
    `${what}: a program ends with a sentence that names the versions, and no stack`,
    loaded.code === 1 && named.every((each) => sentence.includes(each)) && !/^\s+at /m.test(loaded.stderr),
    sentence === "" ? loaded.stderr : sentence,
  );

  const command = await project.try([node, path.join(OURS, "dist/cli/main.js"), "rules"]);
  project.expect(
    `${what}: so does the command, with exit 2`,
    command.code === 2 && command.stdout === "" && command.stderr.startsWith(`migration-patterns: [${code}]`),
    command.stderr,
  );
}
