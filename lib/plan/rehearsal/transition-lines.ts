/** The description of a rehearsed transition, line by line, which every rendering shares. */
import { groupBy } from "../../core/collections";
import { compareText, count } from "../../core/text";
import type { ComparedResources, Rehearsal, RehearsedTransition, ResourceChange } from "./rehearsal";

/** Options for rendering a rehearsal. */
export interface RehearsalRenderOptions {
  /**
   * The number of resources of one group that are named, 0 or more; the others are counted. Resources that hold data and are
   * destroyed are always named.
   * @default 3
   */
  readonly limit?: number;
}

/** The default of {@link RehearsalRenderOptions.limit}. */
const NAMED = 3;

/** Returns the effects of the transition, one line for each group of resources that are affected alike. */
export function transitionLines(transition: RehearsedTransition, options: RehearsalRenderOptions = {}): string[] {
  const { created, destroyed, recorded, beside = [], failed, irreversible, from, to } = transition;
  if (failed !== undefined) return [`could not be rehearsed: ${failed}`];
  if (irreversible !== undefined) return [`there is no way back by steps: ${irreversible}`];
  if (to === undefined) return withdrawal(destroyed);
  return [
    ...(from === undefined ? counts("creates", created) : comparisonLines(transition, options)),
    // The values are stages, which are in the result anyway; of other attributes no value is shown.
    ...(recorded.length === 0 || from === undefined
      ? []
      : [`records ${from} → ${to} in ${count(recorded.length, "parameter")}`]),
    ...(beside.length === 0
      ? []
      : [`is made while ${beside.map(({ migration, stage }) => `${migration} is in ${stage}`).join(" and ")}`]),
  ];
}

/** Returns the effects of what changed in the code since the previous synthesis, or that none was given to compare. */
export function sincePreviousLines({ sincePrevious }: Rehearsal, options: RehearsalRenderOptions): string[] {
  return sincePrevious === undefined
    ? ["not compared: no previous synthesis was given, so that a renamed construct or another backend is not seen"]
    : comparisonLines(sincePrevious, options);
}

function comparisonLines(
  { created, changed, replaced, destroyed, retagged, uncertain }: ComparedResources,
  { limit = NAMED }: RehearsalRenderOptions,
): string[] {
  const lines = [
    ...groups("destroys", destroyed.filter(isCertain), limit),
    ...groups("may destroy", destroyed.filter(isUncertain), limit),
    ...groups("replaces", replaced.filter(isCertain), limit),
    ...groups("may replace", replaced.filter(isUncertain), limit),
    ...groups("creates", created, limit),
    ...groups("changes", changed.filter(isCertain), limit),
    ...groups("changes or replaces", changed.filter(isUncertain), limit),
    ...(retagged.length === 0 ? [] : [`changes only the tags of ${count(retagged.length, "resource")}`]),
    ...uncertain.map(({ subject, what }) => `is uncertain about ${subject}: ${what}`),
  ];
  return lines.length === 0 ? ["changes nothing"] : lines;
}

function isCertain({ certain }: ResourceChange): boolean {
  return certain;
}

function isUncertain({ certain }: ResourceChange): boolean {
  return !certain;
}

function withdrawal(destroyed: readonly ResourceChange[]): string[] {
  const holding = destroyed.filter(({ holds }) => holds !== undefined);
  return [
    ...counts("withdraws", destroyed),
    ...(holding.length === 0
      ? ["none of these holds data"]
      : [`these hold data: ${holding.map(({ address }) => shortName(address)).join(", ")}`]),
  ];
}

/** Counts resources by type: `creates 57 resources: 3 aws_instance, 54 aws_vpc_security_group_ingress_rule`. */
function counts(verb: string, changes: readonly ResourceChange[]): string[] {
  if (changes.length === 0) return [`${verb} nothing`];
  const types = [...inOrder(groupBy(changes, ({ type }) => type))].map(([type, same]) => `${same.length} ${type}`);
  return [`${verb} ${count(changes.length, "resource")}: ${types.join(", ")}`];
}

function groups(verb: string, changes: readonly ResourceChange[], limit: number): string[] {
  const loses = /destroy|may replace|^replaces/.test(verb);
  const key = ({ type, attributes }: ResourceChange): string => [type, ...attributes].join(" ");
  return [...inOrder(groupBy(changes, key)).values()].map((same) => {
    const [{ type, attributes, holds, discarded }] = same;
    const named = loses && holds !== undefined ? same : same.slice(0, limit);
    const names = named.map(({ address }) => shortName(address));
    if (named.length > 0 && named.length < same.length) names.push(`${same.length - named.length} more`);
    const held = loses && holds !== undefined ? ` (${holds}${discarded ? ", meant to go" : ""})` : "";
    const why = attributes.length === 0 ? "" : ` ${verb === "changes" ? "in" : "because of"} ${attributes.join(", ")}`;
    return `${verb} ${same.length} ${type}${held}${why}${names.length === 0 ? "" : `: ${names.join(", ")}`}`;
  });
}

function inOrder<Value>(groups: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

/** Returns the address without the type, which the line has already: `wave-1/web` of `wave-1/aws_instance.web`. */
function shortName(address: string): string {
  return address.replace(/\/(?:[a-z0-9_]+)\.([^./]+)$/, "/$1");
}
