/** The findings of a plan as SARIF and JUnit; what the two have no place for is in the other formats. */
import { admit } from "../../core/door/admit";
import type { RuleDescription } from "../../core/rule";
import { dataWithoutSecrets } from "../../core/secret/redact";
import { planRules } from "../../plan/anti-patterns/plan-rules";
import type { PlanDocument } from "../../plan/plan-document";
import { waveRules } from "../../plan/waves/wave-rules";
import { assessedRules } from "../../assessment/assessed-rules";
import { findingsJunit } from "../junit";
import { findingsSarif } from "../sarif";

/** Options of {@link planSarif} and {@link planJunit}. */
export interface PlanFindingsOptions {
  /**
   * The rules that have run; each without findings has passed.
   * @default - those of an assessment and of a plan, and whatever found anything
   */
  readonly rules?: readonly RuleDescription[];
  /**
   * The version of the library, for SARIF.
   * @default - the report names no version
   */
  readonly toolVersion?: string;
}

/**
 * The rules that run on every plan: its assessment's rules, those about its waves, the anti-patterns and the pitfalls. Which
 * patterns' rules have looked, the document does not say.
 */
const PLAN_RULES: readonly RuleDescription[] = [...assessedRules, ...waveRules, ...planRules];

/** Renders a plan's findings as SARIF, for a code-scanning service. Ends with a line feed. */
export function planSarif(planDocument: PlanDocument, options: PlanFindingsOptions = {}): string {
  admit("planSarif", { planDocument, options });
  return writePlanSarif(dataWithoutSecrets(planDocument), options);
}

function writePlanSarif(planDocument: PlanDocument, options: PlanFindingsOptions): string {
  const { findings, verdict, asOf } = planDocument;
  return findingsSarif(findings, { verdict, asOf, ...options, rules: options.rules ?? PLAN_RULES });
}

/** Renders a plan's verdict and findings as JUnit test cases, for a pipeline. Ends with a line feed. */
export function planJunit(planDocument: PlanDocument, planFindingsOptions: PlanFindingsOptions = {}): string {
  admit("planJunit", { planDocument, planFindingsOptions });
  return writePlanJunit(dataWithoutSecrets(planDocument), planFindingsOptions);
}

function writePlanJunit(planDocument: PlanDocument, planFindingsOptions: PlanFindingsOptions): string {
  const { findings, verdict } = planDocument;
  const { rules } = planFindingsOptions;
  return findingsJunit(findings, { verdict, rules: rules ?? PLAN_RULES });
}
