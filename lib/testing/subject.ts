/**
 * The subjects of matchers: whatever has findings. An app or a stack stands for the whole app, because a blocker anywhere in it
 * stops all of it; a migration, a plan or a part stands for itself and its assessment.
 */
import { App, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { assessedRules } from "../assessment/assessed-rules";
import type { AssessmentRecord, Verdict } from "../core/assessment-record";
import { MigrationError } from "../core/error";
import { sortFindings, type Finding } from "../core/finding";
import { MigrationPart } from "../core/migration-part";
import { ruleRules, type RuleDescription } from "../core/rule";
import { SynthesisCheck } from "../core/synthesis-check";
import { applyWaivers, waiverRules } from "../core/waiver";
import type { Rehearsal } from "../plan/rehearsal/rehearsal";
import { rehearsalRules } from "../plan/rehearsal/rehearsal-rules";

/**
 * Anything that has findings.
 *
 * - an app or a stack: those of all migrations of the app, of its plans and of their assessments
 * - a migration, a part of one, a plan: its own, and those of its assessment
 * - an assessment, a rehearsal, a report of the guard, an inventory: its own
 * - a list of findings, which a rule returns: itself
 */
export type FindingSource = IConstruct | { readonly findings: readonly Finding[] } | readonly Finding[];

/** A subject as the checks see it. */
export interface Subject {
  /** A phrase for messages: `the app`, `the stack booking`. */
  readonly name: string;
  /** All findings, waived findings included, heaviest first. */
  readonly findings: readonly Finding[];
  /**
   * The library's rules that have looked at it.
   * @default - not known: any rule may have
   */
  readonly rules?: readonly RuleDescription[];
}

/**
 * Returns the findings of anything that has some, waived findings included, heaviest first.
 *
 * @throws MigrationError `TESTING_SUBJECT`, `TESTING_NO_MIGRATION`
 */
export function findingsOf(source: FindingSource): readonly Finding[] {
  return subjectOf(source).findings;
}

/** Returns the subject that a matcher has received. */
export function subjectOf(received: unknown): Subject {
  if (Construct.isConstruct(received)) {
    return { name: nameOf(received), findings: findingsOfConstruct(received) };
  }
  if (Array.isArray(received) && received.every(isFinding))
    return { name: "the list", findings: sortFindings(received) };
  if (isAssessment(received)) return { name: "the assessment", findings: received.findings, rules: assessedRules };
  if (isRehearsal(received)) {
    const rules = [...rehearsalRules, ...waiverRules, ...ruleRules];
    return { name: "the rehearsal", findings: received.findings, rules };
  }
  if (hasFindings(received)) return { name: "the value", findings: sortFindings(received.findings) };
  throw refused(
    received,
    "something that has findings: an app, a stack, a migration, an assessment, a rehearsal, a list",
  );
}

/** Returns the error about a value that no matcher can be asked about. */
export function refused(received: unknown, allowed: string): MigrationError {
  return new MigrationError({
    code: "TESTING_SUBJECT",
    path: "received",
    received: Construct.isConstruct(received) ? nameOf(received) : kindOf(received),
    allowed,
    fix: remedyFor(received),
  });
}

function kindOf(received: unknown): string {
  if (received === null) return "null";
  if (isPromise(received)) return "a promise";
  return Array.isArray(received) ? "an array" : typeof received;
}

function remedyFor(received: unknown): string {
  if (isPromise(received)) return "await it before it is given to the matcher";
  if (typeof received === "function") return "call it, and give the matcher what it returns";
  if (typeof received === "string") {
    return "pass the stack or the app that was synthesized: its Terraform does not say what blocks it";
  }
  return "pass one of these";
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function isPart(construct: IConstruct): construct is MigrationPart {
  return construct instanceof MigrationPart;
}

/** Returns the construct for which the received one stands. */
function scopeOf(construct: IConstruct): IConstruct {
  return App.isApp(construct) || TerraformStack.isStack(construct) ? construct.node.root : construct;
}

function findingsOfConstruct(construct: IConstruct): readonly Finding[] {
  if (isPart(construct)) {
    const { waivers, asOf } = construct.migration.assessment;
    return sortFindings(applyWaivers(construct.findings(), waivers, asOf).findings);
  }
  assessmentsOf(construct);
  return SynthesisCheck.of(construct).findings(scopeOf(construct));
}

/**
 * Returns the assessments of the migrations for which the construct stands.
 *
 * @throws MigrationError `TESTING_NO_MIGRATION`, because there every expectation would hold
 */
export function assessmentsOf(construct: IConstruct): readonly AssessmentRecord[] {
  if (isPart(construct)) return [construct.migration.assessment];
  const found = SynthesisCheck.of(construct).assessments(scopeOf(construct));
  if (found.length > 0) return found;
  throw new MigrationError({
    code: "TESTING_NO_MIGRATION",
    path: "received",
    received: nameOf(construct),
    allowed: "a construct with a migration or a plan in it: of nothing every expectation holds",
    fix: "pass the app or the stack that has them; if this one does, two copies of the library are installed: see `npm ls cdktf-migration-patterns`",
  });
}

/** Returns a phrase for the construct: `the app`, `the stack wave-1`, `wave-1/servers`. */
export function nameOf(construct: IConstruct): string {
  if (App.isApp(construct)) return "the app";
  return TerraformStack.isStack(construct) ? `the stack ${construct.node.path}` : construct.node.path;
}

const VERDICTS: readonly unknown[] = ["ready", "incomplete", "blocked"] satisfies readonly Verdict[];

/** Checks whether the value is the outcome of `assess()`, or written like one. */
export function isAssessment(value: unknown): value is AssessmentRecord {
  return hasFindings(value) && "verdict" in value && VERDICTS.includes(value.verdict);
}

/** Checks whether the value is the outcome of `rehearse()`. */
export function isRehearsal(value: unknown): value is Rehearsal {
  return hasFindings(value) && "transitions" in value && Array.isArray(value.transitions);
}

function hasFindings(value: unknown): value is { readonly findings: readonly Finding[] } {
  if (typeof value !== "object" || value === null || !("findings" in value)) return false;
  return Array.isArray(value.findings) && value.findings.every(isFinding);
}

function isFinding(value: unknown): value is Finding {
  return typeof value === "object" && value !== null && "rule" in value && "severity" in value && "subject" in value;
}
