/**
 * Reads what `terraform show -json` or `tofu show -json` prints of a state, or the state from which a plan began. No error repeats a value: a state
 * holds secrets in clear.
 */
import { DOCUMENT_LIMIT } from "../../core/document/limits";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { block, type Block } from "../rehearsal/stack-terraform";
import { decodeTerraformJson, mebibytesOf } from "../terraform-json";

/** A resource or data source of a state's root module. */
export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Its attributes. They hold secrets in clear. */
  readonly values: Block;
  /** `true` in the places of the attributes that the provider or the configuration calls sensitive. */
  readonly sensitive: Block;
}

/** A state. */
export interface TerraformState {
  /** The name of the file, or `standard input`. */
  readonly name: string;
  /** The version of Terraform or OpenTofu; undefined where it does not say. */
  readonly terraformVersion?: string;
  /** The resources and data sources of the root module by their address. */
  readonly resources: ReadonlyMap<string, StateResource>;
}

/** A state's file: its name and its bytes. */
export interface StateFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const SHOW = "terraform -chdir=cdktf.out/stacks/STACK show -json > state.json";

/**
 * Reads a state in JSON. A plan in JSON is read too: of it the state from which it began.
 *
 * @throws MigrationError `PLAN_HAND_OVER_STATE` (something else, or more than 128 MB: the error says what), `PLAN_HAND_OVER_STATE_FORMAT` (a newer format)
 */
export function readTerraformState(stateFile: StateFile): TerraformState {
  admit("readTerraformState", { stateFile });
  const { name, bytes } = stateFile;
  refuseLargeState(name, bytes.length);
  const text = decodeTerraformJson(bytes);
  let value: unknown;
  try {
    // No bytes, and bytes that are no text, are no JSON either. The parser's own message quotes the text.
    value = JSON.parse(text ?? "");
  } catch {
    throw refused(
      name,
      bytes.length === 0 ? "nothing" : "something that is not JSON",
      `give what this writes: ${SHOW}`,
    );
  }
  return parseTerraformState(name, value);
}

/**
 * Refuses a state that is too large, before it is read: our own limit, that of a plan.
 *
 * @throws MigrationError `PLAN_HAND_OVER_STATE`
 */
export function refuseLargeState(name: string, size: number): void {
  if (size <= DOCUMENT_LIMIT) return;
  const allowed = `a state of at most ${mebibytesOf(DOCUMENT_LIMIT)} MB in JSON`;
  const fix = "show the state of the migration's stack alone, and not a plan";
  throw refused(name, `${mebibytesOf(size)} MB`, fix, allowed);
}

/**
 * Reads a state that is JSON already.
 *
 * @throws MigrationError `PLAN_HAND_OVER_STATE`, `PLAN_HAND_OVER_STATE_FORMAT`
 */
export function parseTerraformState(name: string, value: unknown): TerraformState {
  admit("parseTerraformState", { name });
  const given = block(value);
  if (given["lineage"] !== undefined || given["serial"] !== undefined) {
    throw refused(name, "a state file", `it says nothing of what is sensitive: give what this writes: ${SHOW}`);
  }
  const format = given["format_version"];
  const [, major] = typeof format === "string" ? (/^(\d{1,6})\.\d/.exec(format) ?? []) : [];
  if (major === undefined) throw refused(name, "JSON that is no state", `give what this writes: ${SHOW}`);
  if (Number(major) > 1) {
    throw new MigrationError({
      code: "PLAN_HAND_OVER_STATE_FORMAT",
      path: name,
      received: format,
      allowed: "a state of format 1.x, or an older one",
      fix: "take a newer version of migration-patterns",
    });
  }
  const state = given["resource_changes"] === undefined ? given : block(given["prior_state"]);
  const { resources } = block(block(state["values"])["root_module"]);
  if (!Array.isArray(resources)) {
    throw refused(name, "a state without a resource", "deploy the stack first, and show the state of the same stack");
  }
  const version = given["terraform_version"];
  return {
    name,
    ...(typeof version === "string" ? { terraformVersion: version } : {}),
    resources: new Map(resources.map(resource).map((each) => [each.address, each])),
  };
}

function resource(value: unknown): StateResource {
  const { address, mode, type, values, sensitive_values: sensitive } = block(value);
  return {
    address: String(address),
    mode: mode === "data" ? "data" : "managed",
    type: String(type),
    values: block(values),
    sensitive: block(sensitive),
  };
}

/** Checks whether anything within is sensitive. */
export function holdsSensitive(marks: unknown): boolean {
  if (marks === true) return true;
  return typeof marks === "object" && marks !== null && Object.values(marks).some(holdsSensitive);
}

function refused(
  name: string,
  received: string,
  fix: string,
  allowed = "a state in JSON, as terraform show -json or tofu show -json prints it",
): MigrationError {
  return new MigrationError({ code: "PLAN_HAND_OVER_STATE", path: name, received, allowed, fix });
}
