import { describe, expect, it } from "@jest/globals";
import {
  complexities,
  downtimeTolerances,
  migrationTypes,
  patternProfiles,
  recommend,
  selectionMatrix,
  type SelectionQuestion,
} from "../../lib/catalog";
import { thrown } from "../support/thrown";

describe("the selection matrix, row by row", () => {
  it.each([
    ["schema-change", "low", "zero", "expand-contract"],
    ["schema-change", "high", "zero", "parallel-schema"],
    ["service-replace", "medium", "zero", "strangler-fig"],
    ["service-update", "low", "zero", "blue-green"],
    ["data-migration", "high", "some", "event-sourcing"],
    ["infrastructure", "low", "some", "lift-and-shift"],
    ["infrastructure", "high", "zero", "hybrid-cloud"],
  ] as const)("%s, %s complexity, %s downtime: %s", (migrationType, complexity, downtimeTolerance, pattern) => {
    const answer = recommend({ migrationType, complexity, downtimeTolerance });
    expect(answer.pattern).toBe(pattern);
    expect(answer.profile).toBe(patternProfiles[pattern]);
    expect(answer.reasons[0]).toContain("selection matrix recommends");
  });
});

describe("recommend", () => {
  const questions: SelectionQuestion[] = migrationTypes.flatMap((migrationType) =>
    complexities.flatMap((complexity) =>
      downtimeTolerances.map((downtimeTolerance) => ({ migrationType, complexity, downtimeTolerance })),
    ),
  );

  it("recommends for the seven rows and for nothing else", () => {
    expect(questions.filter((question) => recommend(question).pattern !== null)).toHaveLength(selectionMatrix.length);
  });

  it("says outside the matrix that it is outside, and names the nearest rows of the same type", () => {
    const answer = recommend({ migrationType: "infrastructure", complexity: "medium", downtimeTolerance: "zero" });
    expect(answer).toMatchObject({ pattern: null, profile: null, row: null });
    expect(answer.reasons).toEqual([
      "the catalog's selection matrix has no row for infrastructure of medium complexity with zero downtime tolerated",
      "the nearest rows are hybrid-cloud (infrastructure of high complexity with zero downtime tolerated) and lift-and-shift (infrastructure of low complexity with some downtime tolerated)",
    ]);
  });

  it("says why each runner-up was not taken", () => {
    const answer = recommend({ migrationType: "infrastructure", complexity: "high", downtimeTolerance: "zero" });
    expect(answer.alternatives).toMatchObject([
      {
        pattern: "lift-and-shift",
        whyNot: ["it is for low complexity, not for high", "it needs some downtime, and none is tolerated"],
      },
    ]);
  });

  it("names an alternative for every question, and one that differs in something", () => {
    for (const question of questions) {
      const { alternatives } = recommend(question);
      expect(alternatives.length).toBeGreaterThan(0);
      expect(alternatives.every((each) => each.whyNot.length > 0)).toBe(true);
    }
  });

  it("refuses a term that the catalog does not use", () => {
    const error = thrown(() =>
      recommend({ migrationType: "schema" as "schema-change", complexity: "low", downtimeTolerance: "zero" }),
    );
    expect(error.code).toBe("SELECTION_QUESTION");
    expect(error.message).toContain("allowed is one of schema-change, service-replace");
  });
});

describe("the profiles of all eleven patterns", () => {
  it.each([
    ["expand-contract", "Schema evolution with zero downtime", "Medium", "Low-Medium"],
    ["parallel-schema", "Major database restructuring", "High", "Medium"],
    ["event-sourcing", "Migrating systems with complex business logic", "High", "Medium-High"],
    ["strangler-fig", "Legacy system replacement", "Medium-High", "Medium"],
    ["parallel-run", "Risk mitigation for critical services", "Medium", "Low-Medium"],
    ["blue-green", "Zero-downtime service updates", "Low-Medium", "Low"],
    ["lift-and-shift", "Quick cloud migration with minimal changes", "Low-Medium", "Low"],
    ["hybrid-cloud", "Gradual cloud adoption with on-premises integration", "High", "Medium-High"],
    ["multi-cloud", "Avoiding vendor lock-in or regulatory requirements", "Very High", "High"],
    ["progressive-rollout", "Gradual feature deployment with risk mitigation", undefined, undefined],
    ["circuit-breaker", "Automatic fallback during migration issues", undefined, undefined],
  ] as const)("%s", (name, useCase, complexity, risk) => {
    expect(patternProfiles[name]).toMatchObject({
      name,
      useCase,
      ...(complexity === undefined ? {} : { complexity, risk }),
    });
  });
});
