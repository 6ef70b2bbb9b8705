/**
 * ```ts
 * const [document] = automationDocuments(transition, { approvers: ["arn:aws:iam::111122223333:role/migration-lead"] });
 * ```
 *
 * A transition as an AWS Systems Manager Automation runbook: API calls are executed, every other step waits for the approval
 * of the person who does it. An approval is the honest form of "deploy this" or "does it look right": Automation cannot know,
 * and a runbook that pretended to would be trusted at the wrong moment.
 *
 * Sources: AWS Systems Manager User Guide, "Systems Manager Automation actions reference" (the actions, their inputs, the
 * properties of all steps); API Reference, CreateDocument (64 KB, with the values of parameters at run time).
 */
import { admit } from "../../core/door/admit";
import type { RunbookStep } from "../../core/stage";
import { sentence } from "../../core/text";
import { transitionEnds, type Transition } from "../transition";
import { isCallOutput, translateAwsCommand, type ApiCall, type ApiValue } from "./aws-command";
import { stackCommand, type StackPlace } from "./stack-command";

/** A transition of a migration to be automated. The transitions of a `PlanRunbook` have this shape. */
export interface AutomatedTransition extends Omit<Transition, "direction" | "irreversible"> {
  /**
   * The names of the metric alarms that have to be OK at the end. The document waits for each for up to 15 minutes, in the
   * region in which it runs.
   * @default - none
   */
  readonly alarms?: readonly string[];
}

/** Options of {@link automationDocuments}. */
export interface AutomationOptions {
  /**
   * The region in which the documents run. A command that names it is executed; one that names another is left to a person.
   * @default - every command that names a region is left to a person
   */
  readonly region?: string;
  /** The default approvers of steps: IAM user names, or ARNs of users and roles. 1 to 10. */
  readonly approvers: readonly string[];
  /**
   * The ARN of the default role in which the API calls are made.
   * @default - the identity that starts the automation
   */
  readonly assumeRole?: string;
  /**
   * The ARN of the SNS topic that is notified when an approval is pending. Its name begins with `Automation`.
   * @default - no notification; the console shows pending approvals
   */
  readonly notificationArn?: string;
}

/** A step of an Automation document. */
export interface AutomationStep {
  readonly name: string;
  readonly action: "aws:approve" | "aws:executeAwsApi" | "aws:waitForAwsResourceProperty";
  readonly description: string;
  readonly onFailure: "Abort";
  readonly timeoutSeconds?: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string; readonly Type: "String" }[];
  readonly nextStep?: string;
  readonly isEnd?: true;
}

/** A parameter of an Automation document. */
export interface AutomationParameter {
  readonly type: "String" | "StringList";
  readonly description: string;
  readonly default: string | readonly string[];
}

/** The content of an Automation document. */
export interface AutomationDocument {
  readonly description: string;
  readonly schemaVersion: "0.3";
  readonly assumeRole: string;
  readonly parameters: Readonly<Record<string, AutomationParameter>>;
  readonly mainSteps: readonly AutomationStep[];
}

/** The largest size of a document: 64 KB, less the values of parameters at run time (API Reference, CreateDocument). */
export const AUTOMATION_DOCUMENT_BYTES = 56 * 1024;
/** The largest number of steps of a document, a limit of this library: in longer documents people lose their place. */
export const AUTOMATION_DOCUMENT_STEPS = 100;
/** The largest length of the input Message of `aws:approve`. */
const MESSAGE_CHARACTERS = 4096;
const NAME_CHARACTERS = 128;
const ALARM_SECONDS = 900;

/**
 * Builds the documents of a transition, to be run one after the other: more than one only where the steps do not fit into one.
 * A transition without steps has none.
 */
export function automationDocuments(
  transition: AutomatedTransition,
  options: AutomationOptions,
): readonly AutomationDocument[] {
  admit("automationDocuments", { transition, options });
  const groups = [
    ...transition.steps.map((step, index) => stepsOf(step, index + 1, transition, options)),
    ...(transition.alarms ?? []).map((alarm, index) => [alarmStep(alarm, index + 1)]),
  ];
  const parts = partsOf(groups);
  return parts.map((steps, index) => documentOf(steps, transition, options, [index + 1, parts.length]));
}

/** Returns the IAM actions that are needed to run the document, sorted. */
export function automationActions(automationDocument: AutomationDocument): string[] {
  admit("automationActions", { automationDocument });
  const { mainSteps } = automationDocument;
  const actions = mainSteps.flatMap(({ action, inputs }) => {
    if (action === "aws:approve") return inputs.NotificationArn === undefined ? [] : ["sns:Publish"];
    return [`${String(inputs.Service)}:${String(inputs.Api)}`];
  });
  return [...new Set(actions)].sort();
}

function documentOf(
  steps: readonly AutomationStep[],
  transition: AutomatedTransition,
  { approvers, assumeRole, notificationArn }: AutomationOptions,
  [part, parts]: readonly [number, number],
): AutomationDocument {
  const which = parts === 1 ? "" : `, part ${part} of ${parts}`;
  return {
    description: automationText(
      `${transition.title} ${transition.migration}: ${transitionEnds(transition, " to ")}${which}`,
    ),
    schemaVersion: "0.3",
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      AutomationAssumeRole: {
        type: "String",
        description: "The ARN of the role in which the API calls are made; empty for those of whoever starts this.",
        default: assumeRole ?? "",
      },
      Approvers: {
        type: "StringList",
        description: "Who may approve a step: IAM user names, or ARNs of users and roles, 10 at most.",
        default: approvers,
      },
      ...(notificationArn === undefined
        ? {}
        : {
            NotificationArn: {
              type: "String",
              description: "The ARN of the SNS topic that is told when somebody is waited for.",
              default: notificationArn,
            },
          }),
    },
    mainSteps: steps.map((step, index): AutomationStep => {
      const next = steps[index + 1];
      return { ...step, ...(next === undefined ? { isEnd: true } : { nextStep: next.name }) };
    }),
  };
}

