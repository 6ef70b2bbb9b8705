/**
 * ```ts
 * import { readStageRecords, recordReached } from "cdktf-migration-patterns/runtime/stage-record";
 *
 * const [orders] = await readStageRecords({ app: "shop", migration: "orders" });
 * await recordReached({ app: "shop", name: "orders" }, "migrate", { stages: ["expand", "migrate", "contract"] });
 * ```
 *
 * The record of a migration's stages in AWS Systems Manager Parameter Store: Terraform writes what is declared; what was
 * reached is written by Terraform last of all, or by a runner with {@link recordReached}.
 */
export type { MigrationIdentity, DependentMark } from "../../core/stage-parameters";
export type { RecordedDependent, StageParameter, StageRecord } from "../../core/stage-record";
export type { ParameterStore, VersionedParameter } from "./parameter-store";
export { readStageRecords, type ReadStageRecordsOptions } from "./read-stage-records";
export { recordReached, type RecordedStage, type RecordReachedOptions } from "./record-reached";
