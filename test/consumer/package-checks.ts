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
