import { MigrationError } from "../../core/error";
import { NOT_REACHED, reachedParameter, type MigrationIdentity } from "../../core/stage-parameters";
import { checkNames } from "./identity";
import type { ParameterStore } from "./parameter-store";
import { ssmParameterStore } from "./ssm-parameter-store";

/** Options for {@link recordReached}. */
export interface RecordReachedOptions {
  /**
   * The stage that the record must have before the write, or `none`. It guards against a second runner.
   * @default - any stage that is known
   */
  readonly from?: string;
  /**
   * The names of the migration's stages. A record with any value besides these and `none` is left as it is.
   * @default - any value is overwritten
   */
  readonly stages?: readonly string[];
  /**
   * The region of the record.
   * @default - the SDK's own: `AWS_REGION`, which a function in Lambda has, then the profile's
   */
  readonly region?: string;
}

/** The outcome of {@link recordReached}. */
export interface RecordedStage {
  /** The stage that was recorded before, or `none`. */
  readonly before: string;
  /** Whether the record was written. False where it had the stage already. */
  readonly changed: boolean;
}

/**
 * Records that the migration has reached the stage. Recording the same stage again changes nothing, so a runner that was
 * killed may start over.
 *
 * Needs `ssm:GetParameter` and `ssm:PutParameter` on `parameter/migration/APP/NAME/reached`.
 *
 * @param store the store of the record; by default Parameter Store, with the SDK's standard chain of credentials
 * @throws MigrationError
 * - `STAGE_RECORD_NAME`: the app's or the migration's name is not valid
 * - `STAGE_RECORD_STAGE`: the stage is none of `stages`, or `none`
 * - `STAGE_RECORD_ABSENT`: the migration is not deployed there
 * - `STAGE_RECORD_UNKNOWN`: the record has a value that is none of `stages`; it is left as it is
 * - `STAGE_RECORD_MOVED`: the record has neither `from` nor the stage; it is left as it is
 * - `STAGE_RECORD_RACE`: another writer came between reading and writing; the stage has been written over the other's value
 * - what the access to Parameter Store throws, see `readStageRecords`
 */
export async function recordReached(
  migration: MigrationIdentity,
  stage: string,
  { from, stages, region }: RecordReachedOptions = {},
  store?: ParameterStore,
): Promise<RecordedStage> {
  checkNames({ app: migration.app, migration: migration.name });
  checkStage(stage, stages);
  const at = store ?? ssmParameterStore(region);
  const name = reachedParameter(migration);
  const recorded = await at.get(name);
  if (recorded === undefined) {
    throw new MigrationError({
      code: "STAGE_RECORD_ABSENT",
      path: name,
      fix: "there is no such parameter: deploy the migration first, or name the region in which it is deployed",
    });
  }
  const before = recorded.value;
  if (stages !== undefined && before !== NOT_REACHED && !stages.includes(before)) {
    throw refusal("STAGE_RECORD_UNKNOWN", name, before, stage, `one of ${[NOT_REACHED, ...stages].join(", ")}`);
  }
  if (before === stage) return { before, changed: false };
  if (from !== undefined && before !== from) {
    throw refusal("STAGE_RECORD_MOVED", name, before, stage, `${from}, from which this run started`);
  }
  const written = await at.overwrite(name, stage);
  // Parameter Store writes unconditionally. The number of the version tells afterwards whether another writer came between.
  if (recorded.version !== undefined && written !== undefined && written !== recorded.version + 1) {
    throw new MigrationError({
      code: "STAGE_RECORD_RACE",
      path: name,
      received: stage,
      fix: `another writer recorded a stage at the same time, and this run has overwritten it: see aws ssm get-parameter-history --name ${name}, and let only one runner work on a migration`,
    });
  }
  return { before, changed: true };
}

/** The names that are fit for the command that an error suggests: plain ones. */
const STAGE_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

function checkStage(stage: string, stages: readonly string[] | undefined): void {
  if (STAGE_NAME.test(stage) && stage !== NOT_REACHED && stages?.includes(stage) !== false) return;
  throw new MigrationError({
    code: "STAGE_RECORD_STAGE",
    path: "stage",
    received: stage,
    allowed: stages === undefined ? `the name of a stage, not ${NOT_REACHED}` : `one of ${stages.join(", ")}`,
    fix: "record one of the migration's stages",
  });
}

function refusal(code: string, name: string, before: string, stage: string, allowed: string): MigrationError {
  return new MigrationError({
    code,
    path: name,
    received: before,
    allowed,
    fix: `${stage} was not recorded: a newer version, another runner or a hand has written this value; find out which`,
    details: [`to set it right: aws ssm put-parameter --name ${name} --value ${stage} --overwrite`],
  });
}
