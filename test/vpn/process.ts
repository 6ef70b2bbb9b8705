/**
 * Running programs with a bound on every wait. What was started in the background is remembered by its id and ended by it,
 * whatever happens to the lab.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { openSync, closeSync } from "node:fs";

/** What a finished program left behind. */
export interface Result {
  readonly ok: boolean;
  readonly out: string;
}

const running = new Set<ChildProcess>();

/** Runs a program to its end, or to the timeout. Standard output and error together. Never throws. */
export function attempt(
  command: readonly string[],
  options: { timeoutMs?: number; env?: NodeJS.ProcessEnv; input?: string } = {},
): Result {
  const [file = "", ...args] = command;
  const result = spawnSync(file, args, {
    encoding: "utf8",
    timeout: options.timeoutMs ?? 15_000,
    killSignal: "SIGKILL",
    env: { ...process.env, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
    maxBuffer: 64 * 1024 * 1024,
  });
  const out = `${result.stdout}${result.stderr}`;
  return { ok: result.status === 0, out: result.error === undefined ? out : `${out}${result.error.message}` };
}

/** Runs a program that has to succeed. */
export function run(command: readonly string[], options: Parameters<typeof attempt>[1] = {}): string {
  const { ok, out } = attempt(command, options);
  if (!ok) throw new Error(`${command.join(" ")} failed: ${out.trim()}`);
  return out;
}

/** Starts a program that stays, its output in a file. */
export function start(command: readonly string[], logFile: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const [file = "", ...args] = command;
  const log = openSync(logFile, "a");
  const child = spawn(file, args, { stdio: ["ignore", log, log], env: { ...process.env, ...env } });
  closeSync(log);
  child.on("error", () => running.delete(child));
  child.on("exit", () => running.delete(child));
  running.add(child);
  return child;
}

/** Ends a program that {@link start} started, and waits for it, at most two seconds. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (!running.has(child)) return;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  child.kill(signal);
  await Promise.race([ended, sleep(2_000)]);
  if (running.has(child)) child.kill("SIGKILL");
}

/** Ends everything that is still running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((child) => stop(child)));
}

/** For an exit that cannot wait. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks again every 200 ms until there is an answer, or gives up. Gives back how long it took. */
export async function until<Value>(
  what: string,
  timeoutMs: number,
  probe: () => Value | undefined | false,
): Promise<{ value: Value; ms: number }> {
  const begin = performance.now();
  for (;;) {
    const value = probe();
    const ms = performance.now() - begin;
    if (value !== undefined && value !== false) return { value, ms };
    if (ms > timeoutMs) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await sleep(200);
  }
}
