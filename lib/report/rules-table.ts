import { codeCell, escapeMarkdown, markdownTable } from "../core/markdown";
import type { RuleDescription } from "../core/rule";
import type { RuleFamily } from "../assessment/assessed-rules";
import { DEFAULT_WIDTH, painter, wrap, type LayoutOptions, type Style } from "./text-layout";

const STYLES: Record<RuleDescription["severity"], Style> = { blocker: "red", warning: "yellow", info: "cyan" };

/** Renders rules as plain text: each with its severity, what it finds, why and what to do. Ends with a line feed. */
export function rulesText(families: readonly RuleFamily[], options: LayoutOptions = {}): string {
  const paint = painter(options.color ?? false);
  const width = options.width ?? DEFAULT_WIDTH;
  return families
    .flatMap(({ title, rules }, index) => [
      ...(index === 0 ? [] : [""]),
      paint("bold", `${title} (${rules.length})`),
      ...rules.flatMap((rule) => [
        "",
        `  ${paint("bold", rule.id)} ${paint(STYLES[rule.severity], rule.severity)}`,
        ...wrap(rule.title, width, "    "),
        ...wrap(`why: ${rule.why}`, width, "    ", "         "),
        ...wrap(`remedy: ${rule.remedy}`, width, "    ", "            "),
      ]),
    ])
    .concat("")
    .join("\n");
}

/** Renders rules as JSON: an array of `{family, id, title, severity, why, remedy}`. Ends with a line feed. */
export function rulesJson(families: readonly RuleFamily[]): string {
  const rules = families.flatMap(({ name, rules: own }) =>
    own.map(({ id, title, severity, why, remedy }) => ({ family: name, id, title, severity, why, remedy })),
  );
  return `${JSON.stringify(rules, undefined, 2)}\n`;
}

/**
 * Renders rules as Markdown, one table for each family; this is `docs/rules.md`. The rows are not padded, and prettier is told to
 * leave them so: a padded table changes in every line when one cell grows. Ends with a line feed.
 */
export function rulesMarkdown(families: readonly RuleFamily[]): string {
  return [
    "# Rules",
    "",
    "Every rule of the library: what it finds, why that matters, and what to do. A waiver names a rule by its id.",
    ...families.flatMap(({ title, rules }) => [
      "",
      `## ${title}`,
      "",
      "<!-- prettier-ignore -->",
      ...markdownTable(
        ["Rule", "Severity", "Finds", "Why", "Remedy"],
        rules.map(({ id, severity, title: finds, why, remedy }) => [
          codeCell(id),
          severity,
          ...[finds, why, remedy].map(escapeMarkdown),
        ]),
      ),
    ]),
    "",
  ].join("\n");
}
