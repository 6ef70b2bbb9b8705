/**
 * ```ts
 * runRules(planRules, { document, assessment, thresholds: planThresholds({ largestWaveShare: 0.3 }) });
 * ```
 *
 * The catalog's three anti-patterns and five pitfalls, as rules over a plan. A rule uses what every migration declares and no
 * pattern by its name, so that a new pattern is judged like the others.
 *
 * | catalog | list |
 * | --- | --- |
 * | Big Bang Migration | {@link bigBangRules} |
 * | No Rollback Plan | {@link noRollbackPlanRules} |
 * | Insufficient Testing | {@link insufficientTestingRules} |
 * | Common Pitfalls | {@link pitfallRules} |
 *
 * A finding's subject is the name of the wave, the path of the migration, or the path of the plan where it is about the whole
 * plan; for data, the name of the server or the database. A waiver names the same.
 *
 * A blocker is whatever makes a failure unrecoverable: everything at once, no way back, a promotion without verification. What
 * can still be corrected while nobody depends on the migration is a warning until its declared stage carries traffic, and a
 * blocker from then on. Everything else is a warning.
 *
 * The rules enforce these best practices of the catalog: *start with low-risk migrations* (`big-bang-wave`), *test rollback
 * procedures* (`rollback-not-rehearsed`) and *monitor continuously* (`rollback-no-alarm`, `pitfall-no-monitoring`). *Automate
 * everything possible* and *document everything* need no rule: stages and runbook are made from the same declaration.
 */
export * from "./big-bang";
export * from "./insufficient-testing";
export * from "./no-rollback-plan";
export * from "./pitfalls";
export * from "./plan-review";
export * from "./plan-rules";
export * from "./unmapped-data";
