import { describe, expect, it } from "@jest/globals";
import type { z } from "zod";
import { evaluateQuestionnaire, type QuestionnaireOutcome } from "../../lib/assessment/questionnaire/evaluate";
import { answeredQuestionnaireSchema, questionnaireSchema } from "../../lib/assessment/questionnaire/model";
import * as rules from "../../lib/assessment/rules/questionnaire-rules";
import { checklistWith, seen, subjectWith } from "./fixture";

type Input = z.input<typeof answeredQuestionnaireSchema>;
type Question = Input["questionnaire"]["sections"][number]["questions"][number];

const java = { category: "Language", tag: "Java" };

function question(text: string, changes: Partial<Question> = {}): Question {
  return {
    text,
    answers: [
      { text: "yes", risk: "green" },
      { text: "partly", risk: "yellow", mitigation: `Finish ${text}.` },
      { text: "no", risk: "red", mitigation: `Do ${text}.` },
      { text: "nobody knows", risk: "unknown" },
    ],
    ...changes,
  };
}

function answered(
  answers: Readonly<Record<string, string>>,
  changes: Partial<Input["questionnaire"]> & { tags?: Input["tags"]; questions?: Question[] } = {},
): Input {
  const { tags, questions, ...questionnaire } = changes;
  return {
    application: "shop",
    ...(tags === undefined ? {} : { tags }),
    questionnaire: {
      name: "Readiness",
      sections: [{ name: "General", questions: questions ?? ["q1", "q2", "q3", "q4"].map((text) => question(text)) }],
      thresholds: { red: 50, yellow: 50, unknown: 50 },
      riskMessages: { red: "Not now", yellow: "With care", green: "Go", unknown: "Look again" },
      ...questionnaire,
    },
    answers: Object.entries(answers).map(([text, answer]) => ({ question: text, answer })),
  };
}

function evaluate(input: Input): QuestionnaireOutcome {
  return evaluateQuestionnaire(answeredQuestionnaireSchema.parse(input));
}

const all = (answer: string) => ({ q1: answer, q2: answer, q3: answer, q4: answer });

describe("the risk of a questionnaire", () => {
  it.each([
    ["green", { ...all("yes") }],
    ["green", { ...all("yes"), q1: "no" }],
    ["red", { ...all("yes"), q1: "no", q2: "no" }],
    ["yellow", { q1: "partly", q2: "partly", q3: "nobody knows", q4: "nobody knows" }],
    ["unknown", { ...all("yes"), q1: "nobody knows", q2: "nobody knows" }],
    ["red", { q1: "no", q2: "no", q3: "partly", q4: "partly" }],
    ["unknown", { q1: "yes", q2: "yes" }],
  ] as const)("is %s for %j", (risk, answers) => {
    expect(evaluate(answered(answers)).risk).toBe(risk);
  });

  it("is unknown where nothing is asked, and always red with a threshold of 0, as in Konveyor", () => {
    const questions = [question("q1", { includeFor: [java] })];
    expect(evaluate(answered({}, { questions })).risk).toBe("unknown");
    expect(evaluate(answered(all("yes"), { thresholds: { red: 0, yellow: 50, unknown: 50 } })).risk).toBe("red");
  });

  it("comes with the questionnaire's message and the counts", () => {
    const outcome = evaluate(answered({ ...all("yes"), q1: "no" }));
    expect(outcome.message).toBe("Go");
    expect(outcome.counts).toEqual({ red: 1, yellow: 0, green: 3, unknown: 0 });
  });
});

describe("tags", () => {
  const questions = [
    question("only java", { includeFor: [java] }),
    question("not java", { excludeFor: [java] }),
    question("auto", {
      answers: [
        { text: "no", risk: "red" },
        { text: "yes", risk: "green", autoAnswerFor: [java] },
      ],
    }),
  ];

  it("choose the questions and give answers", () => {
    const outcome = evaluate(answered({}, { questions, tags: [java] }));
    expect(outcome.asked.map(({ question, risk }) => `${question} ${risk}`)).toEqual([
      "only java unknown",
      "auto green",
    ]);
    const other = evaluate(answered({}, { questions, tags: [{ category: "Language", tag: "Go" }] }));
    expect(other.asked.map(({ question, risk }) => `${question} ${risk}`)).toEqual([
      "not java unknown",
      "auto unknown",
    ]);
  });

  it("do not override what somebody has answered", () => {
    expect(evaluate(answered({ auto: "no" }, { questions, tags: [java] })).asked[1]?.risk).toBe("red");
  });

  it("may not both include and exclude", () => {
    const both = answered({}, { questions: [question("q", { includeFor: [java], excludeFor: [java] })] });
    expect(answeredQuestionnaireSchema.safeParse(both).error?.issues[0]?.message).toBe(
      "Give either includeFor or excludeFor, not both",
    );
  });
});

