/**
 * ```ts
 * runRules(planRules, { document, assessment, thresholds: planThresholds({ largestWaveShare: 0.3 }) });
 * ```
 *
 * The catalog's three anti-patterns and five pitfalls, as rules over a plan. A rule sees what every migration says of itself
 * and no pattern by its name, so a pattern that is added is judged like the others.
 *
 * | catalog | list |
 * | --- | --- |
 * | Big Bang Migration | {@link bigBangRules} |
 * | No Rollback Plan | {@link noRollbackPlanRules} |
 * | Insufficient Testing | {@link insufficientTestingRules} |
 * | Common Pitfalls | {@link pitfallRules} |
 *
 * A finding's subject is the name of the wave, the path of the migration, or that of the plan where it is about the whole; of
 * data, the name of the server or the database. A waiver names the same.
 *
 * What blocks is what would make a failure one that cannot be recovered from: all at once, no way back, traffic raised on
 * hope. What can still be made good while nobody depends on the migration is a warning until its declared stage carries
 * traffic, and a blocker from then on. Everything else is a warning.
 *
 * Of the catalog's best practices the rules enforce *start with low-risk migrations* (`big-bang-wave`), *test rollback
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
