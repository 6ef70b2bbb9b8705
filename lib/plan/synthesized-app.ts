/** Reads the Terraform that CDKTF has written into a folder, stack by stack. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { MANIFEST_FILE, STACKS_FOLDER } from "../core/synthesized-folder";
import type { StackTerraform } from "./rehearsal/stack-terraform";

/** A stack of an app that was synthesized into a folder. */
export interface SynthesizedStackFile extends StackTerraform {
  /** The name of the stack, by which `cdktf deploy` knows it. */
  readonly name: string;
  /** The folder of its Terraform, with whatever is written beside it. */
  readonly folder: string;
}

/**
 * Returns the stacks of the app that was synthesized into the folder.
 *
 * @param place the argument or option that names the folder, for messages
 * @throws MigrationError `PLAN_SYNTHESIZED_APP` where the folder holds no synthesized app, one that cannot be read, or one of
 * which the last synthesis was stopped
 */
export function readSynthesizedApp(folder: string, place = "folder"): SynthesizedStackFile[] {
  admit("readSynthesizedApp", { folder, place });
  const manifest = path.join(folder, MANIFEST_FILE);
  if (!existsSync(manifest)) {
    throw refused(
      place,
      folder,
      "a folder with the manifest.json of a synthesized app",
      existsSync(path.join(folder, STACKS_FOLDER))
        ? "the last synthesis was stopped, and its stacks are those of an earlier one: remedy what cdktf synth says, and run it again"
        : "run cdktf synth first, or name the folder into which the app was synthesized",
    );
  }
  return stacksOf(manifest, place).map(({ file, ...stack }) => ({
    ...stack,
    folder: path.dirname(path.join(folder, file)),
    terraform: json(path.join(folder, file), place),
  }));
}

function stacksOf(
  manifest: string,
  place: string,
): { readonly name: string; readonly path: string; readonly file: string }[] {
  const { stacks } = (json(manifest, place) ?? {}) as { readonly stacks?: unknown };
  if (typeof stacks !== "object" || stacks === null) {
    const fix = "it lists no stacks: run cdktf synth again";
    throw refused(place, manifest, "the manifest.json of a synthesized app", fix);
  }
  return Object.entries(stacks as Readonly<Record<string, unknown>>).map(([key, stack]) => {
    const fields = (stack ?? {}) as Readonly<Record<string, unknown>>;
    const { name, constructPath, synthesizedStackPath: file } = fields;
    if (typeof file !== "string") {
      const fix = `stack ${key} has none: run cdktf synth again`;
      throw refused(place, manifest, "stacks with their synthesizedStackPath", fix);
    }
    if (!file.endsWith(".json")) throw refused(place, file, "Terraform in JSON", "synthesize without --hcl");
    return {
      name: typeof name === "string" ? name : key,
      path: typeof constructPath === "string" ? constructPath : key,
      file,
    };
  });
}

function json(file: string, place: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused(place, file, "a file of JSON that can be read", `run cdktf synth again: ${reason}`, cause);
  }
}

function refused(place: string, received: string, allowed: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "PLAN_SYNTHESIZED_APP",
    path: place,
    received,
    allowed,
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
