/** What people do and look at when a stage changes an application's configuration, and when it is changed back. */
import type { RunbookStep } from "../../../../core/stage";
import type { CutoverStage } from "./cutover-stage";
import { ttlOf } from "./dns-names";
import { answersOf } from "./mentions";
import type { ConfigurationSettings, DnsRecordSettings } from "./settings";
import { TOKEN } from "./connection-template";

/** The steps into a stage, and those back to the stage before. */
export interface ConfigurationSteps {
  readonly enter: readonly RunbookStep[];
  readonly reverse: readonly RunbookStep[];
}

const PLATFORM = "platform engineer";
const OWNER = "application owner";
/** Systems Manager API Reference, GetParameters: at most 10 names. */
const NAMES_PER_CALL = 10;

/** The steps of every stage. Time budgets in minutes; waiting for DNS answers to expire is a step of its own. */
export function configurationSteps(
  settings: ConfigurationSettings,
): Readonly<Record<CutoverStage, ConfigurationSteps>> {
  const names = settings.dnsRecords ?? [];
  return {
    replicate: {
      enter: [
        deploy("replicate", "secrets and parameters are made with the values of the source, and DNS answers as before"),
        ...names.flatMap((record) => answers(record, "source")),
        ...restart(settings, "source"),
      ],
      reverse: [
        {
          title: `Have ${settings.application} read its configuration from where it did before, and restart it`,
          owner: OWNER,
          expect: "its health checks pass, and it reads no secret or parameter of this migration",
          minutes: 30,
        },
      ],
    },
    test: {
      enter: [
        ...readVersions(settings),
        deploy("test", "only times to live change; every value is still that of the source"),
        ...expiry(names, "replicate"),
        ...elsewhere(names, "lower the time to live of each name of dns-changes.csv to its TTL, and nothing else"),
      ],
      reverse: [
        deploy("replicate", "only times to live change"),
        ...elsewhere(names, "restore the usual times to live"),
      ],
    },
    cutover: {
      enter: [
        deploy("cutover", "each secret and parameter has a new version, and each record the target's values"),
        ...elsewhere(names, "replace the old value of each name of dns-changes.csv by the new one"),
        ...expiry(names, "test"),
        ...names.flatMap((record) => answers(record, "target")),
        ...restart(settings, "target"),
      ],
      reverse: [
        deploy(
          "test",
          "each secret and parameter has a new version with the old value, and each record the source's values",
        ),
        ...elsewhere(names, "replace the new value of each name of dns-changes.csv by the old one"),
        ...expiry(names, "cutover"),
        ...names.flatMap((record) => answers(record, "source")),
        ...restart(settings, "source"),
        ...readVersions(settings),
      ],
    },
    finalized: {
      enter: [
        deploy("finalized", "only times to live change; records that answered for the source are gone"),
        ...elsewhere(names, "restore the usual times to live"),
      ],
      reverse: [
        deploy("cutover", "only times to live change, and records that answered for the source are back"),
        ...elsewhere(names, "lower the times to live again"),
        ...expiry(names, "finalized"),
      ],
    },
  };
}

function deploy(stage: CutoverStage, expect: string): RunbookStep {
  return {
    title: `Declare the stage ${stage} and deploy the configuration`,
    owner: PLATFORM,
    command: "cdktf deploy",
    expect,
    minutes: 15,
  };
}

function elsewhere(names: readonly DnsRecordSettings[], what: string): RunbookStep[] {
  const count = names.filter(({ zoneId }) => zoneId === undefined).length;
  if (count === 0) return [];
  return [
    {
      title: `At the DNS provider, ${what}`,
      owner: "network engineer",
      expect: `the provider's own servers answer it for ${count} ${count === 1 ? "name" : "names"}`,
      minutes: 15 + 2 * count,
    },
  ];
}

/** Waits until nobody can have an answer from before the change: the time to live that held until then. */
function expiry(names: readonly DnsRecordSettings[], before: CutoverStage): RunbookStep[] {
  if (names.length === 0) return [];
  const seconds = names.reduce((longest, record) => Math.max(longest, ttlOf(record, before)), 0);
  return [
    {
      title: `Wait ${seconds} seconds, until answers from before have expired everywhere`,
      owner: PLATFORM,
      expect: "the time has passed since the last name was changed",
      minutes: Math.ceil(seconds / 60) + 1,
    },
  ];
}

function answers(record: DnsRecordSettings, side: "source" | "target"): RunbookStep[] {
  const expected = answersOf(record[side]);
  const shown = expected.some((answer) => answer.search(TOKEN) >= 0) ? `the ${side}'s` : expected.join(" ");
  return [
    {
      title: `Ask for ${record.fqdn}`,
      owner: PLATFORM,
      command: `dig +noall +answer ${record.fqdn} ${record[side].type}`,
      expect: "alias" in record[side] ? `the addresses of ${shown}` : shown,
      minutes: 5,
    },
  ];
}

function restart(
  { application, connectionStrings = [], environmentVariables = [] }: ConfigurationSettings,
  side: string,
): RunbookStep[] {
  if (connectionStrings.length + environmentVariables.length === 0) return [];
  return [
    {
      title: `Restart ${application}, so that it reads its configuration`,
      owner: OWNER,
      expect: `its health checks pass, and it has connections to the ${side} only`,
      minutes: 15,
    },
  ];
}

function readVersions({ connectionStrings = [], environmentVariables = [] }: ConfigurationSettings): RunbookStep[] {
  const parameters = environmentVariables.map(({ name }) => name);
  const steps: RunbookStep[] = [];
  for (let at = 0; at < parameters.length; at += NAMES_PER_CALL) {
    const names = parameters.slice(at, at + NAMES_PER_CALL).join(" ");
    steps.push({
      title: "Write down the versions of the parameters: they are what to return to",
      owner: PLATFORM,
      command: `aws ssm get-parameters --names ${names} --query 'Parameters[].[Name,Version]' --output table`,
      expect: "each parameter with the number of the version that holds",
      minutes: 5,
    });
  }
  for (const { name } of connectionStrings) {
    steps.push({
      title: `Write down the current version of the secret ${name}`,
      owner: PLATFORM,
      command: `aws secretsmanager list-secret-version-ids --secret-id ${name} --query 'Versions[].[VersionId,VersionStages]'`,
      expect: "one version is AWSCURRENT, and the one before it AWSPREVIOUS; no value is shown",
      minutes: 5,
    });
  }
  return steps;
}
