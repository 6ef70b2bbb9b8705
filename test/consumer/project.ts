/** A consumer's project: a folder of its own, what is done there, and what was seen. */
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run, type Outcome } from "../support/terraform";

/** One thing that was looked at. */
export interface Row {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Thrown where the rest of a project makes no sense any more; the reason is a row. */
export class Ended extends Error {}

const OUTPUT_SHOWN = 3000;

/** What `npm run` tells its script about our own package is none of a consumer's business. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|execpath|command)/.test(name));
  return {
    ...Object.fromEntries(own),
    ...{ CI: "1", NO_COLOR: "1", FORCE_COLOR: "0", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" },
    ...{ npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false" },
  };
}

export class Project {
  public readonly folder: string;

  constructor(
    public readonly name: string,
    /** The packed package. */
    public readonly tarball: string,
    private readonly report: (row: Row) => void,
  ) {
    this.folder = realpathSync(makeTemporaryFolder(`consumer-${name}`));
  }

  public path(...names: readonly string[]): string {
    return path.join(this.folder, ...names);
  }

  public read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  /** Writes files; what is no text becomes JSON. */
  public write(files: Readonly<Record<string, string | object>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    }
  }

  /** Runs a command in the project's folder, whatever its exit code. */
  public async try([command = "", ...args]: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return run(command, args, { cwd: this.folder, env: { ...environment(), ...env } });
  }

  /** Runs a command that must succeed. */
  public async run(what: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const started = Date.now();
    const outcome = await this.try(command, env);
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    const said = `${outcome.stdout}\n${outcome.stderr}`.trim().slice(-OUTPUT_SHOWN);
    this.expect(
      what,
      outcome.code === 0,
      outcome.code === 0 ? seconds : `exit ${outcome.code} after ${seconds}\n${said}`,
    );
    return outcome;
  }

  /** Reports a row, and ends the project where it is not as expected. */
  public expect(what: string, ok: boolean, detail: string): void {
    this.report({ what: `${this.name}: ${what}`, ok, detail });
    if (!ok) throw new Ended(what);
  }

  /** Runs the compiler that the project has installed. */
  public async compile(...args: readonly string[]): Promise<void> {
    await this.run("types", [process.execPath, this.path("node_modules/typescript/bin/tsc"), ...args]);
  }

  /** Installs with npm, our package and what is named, as somebody would type it. */
  public async npmInstall(...packages: readonly string[]): Promise<void> {
    await this.run("npm install", ["npm", "install", "--no-audit", "--no-fund", this.tarball, ...packages]);
  }
}
