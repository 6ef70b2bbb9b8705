import { createHash } from "node:crypto";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { parseProps } from "../../core/props";
import { migrationTags } from "../../core/tags";
import { isUnresolved, tokenOr } from "../../core/tokens";
import type { Verification } from "../../core/verification";
import { automationActions, automationDocuments, type AutomatedTransition } from "./automation-document";
import { stageTransitions, type Transition } from "../transition";
import type { RunbookSubject } from "./runbook-document";
import { workPartsOf } from "./wave-work";

/** The properties of a migration that its Automation runbooks use; every `Migration` has them. */
export interface AutomationSubject extends RunbookSubject {
  /**
   * The path of which names are made: it is in those of the documents.
   * @default - the migration's own path
   */
  readonly namedAfter?: string;
  /** The verifications of the migration: the documents wait for their alarms to be OK after the cut-over. */
  readonly verifications: readonly Verification[];
}

/** Properties of {@link AutomationRunbooks}. */
export interface AutomationRunbooksProps {
  /** The migrations whose cut-over Automation runs, complete with their parts. At least one. */
  readonly migrations: readonly AutomationSubject[];
  /**
   * The approvers of steps: IAM user names, or ARNs of users and roles. 1 to 10.
   * @knownLength
   */
  readonly approvers: readonly string[];
  /**
   * The ARN of the role in which the API calls are made. It must trust `ssm.amazonaws.com` and allow
   * {@link AutomationRunbooks.iamActions}.
   * @default - the identity that starts a document
   */
  readonly assumeRole?: string;
  /**
   * The ARN of the SNS topic that is notified when an approval is pending. Its name must begin with `Automation` (User Guide,
   * `aws:approve`).
   * @default - no notification; the console shows pending approvals
   */
  readonly notificationArn?: string;
  /**
   * The region in which the documents run, the stack's own. A command that names another is left to a person.
   * @default - every command that names a region is left to a person
   */
  readonly region?: string;
  /**
   * The prefix of the documents' names: 1 to 40 letters, digits, dashes, dots and underscores, not beginning with `aws`,
   * `amazon` or `amzn` (API Reference, CreateDocument).
   * @default "migration"
   */
  readonly namePrefix?: string;
  /**
   * Tags of the documents.
   * @default - the library's tags alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const propsSchema = z.strictObject({
  migrations: z.array(z.unknown()).min(1, "needs at least one migration"),
  approvers: z
    .array(z.string().min(1))
    .min(1, "needs at least one approver")
    .max(10, "Automation takes 10 approvers at most"),
  assumeRole: tokenOr(
    z.string().regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "must be the ARN of an IAM role"),
  ).optional(),
  notificationArn: tokenOr(
    z
      .string()
      .regex(
        /^arn:[^:]+:sns:[^:]+:\d{12}:Automation/,
        "must be the ARN of an SNS topic whose name begins with Automation",
      ),
  ).optional(),
  region: z.string().min(1).optional(),
  namePrefix: z
    .string()
    .regex(
      /^(?!aws|amazon|amzn)[A-Za-z0-9_.-]{1,40}$/i,
      "must be 1 to 40 letters, digits, dashes, dots and underscores, and not begin with aws, amazon or amzn",
    )
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

/** Systems Manager API Reference, CreateDocument: 3 to 128 characters. */
const NAME_CHARACTERS = 128;
/** The largest length of `namePrefix`. */
const PREFIX_CHARACTERS = 40;

/**
 * The cut-over and the rollout of migrations as AWS Systems Manager Automation runbooks: for each stage that is entered in a
 * change window, and for each in which production depends on the target, a document forward and one back. Automation executes
 * API calls, and waits for an approval at every other step. Create it after the migrations have their parts: synthesis fails
 * where one comes later.
 *
 * Costs: 0.002 USD for each step that is run, beyond the free steps of accounts that still have them (Systems Manager
 * pricing, Automation). Documents cost nothing; an account has at most 500 (API Reference, CreateDocument).
 *
 * @example
 * new AutomationRunbooks(this, "automation", { migrations: [wave1], approvers: [leadRole.arn], assumeRole: role.arn });
 *
 * @throws MigrationError `RUNBOOK_AUTOMATION`
 */
export class AutomationRunbooks extends Construct {
  /** The documents, in the order of the migrations, each transition forward and then back. */
  public readonly documents: readonly SsmDocument[];
  /** The IAM actions that the documents need, sorted, for the role's policy. */
  public readonly iamActions: readonly string[];

