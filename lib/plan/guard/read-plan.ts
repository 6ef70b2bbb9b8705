/**
 * ```ts
 * const plan = readTerraformPlan({ name: "plan.json", bytes: await readFile("plan.json") });
 * ```
 *
 * Reads what `terraform show -json PLAN` or `tofu show -json PLAN` prints. No error repeats anything of the plan but names: a
 * plan holds secrets in clear, and Node.js quotes the text around a fault in JSON.
 */
import { DEPTH_LIMIT, DOCUMENT_LIMIT } from "../../core/document/limits";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { decodeTerraformJson, mebibytesOf } from "../terraform-json";
import { recognizeBytes, recognizeJson, recognizeText, type RecognizedInput } from "./recognize-input";
import {
  plannedActions,
  type JsonObject,
  type PlannedAction,
  type PlannedChange,
  type PlannedInvocation,
  type TerraformPlan,
} from "./terraform-plan";

/** A plan's file: its name and its bytes. */
export interface PlanFile {
  /** The file as the user named it, and as errors name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The most bytes of a plan, 128 MiB: our own limit. A resource has some 10 kB in a plan, which names it four times, so that is a
 * stack of 13,000 resources.
 */
export const PLAN_LIMIT: number = DOCUMENT_LIMIT;

/** The newest major version of the format that is known: Terraform 1.11 and OpenTofu 1.12 write 1.2. */
export const KNOWN_FORMAT = 1;

/**
 * Reads a plan in JSON. UTF-16, which PowerShell writes with `>`, is read too.
 *
 * @throws MigrationError `PLAN_GUARD_UNREADABLE` (something else than a plan in JSON: the error says what), `PLAN_GUARD_FORMAT`
 * (a newer format), `PLAN_GUARD_TOO_LARGE`
 */
export function readTerraformPlan(planFile: PlanFile): TerraformPlan {
  admit("readTerraformPlan", { planFile });
  const { name, bytes } = planFile;
  refuseLarge(name, bytes.length);
  const binary = recognizeBytes(bytes);
  if (binary !== undefined) throw unreadable(name, binary);
  const text = decodeTerraformJson(bytes);
  if (text === undefined) throw unreadable(name, { what: "bytes that are not text", fix: "give a plan in JSON" });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw unreadable(name, recognizeText(text));
  }
  return parseTerraformPlan(name, value);
}

/**
 * Reads a plan that is JSON already.
 *
 * @throws MigrationError `PLAN_GUARD_UNREADABLE`, `PLAN_GUARD_FORMAT`
 */
export function parseTerraformPlan(name: string, value: unknown): TerraformPlan {
  admit("parseTerraformPlan", { name });
  const other = recognizeJson(value);
  if (other !== undefined) throw unreadable(name, other);
  const plan = value as JsonObject;
  const formatVersion = knownFormat(name, plan["format_version"]);
  const version = plan["terraform_version"];
  const complete = plan["complete"];
  return {
    name,
    formatVersion,
    ...(typeof version === "string" ? { terraformVersion: version } : {}),
    changes: list(name, plan, "resource_changes").map((each, index) =>
      change(name, `resource_changes[${index}]`, each),
    ),
    drift: list(name, plan, "resource_drift").map((each, index) => change(name, `resource_drift[${index}]`, each)),
    deferred: list(name, plan, "deferred_changes").map((each, index) =>
      change(name, `deferred_changes[${index}].resource_change`, object(each)["resource_change"]),
    ),
    invocations: list(name, plan, "action_invocations").map((each, index) =>
      invocation(name, `action_invocations[${index}]`, each),
    ),
    deferredInvocations: list(name, plan, "deferred_action_invocations").map((each, index) =>
      invocation(name, `deferred_action_invocations[${index}].action_invocation`, object(each)["action_invocation"]),
    ),
    errored: plan["errored"] === true,
    ...(typeof complete === "boolean" ? { complete } : {}),
  };
}

/**
 * Refuses a plan that is too large, before it is read.
 *
 * @throws MigrationError `PLAN_GUARD_TOO_LARGE`
 */
