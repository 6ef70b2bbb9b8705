/**
 * ```ts
 * const plan = planReplication({ servers, network });
 * new ReplicationExport(this, "replication", { migration: booking, plan, accountId: "123456789012", region: "eu-central-1"
 * });
 * ```
 *
 * The files that a replication tool needs, because Terraform has no resources for it: the import file and launch settings of
 * Application Migration Service, and the intake form of Cloud Migration Factory.
 *
 * The id of a subnet that the same stack makes is not known while the stack is synthesized: the text is then a Terraform
 * output instead of a file (core/exported-text.ts).
 */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../../../core/door/admit";
import type { Finding } from "../../../../core/finding";
import { MigrationPart, type MigrationPartProps, type PartSteps } from "../../../../core/migration-part";
import type { Phase } from "../../../../core/phase";
import { parseProps } from "../../../../core/props";
import { runRules } from "../../../../core/rule";
import { sealed } from "../../../../core/token-text";
import { tokenOr } from "../../../../core/tokens";
import { defaultName } from "../../../../core/construct-ids";
import { exportText, type ExportedText } from "../../../../core/exported-text";
import { namePath } from "../../../../core/rename";
import type { FleetPlan, ServerPlan } from "../server-plan";
import { writeMgnImport } from "./mgn-import";
import { writeMgnLaunchSettings } from "./mgn-launch-settings";
import { writeMigrationFactoryIntake } from "./migration-factory-intake";
import { replicationServers, type ReplicationServer, type ReplicationTarget } from "./replication-server";
import { replicationSteps } from "./replication-steps";
import { replicationRules, type ReplicationReview } from "./rules";

export type { ExportedText };

/** The replication tools for which files can be written. */
export const replicationTools = ["mgn", "cloud-migration-factory"] as const;
/** A replication tool for which files can be written. */
export type ReplicationTool = (typeof replicationTools)[number];

/** Properties of a {@link ReplicationExport}. */
export interface ReplicationExportProps extends MigrationPartProps {
  /** The plan of the servers: `planReplication({ … })`, or a fleet's own plan. Adopted servers are left out. */
  readonly plan: FleetPlan;
  /** The account that servers go to, 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /**
   * Returns the launch settings of a server that the plan lacks: security groups, test subnets, the dedicated host.
   * @default - none
   */
  readonly target?: (server: ServerPlan) => ReplicationTarget;
  /** The instance profile of launched servers. @default - none */
  readonly instanceProfileName?: string;
  /** The tools to write files for. @default - both */
  readonly tools?: readonly ReplicationTool[];
  /** Tags of launched instances, beside the servers' own. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether fields that a spreadsheet takes for a formula are written as they are. @default false: they are refused */
  readonly allowFormulas?: boolean;
}

const schema = z.object({
  accountId: tokenOr(z.string().regex(/^\d{12}$/, "must be the 12 digits of an account")),
  region: tokenOr(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be the name of a region, like eu-central-1")),
  instanceProfileName: z.string().min(1).optional(),
  tools: z.array(z.enum(replicationTools)).min(1).optional(),
});

/**
 * The files of a replication tool. Creates nothing in AWS.
 *
 * @throws MigrationError `REPLICATION_EXPORT`, `REPLICATION_SERVER_NAME`, `MIGRATION_FACTORY_TAG`, `CSV_FORMULA`, `CSV_NUL`,
 * and those of `MigrationPart`
 */
export class ReplicationExport extends MigrationPart {
  /** The servers that are exported. */
  public readonly servers: readonly ReplicationServer[];
  /** The import file of Application Migration Service. */
  public readonly mgnImport?: ExportedText;
  /** The launch settings of Application Migration Service, always a file. */
  public readonly mgnLaunchSettings?: ExportedText;
  /** The intake form of Cloud Migration Factory. */
  public readonly factoryIntake?: ExportedText;
  /** The subject of `replicationRules`. */
  public readonly review: ReplicationReview;

  private readonly phaseSteps: Readonly<Partial<Record<Phase, PartSteps>>>;

  constructor(scope: Construct, id: string, props: ReplicationExportProps) {
    admitConstruct("ReplicationExport", scope, id, props);
    super(scope, id, props, answersOf(props));
    const { accountId, region, instanceProfileName } = props;
    parseProps(this, "REPLICATION_EXPORT", schema, { accountId, region, instanceProfileName, tools: props.tools });
    const tools = new Set(props.tools ?? replicationTools);
    this.servers = replicationServers(props.plan, props.target);
    const servers = this.servers.map((each) => ({ ...each, server: sealedTexts(each.server) }));
    this.review = { servers: this.servers, mgn: tools.has("mgn"), factory: tools.has("cloud-migration-factory") };
    this.phaseSteps = {};
    if (servers.length === 0) return;
    const common = {
      accountId,
      region,
      ...(props.allowFormulas === undefined ? {} : { allowFormulas: props.allowFormulas }),
      ...(props.tags === undefined ? {} : { tags: props.tags }),
    };
    if (tools.has("mgn")) {
      const options = { ...common, ...(instanceProfileName === undefined ? {} : { instanceProfileName }) };
      this.mgnImport = this.text("mgn-import", "mgn-import.csv", (encode) =>
        writeMgnImport(servers, { ...options, encode }),
      );
      this.mgnLaunchSettings = this.text("mgn-launch-settings", "mgn-launch-settings.json", () =>
        writeMgnLaunchSettings(servers),
      );
    }
    if (tools.has("cloud-migration-factory")) {
      this.factoryIntake = this.text("factory-intake", "migration-factory-intake.csv", (encode) =>
        writeMigrationFactoryIntake(servers, { ...common, encode }),
      );
    }
    const { mgnImport, mgnLaunchSettings, factoryIntake } = this;
    this.phaseSteps = replicationSteps({
      region,
      stack: TerraformStack.of(this).node.id,
      ...(mgnImport === undefined ? {} : { mgnImport }),
      ...(mgnLaunchSettings === undefined ? {} : { mgnLaunchSettings }),
      ...(factoryIntake === undefined ? {} : { factoryIntake }),
    });
  }

  /** Returns the findings of `replicationRules`. */
  public override findings(): readonly Finding[] {
    return runRules(replicationRules, this.review);
  }

  protected override stepsInto(phase: Phase): PartSteps {
    return this.phaseSteps[phase] ?? {};
  }

  private text(id: string, fileName: string, write: (encode: (field: string) => string) => string): ExportedText {
    return exportText(this, id, `replication/${defaultName(namePath(this))}/${fileName}`, write);
  }
}

/** Returns the value with every text in it sealed, keys too: an inventory has no tokens, and what looks like one is text. */
function sealedTexts<Value>(value: Value): Value {
  if (typeof value === "string") return sealed(value) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => sealedTexts(each)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [sealed(key), sealedTexts(each)])) as Value;
}

/**
 * Returns the phases with steps. Cloud Migration Factory launches and tests from its own console: the runbook has its import
 * alone.
 */
function answersOf({ tools = replicationTools }: ReplicationExportProps): readonly Phase[] {
  return tools.includes("mgn") ? ["prepare", "try", "serve"] : ["prepare"];
}
