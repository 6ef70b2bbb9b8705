import type { Finding, Severity } from "../core/finding";
import type { Location } from "../core/location";
import type { Rule, RuleDescription } from "../core/rule";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { Inventory } from "./model";

/** A file to be read. Readers get its bytes and open no file themselves. */
export interface InputFile {
  /** The file as the user named it, and as findings name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A callback for the progress of a long read. `done` and `total` are rows where they are known. */
export type ReadProgress = (step: { readonly what: string; readonly done: number; readonly total?: number }) => void;

/** Options of a reader. */
export interface ReadOptions {
  /**
   * A callback for the progress of a long read.
   * @default - no progress is reported
   */
  readonly progress?: ReadProgress;
}

/** A reader of one source format. */
export interface InventoryReader {
  /** The format's name on the command line: `rvtools`. */
  readonly format: string;
  /** The format's title, as a phrase: `RVTools export, an .xlsx workbook or a folder of CSV tabs`. */
  readonly title: string;
  /** Checks whether the files look like this format: by their headers and sheets, not by their names. Never throws. */
  recognizes(files: readonly InputFile[]): Promise<boolean> | boolean;
  /**
   * Returns the reason why the file, which `recognizes` refused, is not of this format: `it has no column r_type`. It names
   * headers, sheets and keys, never a value. Never throws.
   */
  whyNot(file: InputFile): Promise<string> | string;
  /**
   * Reads the files. One bad row, cell or sheet is a finding with its place; the rest is read.
   * @throws MigrationError with a code that starts with `INVENTORY_` where nothing at all can be read
   */
  read(files: readonly InputFile[], options?: ReadOptions): Promise<Inventory>;
}

/** A collection of a reader's findings, under the descriptions of `reader-rules.ts`. */
export class ReaderFindings {
  public readonly all: Finding[] = [];

  /** Adds a finding of that rule. */
  public add(
    rule: RuleDescription | Rule<never>,
    subject: string,
    message: string,
    location?: Location,
    severity: Severity = rule.severity,
  ): void {
    const finding: Finding = {
      rule: rule.id,
      severity,
      subject,
      ...(location === undefined ? {} : { location }),
      message,
      why: rule.why,
      remedy: rule.remedy,
    };
    this.all.push(dataWithoutSecrets(finding));
  }
}
