export * from "./access";
export * from "./anti-patterns";
export * from "./communications";
export * from "./guard";
export * from "./hand-over";
export { MigrationPlan } from "./migration-plan";
export type {
  ChangeWindow,
  Exclusion,
  PlanDocument,
  PlannedDependency,
  PlannedEstate,
  PlannedMigration,
  PlannedMove,
  PlannedNeed,
  PlannedNetwork,
  PlannedVerification,
  PlannedWave,
} from "./plan-document";
export * from "./metrics";
export type * from "./plan-props";
export { dataHoldingTypes } from "./losses/data-holding-types";
export { rehearsalMarkdown } from "./rehearsal/rehearsal-markdown";
export { rehearsalRules } from "./rehearsal/rehearsal-rules";
export { rehearsalText } from "./rehearsal/rehearsal-text";
export * from "./rehearsal/rehearse";
export * from "./runbook/automation-document";
export * from "./runbook/automation-runbooks";
export { planRunbook } from "./runbook/plan-runbook";
export { PlanRunbookFiles, type PlanRunbookFilesProps } from "./runbook/plan-runbook-files";
export { planRunbookJson, planRunbookMarkdown } from "./runbook/plan-runbook-markdown";
export type * from "./runbook/plan-runbook-model";
export * from "./runbook/runbook";
export * from "./runbook/runbook-document";
export { runbookMarkdown } from "./runbook/runbook-markdown";
export type { StepBudget, TimedStep, TimedTransition } from "./runbook/step-clock";
export * from "./synthesized-app";
export type { Transition, TransitionIdentity, TransitionSteps } from "./transition";
export * from "./waves/inventory-moves";
export * from "./waves/move";
export * from "./waves/plan-waves";
export * from "./waves/wave-rules";
