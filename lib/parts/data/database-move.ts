/**
 * ```ts
 * const orders = new DatabaseMove(this, "orders", {
 *   migration: shop, vpcId, subnets,
 *   target: { kind: "rds", engine: "postgres", engineVersion: "16.4", instanceClass: "db.r7g.large", allocatedStorageGiB:
 * 200 },
 *   method: { kind: "dms", migrationType: "full-load-and-cdc", source: { … }, targetEndpoint: { … }, compute: { … },
 * tables: [ … ] }, });
 * ```
 *
 * A database that moves: its target and the replication of its rows. The two end at different times, so they are separate
 * constructs: the target is created once and outlives the move, the replication is destroyed in the phase `final`.
 * Credentials are in neither: DMS and RDS read them from Secrets Manager themselves.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import {
  MigrationPart,
  ownProps,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../core/migration-part";
import { onlyForMove } from "../../core/only-for-move";
import type { Phase } from "../../core/phase";
import { parseProps } from "../../core/props";
import { namePath } from "../../core/rename";
import { runRules } from "../../core/rule";
import { isUnresolved } from "../../core/tokens";
import type { Verification } from "../../core/verification";
import { BackupRestore, backupRestoreSchema, type BackupRestoreMethod } from "./database/backup-restore";
import type { DatabaseMoveReview } from "./database/database-review";
import { databaseMoveSteps } from "./database/database-steps";
import { databaseLogGroupName, DatabaseServer } from "./database/database-server";
import type { StepContext } from "./database/shared-steps";
import { databaseTargetSchema, type DatabaseTarget } from "./database/target-settings";
import { checkRegion } from "../../aws/check-region";
import { encryptionKey, logGroupStatements } from "../../aws/encryption-key";
import { bucketNameOf } from "../../aws/bucket-name";
import type { RequiredStatement } from "../../aws/required-statements";
import { replicatesIn } from "./data-phase";
import type { DmsEngine } from "./dms/endpoint-settings";
import { DmsReplication } from "./dms/replication";
import { dmsMethodSchema, type DmsMethod } from "./dms/replication-settings";
import { lowerName } from "../../aws/names";
import { databaseMoveRules } from "./rules";
import { dataProps, retentionDays, vpcId, zonedSubnets, type DataProps, type ZonedSubnet } from "./schemas";
import { DeploymentPlace } from "../../aws/deployment-place";

/** Properties of a {@link DatabaseMove}. */
export interface DatabaseMoveProps extends DataProps {
  readonly vpcId: string;
  /** The subnets of the replication and of the target, in at least two zones. */
  readonly subnets: readonly ZonedSubnet[];
  /** The target database: one that is created, or an existing one. */
  readonly target: DatabaseTarget;
  /** The method of the move: replication by DMS, or backup and restore. */
  readonly method: DmsMethod | BackupRestoreMethod;
  /**
   * Retention of the target's log, in days.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** The schema of the props without the migration, which MigrationPart checks. */
const databaseMoveSchema = z.strictObject({
  ...dataProps,
  vpcId,
  subnets: zonedSubnets,
  target: databaseTargetSchema,
  method: z.discriminatedUnion("kind", [dmsMethodSchema, backupRestoreSchema]),
  logRetentionDays: retentionDays.optional(),
});

const DEFAULT_LOG_DAYS = 365;

/** The DMS engine of each target engine. */
const DMS_ENGINE_OF: Readonly<Record<DatabaseTarget["engine"], DmsEngine>> = {
  postgres: "postgresql",
  mysql: "mysql",
  mariadb: "mariadb",
  "sqlserver-ee": "sqlserver",
  "sqlserver-se": "sqlserver",
  "sqlserver-web": "sqlserver",
  "sqlserver-ex": "sqlserver",
  "aurora-postgresql": "aurora-postgresql",
  "aurora-mysql": "aurora-mysql",
};

/**
 * The move of a database: its target, and the replication or restore that fills it.
 *
 * @throws MigrationError `DATABASE_MOVE_METHOD` and its like for each prop, `DATABASE_MOVE_SUBNETS`, `DATABASE_MOVE_TARGET`, and those of
 * `MigrationPart`
 */
export class DatabaseMove extends MigrationPart {
  public readonly name: string;
  /** The subject of {@link databaseMoveRules}. */
  public readonly review: DatabaseMoveReview;
  /** The KMS key, if this construct creates it. */
  public readonly key?: KmsKey;
  public readonly kmsKeyArn: string;
  /** The target database, if this construct creates it. */
  public readonly server?: DatabaseServer;
  /** The DMS replication; undefined for other methods, and once the move is finalized. */
  public readonly replication?: DmsReplication;
  /** The statements that the policy of the given `kmsKeyArn` needs; empty where the key is created. */
  public readonly requiredKeyPolicyStatements: readonly RequiredStatement[];
  /** The log group of the DMS task, if this construct creates it. It outlives the replication as evidence of the move. */
  public readonly replicationLogGroup?: CloudwatchLogGroup;
  /** The bucket and the role of a native restore; undefined for other methods. */
  public readonly backupRestore?: BackupRestore;

