/**
 * ```ts
 * evaluateQuestionnaire(answered).risk; // "red", "yellow", "green" or "unknown"
 * ```
 *
 * Evaluates a questionnaire as Konveyor does (`assessment/assessment.go`, `PrepareForApplication` and `Risk`): tags choose
 * the questions and give some of the answers; a question without an answer counts as unknown; then the shares of red, yellow
 * and unknown are held against their thresholds *in this order*, so that enough yellow outweighs any number of unknown. A
 * threshold of 0 is always reached.
 */
import { admit } from "../../core/door/admit";
import type {
  AnsweredQuestionnaire,
  CategorizedTag,
  QuestionnaireAnswer,
  QuestionnaireQuestion,
  QuestionnaireSection,
  Risk,
} from "./model";

/** A question that was asked, with its answer. */
export interface AskedQuestion {
  readonly section: string;
  readonly question: string;
  /** The answer; undefined where the question is unanswered. */
  readonly answer: QuestionnaireAnswer | undefined;
  readonly risk: Risk;
}

/** The outcome of a questionnaire for one application. */
export interface QuestionnaireOutcome {
  readonly application: string;
  readonly questionnaire: string;
  /** The questions that the application was asked. */
  readonly asked: readonly AskedQuestion[];
  readonly unanswered: readonly AskedQuestion[];
  /** The number of asked questions by risk; unanswered ones are `unknown`. */
  readonly counts: Readonly<Record<Risk, number>>;
  readonly risk: Risk;
  /** The questionnaire's message for that risk, where it has one. */
  readonly message: string | undefined;
  /** The answers that fit no asked question, or no answer of it. */
  readonly misfits: readonly { readonly question: string; readonly answer: string; readonly index: number }[];
}

/** Evaluates the questionnaire for its application. */
export function evaluateQuestionnaire(answered: AnsweredQuestionnaire): QuestionnaireOutcome {
  admit("evaluateQuestionnaire", { answered });
  const { application, questionnaire } = answered;
  const tags = new Set(answered.tags.map(tagKey));
  const given = new GivenAnswers(answered);
  const asked: AskedQuestion[] = [];
  for (const section of questionnaire.sections) {
    for (const question of section.questions) {
      if (!isAsked(question, tags)) continue;
      const answer =
        given.take(section, question) ??
        question.answers.find((each) => each.selected === true) ??
        question.answers.find((each) => intersects(each.autoAnswerFor, tags));
      asked.push({ section: section.name, question: question.text, answer, risk: answer?.risk ?? "unknown" });
    }
  }
  const counts: Record<Risk, number> = { red: 0, yellow: 0, green: 0, unknown: 0 };
  for (const { risk } of asked) counts[risk] += 1;
  const risk = overallRisk(counts, asked.length, questionnaire.thresholds);
  return {
    application,
    questionnaire: questionnaire.name,
    asked,
    unanswered: asked.filter((question) => question.answer === undefined),
    counts,
    risk,
    message: questionnaire.riskMessages[risk],
    misfits: given.left(),
  };
}

function overallRisk(
  counts: Readonly<Record<Risk, number>>,
  total: number,
  thresholds: AnsweredQuestionnaire["questionnaire"]["thresholds"],
): Risk {
  if (total === 0) return "unknown";
  // Cross-multiplied: 7 of 100 is exactly 7 %, which a division of floating-point numbers may miss.
  const reached = (risk: "red" | "yellow" | "unknown"): boolean => counts[risk] * 100 >= thresholds[risk] * total;
  if (reached("red")) return "red";
  if (reached("yellow")) return "yellow";
  return reached("unknown") ? "unknown" : "green";
}

function isAsked(question: QuestionnaireQuestion, tags: ReadonlySet<string>): boolean {
  if (question.includeFor.length > 0) return intersects(question.includeFor, tags);
  return !intersects(question.excludeFor, tags);
}

function intersects(these: readonly CategorizedTag[], tags: ReadonlySet<string>): boolean {
  return these.some((tag) => tags.has(tagKey(tag)));
}

function tagKey({ category, tag }: CategorizedTag): string {
  return `${category}\n${tag}`;
}

/** The answers that were given beside the questionnaire. Those that no question takes are misfits. */
class GivenAnswers {
  private readonly byQuestion = new Map<string, number>();
  private readonly taken = new Set<number>();

  constructor(private readonly answered: AnsweredQuestionnaire) {
    answered.answers.forEach(({ section, question }, index) => {
      this.byQuestion.set(`${section ?? ""}\n${question}`, index);
    });
  }

  public take(section: QuestionnaireSection, question: QuestionnaireQuestion): QuestionnaireAnswer | undefined {
    const index = this.byQuestion.get(`${section.name}\n${question.text}`) ?? this.byQuestion.get(`\n${question.text}`);
    const given = index === undefined ? undefined : this.answered.answers[index];
    const answer = question.answers.find((each) => each.text === given?.answer);
    if (index !== undefined && answer !== undefined) this.taken.add(index);
    return answer;
  }

  public left(): { readonly question: string; readonly answer: string; readonly index: number }[] {
    return this.answered.answers.flatMap(({ question, answer }, index) =>
      this.taken.has(index) ? [] : [{ question, answer, index }],
    );
  }
}
