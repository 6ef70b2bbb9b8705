/** The settings of a configuration cutover: an application's configuration as plain data, for both ends of the move. */
import { z } from "zod";
import { isUnresolved, tokenOr } from "../../core/tokens";
import { parseAddress } from "../../network/address";

/**
 * A reference to a value in Secrets Manager. Terraform reads it while it applies, and keeps it in neither state nor plan.
 */
export interface SecretReference {
  /** The secret's ARN or name. */
  readonly secretId: string;
  /**
   * The property that holds the value, if the secret is a JSON object: `password` in the secrets that RDS creates.
   * @default - the secret's whole text
   */
  readonly jsonKey?: string;
  /**
   * The revision of the secret. Increase it when the secret has been changed: Terraform cannot see that, and writes the
   * value again when this number changes.
   * @default 1
   */
  readonly revision?: number;
}

/** A replacement of a host, and optionally of its port, in a connection string. Either may be a token in `to`. */
export interface HostMoveSettings {
  readonly from: { readonly host: string; readonly port?: number };
  readonly to: { readonly host: string; readonly port?: number };
}

/** A connection string of the application, at the source and at the target. */
export interface ConnectionStringSettings {
  /** The name of the Secrets Manager secret from which the application reads the connection string. */
  readonly name: string;
  /**
   * The connection string that the application uses today, with `{{password}}` in place of the password, unquoted and
   * unescaped: the quoting that its form needs is applied when the password is inserted.
   * @example "postgresql://shop:{{password}}@db-01.example.internal:5432/shop"
   */
  readonly source: string;
  /**
   * The connection string that the application uses at the target.
   *
   * - `hosts`: the source's string with these hosts and ports replaced, and no other character changed.
   * - a string: another connection string, with `{{password}}` as in `source`. Hosts and ports may be tokens.
   */
  readonly target: string | { readonly hosts: readonly HostMoveSettings[] };
  /** The source's password. Required if `source` contains `{{password}}`. @default - there is none */
  readonly sourcePassword?: SecretReference;
  /** The target's password. @default - the source's, if the target contains `{{password}}` */
  readonly targetPassword?: SecretReference;
}

/** The value of an environment variable: public text, or a reference to a secret. */
export type EnvironmentValue = string | { readonly secret: SecretReference };

/** An environment variable of the application, at the source and at the target. */
export interface EnvironmentVariableSettings {
  /** The name of the SSM parameter that holds the value: `/shop/production/CACHE_HOST`. */
  readonly name: string;
  /** The value at the source. Pass a secret by reference. */
  readonly source: EnvironmentValue;
  /** The value at the target, which may be a token. Pass a secret by reference. */
  readonly target: EnvironmentValue;
  /**
   * Whether the value is not a secret although the parameter's name ends like that of one: `TOKEN`, `PASSWORD`.
   * @default false
   */
  readonly notSecret?: boolean;
}

/** The answer of a DNS name: the values of its record, or an alias of an AWS resource. */
export type DnsAnswer =
  | {
      readonly type: "A" | "AAAA" | "CNAME";
      /** The addresses, or the single name of a CNAME. They may be tokens. */
      readonly values: readonly string[];
    }
  | {
      readonly type: "A" | "AAAA";
      /** The DNS name and hosted zone id of an AWS resource. An alias has no time to live of its own. */
      readonly alias: {
        readonly dnsName: string;
        readonly zoneId: string;
        /** @default true */
        readonly evaluateTargetHealth?: boolean;
      };
    };

/** The health check of a record's target: an existing one, or one to create. */
export type HealthCheckSettings =
  | {
      /** The id of an existing health check. */
      readonly healthCheckId: string;
    }
  | {
      readonly type: "HTTP" | "HTTPS" | "TCP";
      /** The public DNS name to check. @default - `ipAddress` is checked */
      readonly fqdn?: string;
      /** The public IP address to check: health checkers are on the internet. @default - `fqdn` is resolved */
      readonly ipAddress?: string;
      readonly port: number;
      /** @default "/" for HTTP and HTTPS */
      readonly path?: string;
      /** The number of consecutive checks that change the state: 1 to 10. @default 3 */
      readonly failureThreshold?: number;
      /** Seconds between checks, 10 (costs more) or 30. @default 30 */
      readonly requestInterval?: 10 | 30;
    };

