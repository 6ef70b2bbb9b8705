/**
 * The part of Terraform's JSON of a plan that the guard reads (Terraform documentation, JSON Output Format, format version 1).
 * OpenTofu prints the same, with words of its own.
 */

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The actions of a resource's change. */
export type PlannedAction = "no-op" | "create" | "read" | "open" | "update" | "delete" | "forget";

/** The actions that Terraform and OpenTofu know. OpenTofu 1.11 opens ephemeral resources. */
export const plannedActions: readonly PlannedAction[] = [
  "no-op",
  "create",
  "read",
  "open",
  "update",
  "delete",
  "forget",
];

/** A change of one resource, or of one object of it. */
export interface PlannedChange {
  readonly address: string;
  /** The resource's address before it was moved. */
  readonly previousAddress?: string;
  /** The mode. OpenTofu 1.11 lists ephemeral resources too, which are made for one run and hold nothing. */
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  /** The key of an object that an earlier replacement has left behind. */
  readonly deposed?: string;
  readonly actions: readonly PlannedAction[];
  /** The values before; empty where the resource is created. They hold secrets in clear. */
  readonly before: JsonObject;
  /** The values after, as far as they are known; empty where the resource is destroyed. They hold secrets in clear. */
  readonly after: JsonObject;
  /** The values that are known only when the plan has been applied: `true` in their places. */
  readonly afterUnknown: JsonObject;
  /** The paths that make Terraform replace the resource. */
  readonly replacePaths: readonly (readonly unknown[])[];
  /** The reason, one of Terraform's words: `delete_because_no_resource_config`. */
  readonly reason?: string;
  /** Whether the resource is taken into Terraform by this plan. */
  readonly importing: boolean;
}

/** An action of a provider that the plan runs beside its changes, as Terraform 1.14 has them: `action.aws_ec2_stop_instance.web`. */
export interface PlannedInvocation {
  readonly address: string;
  readonly type: string;
  /** The address of the resource whose change runs it; undefined where somebody has asked for it with `-invoke`. */
  readonly triggeredBy?: string;
}

/** A plan. */
export interface TerraformPlan {
  /** The name of the file, or `standard input`. */
  readonly name: string;
  readonly formatVersion: string;
  /** The version of Terraform or OpenTofu. */
  readonly terraformVersion?: string;
  readonly changes: readonly PlannedChange[];
  /** The changes that were made outside of Terraform and that refreshing has found. */
  readonly drift: readonly PlannedChange[];
  /** The changes that a later plan will show; their values are not final. */
  readonly deferred: readonly PlannedChange[];
  /** The actions of providers that the plan runs. */
  readonly invocations: readonly PlannedInvocation[];
  /** The actions of providers that a later plan will run. */
  readonly deferredInvocations: readonly PlannedInvocation[];
  /** Whether planning ended in an error. */
  readonly errored: boolean;
  /** Whether nothing is left to plan when this plan has been applied; undefined where its version does not say. */
  readonly complete?: boolean;
}