  private readonly stepContext: StepContext;

  constructor(scope: Construct, id: string, props: DatabaseMoveProps) {
    admitConstruct("DatabaseMove", scope, id, props);
    super(scope, id, props);
    const { migration } = props;
    const own = ownProps(props);
    // The schema says the same as the interface, in which the check of each field has a docstring of its own.
    const parsed = parseProps(this, "DATABASE_MOVE_PROPS", databaseMoveSchema, own) as Omit<
      DatabaseMoveProps,
      "migration"
    >;
    const { method, target, subnets } = parsed;
    const { phase } = migration.stage;
    const tags = { ...migration.tags, ...parsed.tags };
    this.checkSubnets(subnets);
    this.checkTarget(method, target);
    this.checkTopics(method, parsed.region);
    const name = (this.name = parsed.name ?? lowerName(namePath(this), 40));
    this.review = { name, phase, method, target };
    const { region } = parsed;
    this.stepContext = { ...(region === undefined ? {} : { region }), ownKey: parsed.kmsKeyArn === undefined };

    const place = new DeploymentPlace(this, "aws", parsed);
    const dmsLog =
      method.kind === "dms" && method.compute.kind === "instance" && method.logGroup !== "existing"
        ? `dms-tasks-${name}`
        : undefined;
    const serverLog =
      target.kind === "existing" || target.logGroup === "existing" ? undefined : databaseLogGroupName(name, target);
    const logGroupNames = [dmsLog, serverLog].filter((group) => group !== undefined);
    checkRegion(parsed.kmsKeyArn, region, {
      code: "DATABASE_MOVE_KMS_KEY_ARN",
      path: "kmsKeyArn",
      construct: this.node.path,
      what: "a KMS key",
    });
    this.requiredKeyPolicyStatements = parsed.kmsKeyArn === undefined ? [] : logGroupStatements(place, logGroupNames);
    if (parsed.kmsKeyArn === undefined) {
      this.key = encryptionKey(this, "key", {
        description: `Data of ${name}`,
        place,
        logGroupNames,
        tags: { ...tags, Name: name },
      });
    }
    const kmsKeyArn = (this.kmsKeyArn = parsed.kmsKeyArn ?? this.key?.arn ?? "");
    const subnetIds = subnets.map((subnet) => subnet.id);

    if (method.kind === "backup-restore") {
      this.backupRestore = new BackupRestore(this, "restore", {
        name,
        method,
        target,
        active: replicatesIn(phase),
        kmsKeyArn,
        place,
        tags,
      });
    }
    if (target.kind !== "existing") {
      this.server = new DatabaseServer(this, "target", {
        name,
        target,
        vpcId: parsed.vpcId,
        subnetIds,
        kmsKeyArn,
        logRetentionDays: parsed.logRetentionDays ?? DEFAULT_LOG_DAYS,
        parameters: this.backupRestore?.parameters ?? {},
        ...restoreProps(this.backupRestore, method),
        upgradesMinorVersion: phase === "final",
        tags,
      });
    }
    this.backupRestore?.associate(target.kind === "existing" ? target.identifier : (this.server?.identifier ?? name));

    if (dmsLog !== undefined && method.kind === "dms") {
      this.replicationLogGroup = new CloudwatchLogGroup(this, "replication-logs", {
        name: dmsLog,
        retentionInDays: method.logRetentionDays ?? DEFAULT_LOG_DAYS,
        kmsKeyId: kmsKeyArn,
        tags: { ...tags, Name: dmsLog },
      });
    }
    if (method.kind === "dms" && replicatesIn(phase)) {
      this.replication = new DmsReplication(this, "replication", {
        name,
        phase,
        method,
        vpcId: parsed.vpcId,
        subnetIds,
        ...(this.server === undefined
          ? {}
          : {
              target: {
                securityGroupId: this.server.securityGroupId,
                port: this.server.port,
                admits: this.server.securityGroup !== undefined,
              },
            }),
        kmsKeyArn,
        place,
        after: this.replicationLogGroup === undefined ? [] : [this.replicationLogGroup],
        tags,
      });
      onlyForMove(this.replication);
    }
    // A cluster's instances hold nothing, and the replication is destroyed on purpose in the phase `final`.
    migration.protect(this.key, this.replicationLogGroup, this.backupRestore?.bucket?.bucket);
    migration.protect(this.server?.instance, this.server?.cluster, this.server?.logGroup);
  }