/** Splits the steps into documents. A step's calls stay in one document: a later one uses the output of an earlier one. */
function partsOf(groups: readonly (readonly AutomationStep[])[]): AutomationStep[][] {
  const parts: AutomationStep[][] = [];
  // What is around the steps: descriptions, ten approvers of at most 2,048 characters would be more than anybody has.
  const frame = 8 * 1024;
  let bytes = Infinity;
  for (const group of groups) {
    const size = Buffer.byteLength(JSON.stringify(group)) + group.length * (NAME_CHARACTERS + 16);
    const last = parts.at(-1);
    const full = last === undefined || last.length + group.length > AUTOMATION_DOCUMENT_STEPS;
    if (full || bytes + size > AUTOMATION_DOCUMENT_BYTES) {
      parts.push([...group]);
      bytes = frame + size;
    } else {
      last.push(...group);
      bytes += size;
    }
  }
  return parts;
}

function stepsOf(
  step: RunbookStep,
  number: number,
  { migration }: AutomatedTransition,
  options: AutomationOptions,
): AutomationStep[] {
  const prefix = `step${String(number).padStart(2, "0")}`;
  const calls = step.command === undefined ? undefined : translateAwsCommand(inRegion(step.command, options.region));
  const approve = (verb: string, message: string): AutomationStep => ({
    name: stepName(`${prefix}_${verb}_${step.title}`),
    action: "aws:approve",
    description: automationText(sentence(step.title)),
    onFailure: "Abort",
    inputs: {
      ...(options.notificationArn === undefined ? {} : { NotificationArn: "{{ NotificationArn }}" }),
      Message: cut(automationText(message), MESSAGE_CHARACTERS),
      MinRequiredApprovals: 1,
      Approvers: "{{ Approvers }}",
    },
  });
  const seen = `Approve when this is seen: ${sentence(step.expect)} Reject to stop.`;
  if (calls === undefined) {
    const run =
      step.command === undefined
        ? ""
        : `\nRun, for ${migration}: ${stackCommand(step.command, placeOf(migration, options))}`;
    return [approve("do", `For the ${step.owner}: ${sentence(step.title)}${run}\n${seen}`)];
  }
  return [
    ...callSteps(calls, prefix, step.title),
    approve("see", `${sentence(step.title)} It has been called.\nFor the ${step.owner}. ${seen}`),
  ];
}

/** Returns where a person runs a command: in the stack that the migration's path begins with. */
function placeOf(migration: string, { region }: AutomationOptions): StackPlace {
  return { stack: migration.split("/")[0] ?? migration, ...(region === undefined ? {} : { region }) };
}

function callSteps(calls: readonly ApiCall[], prefix: string, title: string): AutomationStep[] {
  const names = calls.map(({ api }, index) => stepName(`${prefix}_call${index + 1}_${api}`));
  const inputOf = (value: ApiValue): unknown =>
    isCallOutput(value) ? `{{ ${names[value.call] ?? ""}.Found }}` : value;
  return calls.map(({ service, api, inputs, select }, index): AutomationStep => {
    const given: Record<string, unknown> = {};
    for (const [input, value] of Object.entries(inputs)) given[input] = inputOf(value);
    return {
      name: names[index] ?? "",
      action: "aws:executeAwsApi",
      description: automationText(sentence(title)),
      onFailure: "Abort",
      inputs: { Service: service, Api: api, ...given },
      ...(select === undefined ? {} : { outputs: [{ Name: "Found", Selector: select, Type: "String" }] }),
    };
  });
}

function alarmStep(alarm: string, number: number): AutomationStep {
  return {
    name: `alarm${String(number).padStart(2, "0")}_is_OK`,
    action: "aws:waitForAwsResourceProperty",
    description: "Waits until the alarm is OK. Where it does not become so, go back.",
    onFailure: "Abort",
    timeoutSeconds: ALARM_SECONDS,
    inputs: {
      Service: "cloudwatch",
      Api: "DescribeAlarms",
      AlarmNames: [alarm],
      PropertySelector: "$.MetricAlarms[0].StateValue",
      DesiredValues: ["OK"],
    },
  };
}

/** Removes the option for the region in which Automation runs, whose API it calls anyway. */
function inRegion(command: string, region: string | undefined): string {
  return region === undefined ? command : command.replaceAll(` --region ${region}`, "");
}

/** Returns the text as the name of a step: letters, digits and underscores. Its prefix keeps it unique, whatever the title. */
function stepName(text: string): string {
  return cut(text.replace(/[^A-Za-z0-9]+/g, "_"), NAME_CHARACTERS, "").replace(/_+$/, "");
}

function cut(text: string, characters: number, sign = "…"): string {
  return text.length <= characters ? text : `${text.slice(0, characters - sign.length)}${sign}`;
}

/** Separates double braces, between which Automation would substitute a value. */
function automationText(text: string): string {
  return text.replace(/\{(?=\{)/g, "{ ").replace(/\}(?=\})/g, "} ");
}
