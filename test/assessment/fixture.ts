/** Subjects for the tests of single rules: the ready estate with one thing changed. */
import type { Finding } from "../../lib/core/finding";
import type { Rule } from "../../lib/core/rule";
import { checklistSchema, type ChecklistInput } from "../../lib/assessment/checklist/checklist";
import { assessmentSubject, type AssessmentSubject } from "../../lib/assessment/subject";
import type { InventoryInput } from "../../lib/inventory/model";
import { READY_AS_OF, readyChecklist, readyInventory, readyInventoryInput } from "../support/ready-assessment";

export type ServerInput = NonNullable<InventoryInput["servers"]>[number];

/** The ready checklist with some items of its groups replaced. */
export function checklistWith(changes: {
  readonly infrastructure?: Partial<ChecklistInput["inventory_current_infrastructure"]>;
  readonly dependencies?: Partial<ChecklistInput["identify_dependencies"]>;
  readonly compatibility?: Partial<ChecklistInput["assess_compatibility"]>;
  readonly questionnaires?: ChecklistInput["questionnaires"];
}): ChecklistInput {
  return {
    inventory_current_infrastructure: {
      ...readyChecklist.inventory_current_infrastructure,
      ...changes.infrastructure,
    },
    identify_dependencies: { ...readyChecklist.identify_dependencies, ...changes.dependencies },
    assess_compatibility: { ...readyChecklist.assess_compatibility, ...changes.compatibility },
    ...(changes.questionnaires === undefined ? {} : { questionnaires: changes.questionnaires }),
  };
}

/** The subject of a rule: the ready estate with these changes. */
export function subjectWith(
  changes: { readonly inventory?: InventoryInput; readonly checklist?: ChecklistInput; readonly asOf?: string } = {},
): AssessmentSubject {
  return assessmentSubject(
    readyInventory(changes.inventory),
    checklistSchema.parse(changes.checklist ?? readyChecklist),
    changes.asOf ?? READY_AS_OF,
  );
}

/** The subject whose inventory is the ready one's first server, changed. */
export function serverWith(changes: Partial<ServerInput>, asOf?: string): AssessmentSubject {
  return subjectWith({
    inventory: { servers: [aServer(changes)], databases: [], flows: [] },
    ...(asOf === undefined ? {} : { asOf }),
  });
}

/** The ready estate's first server, changed. */
export function aServer(changes: Partial<ServerInput>): ServerInput {
  return { ...readyInventoryInput.servers![0]!, ...changes };
}

/** What the rule finds, as `severity subject: message`. */
export function seen(rule: Rule<AssessmentSubject>, subject: AssessmentSubject): string[] {
  return rule(subject).map((finding: Finding) => `${finding.severity} ${finding.subject}: ${finding.message}`);
}