/** A DNS record that moves, with its answers at the source and at the target. */
export interface DnsRecordSettings {
  /** The fully qualified name: `shop.example.com`. */
  readonly fqdn: string;
  /**
   * The id of the Route 53 zone, public or private. It may be a token.
   * @default - the zone is at another DNS provider: the record is a line of `dns-changes.csv`
   */
  readonly zoneId?: string;
  /**
   * A label that tells apart two records of the same name and type that are in two zones: `public` and `private`.
   * @default - the only one
   */
  readonly view?: string;
  readonly source: DnsAnswer;
  readonly target: DnsAnswer;
  /** The time to live before the test and after the bake time, in seconds. @default 300 */
  readonly ttl?: number;
  /** The time to live around the cut-over, in seconds. @default 60 */
  readonly loweredTtl?: number;
  /**
   * Whether the zone contains the record already. Then Terraform imports it instead of creating it, in the first deployment;
   * `source` must be its current answer.
   * @default false
   */
  readonly existing?: boolean;
  /** @default - none */
  readonly healthCheck?: HealthCheckSettings;
  /**
   * The reaction to an unhealthy target while its values are in effect.
   *
   * - `report`: none but the check's state, which is a trigger for whoever decides to go back.
   * - `answer-source`: Route 53 answers the source's values until the phase `final`. For what may run on both sides at
   *   once: a database must not. The name becomes two weighted records, which a name with another kind of record cannot.
   *
   * @default "report"
   */
  readonly whenUnhealthy?: "report" | "answer-source";
}

/** The configuration of an application at both ends of a move: connection strings, environment variables and DNS records. */
export interface ConfigurationSettings {
  /** The application's name, for descriptions. */
  readonly application: string;
  /** @default - none */
  readonly connectionStrings?: readonly ConnectionStringSettings[];
  /** @default - none */
  readonly environmentVariables?: readonly EnvironmentVariableSettings[];
  /** @default - none */
  readonly dnsRecords?: readonly DnsRecordSettings[];
  /**
   * Names and addresses of the source that remain valid at the target, because servers keep them or something else moves
   * them. The names of `dnsRecords` are among them anyway.
   * @default - none
   */
  readonly validAtTarget?: readonly string[];
}

/**
 * Returns the schema of a text or an object, with the error messages of the member that was meant. It only checks and
 * transforms nothing.
 */
function textOrObject(textSchema: z.ZodType, objectSchema: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    const schema = typeof value === "object" && value !== null ? objectSchema : textSchema;
    for (const issue of schema.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: "custom", message: issue.message, path: issue.path });
    }
  });
}

const text = z.string().min(1);
const maybe = tokenOr(text);
const port = z.int().min(1).max(65_535);
const SECONDS = z.int().min(0).max(2_147_483_647);

const secretReference = z.strictObject({
  secretId: maybe,
  jsonKey: text.optional(),
  revision: z.int().positive().optional(),
});

const hostMove = z.strictObject({
  from: z.strictObject({ host: text, port: port.optional() }),
  to: z.strictObject({ host: maybe, port: tokenOr(port).optional() }),
});

const connectionString = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, "a secret's name: letters, digits and / _ + = . @ -"),
  source: text,
  target: textOrObject(text, z.strictObject({ hosts: z.array(hostMove).min(1) })),
  sourcePassword: secretReference.optional(),
  targetPassword: secretReference.optional(),
});

// Systems Manager API Reference, PutParameter: 4,096 characters in the standard tier; empty values are refused.
const environmentValue = textOrObject(
  tokenOr(z.string().min(1).max(4096, "a value of at most 4,096 characters")),
  z.strictObject({ secret: secretReference }),
);

