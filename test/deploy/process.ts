/**
 * Commands that end with the lab: cdktf starts terraform, which starts providers, and none of them is to go on alone when a
 * limit is reached or the lab is interrupted. So each runs in a process group of its own, which is ended whole.
 */
import { spawn } from "node:child_process";
import type { Outcome } from "../support/terraform";

const running = new Set<number>();

process.on("exit", () => {
  for (const group of running) end(group);
});

function end(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Runs a command to its end, whatever its exit code, or for `seconds` at most. */
export async function runWithin(
  seconds: number,
  command: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const { pid } = child;
    const out = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (out.stderr += text));
    child.once("error", reject);
    if (pid === undefined) return;
    running.add(pid);
    const limit = setTimeout(() => {
      out.stderr += `\nError: not done within ${seconds} s\n`;
      end(pid);
    }, seconds * 1000);
    child.once("close", (code) => {
      clearTimeout(limit);
      running.delete(pid);
      resolve({ code: code ?? 127, ...out });
    });
  });
}
