/** What a DMS replication is told, and the checks of it. */
import { z } from "zod";
import { retentionDays, securityGroupId, topicArns } from "../schemas";
import {
  sourceEndpointSchema,
  targetEndpointSchema,
  type SourceEndpoint,
  type TargetEndpoint,
} from "./endpoint-settings";
import { tableRulesSchema, type TableRule } from "./table-mappings";
import { migrationTypes, taskSettingsSchema, type MigrationType, type TaskSettingsOptions } from "./task-settings";

/** A replication instance, which runs and costs until the move is finalized. */
export interface InstanceCompute {
  readonly kind: "instance";
  /** `dms.r6i.large`. A dms.t3.medium costs about 0.08 USD an hour, a dms.r6i.large about 0.25 USD, Multi-AZ twice. */
  readonly instanceClass: string;
  /**
   * Storage for logs and cached changes, 5 to 6144 GiB.
   * @default 100
   */
  readonly allocatedStorageGiB?: number;
  /**
   * The engine's version.
   * @default - DMS's default version
   */
  readonly engineVersion?: string;
  /**
   * Whether a standby in another zone takes over.
   * @default true where changes are applied, else false
   */
  readonly multiAz?: boolean;
}

/** Capacity that DMS chooses between two bounds and that is paid for by the hour of use. */
export interface ServerlessCompute {
  readonly kind: "serverless";
  /** The most DMS capacity units (2 GiB of memory each): 1, 2, 4, 8, 16, 32, 64, 128, 192, 256 or 384. */
  readonly maxCapacityUnits: number;
  /**
   * The least.
   * @default - DMS chooses
   */
  readonly minCapacityUnits?: number;
  /** @default true where changes are applied, else false */
  readonly multiAz?: boolean;
  /**
   * The dimensions of the replication's metrics, to be looked up in CloudWatch once it has run.
   * @default - no alarms, which is a warning: DMS documents the dimensions of tasks only
   */
  readonly alarmDimensions?: Readonly<Record<string, string>>;
}

/** When the alarms ring, and whom they tell. */
export interface ReplicationAlarmSettings {
  /**
   * Seconds that the oldest change may wait at the source.
   * @default 60
   */
  readonly sourceLatencySeconds?: number;
  /**
   * Seconds that the oldest change may wait until it is applied.
   * @default 60
   */
  readonly targetLatencySeconds?: number;
  /**
   * ARNs of what is told: SNS topics.
   * @default - nobody, which is a warning
   */
  readonly actions?: readonly string[];
}

/** Rows moved by AWS Database Migration Service. */
export interface DmsMethod {
  readonly kind: "dms";
  readonly migrationType: MigrationType;
  readonly source: SourceEndpoint;
  readonly targetEndpoint: TargetEndpoint;
  readonly compute: InstanceCompute | ServerlessCompute;
  /** Which tables are moved, and what they are called at the target. */
  readonly tables: readonly TableRule[];
  /** @default - as every setting's own default says */
  readonly settings?: TaskSettingsOptions;
  /** @default - 60 seconds both, nobody is told */
  readonly alarms?: ReplicationAlarmSettings;
  /**
   * Where in the source's log changes are taken up. Only with `cdc`.
   * @default - at the moment the replication starts
   */
  readonly cdcStartPosition?: string;
  /**
   * Whether Terraform starts the replication. Only where changes are applied: a full load alone ends by itself, and the
   * next apply would load everything again.
   * @default false: a person starts it, after testing both connections, as the runbook says
   */
  readonly startReplication?: boolean;
  /**
   * The roles `dms-vpc-role` and `dms-cloudwatch-logs-role`, which an account has once.
   *
   * - `existing`: they are there.
   * - `create`: they are made here; going from this stack, they go too.
   *
   * @default "existing"
   */
  readonly serviceRoles?: "existing" | "create";
  /**
   * The security group of the interface endpoint of Secrets Manager.
   * @default - HTTPS is open outwards, and the subnets need a way to Secrets Manager
   */
  readonly serviceEndpointSecurityGroupId?: string;
  /**
   * How long the task's log is kept, in days.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** AWS DMS User Guide, "AWS DMS Serverless components": the capacities that may be asked for. */
const CAPACITY_UNITS = [1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384];

const capacityUnits = z
  .int()
  .refine((units) => CAPACITY_UNITS.includes(units), `must be one of ${CAPACITY_UNITS.join(", ")}`);

const seconds = z.number().positive().max(86_400);

/** Checks a {@link DmsMethod}. */
export const dmsMethodSchema = z
  .strictObject({
    kind: z.literal("dms"),
    migrationType: z.enum(migrationTypes),
    source: sourceEndpointSchema,
    targetEndpoint: targetEndpointSchema,
    compute: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("instance"),
        instanceClass: z
          .string()
          .regex(/^dms\.[a-z0-9]+\.[a-z0-9]+$/, "must be a class of replication instances, like dms.r6i.large"),
        allocatedStorageGiB: z.int().min(5).max(6144).optional(),
        engineVersion: z.string().min(1).optional(),
        multiAz: z.boolean().optional(),
      }),
      z
        .strictObject({
          kind: z.literal("serverless"),
          maxCapacityUnits: capacityUnits,
          minCapacityUnits: capacityUnits.optional(),
          multiAz: z.boolean().optional(),
          alarmDimensions: z.record(z.string(), z.string()).optional(),
        })
        .refine(({ minCapacityUnits: min, maxCapacityUnits: max }) => min === undefined || min <= max, {
          message: "must not be above maxCapacityUnits",
          path: ["minCapacityUnits"],
        }),
    ]),
    tables: tableRulesSchema,
    settings: taskSettingsSchema.optional(),
    alarms: z
      .strictObject({
        sourceLatencySeconds: seconds.optional(),
        targetLatencySeconds: seconds.optional(),
        actions: topicArns.optional(),
      })
      .optional(),
    cdcStartPosition: z.string().min(1).optional(),
    startReplication: z.boolean().optional(),
    serviceRoles: z.enum(["existing", "create"]).optional(),
    serviceEndpointSecurityGroupId: securityGroupId.optional(),
    logRetentionDays: retentionDays.optional(),
  })
  .refine(({ cdcStartPosition, migrationType }) => cdcStartPosition === undefined || migrationType === "cdc", {
    message: "is only for migrationType cdc; a full load finds its own position",
    path: ["cdcStartPosition"],
  })
  .refine(({ cdcStartPosition, compute }) => cdcStartPosition === undefined || compute.kind === "instance", {
    message: "is only for compute instance; a serverless replication is given it when it is started",
    path: ["cdcStartPosition"],
  })
  .refine(({ startReplication, migrationType }) => startReplication !== true || migrationType !== "full-load", {
    message: "must not be true with full-load: it ends by itself, and the next apply would load everything again",
    path: ["startReplication"],
  });
