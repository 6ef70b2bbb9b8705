import { recommend, type Recommendation } from "../../catalog/recommend";
import type { Complexity, DowntimeTolerance, MigrationType } from "../../catalog/selection-matrix";
import { painter, wrap, type LayoutOptions } from "../../report/text-layout";
import type { Arguments } from "../arguments";
import { deliver } from "../write-output";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { layoutOptions, outputFile } from "../report-options";
import type { Terminal } from "../terminal";

/** Runs `migration-patterns recommend`. */
export function runRecommend(args: Arguments, terminal: Terminal): number {
  // The page's choices are the matrix's own terms; recommend() refuses any other.
  const answer = recommend({
    migrationType: args.required("type") as MigrationType,
    complexity: args.required("complexity") as Complexity,
    downtimeTolerance: args.required("downtime") as DowntimeTolerance,
  });
  const text =
    args.value("format") === "json"
      ? `${JSON.stringify(answer, undefined, 2)}\n`
      : recommendationText(answer, layoutOptions(args, terminal));
  deliver(terminal, outputFile(args), text);
  return answer.pattern === null ? EXIT_BLOCKED : EXIT_OK;
}

function recommendationText(answer: Recommendation, { width = 100, color = false }: LayoutOptions): string {
  const paint = painter(color);
  const item = (text: string): string[] => wrap(text, width, "  - ", "    ");
  return [
    paint("bold", answer.pattern ?? "no pattern is recommended"),
    ...answer.reasons.flatMap(item),
    "",
    answer.pattern === null ? "Nearest rows:" : "Not taken:",
    ...answer.alternatives.flatMap(({ pattern, whyNot }) => item(`${pattern}: ${whyNot.join("; ")}`)),
    "",
  ].join("\n");
}
