/**
 * ```ts
 * forgetSynthesis(); // at the start of an app, before anything can stop it
 * ```
 *
 * The folder into which CDKTF writes an app. A synthesis that is stopped leaves there what an earlier one has written, and whoever
 * reads the folder would take that for the app of today. CDKTF writes the manifest last, and everything finds its stacks through it:
 * so a synthesis begins by removing it, and only one that succeeds has one. The stacks' folders stay as they are, with what
 * Terraform keeps in them.
 */
import { rmSync } from "node:fs";
import * as path from "node:path";
import { admit } from "./door/admit";

/** The file by which the stacks of a synthesized app are found. */
export const MANIFEST_FILE = "manifest.json";
/** The folder in which each stack has one of its own. */
export const STACKS_FOLDER = "stacks";

/**
 * Removes the manifest of an earlier synthesis, so that no command takes its stacks for those of an app that is stopped before
 * it is written. `App.synth()` does so by itself where the app has a migration; an app that may stop before that calls it first.
 *
 * @param folder the folder of the app; by default the one into which CDKTF writes it
 */
export function forgetSynthesis(folder: string = process.env.CDKTF_OUTDIR ?? "cdktf.out"): void {
  admit("forgetSynthesis", { folder });
  rmSync(path.join(folder, MANIFEST_FILE), { force: true });
}
