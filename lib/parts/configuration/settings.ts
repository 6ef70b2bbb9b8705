/** What an application knows about its surroundings, as plain data, for both ends of the move. */
import { z } from "zod";
import { isUnresolved, tokenOr } from "../../core/tokens";
import { parseAddress } from "../../network/address";

/** A value in Secrets Manager. It is read by Terraform while it applies, and kept in neither state nor plan. */
export interface SecretReference {
  /** The secret's ARN or name. */
  readonly secretId: string;
  /**
   * The property that holds the value, where the secret is a JSON object: `password` in the secrets that RDS makes.
   * @default - the secret's whole text
   */
  readonly jsonKey?: string;
  /**
   * Raise it when the secret has been changed: Terraform cannot see that, and writes the value anew when this number
   * changes.
   * @default 1
   */
  readonly revision?: number;
}

/** A host and, where it matters, its port. Either may be a token in `to`. */
export interface HostMoveSettings {
  readonly from: { readonly host: string; readonly port?: number };
  readonly to: { readonly host: string; readonly port?: number };
}

/** A connection string of the application. */
export interface ConnectionStringSettings {
  /** The name of the secret that holds it, from which the application reads it. */
  readonly name: string;
  /**
   * What the application uses today, with `{{password}}` in place of the password, unquoted and unescaped: what its form
   * needs is done to the password when it is put in.
   * @example "postgresql://shop:{{password}}@db-01.example.internal:5432/shop"
   */
  readonly source: string;
  /**
   * What it uses at the target.
   *
   * - `hosts`: the source's string with these hosts and ports replaced, and not a character else.
   * - a string: another one, with `{{password}}` as in `source`. Hosts and ports may be tokens.
   */
  readonly target: string | { readonly hosts: readonly HostMoveSettings[] };
  /** The source's password. Required where `source` has `{{password}}`. @default - there is none */
  readonly sourcePassword?: SecretReference;
  /** The target's password. @default - the source's, where the target has `{{password}}` */
  readonly targetPassword?: SecretReference;
}

/** A value of an environment variable: text that everybody may read, or a secret. */
export type EnvironmentValue = string | { readonly secret: SecretReference };

/** An environment variable of the application. */
export interface EnvironmentVariableSettings {
  /** The name of the SSM parameter that holds it: `/shop/production/CACHE_HOST`. */
  readonly name: string;
  /** The value of today. A secret by reference. */
  readonly source: EnvironmentValue;
  /** The value at the target. May be a token. */
  readonly target: EnvironmentValue;
  /**
   * Says that the value is not secret although the parameter's name ends like one: `TOKEN`, `PASSWORD`.
   * @default false
   */
  readonly notSecret?: boolean;
}

/** What a name answers. */
export type DnsAnswer =
  | {
      readonly type: "A" | "AAAA" | "CNAME";
      /** Addresses, or the one name of a CNAME. May be tokens. */
      readonly values: readonly string[];
    }
  | {
      readonly type: "A" | "AAAA";
      /** An AWS resource by its DNS name and hosted zone id. An alias has no time to live of its own. */
      readonly alias: {
        readonly dnsName: string;
        readonly zoneId: string;
        /** @default true */
        readonly evaluateTargetHealth?: boolean;
      };
    };

/** How the target's health is looked at. */
export type HealthCheckSettings =
  | {
      /** A health check that exists. */
      readonly healthCheckId: string;
    }
  | {
      readonly type: "HTTP" | "HTTPS" | "TCP";
      /** A public name. @default - `ipAddress` is checked */
      readonly fqdn?: string;
      /** A public address: health checkers are on the internet. @default - `fqdn` is resolved */
      readonly ipAddress?: string;
      readonly port: number;
      /** @default "/" for HTTP and HTTPS */
      readonly path?: string;
      /** How many checks in a row change the state, 1 to 10. @default 3 */
      readonly failureThreshold?: number;
      /** Seconds between checks, 10 (costs more) or 30. @default 30 */
      readonly requestInterval?: 10 | 30;
    };

/** A DNS name that moves. */
export interface DnsRecordSettings {
  /** The whole name: `shop.example.com`. */
  readonly fqdn: string;
  /**
   * The Route 53 zone, public or private. May be a token.
   * @default - the zone lives elsewhere: the record is a line of the CSV file
   */
  readonly zoneId?: string;
  /**
   * Tells two records of one name and type apart that are in two zones: `public` and `private`.
   * @default - the only one
   */
  readonly view?: string;
  readonly source: DnsAnswer;
  readonly target: DnsAnswer;
  /** Time to live before the test and after the bake, in seconds. @default 300 */
  readonly ttl?: number;
  /** Time to live while the cut-over is near, in seconds. @default 60 */
  readonly loweredTtl?: number;
  /**
   * Whether the zone has the record already. Then Terraform imports it instead of making it, in the first deployment;
   * `source` must be what it says today.
   * @default false
   */
  readonly existing?: boolean;
  /** @default - none */
  readonly healthCheck?: HealthCheckSettings;
  /**
   * What happens while the target is unhealthy and its values hold.
   *
   * - `report`: nothing but the check's state, which is a trigger for whoever decides to go back.
   * - `answer-source`: Route 53 answers the source's values until the phase `final`. For what may run on both sides at
   *   once: a database must not. The name becomes two weighted records, which a name with another kind of record cannot.
   *
   * @default "report"
   */
  readonly whenUnhealthy?: "report" | "answer-source";
}

/** What an application knows about its surroundings. */
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
   * Names and addresses of the source that stay right at the target, because servers keep them or something else moves
   * them. The names of `dnsRecords` are among them anyway.
   * @default - none
   */
  readonly validAtTarget?: readonly string[];
}

/** A union whose messages are those of the member that was meant. It only checks: nothing of it is transformed. */
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

/** The shape of {@link ConfigurationSettings}; what the shape cannot say is checked by the parts. */
export const configurationSettingsSchema = z.strictObject({
  application: text,
  connectionStrings: z.array(connectionString).optional(),
  environmentVariables: z.array(environmentVariable).optional(),
  dnsRecords: z.array(dnsRecord).optional(),
  validAtTarget: z.array(text).optional(),
});

/** Seconds for which answers are kept where nobody has said it. */
export const DEFAULT_DNS_TTL = 300;
/** Seconds for which they are kept while the cut-over is near. */
export const LOWERED_DNS_TTL = 60;
