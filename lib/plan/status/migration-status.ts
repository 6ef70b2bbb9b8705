/**
 * The status of each migration: the stage that the code declares, the stage that was declared to the account, and the stage
 * that was reached. All three are the same where nothing is to be done.
 */
import { compareText } from "../../core/text";
import { NOT_REACHED } from "../../core/stage-parameters";
import type { RecordedDependent, StageRecord } from "../../core/stage-record";
import type { DeclaredMigration } from "./declared-migrations";

/** The states of a migration, each with its explanation and what to do. In the order in which a state is checked. */
export const statusMeanings = {
  "not deployed":
    "the account has no record of it in the region: its stack has not been deployed yet, was destroyed, or is in another region",
  "unknown stage":
    "the account records a stage that the code does not have: a newer version, or a manual change, has written it. Look at the code that was deployed last before deploying any other",
  "waits for deployment": "the code declares another stage than the account records as declared: run cdktf deploy",
  "not yet reached": "a stage was declared, and none has been reached: the first deployment is running, or has failed",
  "on its way":
    "another stage is declared than was reached: a deployment or a runner is in progress, or has failed halfway",
  reached: "the declared stage has been reached",
} as const;

/** A state of a migration: one of the keys of {@link statusMeanings}. */
export type MigrationState = keyof typeof statusMeanings;

/** The status of a migration in the code and in the account. */
export interface MigrationStatus {
  readonly app: string;
  readonly migration: string;
  /** The region of its parameters. Undefined for the region of the environment. */
  readonly region?: string;
  /** The name of its stack. Undefined where the code is not known. */
  readonly stack?: string;
  /** The stage that the code declares. Undefined where the code is not known. */
  readonly code?: string;
  /** The stage that was declared to the account. Undefined where there is no such parameter. */
  readonly declared?: string;
  /** The stage that was reached. Undefined where none was, or there is no such parameter. */
  readonly reached?: string;
  readonly state: MigrationState;
  /** The time at which one of the two stages in the account was last written, ISO 8601 in UTC. */
  readonly lastModified?: string;
  /** The migrations that depend on it. */
  readonly dependents: readonly RecordedDependent[];
}

/** The stage records of one region of the account. */
export interface RecordedRegion {
  /** The region's name. Undefined for the region of the environment. */
  readonly region?: string;
  readonly records: readonly StageRecord[];
}

/**
 * Returns the status of each migration of the code and of each record, region by region, in the order of their names. A record
 * without a migration in the code is listed without one: it belongs to another repository, or was left behind.
 */
export function migrationStatuses(
  coded: readonly DeclaredMigration[],
  recorded: readonly RecordedRegion[],
): MigrationStatus[] {
  return recorded.flatMap(({ region, records }) => {
    const here = coded.filter((each) => each.region === region);
    const names = [...here, ...records].map(({ app, migration }) => ({ app, migration }));
    const unique = [...new Map(names.map((each) => [`${each.app}/${each.migration}`, each] as const))]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, each]) => each);
    return unique.map(({ app, migration }): MigrationStatus => {
      const same = (each: { readonly app: string; readonly migration: string }): boolean =>
        each.app === app && each.migration === migration;
      return statusOf({ app, migration }, region, here.find(same), records.find(same));
    });
  });
}

function statusOf(
  names: Pick<MigrationStatus, "app" | "migration">,
  region: string | undefined,
  coded: DeclaredMigration | undefined,
  record: StageRecord | undefined,
): MigrationStatus {
  const reached = record?.reached === NOT_REACHED ? undefined : record?.reached;
  return {
    ...names,
    ...(region === undefined ? {} : { region }),
    ...(coded === undefined ? {} : { stack: coded.stack }),
    ...(coded?.code === undefined ? {} : { code: coded.code }),
    ...(record?.declared === undefined ? {} : { declared: record.declared }),
    ...(reached === undefined ? {} : { reached }),
    state: stateOf(coded, record?.declared, reached, record?.reached !== undefined),
    ...(record?.lastModified === undefined ? {} : { lastModified: record.lastModified }),
    dependents: record?.dependents ?? [],
  };
}

function stateOf(
  coded: DeclaredMigration | undefined,
  declared: string | undefined,
  reached: string | undefined,
  recorded: boolean,
): MigrationState {
  if (declared === undefined && !recorded) return "not deployed";
  const stages = coded?.stages;
  const values = [declared, reached].filter((each) => each !== undefined);
  if (stages !== undefined && values.some((value) => !stages.includes(value))) return "unknown stage";
  if (coded?.code !== undefined && coded.code !== declared) return "waits for deployment";
  if (reached === undefined) return "not yet reached";
  return reached === declared ? "reached" : "on its way";
}
