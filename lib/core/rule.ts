/**
 * ```ts
 * export const osUnknown = defineRule<Inventory>({
 *   id: "os-unknown",
 *   title: "The operating system is not known",
 *   severity: "warning",
 *   why: "…", remedy: "…",
 *   *check(inventory) { for (const server of inventory.servers) if (…) yield { subject: server.name, message: "…" }; },
 * });
 * osUnknown(inventory); // Finding[]
 * ```
 *
 * A rule is a pure function from its subject to findings that also knows what it is called, so the same constant runs in a
 * synthesis, in the command line and in a unit test, and the documentation's table of rules is generated from it.
 */
import { admit, hasShape } from "./door/admit";
import type { Finding, Severity } from "./finding";
import type { Location } from "./location";
import { dataWithoutSecrets, withoutSecrets } from "./secret/redact";

/** An observation of a rule's check at one subject; the rule adds its own id, severity, why and remedy. */
export interface Observation {
  readonly subject: string;
  readonly message: string;
  /**
   * The place in the user's file, as the subject has it.
   * @default - none: the subject is of no file
   */
  readonly location?: Location | undefined;
  /**
   * A severity for this one case.
   * @default - the rule's own
   */
  readonly severity?: Severity;
  /**
   * A remedy that is more exact than the rule's general one.
   * @default - the rule's own
   */
  readonly remedy?: string;
}

/** The description of a rule, as in the generated table. */
export interface RuleDescription {
  /** The rule's id: kebab case, unique in the library, and stable, because waivers name it. */
  readonly id: string;
  /** The fault that the rule finds, as a short sentence without a final period. */
  readonly title: string;
  readonly severity: Severity;
  /** The reason why it matters, with the source of any limit. */
  readonly why: string;
  /** The general way to fix it. */
  readonly remedy: string;
  /**
   * The kind of thing that all its subjects are, where that cannot be told from the inventory: a server that it does not list.
   * @default - a subject is a server where the inventory lists one of that name
   */
  readonly about?: "server";
}

/** Properties of a {@link Rule}: its description and its check. */
export interface RuleInit<Subject> extends RuleDescription {
  /** Looks at the subject and yields one observation for each thing that is wrong. Must not change the subject. */
  check(subject: Subject): Iterable<Observation>;
}

/** A rule: call it with its subject. */
export interface Rule<Subject> extends RuleDescription {
  (subject: Subject): Finding[];
}

/** The rules without the comparison of their subject, which would be made once for each rule that looks at it. */
const unchecked = new WeakMap<object, (subject: never) => Finding[]>();

/** Makes a rule out of its description and its check. */
export function defineRule<Subject>(init: RuleInit<Subject>): Rule<Subject> {
  const { id, title, severity, why, remedy, about } = init;
  const evaluate = (subject: Subject): Finding[] => {
    const findings: Finding[] = [];
    for (const seen of init.check(subject)) {
      findings.push({
        rule: id,
        severity: seen.severity ?? severity,
        subject: seen.subject,
        ...(seen.location === undefined ? {} : { location: seen.location }),
        message: seen.message,
        why,
        remedy: seen.remedy ?? remedy,
      });
    }
    // What a rule quotes may be anything that somebody wrote.
    return dataWithoutSecrets(findings);
  };
  const rule = Object.assign(
    (subject: Subject): Finding[] => {
      if (hasShape(id)) admit(id, { subject });
      return evaluate(subject);
    },
    { id, title, severity, why, remedy, ...(about === undefined ? {} : { about }) },
  );
  unchecked.set(rule, evaluate);
  return rule;
}

const RULE_FAILED: RuleDescription = {
  id: "rule-failed",
  title: "A rule ended in an error",
  severity: "blocker",
  why: "what the rule would have found is unknown, and an unknown is not a pass",
  remedy: "report the error to the rule's author; waive this finding only after checking by hand what the rule checks",
};

/**
 * Runs the rules on the subject, and returns all their findings. A rule that throws is a finding about that rule
 * (`rule-failed`, a blocker whose subject is the rule's id), and the others still run.
 */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  return rules.flatMap((rule) => {
    try {
      return (unchecked.get(rule) ?? rule)(subject as never);
    } catch (error) {
      return [
        {
          rule: RULE_FAILED.id,
          severity: RULE_FAILED.severity,
          subject: rule.id,
          message: withoutSecrets(
            `the rule threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
          ),
          why: RULE_FAILED.why,
          remedy: RULE_FAILED.remedy,
        },
      ];
    }
  });
}

/** The descriptions of the findings about rules themselves, for the generated table. */
export const ruleRules: readonly RuleDescription[] = [RULE_FAILED];