describe("answers", () => {
  it("may be marked in the questionnaire itself", () => {
    const questions = [
      question("q1", {
        answers: [
          { text: "yes", risk: "green" },
          { text: "no", risk: "red", selected: true },
        ],
      }),
    ];
    expect(evaluate(answered({}, { questions })).risk).toBe("red");
  });

  it("are told apart by section where two sections ask the same", () => {
    const input = answered({});
    const sections = ["A", "B"].map((name) => ({ name, questions: [question("q1")] }));
    const outcome = evaluate({
      ...input,
      questionnaire: { ...input.questionnaire, sections },
      answers: [{ section: "B", question: "q1", answer: "no" }],
    });
    expect(outcome.asked.map(({ section, risk }) => `${section} ${risk}`)).toEqual(["A unknown", "B red"]);
  });

  it("that fit nothing are told", () => {
    const outcome = evaluate(answered({ q1: "maybe", q9: "yes" }));
    expect(outcome.misfits.map(({ question, index }) => `${index} ${question}`)).toEqual(["0 q1", "1 q9"]);
  });
});

describe("the schema", () => {
  it("lets pass what a server adds to a questionnaire, and refuses what is misspelled in a question", () => {
    const { questionnaire } = answered({});
    expect(questionnaireSchema.safeParse({ ...questionnaire, id: 1, createTime: "2024" }).success).toBe(true);
    const misspelled = {
      ...questionnaire,
      sections: [{ name: "A", questions: [{ ...question("q"), includesFor: [] }] }],
    };
    expect(questionnaireSchema.safeParse(misspelled).success).toBe(false);
  });

  it("accepts null for an optional text, as Konveyor's exports have it", () => {
    const answers = [{ text: "yes", risk: "green", mitigation: null, rationale: null, applyTags: null }] as const;
    const { questionnaire } = answered({}, { questions: [question("q", { answers: [...answers] })] });
    expect(questionnaireSchema.safeParse(questionnaire).success).toBe(true);
  });
});

describe("the rules about questionnaires", () => {
  const subject = (input: Input) => subjectWith({ checklist: checklistWith({ questionnaires: [input] }) });

  it("find nothing where all is answered and green, or nothing is attached", () => {
    for (const rule of rules.questionnaireRules) {
      expect(seen(rule, subject(answered(all("yes"))))).toEqual([]);
      expect(seen(rule, subjectWith())).toEqual([]);
    }
  });

  it("block unanswered questions, and warn of them where the questionnaire is not required", () => {
    const message = "shop: 2 of 4 questions of Readiness are unanswered, the first: q3";
    expect(seen(rules.questionnaireUnanswered, subject(answered({ q1: "yes", q2: "yes" })))).toEqual([
      `blocker ${message}`,
    ]);
    const optional = answered({ q1: "yes", q2: "yes" }, { required: false });
    expect(seen(rules.questionnaireUnanswered, subject(optional))).toEqual([`warning ${message}`]);
    expect(seen(rules.questionnaireRisk, subject(optional))).toEqual([]);
  });

  it("block red with the mitigations as remedy, and warn of yellow and unknown", () => {
    const [red] = rules.questionnaireRisk(subject(answered({ ...all("yes"), q1: "no", q3: "no" })));
    expect(red).toMatchObject({
      severity: "blocker",
      subject: "shop",
      message: "Readiness is red (Not now): 2 of 4 answers are red, and the threshold is 50 %",
      remedy: "Do q1; Do q3",
    });
    expect(seen(rules.questionnaireRisk, subject(answered(all("partly"))))).toEqual([
      "warning shop: Readiness is yellow (With care): 4 of 4 answers are yellow, and the threshold is 50 %",
    ]);
    expect(seen(rules.questionnaireRisk, subject(answered(all("nobody knows"))))).toEqual([
      "warning shop: Readiness is unknown (Look again): 4 of 4 answers are unknown, and the threshold is 50 %",
    ]);
  });

  it("warn of answers that fit no question", () => {
    expect(seen(rules.questionnaireAnswerUnknown, subject(answered({ ...all("yes"), q9: "yes" })))).toEqual([
      'warning shop: Readiness has no question "q9" with an answer "yes" for it',
    ]);
  });
});
