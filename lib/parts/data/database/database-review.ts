/** The subject of the rules about database moves. */
import type { Phase } from "../../../core/phase";
import type { DmsMethod } from "../dms/replication-settings";
import type { BackupRestoreMethod } from "./backup-restore";
import type { DatabaseTarget } from "./target-settings";

/** The subject of the rules and runbook steps of a database move, which is `review` of `DatabaseMove`. */
export interface DatabaseMoveReview {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly method: DmsMethod | BackupRestoreMethod;
  readonly target: DatabaseTarget;
}
