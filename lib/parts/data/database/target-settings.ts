/** The settings of the target database of a move, and the values that follow from its engine and version. */
import { z } from "zod";
import { listTokenOr } from "../../../core/tokens";
import { ipv4Cidr, port, securityGroupId, securityGroupIds, textOrToken } from "../schemas";

/** Settings common to RDS instances and Aurora clusters. */
interface NewTarget {
  /**
   * The full version of the engine, `16.4`: the family of the parameter group is derived from it.
   * @example "16.4"
   */
  readonly engineVersion: string;
  /**
   * The name of a database to create in it.
   * @default - none but the engine's own
   */
  readonly databaseName?: string;
  /**
   * The name of the master user. RDS generates its password and keeps it in Secrets Manager.
   * @default "dbadmin"
   */
  readonly masterUsername?: string;
  /**
   * The port that the database listens on.
   * @default - the engine's usual port
   */
  readonly port?: number;
  /**
   * Retention of automated backups in days, 1 to 35. Under 7 the migration is blocked.
   * @default 14
   */
  readonly backupRetentionDays?: number;
  /**
   * Whether the database is protected from deletion. Switching it off is a warning, and takes a separate deploy before a
   * destroy.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Parameters of the database, in addition to the one that forces TLS.
   * @default - the engine's own values
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Security groups whose members may connect. Not together with `vpcSecurityGroupIds`.
   * @default - none
   * @knownLength
   */
  readonly clientSecurityGroupIds?: readonly string[];
  /**
   * IPv4 blocks from which clients may connect. Not 0.0.0.0/0. Not together with `vpcSecurityGroupIds`.
   * @default - none
   * @knownLength
   */
  readonly clientCidrs?: readonly string[];
  /**
   * Ids of existing security groups of the database, 1 to 5, which are left as they are: they must admit the clients, and the
   * replication where there is one.
   * @default - a group of its own, which admits the clients that are named here and the replication
   */
  readonly vpcSecurityGroupIds?: readonly string[];
  /**
   * The name of an existing DB subnet group.
   * @default - one of its own, of the move's `subnets`
   */
  readonly dbSubnetGroupName?: string;
  /**
   * The log group of the database, whose name RDS prescribes: `/aws/rds/instance/NAME/postgresql`.
   *
   * - `create`: one is created, encrypted with the move's key.
   * - `existing`: there is one already, which is left as it is, its retention and its key too.
   *
   * @default "create"
   */
  readonly logGroup?: "create" | "existing";
}

/** An RDS instance to create as the target. */
export interface RdsInstanceTarget extends NewTarget {
  readonly kind: "rds";
  readonly engine: RdsEngine;
  /** The instance class. A `db.r7g.large` with PostgreSQL costs about 0.24 USD an hour, Multi-AZ twice. */
  readonly instanceClass: string;
  /** The storage in GiB, 20 to 65,536, of type gp3. */
  readonly allocatedStorageGiB: number;
  /**
   * The upper limit of storage autoscaling in GiB.
   * @default - it does not grow
   */
  readonly maxAllocatedStorageGiB?: number;
  /**
   * Whether a standby in another zone takes over on failure. Switching it off is a warning.
   * @default true, but for SQL Server Express and Web, which have none
   */
  readonly multiAz?: boolean;
}

/** An Aurora cluster to create as the target. */
export interface AuroraTarget extends NewTarget {
  readonly kind: "aurora";
  readonly engine: AuroraEngine;
  /**
   * The class of the cluster's instances: `db.r7g.large`, or `db.serverless` with `serverlessCapacity`.
   */
  readonly instanceClass: string;
  /**
   * The bounds of the capacity in Aurora capacity units of 2 GiB, in steps of a half. Required by `db.serverless`.
   * @default - provisioned
   */
  readonly serverlessCapacity?: { readonly min: number; readonly max: number };
  /**
   * The number of instances, 1 to 16: a writer, and readers that take over on failure. One is a warning.
   * @default 2
   */
  readonly instances?: number;
}

