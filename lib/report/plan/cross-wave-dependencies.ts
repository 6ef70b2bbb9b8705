import type { PlanDocument, PlannedDependency } from "../../plan/plan-document";

/** Returns the dependencies across waves, those that are waited for first, otherwise in the plan's order. */
export function crossings({ dependencies }: PlanDocument): readonly PlannedDependency[] {
  const crossing = dependencies.filter(({ crosses }) => crosses);
  return [...crossing.filter(({ synchronous }) => synchronous), ...crossing.filter(({ synchronous }) => !synchronous)];
}
