import type { Project } from "./project";
import { readFileSync } from "node:fs";
import * as path from "node:path";

const page = readFileSync(path.join(__dirname, "../../docs/installing.md"), "utf8");

/**
 * A command of the page about installing, word for word, but that our package is the packed one: it is on no registry before it
 * is released.
 */
export function readmeCommand(project: Project, wanted: RegExp): string[] {
  const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const [line, another] = lines.filter((each) => wanted.test(each));
  project.expect(
    `the page has one command ${wanted.source}`,
    line !== undefined && another === undefined,
    line ?? "none",
  );
  return (line ?? "")
    .replace(/\s+#.*$/, "")
    .split(/\s+/)
    .map((word) => (word === "cdktf-migration-patterns" ? project.tarball : word));
}
