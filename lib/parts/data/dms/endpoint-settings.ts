/** The settings of the two endpoints of a DMS task: engines, TLS modes, and the requirements of CDC on a source. */
import { z } from "zod";
import { arnOf, ipv4Cidr, kmsKeyArn, port, roleArn, secretArn, securityGroupId, textOrToken } from "../schemas";

/** An engine whose credentials DMS reads from Secrets Manager and whose rows it can validate. */
export type DmsEngine =
  "postgresql" | "aurora-postgresql" | "mysql" | "mariadb" | "aurora-mysql" | "sqlserver" | "oracle";

/**
 * The encryption of an endpoint's connection.
 *
 * - `none`: not at all.
 * - `require`: encrypted, the certificate is not checked.
 * - `verify-ca`: the certificate is checked against `certificateArn`.
 * - `verify-full`: the server's name is checked as well.
 */
export type SslMode = "none" | "require" | "verify-ca" | "verify-full";

/** Settings common to the source and target endpoints. */
export interface EndpointSettings {
  readonly engine: DmsEngine;
  /**
   * ARN of the secret with `username`, `password`, `host` and `port` as JSON. DMS reads it itself: no credential is in
   * Terraform. (The secret that RDS manages for its master user has no host and port: give DMS a user of its own.)
   */
  readonly secretArn: string;
  /**
   * ARN of the customer-managed key of the secret.
   * @default - the secret is encrypted with the key that AWS manages
   */
  readonly secretKmsKeyArn?: string;
  /**
   * ARN of an existing role in which DMS reads the secret, which is left as it is: `sourceAccess` and `targetAccess` of the
   * replication say what it needs.
   * @default - a role of its own
   */
  readonly secretsManagerAccessRoleArn?: string;
  /**
   * The name of the database; for Oracle, the SID or service name. Required except for the MySQL family, which must not
   * have one.
   * @default - none
   */
  readonly databaseName?: string;
  /**
   * The encryption of the connection.
   * @default - with a certificate `verify-ca` if the engine has it, else `verify-full`; without one `require` if the
   * engine has it, else `none`, which is a warning
   */
  readonly sslMode?: SslMode;
  /**
   * ARN of the DMS certificate with the authority that has signed the server's. Required by `verify-ca` and `verify-full`.
   * @default - none
   */
  readonly certificateArn?: string;
  /**
   * Extra connection attributes of DMS, `key=value;key=value`. Never pass credentials, which belong in the secret.
   * @default - none
   */
  readonly extraConnectionAttributes?: string;
}

/** The source endpoint of a DMS task. */
export interface SourceEndpoint extends EndpointSettings {
  /** The port that the source listens on. */
  readonly port: number;
  /** The IPv4 block of the source's address, to which the replication instance may open connections. */
  readonly cidr: string;
  /**
   * The version of the engine, `13.14`, by which the support of CDC is checked.
   * @default - not known, and not checked
   */
  readonly version?: string;
  /**
   * The edition of SQL Server or Oracle, by which the support of CDC is checked.
   * @default - not known, and not checked
   */
  readonly edition?: "enterprise" | "standard" | "developer" | "web" | "workgroup" | "express";
}

/** The target endpoint of a DMS task. */
export interface TargetEndpoint extends EndpointSettings {
  /**
   * The security group of an existing target, to which the replication instance may then open connections: a rule that admits it
   * is added to the group.
   * @default - the group of the target that the move creates; for an existing target, nothing is opened
   */
  readonly securityGroupId?: string;
  /**
   * The target's port.
   * @default - the port of the target that the move creates, else the engine's usual port
   */
  readonly port?: number;
}

const engines = [
  "postgresql",
  "aurora-postgresql",
  "mysql",
  "mariadb",
  "aurora-mysql",
  "sqlserver",
  "oracle",
] as const satisfies readonly DmsEngine[];

/** The names of the engines in DMS (API reference, CreateEndpoint, EngineName). */
export const DMS_ENGINE_NAME: Readonly<Record<DmsEngine, string>> = {
  postgresql: "postgres",
  "aurora-postgresql": "aurora-postgresql",
  mysql: "mysql",
  mariadb: "mariadb",
  "aurora-mysql": "aurora",
  sqlserver: "sqlserver",
  oracle: "oracle",
};

/** The usual port of each engine. */
export const USUAL_PORT: Readonly<Record<DmsEngine, number>> = {
  postgresql: 5432,
  "aurora-postgresql": 5432,
  mysql: 3306,
  mariadb: 3306,
  "aurora-mysql": 3306,
  sqlserver: 1433,
  oracle: 1521,
};

