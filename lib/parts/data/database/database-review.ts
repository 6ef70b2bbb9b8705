import type { Phase } from "../../../core/phase";
import type { DmsMethod } from "../dms/replication-settings";
import type { BackupRestoreMethod } from "./backup-restore";
import type { DatabaseTarget } from "./target-settings";

/** What the rules about database moves, and its steps, look at: `move.review`. */
export interface DatabaseMoveReview {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly method: DmsMethod | BackupRestoreMethod;
  readonly target: DatabaseTarget;
}
