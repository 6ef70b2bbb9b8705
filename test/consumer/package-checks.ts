import type { Tools } from "./tools";

/** Has those look at the package who know how packages are got wrong: publint at its form, attw at its types in every resolution. */
export async function checkPackage(tools: Tools, tarball: string): Promise<void> {
  await tools.run("publint", "run", tarball, "--strict");
  // The schemas are JSON, and a pattern of subpaths, into which the tool does not look.
  await tools.run("attw", tarball, "--format", "ascii", "--no-emoji", "--exclude-entrypoints", "./schemas/*.json");
}
