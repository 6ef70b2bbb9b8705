/** Rules about attached questionnaires: answered, and not riskier than their thresholds allow. */
import { defineRule } from "../../core/rule";
import { evaluateQuestionnaire, type QuestionnaireOutcome } from "../questionnaire/evaluate";
import type { AnsweredQuestionnaire, Risk } from "../questionnaire/model";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The largest number of mitigations that a remedy lists. */
const MITIGATIONS_SHOWN = 5;

function* outcomes({ checklist }: AssessmentSubject): Generator<{
  readonly index: number;
  readonly answered: AnsweredQuestionnaire;
  readonly outcome: QuestionnaireOutcome;
}> {
  for (const [index, answered] of (checklist.questionnaires ?? []).entries()) {
    yield { index, answered, outcome: evaluateQuestionnaire(answered) };
  }
}

/** Reports questionnaires with unanswered questions. */
export const questionnaireUnanswered = defineRule<AssessmentSubject>({
  id: "questionnaire-unanswered",
  title: "A questionnaire has unanswered questions",
  severity: "blocker",
  why: "an unanswered question is an unknown risk, and an unknown is not a pass",
  remedy: "answer every question, or mark the questionnaire as not required",
  *check(subject) {
    for (const { index, answered, outcome } of outcomes(subject)) {
      const [first] = outcome.unanswered;
      if (first === undefined) continue;
      yield {
        subject: outcome.application,
        severity: answered.questionnaire.required ? "blocker" : "warning",
        message: `${outcome.unanswered.length} of ${outcome.asked.length} questions of ${outcome.questionnaire} are unanswered, the first: ${first.question}`,
        ...locatedAt(subject.locate(["questionnaires", index])),
      };
    }
  },
});

/** Reports answers that mean more risk than the questionnaire's thresholds allow. */
export const questionnaireRisk = defineRule<AssessmentSubject>({
  id: "questionnaire-risk",
  title: "The answers to a questionnaire mean more risk than its thresholds allow",
  severity: "blocker",
  why: "the organization has set the thresholds itself: above them a migration needs another review",
  remedy: "mitigate the risks behind these answers and answer again, or waive this with the reason",
  *check(subject) {
    for (const { index, answered, outcome } of outcomes(subject)) {
      const { risk, counts, asked } = outcome;
      // Unanswered questions are reported by the rule above; counting them here too would report them twice.
      if (risk === "green" || asked.length === 0 || (risk === "unknown" && outcome.unanswered.length > 0)) continue;
      const said = outcome.message === undefined ? "" : ` (${outcome.message})`;
      yield {
        subject: outcome.application,
        severity: risk === "red" ? "blocker" : "warning",
        message: `${outcome.questionnaire} is ${risk}${said}: ${counts[risk]} of ${asked.length} answers are ${risk}, and the threshold is ${answered.questionnaire.thresholds[risk]} %`,
        ...mitigations(outcome, risk),
        ...locatedAt(subject.locate(["questionnaires", index])),
      };
    }
  },
});

function mitigations({ asked }: QuestionnaireOutcome, risk: Risk): { readonly remedy?: string } {
  const texts = asked.flatMap(({ answer, risk: own }) => {
    const mitigation = own === risk ? (answer?.mitigation?.trim() ?? "") : "";
    return mitigation === "" ? [] : [mitigation.replace(/\.$/, "")];
  });
  const unique = [...new Set(texts)];
  if (unique.length === 0) return {};
  const more = unique.length > MITIGATIONS_SHOWN ? `; and ${unique.length - MITIGATIONS_SHOWN} more` : "";
  return { remedy: `${unique.slice(0, MITIGATIONS_SHOWN).join("; ")}${more}` };
}

/** Reports answers that fit no question. */
export const questionnaireAnswerUnknown = defineRule<AssessmentSubject>({
  id: "questionnaire-answer-unknown",
  title: "An answer fits no question of its questionnaire",
  severity: "warning",
  why: "the answer is ignored: its text differs, or the question is not asked of this application",
  remedy: "copy the texts of the question and of the answer from the questionnaire",
  *check(subject) {
    for (const { index, outcome } of outcomes(subject)) {
      for (const misfit of outcome.misfits) {
        yield {
          subject: outcome.application,
          message: `${outcome.questionnaire} has no question "${misfit.question}" with an answer "${misfit.answer}" for it`,
          ...locatedAt(subject.locate(["questionnaires", index, "answers", misfit.index])),
        };
      }
    }
  },
});

/** The rules about questionnaires. */
export const questionnaireRules = [questionnaireUnanswered, questionnaireRisk, questionnaireAnswerUnknown] as const;
