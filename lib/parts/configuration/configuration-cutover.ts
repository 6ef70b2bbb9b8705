/**
 * ```ts
 * new ConfigurationCutover(this, "shop", {
 *   migration: shop, application: "shop",
 *   connectionStrings: [{
 *     name: "shop/database", source: "postgresql://shop:{{password}}@db-01.example.internal/shop",
 *     target: { hosts: [{ from: { host: "db-01.example.internal" }, to: { host: database.address } }] },
 *     sourcePassword: { secretId: "shop/database-password" },
 *   }],
 *   dnsRecords: [{ fqdn: "shop.example.com", zoneId, source: { type: "A", values: ["203.0.113.10"] }, target: … }],
 * });
 * ```
 *
 * The configuration of an application (connection strings, environment variables, DNS names) for both ends of a move. Old
 * and new values stand side by side in one place, the migration's stage decides which are in effect, and so the way back
 * is the same one-line change as the way there.
 */
import type { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import type { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import type { Assessment } from "../../assessment/assessment";
import { admitConstruct, refuseSecrets } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import {
  MigrationPart,
  ownProps,
  type MigrationHost,
  type MigrationPartProps,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import type { Stages } from "../../core/stage";
import { parseProps } from "../../core/props";
import { runRules } from "../../core/rule";
import { tokenOr } from "../../core/tokens";
import { slugOf } from "../../core/construct-ids";
import { exportText, type ExportedText } from "../../core/exported-text";
import { ConnectionSecrets, type ConnectionSecret } from "./connection-secrets";
import { canonicalHost } from "./connection-string/connection-string";
import { sideOf, type CutoverSide } from "./cutover-side";
import { DnsNames, recordKey } from "./dns-names";
import { EnvironmentParameters, isSecret } from "./environment-parameters";
import { configurationRules, type ConfigurationReview } from "./rules";
import { configurationSteps, type SynthesizedConfiguration } from "./runbook-steps";
import { requireEphemeralValues } from "./secret-value";
import { configurationSettingsSchema, type ConfigurationSettings, type DnsRecordSettings } from "./settings";
import { dnsChanges, valueTable } from "./value-tables";

/** Properties of a {@link ConfigurationCutover}. */
export interface ConfigurationCutoverProps
  extends ConfigurationSettings, MigrationPartProps<MigrationHost<Assessment>> {
  /**
   * ARN of the KMS key that encrypts secrets and SecureStrings.
   * @default - the account's AWS-managed keys
   */
  readonly kmsKeyId?: string;
  /**
   * Days for which a deleted secret can be restored, and its name cannot be used again: 0, or 7 to 30.
   * @default 30
   */
  readonly recoveryWindowInDays?: number;
  /**
   * The folder of the CSV files, beside the stack's Terraform. A table with a value that only Terraform will know is not a
   * file but an output.
   * @default - `configuration/` and the construct's path
   */
  readonly artifactFolder?: string;
  /** Tags on every taggable resource, in addition to the migration's own. @default - the migration's tags alone */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The schema of the props without the migration, which MigrationPart checks. */
const propsSchema = configurationSettingsSchema.extend({
  kmsKeyId: tokenOr(z.string().min(1)).optional(),
  recoveryWindowInDays: z.union([z.literal(0), z.int().min(7).max(30)]).optional(),
  artifactFolder: z.string().min(1).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

/**
 * Connection strings in Secrets Manager, environment variables in SSM parameters and names in Route 53, with the values of
 * source or target. A secret costs 0.40 USD a month, a health check from 0.50 USD; standard parameters and records nothing
 * beyond the zone.
 *
 * If it has a connection string or a secret, the stack needs Terraform 1.11 or later, and says so: passwords are passed
 * through ephemeral values and write-only arguments.
 *
 * @throws MigrationError `CONFIGURATION_CUTOVER_DNS_RECORDS` and its like for each prop, `CONFIGURATION_EMPTY`, `CONFIGURATION_DUPLICATE`, and those of
 * `MigrationPart`, `readConnectionString`, `EnvironmentParameters` and `DnsNames`
 */
export class ConfigurationCutover extends MigrationPart<MigrationHost<Assessment>> {
  /** The settings, as given in the props. */
  public readonly settings: ConfigurationSettings;
  /** The side whose values are in effect. */
  public readonly side: CutoverSide;
  /** The secrets of the connection strings, by name. */
  public readonly secrets: ReadonlyMap<string, ConnectionSecret>;
  /** The SSM parameters of the environment variables, by name. */
  public readonly parameters: ReadonlyMap<string, SsmParameter>;
  /**
   * The Route 53 records by name, type and view, `shop.example.com A`; the keys of a name with two records end in `source`
   * or `target`.
   */
  public readonly records: ReadonlyMap<string, Route53Record>;
  /** The health checks that this construct creates, by their record's name, type and view. */
  public readonly healthChecks: ReadonlyMap<string, Route53HealthCheck>;
  /** The table of all old and new values: `values.csv`. Contains no password. */
  public readonly values: ExportedText;
  /**
   * The table of changes to make by hand in zones that are not in Route 53: `dns-changes.csv`. Undefined if there is no
   * such name.
   */
  public readonly dnsChanges?: ExportedText;

  private readonly synthesized: SynthesizedConfiguration;

  constructor(scope: Construct, id: string, props: ConfigurationCutoverProps) {
    admitConstruct("ConfigurationCutover", scope, id, props, isConfiguredValue);
    super(scope, id, props);
    const { migration } = props;
    const own = ownProps(props);
    parseProps(this, "CONFIGURATION_CUTOVER_PROPS", propsSchema, own);
    const { kmsKeyId, recoveryWindowInDays, artifactFolder, tags: ownTags, ...settings } = own;
    const { phase } = migration.stage;
    const tags = { ...migration.tags, ...ownTags };
    const { application, connectionStrings = [], environmentVariables = [], dnsRecords = [] } = settings;
    this.checkNames(connectionStrings, environmentVariables, dnsRecords);
    this.settings = settings;
    this.side = sideOf(phase);
    const common = { application, side: this.side, tags, ...(kmsKeyId === undefined ? {} : { kmsKeyId }) };
    const { connections, environment, names } = this.named(() => ({
      connections: new ConnectionSecrets(this, "connection-strings", {
        ...common,
        connectionStrings,
        ...(recoveryWindowInDays === undefined ? {} : { recoveryWindowInDays }),
      }),
      environment: new EnvironmentParameters(this, "environment", {
        ...common,
        variables: environmentVariables,
        cutover: cutoverOf(migration.stages),
      }),
      names: new DnsNames(this, "dns", { application, records: dnsRecords, phase, tags }),
    }));
    // What neither a connection string nor a variable is known for.
    refuseSecrets(settings, { construct: this.node.path });
    this.secrets = connections.secrets;
    for (const { secret } of this.secrets.values()) migration.protect(secret);
    this.parameters = environment.parameters;
    this.records = names.records;
    this.healthChecks = names.healthChecks;
    if (connectionStrings.length > 0 || environmentVariables.some(isSecret)) requireEphemeralValues(this);
    const stack = TerraformStack.of(this);
    const folder = artifactFolder ?? `configuration/${slugOf(this.node.path.slice(stack.node.path.length))}`;
    this.values = exportText(
      this,
      "values",
      `${folder}/values.csv`,
      (encode) => encode(valueTable(settings, phase)),
      // A value may come from a sensitive variable, which Terraform lets into no other output.
      { sensitive: true },
    );
    if (dnsRecords.some(({ zoneId }) => zoneId === undefined)) {
      this.dnsChanges = exportText(this, "dns-changes", `${folder}/dns-changes.csv`, (encode) =>
        encode(dnsChanges(settings, phase)),
      );
    }
    this.synthesized = {
      stack: stack.node.id,
      values: this.values,
      ...(this.dnsChanges === undefined ? {} : { dnsChanges: this.dnsChanges }),
      addressOf: (record) => {
        const made = this.records.get(recordKey(record));
        return made === undefined ? undefined : `${made.terraformResourceType}.${made.friendlyUniqueId}`;
      },
    };
  }

  public override get namesSwitched(): readonly string[] {
    return (this.settings.dnsRecords ?? []).map(({ fqdn }) => fqdn);
  }

  /** Returns the findings of the rules about the configuration, which compare it with the inventory. */
  public override findings(): readonly Finding[] {
    return runRules(configurationRules, this.review);
  }

  /** The subject of {@link configurationRules}: the settings and the inventory. */
  public get review(): ConfigurationReview {
    return { configuration: this.settings, inventory: this.migration.assessment.inventory };
  }

  protected override stepsInto(phase: Phase, _names: TransitionNames, transition: StageTransition): PartSteps {
    return configurationSteps(this.settings, { phase, ...transition }, this.synthesized);
  }

  /** Calls a function, and adds this construct's path to its errors: the callee knows only the place in the settings. */
  private named<Result>(call: () => Result): Result {
    try {
      return call();
    } catch (error) {
      if (!(error instanceof MigrationError) || error.construct !== undefined) throw error;
      const { code, path, received, allowed, fix, cause } = error;
      throw new MigrationError({
        code,
        ...(path === undefined ? {} : { path }),
        ...(received === undefined ? {} : { received }),
        ...(allowed === undefined ? {} : { allowed }),
        fix,
        construct: this.node.path,
        cause,
      });
    }
  }

  private checkNames(
    connectionStrings: readonly { readonly name: string }[],
    variables: readonly { readonly name: string }[],
    records: readonly DnsRecordSettings[],
  ): void {
    if (connectionStrings.length + variables.length + records.length === 0) {
      throw new MigrationError({
        code: "CONFIGURATION_EMPTY",
        path: "connectionStrings",
        allowed: "at least one connection string, environment variable or DNS record",
        fix: "declare the application's configuration, or leave the construct out",
        construct: this.node.path,
      });
    }
    this.checkUnique(
      connectionStrings.map(({ name }) => name),
      "connectionStrings",
      "name",
    );
    this.checkUnique(
      variables.map(({ name }) => name),
      "environmentVariables",
      "name",
    );
    for (const side of ["source", "target"] as const) {
      this.checkUnique(
        records.map((record) => `${canonicalHost(record.fqdn)} ${record[side].type} ${record.view ?? ""}`),
        "dnsRecords",
        "fqdn",
      );
      // RFC 1034, 3.6.2: a name with a CNAME has no other data.
      const keyOf = ({ fqdn, view = "" }: DnsRecordSettings): string => `${canonicalHost(fqdn)} ${view}`;
      const aliased = new Set(records.filter((record) => record[side].type === "CNAME").map(keyOf));
      this.checkUnique(
        records.map(keyOf).filter((key) => aliased.has(key)),
        "dnsRecords",
        "fqdn",
      );
    }
  }

  private checkUnique(keys: readonly string[], list: string, property: string): void {
    const seen = new Set<string>();
    for (const key of keys) {
      if (seen.has(key)) {
        throw new MigrationError({
          code: "CONFIGURATION_DUPLICATE",
          path: `${list}.${property}`,
          received: key.trim(),
          allowed: "each name once; of a DNS name one record of each type, and none beside a CNAME",
          fix: "remove or rename one of the two",
          construct: this.node.path,
        });
      }
      seen.add(key);
    }
  }
}

/** Returns the stages between which the values change from the source's to the target's. */
function cutoverOf(stages: Stages): TransitionNames {
  const { name } = stages.firstServing;
  return { stage: name, before: stages.before(name)?.name };
}

/** Checks whether a prop is a value of the application, of which {@link readConnectionString} and {@link EnvironmentParameters} refuse a secret. */
function isConfiguredValue([list, , side]: readonly (string | number)[]): boolean {
  return (list === "connectionStrings" || list === "environmentVariables") && (side === "source" || side === "target");
}
