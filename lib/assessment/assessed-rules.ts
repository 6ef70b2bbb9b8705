import { assessmentRules } from "./rules/all";
import { ruleRules, type RuleDescription } from "../core/rule";
import { waiverRules } from "../core/waiver";
import { mergeRules } from "../inventory/merge-inventories";
import { readerRules } from "../inventory/reader-rules";

/** The rules of one subject, under a heading. */
export interface RuleFamily {
  /** Kebab case: `inventory`, `lift-and-shift`. */
  readonly name: string;
  /** The subject that the rules look at, as a heading. */
  readonly title: string;
  readonly rules: readonly RuleDescription[];
}

/** The rules of the inventory readers. */
export const inventoryRules: readonly RuleDescription[] = [...readerRules, ...mergeRules];

/**
 * The rules that have run once there is an assessment, by family: a report of an assessment is about these, and a rule of
 * them that found nothing has passed. None of them loads CDKTF.
 */
export const assessedFamilies: readonly RuleFamily[] = [
  { name: "inventory", title: "Reading the inventory", rules: inventoryRules },
  { name: "assessment", title: "Assessment", rules: assessmentRules },
  { name: "waivers", title: "Waivers", rules: waiverRules },
  { name: "rules", title: "Rules themselves", rules: ruleRules },
];

/** The rules of {@link assessedFamilies}. */
export const assessedRules: readonly RuleDescription[] = assessedFamilies.flatMap(({ rules }) => rules);
