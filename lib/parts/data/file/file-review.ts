/** The subject of the rules about file moves. */
import type { Phase } from "../../../core/phase";
import type { FileSource, FileTarget, TransferSettings } from "./file-settings";

/** The subject of the rules and runbook steps of a file move, which is `review` of `FileMove`. */
export interface FileMoveReview extends TransferSettings {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly source: FileSource;
  readonly target: FileTarget;
}
