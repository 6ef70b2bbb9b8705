import { MigrationError } from "../../core/error";
import { allRules, ruleFamilies } from "../../plan/all-rules";
import type { RuleFamily } from "../../assessment/assessed-rules";
import { rulesJson, rulesMarkdown, rulesText } from "../../report/rules-table";
import type { Arguments } from "../arguments";
import { deliver } from "../write-output";
import { EXIT_OK } from "../exit-status";
import { layoutOptions, outputFile } from "../report-options";
import { nearest } from "../../core/suggest";
import type { Terminal } from "../terminal";

/** Runs `migration-patterns rules`. */
export function runRules(args: Arguments, terminal: Terminal): number {
  const families = args.operands.length === 0 ? ruleFamilies : familiesOf(args.operands);
  deliver(terminal, outputFile(args), render(families, args, terminal));
  return EXIT_OK;
}

function render(families: readonly RuleFamily[], args: Arguments, terminal: Terminal): string {
  const format = args.value("format");
  if (format === "json") return rulesJson(families);
  if (format === "markdown") return rulesMarkdown(families);
  return rulesText(families, layoutOptions(args, terminal));
}

function familiesOf(ids: readonly string[]): RuleFamily[] {
  for (const id of ids) {
    if (allRules.some((rule) => rule.id === id)) continue;
    const meant = nearest(
      id,
      allRules.map((rule) => rule.id),
    );
    throw new MigrationError({
      code: "CLI_UNKNOWN_RULE",
      received: id,
      fix: meant === undefined ? "see migration-patterns rules" : `did you mean ${meant}?`,
    });
  }
  return ruleFamilies
    .map((family) => ({ ...family, rules: family.rules.filter((rule) => ids.includes(rule.id)) }))
    .filter(({ rules }) => rules.length > 0);
}
