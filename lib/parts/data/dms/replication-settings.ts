/** The settings of a DMS replication, and their schema. */
import { z } from "zod";
import { retentionDays, securityGroupId, securityGroupIds, textOrToken, topicArns } from "../schemas";
import {
  sourceEndpointSchema,
  targetEndpointSchema,
  type SourceEndpoint,
  type TargetEndpoint,
} from "./endpoint-settings";
import { tableRulesSchema, type TableRule } from "./table-mappings";
import { migrationTypes, taskSettingsSchema, type MigrationType, type TaskSettingsOptions } from "./task-settings";

/** A DMS replication instance, which runs and costs until the move is finalized. */
export interface InstanceCompute {
  readonly kind: "instance";
  /**
   * The instance class. A `dms.t3.medium` costs about 0.08 USD an hour, a `dms.r6i.large` about 0.25 USD, Multi-AZ twice.
   */
  readonly instanceClass: string;
  /**
   * The storage for logs and cached changes in GiB, 5 to 6144.
   * @default 100
   */
  readonly allocatedStorageGiB?: number;
  /**
   * The version of the DMS engine.
   * @default - DMS's default version
   */
  readonly engineVersion?: string;
  /**
   * Whether a standby in another zone takes over on failure.
   * @default true where changes are applied, else false
   */
  readonly multiAz?: boolean;
}

/** A serverless DMS replication, whose capacity DMS chooses between two bounds and which is paid for by the hour of use. */
export interface ServerlessCompute {
  readonly kind: "serverless";
  /** The maximum capacity in DMS capacity units (2 GiB of memory each): 1, 2, 4, 8, 16, 32, 64, 128, 192, 256 or 384. */
  readonly maxCapacityUnits: number;
  /**
   * The minimum capacity in DMS capacity units; the same values.
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

/** Settings of the alarms of a DMS replication: their thresholds and the topics that they notify. */
export interface ReplicationAlarmSettings {
  /**
   * The threshold of the source latency alarm: seconds that the oldest change may wait at the source.
   * @default 60
   */
  readonly sourceLatencySeconds?: number;
  /**
   * The threshold of the target latency alarm: seconds that the oldest change may wait until it is applied.
   * @default 60
   */
  readonly targetLatencySeconds?: number;
  /**
   * ARNs of the SNS topics that the alarms notify.
   * @default - none, which is a warning
   */
  readonly actions?: readonly string[];
}

/** A move by replication with AWS Database Migration Service (DMS). */
export interface DmsMethod {
  readonly kind: "dms";
  readonly migrationType: MigrationType;
  readonly source: SourceEndpoint;
  readonly targetEndpoint: TargetEndpoint;
  readonly compute: InstanceCompute | ServerlessCompute;
  /** The rules that select the tables to move and rename them at the target. */
  readonly tables: readonly TableRule[];
  /** @default - as every setting's own default says */
  readonly settings?: TaskSettingsOptions;
  /** @default - both thresholds are 60 seconds, and no topic is notified */
  readonly alarms?: ReplicationAlarmSettings;
  /**
   * The position in the source's log from which changes are captured. Only with `cdc`.
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
   * - `existing`: the account has them already.
   * - `create`: this construct creates them; they are destroyed with it.
   *
   * @default "existing"
   */
  readonly serviceRoles?: "existing" | "create";
  /**
   * The security group of an interface endpoint of Secrets Manager that the VPC has, with its private DNS name.
   * @default - an endpoint is created for the replication alone, through which its two secrets are read. About 8 USD a month for
   * each subnet
   */
  readonly serviceEndpointSecurityGroupId?: string;
  /**
   * Ids of existing security groups of the replication, 1 to 5, which are left as they are: they must reach the source, the target
   * and Secrets Manager. A target that the move creates admits them. Not together with `serviceEndpointSecurityGroupId`.
   * @default - a group of its own
   * @knownLength
   */
  readonly vpcSecurityGroupIds?: readonly string[];
  /**
   * The identifier of an existing DMS replication subnet group.
   * @default - one of its own, of the move's `subnets`
   */
  readonly replicationSubnetGroupId?: string;
  /**
   * The log group of the task, whose name DMS prescribes: `dms-tasks-NAME`.
   *
   * - `create`: one is created, encrypted with the move's key.
   * - `existing`: there is one already, which is left as it is, its retention and its key too.
   *
   * @default "create"
   */
  readonly logGroup?: "create" | "existing";
  /**
   * Retention of the task's log, in days.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** The capacities of serverless replications, in DMS capacity units. AWS DMS User Guide, "AWS DMS Serverless components". */
const CAPACITY_UNITS = [1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384];

const capacityUnits = z
  .int()
  .refine((units) => CAPACITY_UNITS.includes(units), `must be one of ${CAPACITY_UNITS.join(", ")}`);

const seconds = z.number().positive().max(86_400);

/** The schema of a {@link DmsMethod}. */
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
    vpcSecurityGroupIds: securityGroupIds.optional(),
    replicationSubnetGroupId: textOrToken.optional(),
    logGroup: z.enum(["create", "existing"]).optional(),
    logRetentionDays: retentionDays.optional(),
  })
  .refine(
    ({ vpcSecurityGroupIds, serviceEndpointSecurityGroupId }) =>
      vpcSecurityGroupIds === undefined || serviceEndpointSecurityGroupId === undefined,
    {
      message: "must be left out with vpcSecurityGroupIds: the rules of existing groups are their owner's",
      path: ["serviceEndpointSecurityGroupId"],
    },
  )
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