/** An existing database as the target. */
export interface ExistingTarget {
  readonly kind: "existing";
  readonly engine: RdsEngine | AuroraEngine;
  /** The identifier of the instance, or of the cluster for Aurora. */
  readonly identifier: string;
}

/** The target of a database move. */
export type DatabaseTarget = RdsInstanceTarget | AuroraTarget | ExistingTarget;

/** The engine of an RDS instance to create. Oracle is moved to an existing target only. */
export type RdsEngine =
  "postgres" | "mysql" | "mariadb" | "sqlserver-ee" | "sqlserver-se" | "sqlserver-web" | "sqlserver-ex";

/** The engine of an Aurora cluster, by its name in RDS. */
export type AuroraEngine = "aurora-postgresql" | "aurora-mysql";

const rdsEngines = [
  "postgres",
  "mysql",
  "mariadb",
  "sqlserver-ee",
  "sqlserver-se",
  "sqlserver-web",
  "sqlserver-ex",
] as const satisfies readonly RdsEngine[];
const auroraEngines = ["aurora-postgresql", "aurora-mysql"] as const satisfies readonly AuroraEngine[];

/** Checks whether the engine is an edition of SQL Server. */
export function isSqlServer(engine: string): boolean {
  return engine.startsWith("sqlserver-");
}

/**
 * Checks whether the engine supports a standby in another zone. Amazon RDS User Guide, "Multi-AZ … for Microsoft SQL
 * Server".
 */
export function hasStandby(engine: RdsEngine): boolean {
  return engine !== "sqlserver-ex" && engine !== "sqlserver-web";
}

/** Returns the port of a target: the given one, or else the engine's usual port. */
export function portOf(target: { readonly engine: string; readonly port?: number }): number {
  if (target.port !== undefined) return target.port;
  if (isSqlServer(target.engine)) return 1433;
  return target.engine.includes("postgres") ? 5432 : 3306;
}

/**
 * Returns the family of the parameter group: `postgres16`, `mysql8.0`, `sqlserver-se-16.0`, `aurora-postgresql16`. Amazon
 * RDS and Aurora User Guides, "Parameter groups".
 */
export function parameterFamily(engine: RdsEngine | AuroraEngine, version: string): string {
  if (isSqlServer(engine)) return `${engine}-${majorVersion(engine, version)}`;
  return `${engine}${majorVersion(engine, version)}`;
}

/** Returns the version as parameter and option groups name it: `16`, `8.0`, `16.0` for SQL Server 16.00.4105.2.v1. */
export function majorVersion(engine: RdsEngine | AuroraEngine, version: string): string {
  const [major = "", minor = "0"] = version.split(".");
  if (engine.includes("postgres") && Number(major) >= 10) return major;
  if (isSqlServer(engine)) return `${major}.0`;
  return `${major}.${minor}`;
}

/**
 * Returns the parameter that refuses connections without TLS. Amazon RDS User Guide, "Using SSL/TLS to encrypt a
 * connection".
 */
