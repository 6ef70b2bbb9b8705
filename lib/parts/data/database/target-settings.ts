/** The database that rows are moved to: what it is told, and what follows from its engine and version. */
import { z } from "zod";
import { ipv4Cidr, port, securityGroupId, textOrToken } from "../schemas";

/** What instances and clusters are told alike. */
interface NewTarget {
  /**
   * The full version, `16.4`: the parameter group's family is worked out from it.
   * @example "16.4"
   */
  readonly engineVersion: string;
  /**
   * A database that is made with it.
   * @default - none but the engine's own
   */
  readonly databaseName?: string;
  /**
   * The master user's name. Its password is made and kept by RDS in Secrets Manager.
   * @default "dbadmin"
   */
  readonly masterUsername?: string;
  /**
   * The port it listens on.
   * @default - the engine's usual port
   */
  readonly port?: number;
  /**
   * How long automated backups are kept, 1 to 35 days. Under 7 the migration is blocked.
   * @default 14
   */
  readonly backupRetentionDays?: number;
  /**
   * Whether it can be deleted by mistake. Switching it off is a warning; it is a deploy of its own before a destroy.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Parameters of the database beside the one that forces TLS.
   * @default - the engine's own values
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Security groups whose members may connect.
   * @default - none
   */
  readonly clientSecurityGroupIds?: readonly string[];
  /**
   * IPv4 blocks from which clients may connect. Not 0.0.0.0/0.
   * @default - none
   */
  readonly clientCidrs?: readonly string[];
}

/** An RDS instance. */
export interface RdsInstanceTarget extends NewTarget {
  readonly kind: "rds";
  readonly engine: RdsEngine;
  /** `db.r7g.large`. A db.r7g.large with PostgreSQL costs about 0.24 USD an hour, Multi-AZ twice. */
  readonly instanceClass: string;
  /** Storage in GiB, 20 to 65,536. gp3. */
  readonly allocatedStorageGiB: number;
  /**
   * Up to how many GiB storage may grow by itself.
   * @default - it does not grow
   */
  readonly maxAllocatedStorageGiB?: number;
  /**
   * Whether a standby in another zone takes over. Off is a warning.
   * @default true, but for SQL Server Express and Web, which have none
   */
  readonly multiAz?: boolean;
}

/** An Aurora cluster. */
export interface AuroraTarget extends NewTarget {
  readonly kind: "aurora";
  readonly engine: AuroraEngine;
  /**
   * The class of its instances: `db.r7g.large`, or `db.serverless` with `serverlessCapacity`.
   */
  readonly instanceClass: string;
  /**
   * The bounds of its capacity in Aurora capacity units of 2 GiB, in steps of a half. Required by `db.serverless`.
   * @default - provisioned
   */
  readonly serverlessCapacity?: { readonly min: number; readonly max: number };
  /**
   * How many instances, 1 to 16: a writer and readers that take over. One is a warning.
   * @default 2
   */
  readonly instances?: number;
}

/** A database that exists. */
export interface ExistingTarget {
  readonly kind: "existing";
  readonly engine: RdsEngine | AuroraEngine;
  /** The identifier of the instance, or for Aurora of the cluster. */
  readonly identifier: string;
}

/** Where the data goes. */
export type DatabaseTarget = RdsInstanceTarget | AuroraTarget | ExistingTarget;

/** Engines of RDS instances that are made here. Oracle is moved to an existing target. */
export type RdsEngine =
  "postgres" | "mysql" | "mariadb" | "sqlserver-ee" | "sqlserver-se" | "sqlserver-web" | "sqlserver-ex";

/** The engines of Aurora, as RDS calls them. */
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

/** Whether it is an edition of SQL Server. */
export function isSqlServer(engine: string): boolean {
  return engine.startsWith("sqlserver-");
}

/** Whether the engine has a standby in another zone. Amazon RDS User Guide, "Multi-AZ … for Microsoft SQL Server". */
export function hasStandby(engine: RdsEngine): boolean {
  return engine !== "sqlserver-ex" && engine !== "sqlserver-web";
}

/** The port a target listens on unless it is told otherwise. */
export function portOf(target: { readonly engine: string; readonly port?: number }): number {
  if (target.port !== undefined) return target.port;
  if (isSqlServer(target.engine)) return 1433;
  return target.engine.includes("postgres") ? 5432 : 3306;
}

/**
 * The family of the parameter group: `postgres16`, `mysql8.0`, `sqlserver-se-16.0`, `aurora-postgresql16`. Amazon RDS and
 * Aurora User Guides, "Parameter groups".
 */
export function parameterFamily(engine: RdsEngine | AuroraEngine, version: string): string {
  if (isSqlServer(engine)) return `${engine}-${majorVersion(engine, version)}`;
  return `${engine}${majorVersion(engine, version)}`;
}

/** The version as parameter and option groups name it: `16`, `8.0`, `16.0` for SQL Server 16.00.4105.2.v1. */
export function majorVersion(engine: RdsEngine | AuroraEngine, version: string): string {
  const [major = "", minor = "0"] = version.split(".");
  if (engine.includes("postgres") && Number(major) >= 10) return major;
  if (isSqlServer(engine)) return `${major}.0`;
  return `${major}.${minor}`;
}

/** The parameter that refuses connections without TLS. Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection". */
export function tlsParameter(engine: RdsEngine | AuroraEngine): { name: string; value: string; applyMethod: string } {
  if (isSqlServer(engine)) return { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" };
  if (engine.includes("postgres")) return { name: "rds.force_ssl", value: "1", applyMethod: "immediate" };
  if (engine === "aurora-mysql") return { name: "require_secure_transport", value: "ON", applyMethod: "immediate" };
  return { name: "require_secure_transport", value: "1", applyMethod: "immediate" };
}

/** The log that is sent to CloudWatch. */
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
};

const instanceClass = z.string().regex(/^db\.[a-z0-9]+(?:\.[a-z0-9-]+)?$/, "must be a class like db.r7g.large");
const capacity = z.number().min(0.5).max(256).multipleOf(0.5);

/** Checks a {@link DatabaseTarget}. */
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
    .refine(({ engine, multiAz }) => multiAz !== true || hasStandby(engine), {
      message: "must not be true with SQL Server Express and Web, which have no standby",
      path: ["multiAz"],
    })
    .refine(({ engine, databaseName }) => databaseName === undefined || !isSqlServer(engine), {
      message: "must be left out with SQL Server: RDS makes none",
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
