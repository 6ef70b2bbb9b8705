/**
 * ```ts
 * if (assessment.verdict !== "ready") console.error(nextSteps(assessment));
 * ```
 *
 * The things to do between an assessment and its readiness: one for each rule that blocks, in the order of what it holds up. A
 * question that nobody has answered holds every server, a missing driver those that lack it; so what unblocks most comes first.
 */
import { admit } from "../core/door/admit";
import { isBlocking, type Finding } from "../core/finding";
import { formatLocation } from "../core/location";
import { groupBy, unique } from "../core/collections";
import { printable } from "../core/printable";
import { capital, compareText, count, shortList } from "../core/text";
import { migratingServers, type Server } from "../inventory/model";
import { allRules } from "../plan/all-rules";
import { VERDICTS } from "./assessment-text";
import { inventoryFacts, serversPhrase } from "./inventory-facts";
import type { ReportedAssessment } from "./reported-assessment";
import { summarize } from "./summarize";
import { formatTally, tally } from "./tally";
import { DEFAULT_WIDTH, wrap, type LayoutOptions } from "./text-layout";

/** A thing to do before a migration is ready: the blockers of one rule. */
export interface ReadinessStep {
  readonly rule: string;
  /** The remedy that all its blockers share; without one, each has its own. */
  readonly remedy?: string;
  /** The number of servers that may not move before it is done. */
  readonly servers: number;
  /** Whether it holds all servers that migrate, whatever it is about. */
  readonly holdsAll: boolean;
  readonly blockers: readonly Finding[];
}

/**
 * Returns the things to do before nothing blocks any more, first those that hold the most servers, among these first those with the
 * most blockers. A blocker about anything but a server holds all that migrate.
 *
 * @param findings those of the whole plan, `plan.document.findings`; by default those of the assessment
 */
export function readinessSteps(
  assessment: ReportedAssessment,
  findings: readonly Finding[] = assessment.findings,
): ReadinessStep[] {
  admit("readinessSteps", { assessment, findings });
  const { inventory } = assessment;
  const migrating = migratingServers(inventory);
  const called = new Map<string, Server[]>();
  // A finding about a server that stays holds that one, and not those that migrate.
  for (const server of inventory.servers) {
    for (const name of unique([server.name, server.fqdn ?? server.name])) {
      called.set(name, [...(called.get(name) ?? []), server]);
    }
  }
  return [...groupBy(findings.filter(isBlocking), ({ rule }) => rule)]
    .map(([rule, blockers]): ReadinessStep => {
      const unlisted = unique(blockers.flatMap(({ subject }) => (called.has(subject) ? [] : subject)));
      const holdsAll = unlisted.length > 0 && !ABOUT_SERVERS.has(rule);
      const held = new Set<unknown>([...unlisted, ...blockers.flatMap(({ subject }) => called.get(subject) ?? [])]);
      const remedies = unique(blockers.map(({ remedy }) => remedy));
      return {
        rule,
        ...(remedies.length === 1 ? { remedy: remedies[0] } : {}),
        servers: holdsAll ? migrating.length : held.size,
        holdsAll,
        blockers,
      };
    })
    .sort(
      (a, b) =>
        Number(b.holdsAll) - Number(a.holdsAll) ||
        b.servers - a.servers ||
        b.blockers.length - a.blockers.length ||
        compareText(a.rule, b.rule),
    );
}

/** The rules whose subjects are servers, those that the inventory does not list any more included. */
const ABOUT_SERVERS = new Set(allRules.flatMap(({ id, about }) => (about === "server" ? id : [])));

/** Options of {@link nextSteps}. */
export interface NextStepsOptions extends Omit<LayoutOptions, "color" | "limit"> {
  /**
   * The findings of the whole plan, `plan.document.findings`, which has those of the assessment, of all migrations and its own.
   * @default - those of the assessment
   */
  readonly findings?: readonly Finding[];
  /**
   * The largest number of lines for each rule; the others are counted.
   * @default 10
   */
  readonly limit?: number;
}

const SHOWN = 10;
const SUBJECTS_SHOWN = 6;

/**
 * Returns the summary of the assessment and, where something blocks, what to do, in the order of what unblocks most. Without a final
 * line feed, for `console.error`.
 *
 * @example
 * const { findings } = plan.document;
 * if (findings.some(isBlocking)) console.error(nextSteps(assessment, { findings }));
 */
export function nextSteps(assessment: ReportedAssessment, options: NextStepsOptions = {}): string {
  admit("nextSteps", { assessment, options });
  const { width = DEFAULT_WIDTH, limit = SHOWN, findings = assessment.findings } = options;
  const steps = readinessSteps(assessment, findings);
  if (steps.length === 0) return summarize(assessment);
  const { asOf, inventory, verdict } = assessment;
  const { title, sentence } = VERDICTS[verdict === "ready" ? "blocked" : verdict];
  return [
    `${verdict === "ready" ? "plan" : "assessment"}: ${title}, ${sentence}`,
    `  ${formatTally(tally(findings))}, as of ${asOf}`,
    `  ${serversPhrase(inventoryFacts(inventory))}`,
    "",
    "what is missing, first what holds most:",
    ...steps.flatMap((step, index) => ["", ...stepLines(step, index + 1, width, limit)]),
  ].join("\n");
}

function stepLines(
  { rule, remedy, servers, holdsAll, blockers }: ReadinessStep,
  number: number,
  width: number,
  limit: number,
) {
  const held = holdsAll ? (servers === 0 ? "everything" : `all ${count(servers, "server")}`) : count(servers, "server");
  const lines = blockerLines(blockers, remedy === undefined);
  const more = lines.length - limit;
  const indent = " ".repeat(String(number).length + 4);
  return [
    `  ${number}. ${printable(rule)}, holds ${held}`,
    ...(remedy === undefined ? [] : wrap(capital(printable(remedy)), width, indent)),
    ...lines.slice(0, limit).flatMap((line) => wrap(line, width, `${indent}- `, `${indent}  `)),
    ...(more > 0 ? [`${indent}- and ${more} more`] : []),
  ];
}

/** Returns a line for each message, with the subjects that share it and the place of the first. */
function blockerLines(blockers: readonly Finding[], withRemedy: boolean): string[] {
  const byMessage = groupBy(blockers, ({ message, remedy }) => `${message}\n${remedy}`);
  return [...byMessage.values()]
    .sort((a, b) => b.length - a.length || lineOf(a[0]) - lineOf(b[0]))
    .map((same) => {
      const [{ message, remedy, location }] = same;
      const subjects = shortList(unique(same.map(({ subject }) => subject)), SUBJECTS_SHOWN);
      const place = same.length === 1 && location !== undefined ? ` (${formatLocation(placeOnly(location))})` : "";
      return printable(`${subjects}: ${message}${place}${withRemedy ? `; ${remedy}` : ""}`);
    });
}

/** Returns the line of a document, so that a list of its items is in its own order. */
function lineOf({ location }: Finding): number {
  return location?.line ?? 0;
}

/** Returns the place without the path inside the document: the subject says it already. */
function placeOnly({ path: _path, ...place }: NonNullable<Finding["location"]>): NonNullable<Finding["location"]> {
  return place;
}
