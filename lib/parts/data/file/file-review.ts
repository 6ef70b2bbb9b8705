import type { Phase } from "../../../core/phase";
import type { FileSource, FileTarget, TransferSettings } from "./file-settings";

/** What the rules about file moves, and its steps, look at: `move.review`. */
export interface FileMoveReview extends TransferSettings {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly source: FileSource;
  readonly target: FileTarget;
}
