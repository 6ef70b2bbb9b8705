import type { DataStage } from "../data-stage";
import type { FileSource, FileTarget, TransferSettings } from "./file-settings";

/** What the rules about file moves, and its steps, look at: `move.review`. */
export interface FileMoveReview extends TransferSettings {
  readonly name: string;
  readonly stage: DataStage;
  readonly source: FileSource;
  readonly target: FileTarget;
}
