/** Names of hosts, tags, variables, paths, resources and images, as they stand in inventories and configurations. None is a secret. */
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** The names, one a line of `ordinary-names.txt`. */
export const ordinaryNames: readonly string[] = readFileSync(path.join(__dirname, "ordinary-names.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "");
