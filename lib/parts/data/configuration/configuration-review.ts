/** The subject of the rules about configuration files. */
import type { Inventory } from "../../../inventory/model";
import type { Phase } from "../../../core/phase";
import type { ConfigurationFile } from "./file-spec";

/** The subject of the rules about configuration files, which is `review` of `ConfigurationFiles`. */
export interface ConfigurationFilesReview {
  readonly name: string;
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly files: Readonly<Record<string, ConfigurationFile>>;
  /** Names and addresses of the source that remain valid in the files. @default - none */
  readonly validAtTarget?: readonly string[];
  /** The inventory of the servers that migrate. @default - not known, and the files are not searched for source servers */
  readonly inventory?: Inventory;
}
