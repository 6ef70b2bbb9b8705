import type { DataStage } from "../data-stage";
import type { DmsMethod } from "../dms/replication-settings";
import type { BackupRestoreMethod } from "./backup-restore";
import type { DatabaseTarget } from "./target-settings";

/** What the rules about database moves, and its steps, look at: `move.review`. */
export interface DatabaseMoveReview {
  readonly name: string;
  readonly stage: DataStage;
  readonly method: DmsMethod | BackupRestoreMethod;
  readonly target: DatabaseTarget;
}
