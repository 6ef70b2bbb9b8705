/** Whole processes, timed from outside: what a user waits for. */
import { execFileSync, spawnSync } from "node:child_process";

/** Wall seconds, seconds of the processor and peak memory of one run. */
export interface Sample {
  readonly seconds: number;
  /** What else the machine does makes a run later rather than more work: for what is measured in few runs. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Runs a piece of JavaScript in a fresh process and measures it. */
export function sample(code: string, cwd: string): Sample {
  // The child reports its own peak and work: maxRSS is in kilobytes, CPU times are in microseconds (process.resourceUsage).
  const script = `${code};process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\n@"+u.maxRSS+" "+(u.userCPUTime+u.systemCPUTime))})`;
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ["-e", script], { cwd, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const [, peak, work] = /@(\d+) (\d+)$/.exec(child.stderr) ?? [];
  if (child.status !== 0 || peak === undefined) throw new Error(`the measured process failed: ${child.stderr}`);
  return { seconds, cpuSeconds: Number(work) / 1e6, megabytes: Number(peak) / 1024 };
}

/**
 * Several pieces of code in turn, A B C A B C …, so that a machine whose speed drifts drifts for all of them. The fastest
 * run of each counts: what else the machine does can only make a run slower.
 */
export function inTurn(codes: Readonly<Record<string, string>>, cwd: string, runs: number): Record<string, Sample> {
  const fastest = new Map<string, Sample>();
  for (let run = -1; run < runs; run++) {
    for (const [name, code] of Object.entries(codes)) {
      const measured = sample(code, cwd);
      // The first round warms the disk cache and is not counted.
      if (run < 0) continue;
      const best = fastest.get(name);
      fastest.set(name, {
        seconds: Math.min(measured.seconds, best?.seconds ?? Number.POSITIVE_INFINITY),
        cpuSeconds: Math.min(measured.cpuSeconds, best?.cpuSeconds ?? Number.POSITIVE_INFINITY),
        megabytes: Math.min(measured.megabytes, best?.megabytes ?? Number.POSITIVE_INFINITY),
      });
    }
  }
  return Object.fromEntries(fastest);
}

/** Builds `dist/`, which is what a user loads. */
export function build(cwd: string): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd, stdio: "inherit" });
}
