import { readFileSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../../lib/core/error";
import type { InputFile } from "../../lib/inventory/reader";

/** The path of a fixture. */
export function fixture(name: string): string {
  return path.join(__dirname, "..", "fixtures", "inventory", name);
}

/** A fixture as a reader gets it, under its bare name. */
export function fixtureFile(name: string): InputFile {
  return { name, bytes: readFileSync(fixture(name)) };
}

/** A text as a reader gets it. */
export function textFile(name: string, text: string): InputFile {
  return { name, bytes: Buffer.from(text) };
}

/** The error with which the call ends. */
export async function errorOf(action: () => Promise<unknown>): Promise<MigrationError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("the call has succeeded");
}
