/** Checks of verdicts: whether a migration may be provisioned. */
import { App, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { Verdict } from "../core/assessment-record";
import { isBlocking, type Finding } from "../core/finding";
import { printable } from "../core/printable";
import { SynthesisCheck } from "../core/synthesis-check";
import { count, listed } from "../core/text";
import { unique } from "../core/collections";
import { findingsBlock, indented, waiverFor } from "./findings-text";
import { outcome, type Outcome } from "./outcome";
import { assessmentsOf, isAssessment, nameOf, refused, subjectOf } from "./subject";

const ALLOWED = "an app, a stack, a migration, a part, a plan or an assessment";

/**
 * Checks whether nothing blocks. Of an app or a stack that is what `cdktf synth` asks before it writes anything: the blockers
 * of all its migrations, and the validations of CDKTF and of other constructs.
 */
export function checkReady(received: unknown): Outcome {
  const { name, blockers, failures } = obstacles(received);
  return outcome(blockers.length + failures.length === 0, {
    holds: () => `expected that something blocks ${name}, and nothing does`,
    fails: () => {
      const [first] = blockers;
      const and = blockers.length > 0 && failures.length > 0 ? " and " : "";
      const stopped = blockers.length === 0 ? "" : count(blockers.length, "blocker");
      const failed = failures.length === 0 ? "" : count(failures.length, "failed validation");
      const verb = blockers.length + failures.length === 1 ? "stops" : "stop";
      return [
        `expected ${name} to be ready, but ${stopped}${and}${failed} ${verb} it`,
        ...(blockers.length === 0 ? [] : ["", findingsBlock(blockers)]),
        ...(failures.length === 0 ? [] : ["", ...failures.map(indented)]),
        ...(first === undefined
          ? []
          : ["", "Remedy each; or accept one for a reason and until a day, by a waiver:", `  ${waiverFor(first)}`]),
      ].join("\n");
    },
  });
}

/** Checks the verdict of an assessment, or of the one assessment of a migration. */
export function checkVerdict(received: unknown, expected: Verdict): Outcome {
  const { name, verdicts } = verdictsOf(received);
  return outcome(verdicts.length === 1 && verdicts[0] === expected, {
    holds: () => `expected another verdict of ${name} than ${expected}`,
    fails: () => {
      const blockers = subjectOf(received).findings.filter(isBlocking);
      const reasons = blockers.length === 0 ? "Nothing blocks it." : findingsBlock(blockers);
      return `expected the verdict ${expected} of ${name}, but it is ${listed(verdicts)}\n\n${reasons}`;
    },
  });
}

/** Everything that stops a synthesis. */
interface Obstacles {
  readonly name: string;
  readonly blockers: readonly Finding[];
  /** The messages of validations that are not this library's. */
  readonly failures: readonly string[];
}

function obstacles(received: unknown): Obstacles {
  if (isAssessment(received)) {
    return { name: "the assessment", blockers: received.findings.filter(isBlocking), failures: [] };
  }
  if (!Construct.isConstruct(received)) throw refused(received, ALLOWED);
  // What stands in the way of its assessment stands in the way of a part.
  const assessed = assessmentsOf(received).flatMap(({ findings }) => findings);
  const { name, findings } = subjectOf(received);
  return {
    name,
    blockers: unique([...assessed, ...findings]).filter(isBlocking),
    failures: App.isApp(received) || TerraformStack.isStack(received) ? otherFailures(received) : [],
  };
}

/** Returns the failed validations of the app that are not this library's, as CDKTF would report them. */
function otherFailures({ node: { root } }: IConstruct): string[] {
  const own = new Set(SynthesisCheck.of(root).messages());
  return root.node
    .findAll()
    .flatMap(({ node }) => node.validate().map((message) => ({ path: node.path, message })))
    .filter(({ message }) => !own.has(message))
    .map(({ path, message }) => `[${path}] ${message}`.split("\n").map(printable).join("\n"));
}

function verdictsOf(received: unknown): { readonly name: string; readonly verdicts: readonly Verdict[] } {
  if (isAssessment(received)) return { name: "the assessment", verdicts: [received.verdict] };
  if (!Construct.isConstruct(received)) throw refused(received, ALLOWED);
  const verdicts = unique(assessmentsOf(received).map(({ verdict }) => verdict));
  return { name: nameOf(received), verdicts };
}
