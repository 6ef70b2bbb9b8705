import { stageRecords, type StageRecord } from "../../core/stage-record";
import { checkNames } from "./identity";
import type { ParameterStore } from "./parameter-store";
import { ssmParameterStore } from "./ssm-parameter-store";

/** Options for {@link readStageRecords}. */
export interface ReadStageRecordsOptions {
  /** The name of the app. */
  readonly app: string;
  /**
   * The region of the records: `eu-central-1`.
   * @default - the SDK's own: `AWS_REGION`, then the profile's
   */
  readonly region?: string;
  /**
   * The name of one migration of the app.
   * @default - all migrations of the app
   */
  readonly migration?: string;
}

/**
 * Returns the stage records of an app, in the order of the migrations' names; none where nothing was deployed.
 *
 * Needs `ssm:GetParametersByPath` on `parameter/migration/APP` and `parameter/migration/APP/*`.
 *
 * @param store the store of the records; by default Parameter Store, with the SDK's standard chain of credentials
 * @throws MigrationError `STAGE_RECORD_NAME`, and what the access to Parameter Store throws: `STAGE_RECORD_REGION`,
 *   `STAGE_RECORD_CREDENTIALS`, `STAGE_RECORD_ACCESS`, `STAGE_RECORD_UNREACHABLE`, `STAGE_RECORD_SERVICE`
 */
export async function readStageRecords(
  { app, region, migration }: ReadStageRecordsOptions,
  store?: ParameterStore,
): Promise<readonly StageRecord[]> {
  checkNames({ app, ...(migration === undefined ? {} : { migration }) });
  const from = store ?? ssmParameterStore(region);
  return stageRecords(await from.below(`/migration/${app}${migration === undefined ? "" : `/${migration}`}`));
}
