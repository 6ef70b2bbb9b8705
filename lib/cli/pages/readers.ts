import type { OptionPage } from "../command-page";

/**
 * The formats of inventory files, as the manual pages name them. Written down again here, because a page must not load the
 * readers; a test fails while this is not what the readers say.
 */
export const readerTerms: readonly (readonly [format: string, title: string])[] = [
  ["rvtools", "RVTools export, an .xlsx workbook or a folder of CSV tabs"],
  ["migration-hub", "AWS Migration Hub import template, CSV"],
  ["mgn", "AWS Application Migration Service inventory, CSV"],
  ["cloud-migration-factory", "AWS Cloud Migration Factory intake form, CSV"],
  ["azure-migrate", "Azure Migrate import template or list of assessed machines, CSV"],
  ["flows", "observed connections, CSV (own columns, Azure Migrate dependencies, AWS Application Discovery Service)"],
  ["native", "inventory in the library's own form, YAML or JSON"],
];

/** The option `--reader FORMAT`. */
export const readerOption: OptionPage = {
  name: "reader",
  value: "FORMAT",
  choices: readerTerms.map(([format]) => format),
  text: "Read every inventory file as this format, where it is not recognised.",
  default: "each file is recognised by its content",
};
