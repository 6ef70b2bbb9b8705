/**
 * The findings that a reader may report about a file. These are descriptions rather than rules: a reader sees each value
 * once, while it reads, and has no subject to look at again. They are in the table of rules like all others, and can be
 * waived.
 */
import type { RuleDescription } from "../core/rule";

/** The finding about a row of the file that was not read. */
export const rowSkipped: RuleDescription = {
  id: "inventory-row-skipped",
  title: "A row of the file was not read",
  severity: "warning",
  why: "a server that is not read is not migrated, and its absence is noticed only when the old site is switched off",
  remedy: "correct the row in the source and export again, or delete it there",
};

/** The finding about a value that could not be understood and was left out. */
export const valueInvalid: RuleDescription = {
  id: "inventory-value-invalid",
  title: "A value could not be understood and was left out",
  severity: "warning",
  why: "a value that is left out is unknown to every rule, and to every size that is computed from it",
  remedy: "correct the value in the source and export again",
};

/** The finding about a column of the format that is not in the file. */
export const columnMissing: RuleDescription = {
  id: "inventory-column-missing",
  title: "A column that the format has is not in the file",
  severity: "warning",
  why: "the column's values are unknown for every row",
  remedy: "export again with all columns, with a current version of the tool",
};

/** The finding about a sheet of the format that is not in the file. */
export const sheetMissing: RuleDescription = {
  id: "inventory-sheet-missing",
  title: "A sheet that the format has is not in the file",
  severity: "info",
  why: "the sheet's content, disks or networks for example, is unknown for every server",
  remedy: "export all sheets",
};

/** The finding about a sheet or a file of the export that could not be read. */
export const sheetUnreadable: RuleDescription = {
  id: "inventory-sheet-unreadable",
  title: "A sheet or a file of the export could not be read",
  severity: "blocker",
  why: "the servers that it lists are unknown",
  remedy: "export again; open the file once in a spreadsheet program to see whether it is whole",
};

/** The finding about a server that the file lists twice. */
export const duplicateRow: RuleDescription = {
  id: "inventory-duplicate-row",
  title: "The file lists the same server twice",
  severity: "warning",
  why: "a server counted twice is paid for twice, and two rows that differ cannot both be right",
  remedy: "delete the wrong row in the source; where both are real servers, give them names of their own",
};

/** The finding about a row that is about a server that the file does not list. */
export const unknownReference: RuleDescription = {
  id: "inventory-unknown-reference",
  title: "A row is about a server that the file does not list",
  severity: "warning",
  why: "its disks, adapters or connections cannot be assigned to a server, so either they or a server are missing",
  remedy: "export again so that all sheets are of the same moment, or add the server",
};

/** The finding about a row that names one server and carries the identity of another. */
export const referenceConflict: RuleDescription = {
  id: "inventory-reference-conflict",
  title: "A row names one server and carries the identity of another",
  severity: "warning",
  why: "identities are given by the hypervisor and names by people, so the identity is taken; but one of the two is wrong",
  remedy: "export all sheets anew at one moment, and do not rename servers meanwhile",
};

/** The finding about a server of whose disks the file gives only the sum. */
export const disksSummed: RuleDescription = {
  id: "inventory-disks-summed",
  title: "The file gives only the sum of a server's disks",
  severity: "warning",
  why: "the sum is taken for one disk, so the number of volumes is wrong, and the largest disk is smaller than it seems",
  remedy: "export the sheet vDisk too, with a current version of RVTools",
};

/** The findings that readers may report, for the table of rules. */
export const readerRules: readonly RuleDescription[] = [
  rowSkipped,
  valueInvalid,
  columnMissing,
  sheetMissing,
  sheetUnreadable,
  duplicateRow,
  unknownReference,
  referenceConflict,
  disksSummed,
];
