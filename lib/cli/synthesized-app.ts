import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../core/error";
import { declaredMigrations, type DeclaredMigration } from "../plan/status/declared-migrations";

/** The folder into which CDKTF writes an app unless `cdktf.json` names another. */
export const DEFAULT_SYNTHESIZED = "cdktf.out";

/**
 * Returns the migrations of the app that was synthesized into the folder, stack by stack.
 *
 * @throws MigrationError `CLI_SYNTHESIZED_APP` where the folder holds none, or one that cannot be read
 */
export function synthesizedMigrations(folder: string): DeclaredMigration[] {
  const manifest = path.join(folder, "manifest.json");
  if (!existsSync(manifest)) {
    throw new MigrationError({
      code: "CLI_SYNTHESIZED_APP",
      path: "--synthesized",
      received: folder,
      allowed: "a folder with the manifest.json of a synthesized app",
      fix: "run cdktf synth first, or name its folder with --synthesized, or read the account alone with --app NAME",
    });
  }
  return stacksOf(manifest).flatMap(({ name, file }) => declaredMigrations(name, json(path.join(folder, file))));
}

function stacksOf(manifest: string): { readonly name: string; readonly file: string }[] {
  const { stacks } = (json(manifest) ?? {}) as { readonly stacks?: unknown };
  if (typeof stacks !== "object" || stacks === null) {
    throw unreadable(manifest, "the manifest.json of a synthesized app", "it lists no stacks: run cdktf synth again");
  }
  return Object.entries(stacks as Readonly<Record<string, unknown>>).map(([key, stack]) => {
    const { name, synthesizedStackPath: file } = (stack ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof file !== "string") {
      throw unreadable(
        manifest,
        "stacks with their synthesizedStackPath",
        `stack ${key} has none: run cdktf synth again`,
      );
    }
    if (!file.endsWith(".json")) {
      throw unreadable(file, "Terraform in JSON", "synthesize without --hcl");
    }
    return { name: typeof name === "string" ? name : key, file };
  });
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw unreadable(
      file,
      "a file of JSON that can be read",
      `run cdktf synth again: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
}

function unreadable(received: string, allowed: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_SYNTHESIZED_APP",
    path: "--synthesized",
    received,
    allowed,
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
