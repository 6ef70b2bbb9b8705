/**
 * The judgement of Go's `regexp` on regular expressions: Istio's validation compiles them with it, and its syntax is RE2's. Our
 * table of every feature is asked, and 10,000 expressions made at random of the pieces of them.
 */
import fc from "fast-check";
import { problemOfRe2, re2 } from "../../lib/patterns/infrastructure/multi-cloud/re2";
import { re2Cases } from "../support/re2-cases";
import { expectThat, type Report } from "../vpn/report";
import { goProgram } from "./go-program";

interface Question {
  readonly expression: string;
  readonly texts: readonly string[];
}

interface Answer {
  readonly refused?: string;
  readonly matches?: readonly boolean[];
}

/** The one thing that is refused here and that Go takes. Nobody needs it, and to be refused is to be told. */
const STRICTER = "duplicate capture group name";
const RANDOM = 10_000;
const SEED = 20_261_130;

const QUANTIFIERS = ["", "", "", "", "*", "+", "?", "*?", "??", "{2}", "{1,3}", "{2,}", "{0,2}?", "{1001}", "**", "*+"];
const GROUPS = ["(", "(?:", "(?i:", "(?s:", "(?m:", "(?U:", "(?-s:", "(?P<n>", "(?<n>", "(?=", "(?"];
const FLAGS = ["(?i)", "(?s)", "(?m)", "(?U)", "(?i-s)", "(?x)"];
const TEXTS = [
  "",
  "a",
  "b",
  "ab",
  "us",
  "US",
  "aab",
  "a.b",
  "A",
  "1",
  "é",
  "😀",
  "α",
  "a\nb",
  "\n",
  "aaa",
  "-",
  "usEU",
];
const MORE_TEXTS = ["us\n", "_", "ⅷ", "+", "K", "\u212a", "ſ", "s", "]", "{"];

/** Has Go judge the table and the random expressions. */
export async function compareExpressions(report: Report, folder: string): Promise<void> {
  const program = goProgram("regexp", folder);
  const ask = (questions: readonly Question[]): Answer[] =>
    program(questions.map((each) => `${JSON.stringify(each)}\n`).join(""))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Answer);

  await report.check("Go's regexp", "says the same of an expression for every feature of RE2", () => {
    const answers = ask(re2Cases.map(([expression, text]) => ({ expression, texts: [text] })));
    re2Cases.forEach(([expression, text, outcome], index) => {
      const { refused, matches } = answers[index] ?? {};
      const said = refused === undefined ? matches?.[0] : "refused";
      expectThat(
        said === outcome,
        `${expression} against ${JSON.stringify(text)}: ${String(said)}, not ${String(outcome)}`,
      );
    });
    return `${re2Cases.length} expressions`;
  });

  await report.check("Go's regexp", `agrees on ${RANDOM} random expressions (seed ${SEED})`, () => {
    const questions = fc
      .sample(expressions(), { seed: SEED, numRuns: RANDOM })
      .map((expression) => ({ expression, texts: [...TEXTS, ...MORE_TEXTS] }));
    let valid = 0;
    ask(questions).forEach(({ refused, matches }, index) => {
      const { expression, texts } = questions[index] ?? { expression: "", texts: [] };
      const problem = problemOfRe2(expression);
      if (problem?.startsWith(STRICTER) === true) return;
      expectThat(
        (refused === undefined) === (problem === undefined),
        `${expression}: Go says ${refused ?? "nothing"}, re2 says ${problem ?? "nothing"}`,
      );
      if (refused !== undefined) return;
      valid++;
      texts.forEach((text, at) => {
        const matched = re2(expression).matches(text);
        expectThat(matched === matches?.[at], `${expression} against ${JSON.stringify(text)}: ${String(matched)}`);
      });
    });
    return `${valid} that are valid, each with ${TEXTS.length + MORE_TEXTS.length} texts`;
  });
}

/** Expressions, valid or not. Their atoms are the expressions of the table. */
function expressions(): fc.Arbitrary<string> {
  const quantifier = fc.constantFrom(...QUANTIFIERS);
  const atom = fc.tuple(fc.constantFrom(...re2Cases.map(([expression]) => expression)), quantifier);
  const { expression } = fc.letrec<{ readonly piece: string; readonly expression: string }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 2 },
      { weight: 6, arbitrary: atom.map((each) => each.join("")) },
      { weight: 1, arbitrary: fc.constantFrom("|", ...FLAGS) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...GROUPS), tie("expression"), quantifier)
          .map(([open, inner, repeated]) => `${open}${inner})${repeated}`),
      },
    ),
    expression: fc.array(tie("piece"), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("")),
  }));
  return expression;
}