export function tlsParameter(engine: RdsEngine | AuroraEngine): { name: string; value: string; applyMethod: string } {
  if (isSqlServer(engine)) return { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" };
  if (engine.includes("postgres")) return { name: "rds.force_ssl", value: "1", applyMethod: "immediate" };
  if (engine === "aurora-mysql") return { name: "require_secure_transport", value: "ON", applyMethod: "immediate" };
  return { name: "require_secure_transport", value: "1", applyMethod: "immediate" };
}

/** Returns the name of the engine's log that is exported to CloudWatch. */
export function exportedLog(engine: RdsEngine | AuroraEngine): string {
  return engine.includes("postgres") ? "postgresql" : "error";
}

const newTarget = {
  engineVersion: z.string().regex(/^\d+\.\d+[\w.]*$/, "must be a full version, like 16.4"),
  databaseName: z
    .string()
    .regex(/^[A-Za-z]\w*$/, "must be a name of letters, digits and underscores")
    .max(63)
    .optional(),
  masterUsername: z
    .string()
    .regex(/^[A-Za-z]\w{0,15}$/, "must be up to 16 letters, digits and underscores, beginning with a letter")
    .refine((name) => !["admin", "postgres", "rdsadmin", "root", "sa"].includes(name.toLowerCase()), {
      message: "must not be admin, postgres, rdsadmin, root or sa: reserved, or the first that is guessed",
    })
    .optional(),
  port: port.min(1150).optional(),
  backupRetentionDays: z.int().min(1).max(35).optional(),
  deletionProtection: z.boolean().optional(),
  parameters: z
    .record(z.string(), z.string())
    .refine((given) => !("rds.force_ssl" in given) && !("require_secure_transport" in given), {
      message: "must leave rds.force_ssl and require_secure_transport alone: TLS is forced",
    })
    .optional(),
  clientSecurityGroupIds: z.array(securityGroupId).optional(),
  clientCidrs: z.array(ipv4Cidr.refine((cidr) => cidr !== "0.0.0.0/0", "must not be the whole internet")).optional(),
  vpcSecurityGroupIds: listTokenOr(securityGroupIds).optional(),
  dbSubnetGroupName: textOrToken.optional(),
  logGroup: z.enum(["create", "existing"]).optional(),
};

/** Says that existing groups come without clients: their rules are their owner's. */
const clientsOrGroups = {
  message:
    "must be left out with clientSecurityGroupIds and clientCidrs: the rules of existing groups are their owner's",
  path: ["vpcSecurityGroupIds"],
};

function admitsNobody(target: {
  readonly vpcSecurityGroupIds?: unknown;
  readonly clientSecurityGroupIds?: unknown;
  readonly clientCidrs?: unknown;
}): boolean {
  const clients = target.clientSecurityGroupIds ?? target.clientCidrs;
  return target.vpcSecurityGroupIds === undefined || clients === undefined;
}

const instanceClass = z.string().regex(/^db\.[a-z0-9]+(?:\.[a-z0-9-]+)?$/, "must be a class like db.r7g.large");
const capacity = z.number().min(0.5).max(256).multipleOf(0.5);

/** The schema of a {@link DatabaseTarget}. */
export const databaseTargetSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("rds"),
      engine: z.enum(rdsEngines),
      instanceClass,
      allocatedStorageGiB: z.int().min(20).max(65_536),
      maxAllocatedStorageGiB: z.int().max(65_536).optional(),
      multiAz: z.boolean().optional(),
      ...newTarget,
    })
    .refine(({ allocatedStorageGiB: now, maxAllocatedStorageGiB: max }) => max === undefined || max > now, {
      message: "must be more than allocatedStorageGiB",
      path: ["maxAllocatedStorageGiB"],
    })
    .refine(admitsNobody, clientsOrGroups)
    .refine(({ engine, multiAz }) => multiAz !== true || hasStandby(engine), {
      message: "must not be true with SQL Server Express and Web, which have no standby",
      path: ["multiAz"],
    })
    .refine(({ engine, databaseName }) => databaseName === undefined || !isSqlServer(engine), {
      message: "must be left out with SQL Server, for which RDS creates no database",
      path: ["databaseName"],
    }),
  z
    .strictObject({
      kind: z.literal("aurora"),
      engine: z.enum(auroraEngines),
      instanceClass,
      serverlessCapacity: z
        .strictObject({ min: capacity, max: capacity })
        .refine(({ min, max }) => min <= max, "must have min at most max")
        .optional(),
      instances: z.int().min(1).max(16).optional(),
      ...newTarget,
    })
    .refine(admitsNobody, clientsOrGroups)
    .refine(
      ({ instanceClass: of, serverlessCapacity }) => (of === "db.serverless") === (serverlessCapacity !== undefined),
      {
        message: "must be given with db.serverless, and only then",
        path: ["serverlessCapacity"],
      },
    ),
  z.strictObject({
    kind: z.literal("existing"),
    engine: z.enum([...rdsEngines, ...auroraEngines]),
    identifier: textOrToken,
  }),
]);
