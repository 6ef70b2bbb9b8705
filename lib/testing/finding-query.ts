/** The query for findings: which rule, about what, how severe. What it leaves out may be anything, except that it was waived. */
import { isRegExp } from "node:util/types";
import { z } from "zod";
import { MigrationError } from "../core/error";
import { SEVERITIES, type Finding, type Severity } from "../core/finding";
import { formatLocation } from "../core/location";
import { formatPath } from "../core/format-path";
import type { RuleDescription } from "../core/rule";
import { nearest } from "../core/suggest";
import { allRules } from "../plan/all-rules";
import type { Subject } from "./subject";

/** A rule, or its id as `docs/rules.md` lists it. A rule of your own is best given itself: nobody can mistype a constant. */
export type RuleName = string | RuleDescription;

/** Conditions that a finding meets. */
export interface FindingQuery {
  /**
   * The subject of the finding: a server's name, a CIDR, a flow. A text is the whole of it, a pattern is found in it.
   * @default - any subject
   */
  readonly subject?: string | RegExp;
  /**
   * The severity of the finding.
   * @default - any severity
   */
  readonly severity?: Severity;
  /**
   * A part of the finding's message.
   * @default - any message
   */
  readonly message?: string | RegExp;
  /**
   * A part of the place in the user's file, as a message shows it: `inventory.yaml:12`, `row 20`.
   * @default - any place, or none
   */
  readonly at?: string | RegExp;
  /**
   * Whether a waiver covers the finding.
   * @default false
   */
  readonly waived?: boolean;
}

/** A query whose rule is known. */
export interface RuleQuery extends FindingQuery {
  /**
   * The id of the rule.
   * @default - any rule
   */
  readonly rule?: string;
}

const pattern = z.custom<string | RegExp>((value) => typeof value === "string" || isRegExp(value), {
  error: "Expected a text or a regular expression",
});

const querySchema: z.ZodType<FindingQuery> = z.strictObject({
  subject: pattern.optional(),
  severity: z.enum(SEVERITIES as [Severity, ...Severity[]]).optional(),
  message: pattern.optional(),
  at: pattern.optional(),
  waived: z.boolean().optional(),
});

/**
 * Returns the query of a matcher's arguments: a rule and conditions, either alone, or nothing.
 *
 * @throws MigrationError `TESTING_FINDING_QUERY`, `TESTING_RULE_UNKNOWN`, `TESTING_RULE_NOT_RUN`
 */
export function queryOf(subject: Subject, args: readonly unknown[]): RuleQuery {
  const [first, second] = args;
  const named = typeof first === "string" || isRule(first);
  const conditions = conditionsOf((named ? second : first) ?? {});
  return named ? { ...conditions, rule: ruleOf(first, subject) } : conditions;
}

function isRule(value: unknown): value is RuleDescription {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return "id" in value && "remedy" in value && typeof value.id === "string";
}

function conditionsOf(value: unknown): FindingQuery {
  const result = querySchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new MigrationError({
    code: "TESTING_FINDING_QUERY",
    path: formatPath(issue?.path ?? []) || "conditions",
    received: value,
    allowed: "subject, severity, message, at and waived, behind a rule or alone",
    fix: issue?.message ?? "correct the conditions",
    cause: result.error,
  });
}

/** Returns the rule's id. That a mistyped rule has found nothing proves nothing, and neither does it of one that was not run. */
function ruleOf(rule: RuleName, { name, findings, rules }: Subject): string {
  const id = typeof rule === "string" ? rule : rule.id;
  if (findings.some((finding) => finding.rule === id)) return id;
  const known = allRules.find((each) => each.id === id);
  if (known === undefined && typeof rule === "string") throw unknownRule(rule);
  if (known !== undefined && rules !== undefined && !rules.some((each) => each.id === id)) {
    throw new MigrationError({
      code: "TESTING_RULE_NOT_RUN",
      path: "rule",
      received: id,
      allowed: `a rule that looks at ${name}`,
      fix: "ask the app, the migration or the rehearsal whose rule it is: docs/rules.md says what each rule is about",
    });
  }
  return id;
}

function unknownRule(rule: string): MigrationError {
  const meant = nearest(
    rule,
    allRules.map(({ id }) => id),
  );
  return new MigrationError({
    code: "TESTING_RULE_UNKNOWN",
    path: "rule",
    received: rule,
    allowed: "the id of a rule of this library, or a rule itself",
    fix: `${meant === undefined ? "look it up in docs/rules.md" : `write ${meant}`}; of a rule of your own pass the constant that defineRule returns`,
  });
}

/** The conditions that a finding does not meet, each as a clause: `its subject is db-01`. */
export function differences(query: RuleQuery, finding: Finding): string[] {
  const place = finding.location === undefined ? "" : formatLocation(finding.location);
  const { rule, subject, severity, message, at, waived = false } = query;
  return [
    ...(rule === undefined || finding.rule === rule ? [] : [`it is of ${finding.rule}`]),
    ...(subject === undefined || isWhole(subject, finding.subject) ? [] : [`its subject is ${finding.subject}`]),
    ...(severity === undefined || finding.severity === severity ? [] : [`it is of severity ${finding.severity}`]),
    ...(message === undefined || isPart(message, finding.message) ? [] : ["its message is another"]),
    ...(at === undefined || isPart(at, place) ? [] : [place === "" ? "it has no place" : `it is at ${place}`]),
    ...(waived === (finding.waived !== undefined)
      ? []
      : [finding.waived === undefined ? "it is not waived" : waivedBy(finding)]),
  ];
}

function waivedBy({ waived }: Finding): string {
  return `it is waived by ${waived?.approvedBy ?? ""} until ${waived?.expires ?? ""}`;
}

// Not `test`: it remembers where it was in a pattern with the flag g.
function isWhole(wanted: string | RegExp, text: string): boolean {
  return typeof wanted === "string" ? wanted === text : text.search(wanted) >= 0;
}

function isPart(wanted: string | RegExp, text: string): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : text.search(wanted) >= 0;
}

/** Returns the query as a phrase: `a blocker of raw-device-mapping on db-01`. */
export function queryText({ rule, subject, severity, message, at, waived }: RuleQuery): string {
  return [
    severity === undefined ? "a finding" : severity === "info" ? "a note" : `a ${severity}`,
    ...(rule === undefined ? [] : [`of ${rule}`]),
    ...(subject === undefined ? [] : [`on ${String(subject)}`]),
    ...(message === undefined ? [] : [`that says ${String(message)}`]),
    ...(at === undefined ? [] : [`at ${String(at)}`]),
    ...(waived === true ? ["that is waived"] : []),
  ].join(" ");
}