  constructor(scope: Construct, id: string, props: AutomationRunbooksProps) {
    admitConstruct("AutomationRunbooks", scope, id, props);
    super(scope, id);
    const { approvers, assumeRole, notificationArn, region, namePrefix = "migration", migrations, tags } = props;
    parseProps(this, "RUNBOOK_AUTOMATION", propsSchema, props);
    const options = {
      approvers,
      ...(assumeRole === undefined ? {} : { assumeRole }),
      ...(notificationArn === undefined ? {} : { notificationArn }),
      ...(region === undefined ? {} : { region }),
    };
    const actions = new Set<string>();
    this.documents = migrations.flatMap((migration) => {
      const own = migrationTags(
        {
          pattern: migration.profile.name,
          ...(migration.wave === undefined ? {} : { wave: migration.wave }),
        },
        tags,
      );
      return automatedTransitions(migration).flatMap((transition) =>
        automationDocuments(transition, options).map((document, index) => {
          for (const action of automationActions(document)) actions.add(action);
          const { direction, from = "start", to = "withdrawn" } = transition;
          const places = [...namesOf(migration).split("/"), `${from}-to-${to}`, direction];
          const name = documentName(index === 0 ? places : [...places, String(index + 1)]);
          return new SsmDocument(this, name, {
            name: `${namePrefix}-${name}`,
            documentType: "Automation",
            documentFormat: "JSON",
            content: JSON.stringify(terraformText(document), null, 1),
            tags: own,
          });
        }),
      );
    });
    this.iamActions = [...actions].sort();
    if (this.documents.length === 0) {
      throw new MigrationError({
        code: "RUNBOOK_AUTOMATION",
        path: "migrations",
        received: migrations.map(({ node }) => node.path),
        allowed: "migrations with a stage in which production depends on the target",
        fix: "leave the construct out: there is no cut-over to automate",
        construct: this.node.path,
      });
    }
    const made = fingerprint(migrations);
    this.node.addValidation({
      validate: () =>
        made === fingerprint(migrations)
          ? []
          : [
              "a migration was given another part after its Automation runbooks were made: create AutomationRunbooks last",
            ],
    });
  }
}

/** Returns the transitions of the change window and of the rollout, each forward and back. */
function automatedTransitions(migration: AutomationSubject): (Transition & AutomatedTransition)[] {
  const stages = [...migration.procedure];
  const parts = workPartsOf(stages);
  const alarms = alarmsOf(migration.verifications);
  // By the path in the documents' names: a rename of the construct changes no document that somebody may have approved.
  const walked = stageTransitions({ migration: namesOf(migration), title: migration.profile.title }, stages);
  return walked
    .filter((_stage, index) => parts[index] === "cutover" || parts[index] === "rollout")
    .flatMap(({ forward, back }) => [{ ...forward, alarms }, back]);
}

function namesOf({ namedAfter, node }: AutomationSubject): string {
  return namedAfter ?? node.path;
}

/** Returns the names of the alarms of the stack's own region: Automation calls the API of the region in which it runs. */
function alarmsOf(verifications: readonly Verification[]): string[] {
  return verifications.flatMap(({ alarm }) => (alarm === undefined || alarm.region !== undefined ? [] : [alarm.name]));
}

/** Builds a document's name that is unique if the parts are: one that is too long, or loses a character, gets a hash. */
function documentName(parts: readonly string[]): string {
  const safe = parts.join(".").replace(/[^A-Za-z0-9_.-]+/g, "-");
  const limit = NAME_CHARACTERS - PREFIX_CHARACTERS - 1;
  if (safe.length <= limit && parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return safe;
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
  return `${safe.slice(0, limit - 9)}-${hash}`;
}

function fingerprint(migrations: readonly AutomationSubject[]): string {
  return JSON.stringify(migrations.map((each) => automatedTransitions(each)));
}

/** Escapes `${` and `%{`, which begin an expression in Terraform and are literal in a runbook. Tokens are left as they are. */
function terraformText(value: unknown): unknown {
  if (typeof value === "string") return isUnresolved(value) ? value : value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map((each: unknown) => terraformText(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, terraformText(each)]));
}