const environmentVariable = z.strictObject({
  name: z.string().regex(/^(?:\/[\w.-]+)+$|^[\w.-]+$/, "a parameter's name: /path/NAME, or NAME"),
  source: environmentValue,
  target: environmentValue,
  notSecret: z.boolean().optional(),
});

const dnsAnswer = z
  .strictObject({
    type: z.enum(["A", "AAAA", "CNAME"]),
    values: z.array(maybe).min(1).optional(),
    alias: z.strictObject({ dnsName: maybe, zoneId: maybe, evaluateTargetHealth: z.boolean().optional() }).optional(),
  })
  .superRefine(({ type, values, alias }, context) => {
    const refuse = (message: string, ...path: (string | number)[]): void => {
      context.addIssue({ code: "custom", message, path });
    };
    if ((values === undefined) === (alias === undefined)) refuse("either values or an alias", "values");
    if (type === "CNAME" && alias !== undefined) refuse("an alias of type A or AAAA", "type");
    if (type === "CNAME" && (values?.length ?? 1) !== 1) refuse("one name in a CNAME", "values");
    if (type === "CNAME") return;
    for (const [index, value] of (values ?? []).entries()) {
      const version = type === "A" ? 4 : 6;
      if (isUnresolved(value) || parseAddress(value)?.version === version) continue;
      refuse(`an IPv${version} address in a record of type ${type}`, "values", index);
    }
  });

const healthCheck = z
  .strictObject({
    healthCheckId: maybe.optional(),
    type: z.enum(["HTTP", "HTTPS", "TCP"]).optional(),
    fqdn: maybe.optional(),
    ipAddress: maybe.optional(),
    port: port.optional(),
    path: z.string().startsWith("/").optional(),
    failureThreshold: z.int().min(1).max(10).optional(),
    requestInterval: z.union([z.literal(10), z.literal(30)], "10 or 30 seconds").optional(),
  })
  .superRefine((check, context) => {
    const refuse = (message: string, path: string): void => {
      context.addIssue({ code: "custom", message, path: [path] });
    };
    if (check.healthCheckId !== undefined) {
      if (Object.keys(check).length > 1) {
        refuse("a health check that exists is given by its id alone", "healthCheckId");
      }
      return;
    }
    if (check.type === undefined) refuse("HTTP, HTTPS or TCP, or the healthCheckId of one that exists", "type");
    if (check.port === undefined) refuse("the port that is checked", "port");
    if (check.fqdn === undefined && check.ipAddress === undefined) refuse("an fqdn or an ipAddress", "fqdn");
    if (check.type === "TCP" && check.path !== undefined) refuse("no path with TCP", "path");
  });

const dnsRecord = z.strictObject({
  fqdn: z
    .string()
    .regex(/^(?=.{1,254}$)(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*\.?$/, "a DNS name"),
  zoneId: maybe.optional(),
  view: z
    .string()
    .regex(/^[A-Za-z0-9]+$/, "a word of letters and digits")
    .optional(),
  source: dnsAnswer,
  target: dnsAnswer,
  ttl: SECONDS.optional(),
  loweredTtl: SECONDS.optional(),
  existing: z.boolean().optional(),
  healthCheck: healthCheck.optional(),
  whenUnhealthy: z.enum(["report", "answer-source"]).optional(),
});

/** The schema of {@link ConfigurationSettings}; relations that it cannot express are checked by the constructs. */
export const configurationSettingsSchema = z.strictObject({
  application: text,
  connectionStrings: z.array(connectionString).optional(),
  environmentVariables: z.array(environmentVariable).optional(),
  dnsRecords: z.array(dnsRecord).optional(),
  validAtTarget: z.array(text).optional(),
});

/** The default time to live of a DNS record, in seconds. */
export const DEFAULT_DNS_TTL = 300;
/** The default time to live of a DNS record around the cut-over, in seconds. */
export const LOWERED_DNS_TTL = 60;
