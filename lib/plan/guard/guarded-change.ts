/** The changes of a plan as the guard sees them: what happens to each resource, what it holds or carries, and what is cut. */
import { unique } from "../../core/collections";
import { compareText } from "../../core/text";
import { withUnknown } from "../losses/block-values";
import { heldData } from "./held-data";
import type { InPlaceCut } from "../losses/cut";
import { inPlaceCuts } from "../losses/in-place-cuts";
import { inertTypes } from "./inert-types";
import { protectingTypes, type Protection } from "./protecting-types";
import type { PlannedAction, PlannedChange } from "./terraform-plan";
import { trafficCarryingTypes } from "./traffic-carrying-types";

/**
 * The effect of a plan on a resource.
 *
 * - `unchanged`: nothing, or a new address, or it is taken into Terraform.
 * - `created`, `changed`, `replaced`, `destroyed`: as Terraform's summary counts them.
 * - `forgotten`: it stays as it is, and Terraform knows of it no longer; another may be created in its place.
 */
export type PlannedEffect = "unchanged" | "created" | "changed" | "replaced" | "destroyed" | "forgotten";

/** A resource of a plan, without any of its values. */
export interface GuardedChange {
  readonly address: string;
  readonly type: string;
  readonly effect: PlannedEffect;
  /** The resource's address before it was moved; undefined where it was not. */
  readonly movedFrom?: string;
  /** Whether the plan takes the resource into Terraform. */
  readonly imported: boolean;
  /** Whether it is an object that an earlier replacement has left behind. */
  readonly deposed: boolean;
  /** Whether the new one is created before the old one is destroyed. */
  readonly createdFirst: boolean;
  /** The names of the attributes that replace it. */
  readonly replacedBy: readonly string[];
  /** The reason, as a phrase; undefined where Terraform gives none. */
  readonly reason?: string;
  /** The cuts that are made in place, or with a replacement. */
  readonly cuts: readonly InPlaceCut[];
  /** The phrase for the data that it holds. */
  readonly holds?: string;
  /** The phrase for the traffic that it carries. */
  readonly carries?: string;
  /** The protection that it is for others. */
  readonly protects?: Protection;
  /** Whether the guard knows the type. */
  readonly known: boolean;
}

/** Options of {@link guardedChange}. */
export interface KnownTypes {
  /** Further types that hold data, each with a phrase for the data. */
  readonly holds: Readonly<Record<string, string>>;
  /** Further types that carry traffic, each with a phrase for the traffic. */
  readonly carries: Readonly<Record<string, string>>;
}

/** Returns a change as the guard sees it. */
export function guardedChange(change: PlannedChange, types: KnownTypes): GuardedChange {
  const { address, previousAddress, type, actions, importing, deposed } = change;
  const effect = effectOf(actions);
  const holds = own(types.holds, type) ?? own(heldData, type);
  const carries = own(types.carries, type) ?? own(trafficCarryingTypes, type);
  const protects = own(protectingTypes, type);
  const reason = own(REASONS, change.reason ?? "");
  return {
    address,
    type,
    effect,
    ...(previousAddress === undefined || previousAddress === address ? {} : { movedFrom: previousAddress }),
    imported: importing,
    deposed: deposed !== undefined,
    createdFirst: effect === "replaced" && actions[0] === "create",
    replacedBy: unique(change.replacePaths.map(attributeName).filter((name) => name !== undefined)).sort(compareText),
    ...(reason === undefined ? {} : { reason }),
    cuts:
      effect === "changed" || effect === "replaced"
        ? inPlaceCuts(type, change.before, withUnknown(change.after, change.afterUnknown))
        : [],
    ...(holds === undefined ? {} : { holds }),
    ...(carries === undefined ? {} : { carries }),
    ...(protects === undefined ? {} : { protects }),
    known: holds !== undefined || carries !== undefined || protects !== undefined || inertTypes.has(type),
  };
}

/** Returns the effect of Terraform's actions. */
export function effectOf(actions: readonly PlannedAction[]): PlannedEffect {
  const has = (action: PlannedAction): boolean => actions.includes(action);
  // OpenTofu may forget an object and create another in its place.
  if (has("forget")) return "forgotten";
  if (has("delete")) return has("create") ? "replaced" : "destroyed";
  if (has("create")) return "created";
  return has("update") ? "changed" : "unchanged";
}

/**
 * Returns the name of the attribute that a path leads to: `["ebs_block_device", 0, "snapshot_id"]` is
 * `ebs_block_device.snapshot_id`. A step may be a value: the key of a map, or an entry of a set. So nothing is taken that is not
 * the name of an attribute of the resource or of a block in a list.
 */
export function attributeName(path: readonly unknown[]): string | undefined {
  const names: string[] = [];
  let inList = true;
  for (const step of path) {
    if (typeof step === "number") inList = true;
    else if (inList && typeof step === "string" && ATTRIBUTE.test(step)) {
      names.push(step);
      inList = false;
    } else break;
  }
  return names.length === 0 ? undefined : names.join(".");
}

const ATTRIBUTE = /^[a-z][a-z0-9_]{0,63}$/;

/** The words of Terraform (JSON Output Format, action_reason). */
const REASONS: Readonly<Record<string, string>> = {
  delete_because_no_resource_config: "the configuration no longer has it",
  delete_because_no_module: "the configuration no longer has its module",
  delete_because_wrong_repetition: "the configuration no longer has this instance of it",
  delete_because_count_index: "its count no longer reaches this instance",
  // OpenTofu's own.
  delete_because_enabled_false: "its enabled is false",
  delete_because_each_key: "its for_each no longer has this key",
  delete_because_no_move_target: "it was moved to an address that the configuration does not have",
  replace_because_tainted: "it is marked as tainted",
  replace_because_cannot_update: "the provider cannot change it in place",
  replace_by_request: "its replacement was asked for with -replace",
  replace_by_triggers: "its replace_triggered_by has changed",
};

/** Returns the entry of that name; not what every object has, as a type may be called anything. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
