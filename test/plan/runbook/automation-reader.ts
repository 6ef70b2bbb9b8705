/**
 * A strict reader of Automation documents, as far as ours go: it knows the actions, their inputs and how steps follow each
 * other from the AWS Systems Manager User Guide ("Systems Manager Automation actions reference"), and nothing of how they
 * are made. It gives what is wrong, as sentences.
 */

type Json = Readonly<Record<string, unknown>>;

const DOCUMENT = ["description", "schemaVersion", "assumeRole", "parameters", "mainSteps", "outputs", "files"];
const STEP = [
  ...["name", "action", "description", "inputs", "outputs", "onFailure", "onCancel", "isCritical", "isEnd"],
  ...["maxAttempts", "nextStep", "timeoutSeconds"],
];
const ACTIONS: Readonly<Record<string, { required: readonly string[]; allowed?: readonly string[] }>> = {
  "aws:approve": {
    required: ["Approvers"],
    allowed: ["NotificationArn", "Message", "MinRequiredApprovals", "Approvers"],
  },
  "aws:executeAwsApi": { required: ["Service", "Api"] },
  "aws:waitForAwsResourceProperty": { required: ["Service", "Api", "PropertySelector", "DesiredValues"] },
  "aws:assertAwsResourceProperty": { required: ["Service", "Api", "PropertySelector", "DesiredValues"] },
};
const TYPES = ["String", "StringList", "Integer", "Boolean", "MapList", "StringMap"];

export function faultsOf(content: string): string[] {
  const faults: string[] = [];
  const say = (fault: string): void => void faults.push(fault);
  if (Buffer.byteLength(content) > 64 * 1024) say("the document is larger than 64 KB");
  const document = JSON.parse(content) as Json;
  for (const key of Object.keys(document)) if (!DOCUMENT.includes(key)) say(`${key} is no part of a document`);
  if (document.schemaVersion !== "0.3") say("the schema version is not 0.3");

  const parameters = (document.parameters ?? {}) as Readonly<Record<string, Json>>;
  for (const [name, { type, default: value }] of Object.entries(parameters)) {
    if (!/^[A-Za-z][A-Za-z0-9]{0,49}$/.test(name)) say(`${name} is no name of a parameter`);
    if (!TYPES.includes(type as string)) say(`${name} has no type`);
    if (type === "StringList" && !Array.isArray(value)) say(`${name} has a default that is no list`);
  }

  const steps = document.mainSteps as readonly Json[];
  const names = steps.map(({ name }) => name as string);
  if (steps.length === 0) say("there is no step");
  if (new Set(names).size !== names.length) say("two steps have one name");
  const known = new Set(Object.keys(parameters));
  steps.forEach((step, index) => {
    const name = names[index] ?? "";
    for (const key of Object.keys(step)) if (!STEP.includes(key)) say(`${name}: ${key} is no part of a step`);
    if (!/^[A-Za-z0-9_]{1,128}$/.test(name)) say(`${name} is no name of a step`);
    const action = ACTIONS[step.action as string];
    const inputs = (step.inputs ?? {}) as Json;
    if (action === undefined) say(`${name}: ${String(step.action)} is no action`);
    for (const input of action?.required ?? []) if (inputs[input] === undefined) say(`${name}: ${input} is missing`);
    for (const input of Object.keys(inputs)) {
      if (action?.allowed !== undefined && !action.allowed.includes(input)) say(`${name}: ${input} is no input`);
    }
    const { Message: message } = inputs;
    if (typeof message === "string" && message.length > 4096)
      say(`${name}: the message is longer than 4,096 characters`);
    if (!["Abort", "Continue", undefined].includes(step.onFailure as string)) say(`${name}: onFailure`);

    // Only what is a parameter, or the output of a step before, may stand in two braces.
    for (const [, reference = ""] of JSON.stringify(step).matchAll(/\{\{(.*?)\}\}/g)) {
      if (!known.has(reference.trim())) say(`${name}: ${reference.trim()} is not known here`);
    }
    for (const output of (step.outputs ?? []) as readonly Json[]) {
      if (!String(output.Selector).startsWith("$.")) say(`${name}: the selector is no JSONPath`);
      known.add(`${name}.${String(output.Name)}`);
    }

    const last = index === steps.length - 1;
    if (last !== (step.isEnd === true)) say(`${name}: isEnd`);
    if (step.nextStep !== names[index + 1]) say(`${name}: the next step is not the one that follows`);
  });
  return faults;
}