/** The TLS modes of each engine. AWS DMS User Guide, "Using SSL with AWS Database Migration Service". */
const SSL_MODES: Readonly<Record<DmsEngine, readonly SslMode[]>> = {
  postgresql: ["none", "require", "verify-ca", "verify-full"],
  "aurora-postgresql": ["none", "require", "verify-ca", "verify-full"],
  mysql: ["none", "verify-ca", "verify-full"],
  mariadb: ["none", "verify-ca", "verify-full"],
  "aurora-mysql": ["none", "verify-ca", "verify-full"],
  sqlserver: ["none", "require", "verify-full"],
  oracle: ["none", "verify-ca"],
};

const isMysqlFamily = (engine: DmsEngine): boolean => ["mysql", "mariadb", "aurora-mysql"].includes(engine);

/** Returns the encryption of an endpoint's connection, with the default applied. */
export function sslModeOf({ engine, sslMode, certificateArn }: EndpointSettings): SslMode {
  if (sslMode !== undefined) return sslMode;
  const modes = SSL_MODES[engine];
  if (certificateArn !== undefined) return modes.includes("verify-ca") ? "verify-ca" : "verify-full";
  return modes.includes("require") ? "require" : "none";
}

/** Returns the reason why changes cannot be captured from the source, or undefined if none is known. */
export function cdcObstacle({ engine, version, edition }: SourceEndpoint): string | undefined {
  // AWS DMS User Guide, "Using a Microsoft SQL Server database as a source": no CDC from Web, Workgroup and Express.
  if (engine === "sqlserver" && (edition === "web" || edition === "workgroup" || edition === "express")) {
    return `SQL Server ${edition} edition has no change data capture`;
  }
  if (version === undefined) return undefined;
  // "Using a PostgreSQL database as a source": logical decoding begins with 9.4.
  if (engine === "postgresql" && before(version, 9, 4)) return `PostgreSQL ${version} has no logical decoding`;
  // "Using a MySQL-compatible database as a source": 5.5 and later.
  if (engine === "mysql" && before(version, 5, 5)) return `DMS reads no binary log of MySQL ${version}`;
  // "Using Oracle as a source": 10.2 and later.
  if (engine === "oracle" && before(version, 10, 2)) return `DMS reads no redo log of Oracle ${version}`;
  return undefined;
}

function before(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return first < major || (first === major && second < minor);
}

const endpoint = {
  engine: z.enum(engines),
  secretArn,
  secretKmsKeyArn: kmsKeyArn.optional(),
  secretsManagerAccessRoleArn: roleArn.optional(),
  databaseName: textOrToken.optional(),
  sslMode: z.enum(["none", "require", "verify-ca", "verify-full"]).optional(),
  certificateArn: arnOf("dms", "arn:aws:dms:eu-central-1:111122223333:cert:ABC").optional(),
  extraConnectionAttributes: z
    .string()
    .refine((text) => !/(?:password|pwd)\s*=/i.test(text), "must not carry a password; it belongs into the secret")
    .optional(),
};

interface Context {
  readonly value: EndpointSettings;
  readonly issues: { push(issue: { code: "custom"; path: string[]; message: string; input: unknown }): unknown };
}

function checkEndpoint({ value, issues }: Context): void {
  const { engine, databaseName, sslMode, certificateArn } = value;
  const complain = (path: string, message: string): void => {
    issues.push({ code: "custom", path: [path], message, input: value });
  };
  if (isMysqlFamily(engine) && databaseName !== undefined) {
    complain("databaseName", `must be left out with ${engine}, whose schemas the table rules name`);
  }
  if (!isMysqlFamily(engine) && databaseName === undefined) complain("databaseName", `is required with ${engine}`);
  if (sslMode !== undefined && !SSL_MODES[engine].includes(sslMode)) {
    complain("sslMode", `must be one of ${SSL_MODES[engine].join(", ")} with ${engine}`);
  }
  if ((sslMode === "verify-ca" || sslMode === "verify-full") && certificateArn === undefined) {
    complain("certificateArn", `is required with ${sslMode}`);
  }
}

/** The schema of a {@link SourceEndpoint}. */
export const sourceEndpointSchema = z
  .strictObject({
    ...endpoint,
    port,
    cidr: ipv4Cidr,
    version: z
      .string()
      .regex(/^\d+(?:\.\w+)*$/, "must be a version, like 13.14")
      .optional(),
    edition: z.enum(["enterprise", "standard", "developer", "web", "workgroup", "express"]).optional(),
  })
  .check(checkEndpoint);

/** The schema of a {@link TargetEndpoint}. */
export const targetEndpointSchema = z
  .strictObject({ ...endpoint, securityGroupId: securityGroupId.optional(), port: port.optional() })
  .check(checkEndpoint);
