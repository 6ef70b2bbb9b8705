/** The runbook steps of a configuration cutover, in both directions. */
import { admit } from "../../core/door/admit";
import { shellWord } from "../../core/shell";
import type { PartSteps, StageTransition } from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import type { RunbookStep } from "../../core/stage";
import { terraformIn, writeCommand, type ExportedText } from "../../core/exported-text";
import { hasToken } from "../../core/token-text";
import type { CutoverSide } from "./cutover-side";
import { ttlOf } from "./dns-names";
import { answersOf } from "./mentions";
import type { ConfigurationSettings, DnsRecordSettings } from "./settings";

const PLATFORM = "platform engineer";
const OWNER = "application owner";
/** The most names in a call of GetParameters: Systems Manager API Reference. */
const NAMES_PER_CALL = 10;

/** The places of a synthesized configuration that the commands of runbook steps refer to. */
export interface SynthesizedConfiguration {
  /** The name of the stack that contains the configuration. */
  readonly stack: string;
  /** The table of all old and new values. */
  readonly values: ExportedText;
  /** The table of changes to make by hand at other DNS providers. @default - there are none */
  readonly dnsChanges?: ExportedText;
  /** Returns the address of a name's record in Terraform's state. It is not called before the step's command is read. */
  readonly addressOf: (record: DnsRecordSettings) => string | undefined;
}

/** The transition between stages of which a phase is entered or passed through. */
export interface ConfigurationTransition extends StageTransition {
  readonly phase: Phase;
}

/**
 * Returns the steps into a phase, and back out of it. Time budgets in minutes; waiting for DNS answers to expire is a step
 * of its own. A pattern without a stage of the phase `try` lowers no time to live before the cut-over, and waits for longer.
 * @param synthesized the synthesized configuration; without it, commands contain STACK and ADDRESS in place of its names
 */
export function configurationSteps(
  settings: ConfigurationSettings,
  configurationTransition: ConfigurationTransition,
  synthesized?: SynthesizedConfiguration,
): PartSteps {
  admit("configurationSteps", { settings, configurationTransition, synthesized });
  const { phase, from, to } = configurationTransition;
  const names = settings.dnsRecords ?? [];
  const { application } = settings;
  const elsewhere = (what: string): RunbookStep[] => changesElsewhere(names, what, synthesized?.dnsChanges);
  const answers = (side: CutoverSide): RunbookStep[] => answersOn(side, names, synthesized?.values);
  const deployed = (expect: string): RunbookStep => deploy(to.name, expect);
  const deployedBack = (expect: string): RunbookStep[] => (from === undefined ? [] : [deploy(from.name, expect)]);
  const tried = to.phase === "try";
  const versions = readVersions(settings, "one version is AWSCURRENT; no value is shown");
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: [
        ...passwords(settings),
        deployed("secrets and parameters are created with the values of the source, and DNS answers as before"),
        ...answers("source"),
        ...restart(
          settings,
          `Have ${application} at the source read its secrets and parameters, and restart it`,
          "source",
        ),
      ],
      reverse: [
        {
          title: `Have ${application} at the source read its configuration from its original location, and restart it`,
          owner: OWNER,
          expect: "its health checks pass, and it reads no secret or parameter of this migration",
          minutes: 30,
        },
        ...names.filter(({ existing }) => existing === true).map((record) => keepRecord(record, synthesized)),
        destroy("no secret, parameter or record that the migration created is left"),
      ],
    },
    try: {
      enter: tried
        ? [
            deployed("times to live of Route 53 are lowered; every value is still that of the source"),
            ...elsewhere("lower the time to live of each name of dns-changes.csv to its TTL, and nothing else"),
            ...expiry(names, "prepare"),
            // Not in the window of the cut-over: from here to there no value changes.
            ...versions,
          ]
        : versions,
      reverse: tried
        ? [
            ...deployedBack("times to live of Route 53 are the usual ones again; every value is that of the source"),
            ...elsewhere("restore the usual times to live"),
          ]
        : elsewhere("restore the usual times to live"),
    },
    serve: {
      enter: [
        deployed("each secret and parameter has a new version, and each record the target's values"),
        ...elsewhere("replace the old value of each name of dns-changes.csv by the new one"),
        ...expiry(names, from?.phase ?? "prepare"),
        ...answers("target"),
        ...restart(settings, `Start ${application} at the target, so that it reads its configuration`, "target"),
      ],
      reverse: [
        ...deployedBack(
          "each secret and parameter has a new version with the old value, and each record the source's values",
        ),
        ...elsewhere("replace the new value of each name of dns-changes.csv by the old one"),
        ...expiry(names, "serve"),
        ...answers("source"),
        ...restart(settings, `Start ${application} at the source, so that it reads its configuration`, "source"),
        ...readVersions(settings, "one version is AWSCURRENT, and the one before it AWSPREVIOUS; no value is shown"),
      ],
    },
    final: {
      enter: [
        deployed("times to live are the usual ones again; records that answered for the source are gone"),
        ...elsewhere("restore the usual times to live"),
      ],
    },
  };
  return steps[phase];
}

function deploy(stage: string, expect: string): RunbookStep {
  return {
    title: `Declare the stage ${stage} and deploy the configuration`,
    owner: PLATFORM,
    command: "cdktf deploy",
    deploys: true,
    expect,
    minutes: 15,
  };
}

function destroy(expect: string): RunbookStep {
  return {
    title: "Destroy the configuration",
    owner: PLATFORM,
    command: "cdktf destroy",
    deploys: true,
    expect,
    minutes: 15,
  };
}

