/** The programs in Go, whose libraries are those of Istio and Kubernetes. */
import { execFileSync } from "node:child_process";
import * as path from "node:path";

const MOST_BYTES = 64 * 1024 * 1024;

/** Builds a program into the folder. Returns what runs it: with an input, for its output. */
export function goProgram(name: "regexp" | "yaml", folder: string): (input: string) => string {
  const program = path.join(folder, `go-${name}`);
  execFileSync("go", ["build", "-o", program, `./${name}`], { cwd: path.join(__dirname, "go"), stdio: "inherit" });
  return (input) => execFileSync(program, { input, encoding: "utf8", maxBuffer: MOST_BYTES });
}