  /** The name of the database that is moved, as a list. */
  public override get dataMoved(): readonly string[] {
    return [this.name];
  }

  /** Returns the findings of the rules about database moves. */
  public override findings(): readonly Finding[] {
    return runRules(databaseMoveRules, this.review);
  }

  /**
   * The verifications that the target's rows equal the source's.
   *
   * - DMS with validation on: its comparison of rows, with the alarm on those that differ, until the move is finalized.
   * - backup and restore: the comparison that the runbook has somebody make; no alarm tells.
   */
  public override get verifications(): readonly Verification[] {
    const { name, phase, method } = this.review;
    const verification = { kind: "data-comparison", name: `rows of ${name}` } as const;
    if (!replicatesIn(phase)) return [];
    if (method.kind === "backup-restore") return [verification];
    if (method.settings?.validation === false) return [];
    const alarm = this.replication?.alarms?.validationFailures;
    if (alarm === undefined) return [verification];
    const notifies = (method.alarms?.actions ?? []).length > 0;
    return [{ ...verification, alarm: { name: `${name}-validation-failures`, arn: alarm.arn, notifies } }];
  }

  protected override stepsInto(phase: Phase, names: TransitionNames, transition: StageTransition): PartSteps {
    return databaseMoveSteps(this.review, this.stepContext, { phase, names, transition });
  }

  /** Checks that the subnets are in two zones or more. Zones that are tokens are assumed to differ. */
  private checkSubnets(subnets: readonly ZonedSubnet[]): void {
    const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
    if (zones.size >= 2 || subnets.some(({ availabilityZone }) => isUnresolved(availabilityZone))) return;
    throw new MigrationError({
      code: "DATABASE_MOVE_SUBNETS",
      path: "subnets",
      received: [...zones],
      allowed: "subnets in at least two availability zones (CreateReplicationSubnetGroup, CreateDBSubnetGroup)",
      fix: "add a subnet in another zone",
      construct: this.node.path,
    });
  }

  /** Checks that alarms can publish to the topics, as far as their ARNs are known. */
  private checkTopics(method: DmsMethod | BackupRestoreMethod, region: string | undefined): void {
    if (method.kind !== "dms") return;
    for (const [index, arn] of (method.alarms?.actions ?? []).entries()) {
      checkRegion(arn, region, {
        code: "DATABASE_MOVE_METHOD",
        path: `method.alarms.actions[${index}]`,
        construct: this.node.path,
        what: "a topic",
      });
    }
  }

  private checkTarget(method: DmsMethod | BackupRestoreMethod, target: DatabaseTarget): void {
    const refuse = (path: string, received: unknown, allowed: string, fix: string): never => {
      throw new MigrationError({
        code: "DATABASE_MOVE_TARGET",
        path,
        received,
        allowed,
        fix,
        construct: this.node.path,
      });
    };
    if (method.kind === "dms") {
      const engine = DMS_ENGINE_OF[target.engine];
      const said = method.targetEndpoint.engine;
      if (said !== engine) {
        refuse("method.targetEndpoint.engine", said, engine, `set it to ${engine}, the engine of the target`);
      }
    } else if (method.mysqlImport !== undefined && (target.kind !== "rds" || target.engine !== "mysql")) {
      refuse(
        "method.mysqlImport",
        `${target.kind} ${target.engine}`,
        "an RDS instance of engine mysql that this construct creates",
        "leave mysqlImport out, or make the target such an instance",
      );
    }
  }
}

/**
 * Returns the properties of the target database that come from a native restore: options, parameters and the import of a
 * backup.
 */
function restoreProps(
  restore: BackupRestore | undefined,
  method: DmsMethod | BackupRestoreMethod,
): {
  optionGroupName?: string;
  mysqlImport?: { bucketName: string; bucketPrefix: string; sourceEngineVersion: string; roleArn: string };
} {
  if (restore === undefined || method.kind !== "backup-restore") return {};
  const { optionGroup, role } = restore;
  return {
    ...(optionGroup === undefined ? {} : { optionGroupName: optionGroup.name }),
    ...(method.mysqlImport === undefined || method.bucket === undefined || role === undefined
      ? {}
      : {
          mysqlImport: {
            bucketName: bucketNameOf(method.bucket.arn),
            bucketPrefix: restore.prefix,
            sourceEngineVersion: method.mysqlImport.sourceEngineVersion,
            roleArn: role.arn,
          },
        }),
  };
}
