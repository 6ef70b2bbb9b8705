/**
 * A reader of the pages, who does what they say: in a folder whose `node_modules` has the package and everything that this repo has
 * installed, on one day, so that a page does not become wrong by getting old.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { transformSync } from "esbuild";
import { isPrinted, standIns, stepsOf, tidy, type Command, type Step } from "./page-commands";
import { makeTemporaryFolder } from "./temporary-folder";
import { run, terraformEnvironment } from "./terraform";

const root = path.join(__dirname, "../..");

/** The day on which everything on the pages happens: that of the examples. */
export const PAGES_DAY = "2026-11-22";

/** Begins the line that the shell prints behind each command. */
const MARK = "\u001e";

export class PageReader {
  private constructor(
    /** The `node_modules` that the reader has. */
    private readonly modules: string,
    /** What every process loads first: the clock of {@link PAGES_DAY}. */
    private readonly clock: string,
  ) {}

  /** @param tarball the packed package. Without it this checkout is linked as the package, and must be built. */
  public static make(tarball?: string): PageReader {
    const folder = makeTemporaryFolder("reader");
    const modules = path.join(folder, "node_modules");
    const commands = path.join(modules, ".bin");
    mkdirSync(commands, { recursive: true });
    const theirs = path.join(root, "node_modules");
    for (const name of readdirSync(theirs)) {
      if (!name.startsWith(".")) symlinkSync(path.join(theirs, name), path.join(modules, name));
    }
    for (const name of readdirSync(path.join(theirs, ".bin")))
      symlinkSync(path.join(theirs, ".bin", name), path.join(commands, name));
    const own = path.join(modules, "cdktf-migration-patterns");
    if (tarball === undefined) {
      symlinkSync(root, own);
    } else {
      mkdirSync(own);
      execFileSync("tar", ["-xzf", tarball, "-C", own, "--strip-components=1"]);
    }
    const program = `#!/bin/sh\nexec '${process.execPath}' '${path.join(own, "dist/cli/main.js")}' "$@"\n`;
    writeFileSync(path.join(commands, "migration-patterns"), program, { mode: 0o755 });
    const clock = path.join(folder, "clock.cjs");
    const source = readFileSync(path.join(__dirname, "clock.ts"), "utf8");
    writeFileSync(clock, transformSync(source, { loader: "ts", format: "cjs" }).code);
    return new PageReader(modules, clock);
  }

  /** The folder of the package. */
  public get package(): string {
    return path.join(this.modules, "cdktf-migration-patterns");
  }

  /** Does what a page says. Returns what did not come as the page says, each with its line. */
  public async problemsOf(page: string): Promise<string[]> {
    return (await this.follow(page)).flatMap(problems);
  }

  /** Does what a page says. Returns the page with what was printed, wherever it said something else. */
  public async rewritten(page: string): Promise<string> {
    const lines = page.split("\n");
    for (const { step, printed } of (await this.follow(page)).reverse()) {
      if (printed === undefined || step.command in standIns || isPrinted(step.printed, printed)) continue;
      const said = step.printed === "" ? 0 : step.printed.split("\n").length - 1;
      const now = tidy(printed) === "" ? [] : tidy(printed).split("\n");
      lines.splice(step.line - 1 + step.command.split("\n").length, said, ...now);
    }
    return lines.join("\n");
  }

  private async follow(page: string): Promise<Followed[]> {
    const steps = stepsOf(page);
    if (!steps.some(({ kind }) => kind === "command")) return [];
    const folder = makeTemporaryFolder("page");
    symlinkSync(this.modules, path.join(folder, "node_modules"));
    const { stdout } = await run("bash", ["--noprofile", "--norc", "-c", scriptOf(steps)], {
      cwd: folder,
      env: this.environment(),
    });
    return steps.flatMap((step, index) =>
      step.kind === "command" ? { step, next: steps[index + 1], ...seen(stdout, index) } : [],
    );
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH = "", HOME = "", TMPDIR = "", TF_CLI_CONFIG_FILE = "" } = terraformEnvironment();
    return {
      PATH: `${path.join(this.modules, ".bin")}:${PATH}`,
      ...{ HOME, TMPDIR, TF_CLI_CONFIG_FILE, LANG: "C.UTF-8" },
      READER_MODULES: this.modules,
      ...{ TEST_TODAY: PAGES_DAY, NODE_OPTIONS: `--max-old-space-size=4096 --require ${this.clock}` },
      ...{ CI: "1", NO_COLOR: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" },
      ...{ npm_config_offline: "true", npm_config_update_notifier: "false" },
    };
  }
}

/** One shell for a page, so that `cd` and `$?` are what they are in a terminal. */
function scriptOf(steps: readonly Step[]): string {
  const lines = steps.map((step, index) => {
    if (step.kind === "file") {
      const end = `END_${createHash("sha256").update(step.text).digest("hex")}`;
      return `mkdir -p "$(dirname '${step.file}')" && cat > '${step.file}' <<'${end}'\n${step.text}${end}`;
    }
    const command = standIns[step.command] ?? step.command;
    return `${command}\nstatus=$?; printf '\\n${MARK}%s %s\\n' ${index} $status; (exit $status)`;
  });
  return ["exec 2>&1 < /dev/null", ...lines].join("\n");
}

/** A command that was run. */
interface Followed {
  readonly step: Command;
  readonly next: Step | undefined;
  /** What it printed, and its exit status. Neither where it was not run, or ended the shell. */
  readonly printed?: string;
  readonly status?: string;
}

/** Returns what a session has of the command with the number. */
function seen(session: string, index: number): Pick<Followed, "printed" | "status"> {
  const end = new RegExp(`\\n${MARK}${index} (\\d+)\\n`).exec(session);
  if (end === null) return {};
  const [before = ""] = session.slice(0, end.index).split(MARK).slice(-1);
  // Behind a mark comes the rest of its line.
  const printed = session.indexOf(MARK) < end.index ? before.replace(/^.*\n/, "") : before;
  return { printed, status: end[1] ?? "" };
}

function problems({ step, next, printed, status }: Followed): string[] {
  const where = `line ${step.line}: ${step.command}`;
  if (printed === undefined) return [`${where}\n  was not run, or ended the shell`];
  const asked = next?.kind === "command" && next.command === "echo $?";
  return [
    ...(status === "0" || asked
      ? []
      : [`${where}\n  ended with ${status ?? ""}, and the page does not say so: echo $?`]),
    ...(step.command in standIns || isPrinted(step.printed, printed)
      ? []
      : [`${where}\n--- the page says\n${tidy(step.printed)}\n--- it prints\n${tidy(printed)}\n---`]),
  ];
}

/** Returns the sources that are not those of which `dist/` was built, by what the compiler wrote down of each. */
export function staleSources(): string[] {
  const dist = path.join(root, "dist");
  const { fileNames, fileInfos } = JSON.parse(readFileSync(path.join(dist, ".tsbuildinfo"), "utf8")) as {
    fileNames: string[];
    fileInfos: (string | { version: string })[];
  };
  const built = new Map(
    fileNames.map((name, index) => {
      const info = fileInfos[index] ?? "";
      return [path.join(dist, name), typeof info === "string" ? info : info.version];
    }),
  );
  const lib = path.join(root, "lib");
  return readdirSync(lib, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(lib, file))
    .filter((file) => createHash("sha256").update(readFileSync(file)).digest("hex") !== built.get(file))
    .map((file) => path.relative(root, file));
}