export function refuseLarge(name: string, size: number): void {
  if (size <= PLAN_LIMIT) return;
  throw new MigrationError({
    code: "PLAN_GUARD_TOO_LARGE",
    path: name,
    received: `${mebibytesOf(size)} MB or more`,
    allowed: `a plan of at most ${mebibytesOf(PLAN_LIMIT)} MB`,
    fix: `give only what the guard reads: terraform show -json PLAN | jq '{format_version, terraform_version, resource_changes, resource_drift, deferred_changes, action_invocations, deferred_action_invocations, errored, complete}', with OpenTofu tofu show; or plan fewer resources at once, one stack at a time`,
  });
}

function knownFormat(name: string, version: unknown): string {
  const [, major] = typeof version === "string" ? (/^(\d{1,6})\.\d{1,6}(?:\.\d{1,6})?$/.exec(version) ?? []) : [];
  if (typeof version !== "string" || major === undefined) {
    throw unreadable(name, {
      what: "a plan whose format_version is no version",
      fix: "write it anew with terraform show -json or tofu show -json",
    });
  }
  if (Number(major) <= KNOWN_FORMAT) return version;
  throw new MigrationError({
    code: "PLAN_GUARD_FORMAT",
    path: `${name}: format_version`,
    received: version,
    allowed: `a plan of format ${KNOWN_FORMAT}.x, or an older one`,
    fix: `take a newer version of migration-patterns, or make the plan with a version of Terraform or OpenTofu that writes format ${KNOWN_FORMAT}.x`,
  });
}

function list(name: string, plan: JsonObject, key: string): readonly unknown[] {
  const value = plan[key];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw malformed(name, key, "a list");
}

function change(name: string, place: string, value: unknown): PlannedChange {
  const {
    address,
    previous_address: previous,
    mode,
    type,
    deposed,
    action_reason: reason,
    change: inner,
  } = object(value);
  if (typeof address !== "string" || typeof type !== "string")
    throw malformed(name, place, "a resource's address and type");
  const { actions, before, after, after_unknown: unknown, replace_paths: paths, importing } = object(inner);
  if (![before, after, unknown].every((each) => isWithin(each, DEPTH_LIMIT))) {
    throw malformed(name, place, `values of at most ${DEPTH_LIMIT} levels`);
  }
  return {
    address,
    ...(typeof previous === "string" ? { previousAddress: previous } : {}),
    // A mode that is not known counts as managed, so that nothing is passed over.
    mode: mode === "data" || mode === "ephemeral" ? mode : "managed",
    type,
    ...(typeof deposed === "string" ? { deposed } : {}),
    actions: actionsOf(name, `${place}.change.actions`, actions),
    before: object(before),
    after: object(after),
    afterUnknown: object(unknown),
    replacePaths: Array.isArray(paths) ? paths.filter((each): each is unknown[] => Array.isArray(each)) : [],
    ...(typeof reason === "string" ? { reason } : {}),
    importing: typeof importing === "object" && importing !== null,
  };
}

function invocation(name: string, place: string, value: unknown): PlannedInvocation {
  const { address, type, lifecycle_action_trigger: trigger } = object(value);
  if (typeof address !== "string" || typeof type !== "string")
    throw malformed(name, place, "an action's address and type");
  const { triggering_resource_address: triggeredBy } = object(trigger);
  return { address, type, ...(typeof triggeredBy === "string" ? { triggeredBy } : {}) };
}

/** Checks that the value has no more levels than that, without going any deeper. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isWithin(each, levels - 1));
}

/** An action of a later version may destroy something: it is refused rather than passed over. */
function actionsOf(name: string, place: string, actions: unknown): PlannedAction[] {
  const known = plannedActions as readonly unknown[];
  if (!Array.isArray(actions) || actions.length === 0 || !actions.every((each) => known.includes(each))) {
    throw malformed(name, place, `a list of ${plannedActions.join(", ")}`);
  }
  return actions as PlannedAction[];
}

function object(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function malformed(name: string, place: string, allowed: string): MigrationError {
  return new MigrationError({
    code: "PLAN_GUARD_UNREADABLE",
    path: `${name}: ${place}`,
    allowed,
    fix: "write the plan anew with terraform show -json or tofu show -json; where that changes nothing, take a newer version of migration-patterns",
  });
}

function unreadable(name: string, { what, fix }: RecognizedInput): MigrationError {
  return new MigrationError({
    code: "PLAN_GUARD_UNREADABLE",
    path: name,
    received: what,
    allowed: "a plan in JSON, as terraform show -json PLAN or tofu show -json PLAN prints it",
    fix,
  });
}