/** Returns the step that keeps an imported record, which Terraform would delete as if it had created it. */
function keepRecord(record: DnsRecordSettings, synthesized?: SynthesizedConfiguration): RunbookStep {
  return {
    title: `Keep the record of ${record.fqdn}, which existed before: remove it from Terraform's state`,
    owner: PLATFORM,
    // Asked for when the runbook is written: CDKTF takes no overrideLogicalId once the id has been asked for.
    get command(): string {
      return `${terraformIn(synthesized?.stack ?? "STACK")} state rm ${synthesized?.addressOf(record) ?? "ADDRESS"}`;
    },
    expect: "terraform state list no longer shows it, so that cdktf destroy leaves it alone",
    minutes: 10,
  };
}

/** Returns the steps that check the referenced secrets, which Terraform reads while it plans the first deployment. */
function passwords({ connectionStrings = [], environmentVariables = [] }: ConfigurationSettings): RunbookStep[] {
  const references = [
    ...connectionStrings.flatMap(({ sourcePassword, targetPassword }) => [sourcePassword, targetPassword]),
    ...environmentVariables.flatMap(({ source, target }) =>
      [source, target].map((value) => (typeof value === "string" ? undefined : value.secret)),
    ),
  ];
  const ids = new Set(references.flatMap((each) => (each === undefined ? [] : each.secretId)));
  return [...ids].map((secretId) => {
    const shown = hasToken(secretId) ? "SECRET" : secretId;
    return {
      title: `Check that the secret ${shown} exists and has a value`,
      owner: PLATFORM,
      command: `aws secretsmanager list-secret-version-ids --secret-id ${shellWord(shown)} --query 'Versions[].VersionStages'`,
      expect: "one version is AWSCURRENT; no value is shown",
      minutes: 5,
    };
  });
}

function changesElsewhere(
  names: readonly DnsRecordSettings[],
  what: string,
  changes: ExportedText | undefined,
): RunbookStep[] {
  const count = names.filter(({ zoneId }) => zoneId === undefined).length;
  if (count === 0) return [];
  return [
    ...written(changes, "dns-changes.csv", "the file lists each name with its old and new answer"),
    {
      title: `At the DNS provider, ${what}`,
      owner: "network engineer",
      expect: `the provider's name servers return it for ${count} ${count === 1 ? "name" : "names"}`,
      minutes: 15 + 2 * count,
    },
  ];
}

/**
 * Returns the step that waits until no resolver can have an old answer: for the time to live in effect before the change.
 */
function expiry(names: readonly DnsRecordSettings[], before: Phase): RunbookStep[] {
  if (names.length === 0) return [];
  const seconds = names.reduce((longest, record) => Math.max(longest, ttlOf(record, before)), 0);
  return [
    {
      title: `Wait ${seconds} seconds, until old answers have expired in every cache`,
      owner: PLATFORM,
      expect: "this time has passed since the last name was changed",
      minutes: Math.ceil(seconds / 60) + 1,
    },
  ];
}

/**
 * Returns the step that writes a table whose values only Terraform knows: it is an output, and complete after each
 * deployment.
 */
function written(table: ExportedText | undefined, fileName: string, expect: string): RunbookStep[] {
  const command = table === undefined ? undefined : writeCommand(table, fileName);
  if (command === undefined) return [];
  return [{ title: `Write ${fileName}`, owner: PLATFORM, command, expect, minutes: 5 }];
}

function answersOn(
  side: CutoverSide,
  names: readonly DnsRecordSettings[],
  values: ExportedText | undefined,
): RunbookStep[] {
  const isOpen = (record: DnsRecordSettings): boolean => answersOf(record[side]).some(hasToken);
  return [
    ...(names.some(isOpen) ? written(values, "values.csv", "the file lists the old and new value of each name") : []),
    ...names.map((record): RunbookStep => {
      const { fqdn } = record;
      const column = side === "source" ? "old" : "new";
      const shown = isOpen(record) ? `the ${column} value of ${fqdn} in values.csv` : answersOf(record[side]).join(" ");
      return {
        title: `Query DNS for ${fqdn}`,
        owner: PLATFORM,
        command: `dig +noall +answer ${shellWord(fqdn)} ${record[side].type}`,
        expect: "alias" in record[side] ? `the addresses of ${shown}` : shown,
        minutes: 5,
      };
    }),
  ];
}

function restart(
  { connectionStrings = [], environmentVariables = [] }: ConfigurationSettings,
  title: string,
  side: string,
): RunbookStep[] {
  if (connectionStrings.length + environmentVariables.length === 0) return [];
  return [
    {
      title,
      owner: OWNER,
      expect: `its health checks pass, and it has connections to the ${side} only`,
      minutes: 15,
    },
  ];
}

/**
 * Returns the steps that write down the current versions of parameters and secrets.
 * @param expect the expected output for a secret: one that has had a single value has no previous version
 */
function readVersions(
  { connectionStrings = [], environmentVariables = [] }: ConfigurationSettings,
  expect: string,
): RunbookStep[] {
  const parameters = environmentVariables.map(({ name }) => name);
  const steps: RunbookStep[] = [];
  for (let at = 0; at < parameters.length; at += NAMES_PER_CALL) {
    const names = parameters.slice(at, at + NAMES_PER_CALL).join(" ");
    steps.push({
      title: "Write down the versions of the parameters, to return to on the way back",
      owner: PLATFORM,
      command: `aws ssm get-parameters --names ${names} --query 'Parameters[].[Name,Version]' --output table`,
      expect: "each parameter with the number of its current version",
      minutes: 5,
    });
  }
  for (const { name } of connectionStrings) {
    steps.push({
      title: `Write down the current version of the secret ${name}`,
      owner: PLATFORM,
      command: `aws secretsmanager list-secret-version-ids --secret-id ${name} --query 'Versions[].[VersionId,VersionStages]'`,
      expect,
      minutes: 5,
    });
  }
  return steps;
}
