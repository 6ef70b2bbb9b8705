import type { PlanDocument } from "../../../plan/plan-document";
import { Anchors } from "../../html/anchors";
import { sections, tally, type Section, type Tally } from "../../tally";
import { dependencyGraph, type DependencyGraph } from "../dependency-graph";

/** The data that all sections of a page share, built once for a page. */
export interface PageContext {
  readonly document: PlanDocument;
  readonly counts: Tally;
  readonly findings: readonly Section[];
  readonly graph: DependencyGraph;
  /** The anchor of each rule's findings in the page. */
  readonly ruleAnchors: ReadonlyMap<string, string>;
  /** The anchor of each migration in the page. */
  readonly migrationAnchors: ReadonlyMap<string, string>;
}

/** Builds the data that the sections share. */
export function pageContext(document: PlanDocument): PageContext {
  const findings = sections(document.findings);
  const anchors = new Anchors();
  const ruleAnchors = new Map<string, string>();
  for (const { key, groups } of findings) {
    for (const { rule } of groups) {
      const id = anchors.of(`${key === "waived" ? "waived" : "rule"} ${rule}`);
      ruleAnchors.set(ruleKey(key, rule), id);
      if (!ruleAnchors.has(rule)) ruleAnchors.set(rule, id);
    }
  }
  return {
    document,
    counts: tally(document.findings),
    findings,
    graph: dependencyGraph(document),
    ruleAnchors,
    migrationAnchors: new Map(document.migrations.map(({ path }) => [path, anchors.of(`migration ${path}`)])),
  };
}

/** The findings of a rule in one section: a rule whose findings are partly waived has two places in the page. */
export function ruleKey(section: Section["key"], rule: string): string {
  return JSON.stringify([section, rule]);
}
