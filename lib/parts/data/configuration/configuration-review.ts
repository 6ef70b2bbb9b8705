import type { Inventory } from "../../../inventory/model";
import type { Phase } from "../../../core/phase";
import type { ConfigurationFile } from "./file-spec";

/** What the rules about configuration files look at: `configuration.review`. */
export interface ConfigurationFilesReview {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly files: Readonly<Record<string, ConfigurationFile>>;
  /** What stays right in the files although it names the source. @default - nothing */
  readonly validAtTarget?: readonly string[];
  /** The estate that moves. @default - not known, and the files are not searched for what names the source */
  readonly inventory?: Inventory;
}
