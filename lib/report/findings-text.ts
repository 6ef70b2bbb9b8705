import type { Finding } from "../core/finding";
import { formatLocation } from "../core/location";
import { DEFAULT_WIDTH, painter, wrap, type LayoutOptions, type Paint, type Style } from "./text-layout";
import { printable } from "../core/printable";
import { SECTION_TITLES, sections, type RuleGroup, type Section } from "./tally";

const STYLES: Record<Section["key"], Style> = { blocker: "red", warning: "yellow", info: "cyan", waived: "dim" };

/**
 * Renders findings as lines of text, by severity and rule: each rule with its reason and remedy once, each finding with its
 * place.
 */
export function findingsText(findings: readonly Finding[], options: LayoutOptions = {}): string[] {
  const paint = painter(options.color ?? false);
  return sections(findings).flatMap((section) => [
    "",
    paint("bold", paint(STYLES[section.key], `${SECTION_TITLES[section.key]} (${section.size})`)),
    ...section.groups.flatMap((group) => groupText(group, section, options, paint)),
  ]);
}

function groupText(group: RuleGroup, section: Section, options: LayoutOptions, paint: Paint): string[] {
  const width = options.width ?? DEFAULT_WIDTH;
  const shown = group.findings.slice(0, options.limit);
  const hidden = group.findings.length - shown.length;
  return [
    "",
    `  ${paint("bold", paint(STYLES[section.key], printable(group.rule)))}`,
    ...wrap(`why: ${printable(group.why)}`, width, "    ", "         "),
    ...(group.remedy === undefined ? [] : wrap(`remedy: ${printable(group.remedy)}`, width, "    ", "            ")),
    ...shown.flatMap((finding) => findingText(finding, group, width, paint)),
    ...(hidden > 0 ? [paint("dim", `    - and ${hidden} more`)] : []),
  ];
}

function findingText(finding: Finding, group: RuleGroup, width: number, paint: Paint): string[] {
  const place = finding.location === undefined ? "" : printable(formatLocation(finding.location));
  const [first = "", ...rest] = wrap(
    `${printable(finding.subject)}: ${printable(finding.message)}`,
    width,
    "    - ",
    "      ",
  );
  return [
    first,
    ...rest,
    ...(place === "" ? [] : wrap(`at ${place}`, width, "      ").map((line) => paint("dim", line))),
    ...(group.remedy === undefined
      ? wrap(`remedy: ${printable(finding.remedy)}`, width, "      ", "              ")
      : []),
    ...(finding.waived === undefined
      ? []
      : wrap(
          `waived by ${printable(finding.waived.approvedBy)} until ${finding.waived.expires}: ${printable(finding.waived.reason)}`,
          width,
          "      ",
        )),
  ];
}
