/** What a transition does, in lines that every rendering shares. */
import type { RehearsedTransition, ResourceChange } from "./rehearsal";

/** How much of a rehearsal is told. */
export interface RehearsalRenderOptions {
  /**
   * How many resources of one group are named, 0 or more; the others are counted. What holds data and goes is always named.
   * @default 3
   */
  readonly limit?: number;
}

/** How many resources of a group are named where nobody has said. */
const NAMED = 3;

/** What the transition does, one line for each group of resources to which the same happens. */
export function tell(transition: RehearsedTransition, { limit = NAMED }: RehearsalRenderOptions = {}): string[] {
  const {
    created,
    changed,
    replaced,
    destroyed,
    retagged,
    recorded,
    beside = [],
    failed,
    irreversible,
    from,
    to,
  } = transition;
  if (failed !== undefined) return [`could not be rehearsed: ${failed}`];
  if (irreversible !== undefined) return [`there is no way back by steps: ${irreversible}`];
  if (to === undefined) return withdrawal(destroyed);
  const moves = [
    ...groups("destroys", destroyed.filter(isCertain), limit),
    ...groups("may destroy", destroyed.filter(isUncertain), limit),
    ...groups("replaces", replaced.filter(isCertain), limit),
    ...groups("may replace", replaced.filter(isUncertain), limit),
    ...(from === undefined ? counts("creates", created) : groups("creates", created, limit)),
    ...groups("changes", changed.filter(isCertain), limit),
    ...groups("changes or replaces", changed.filter(isUncertain), limit),
    ...(retagged.length === 0 ? [] : [`changes only the tags of ${resources(retagged.length)}`]),
  ];
  return [
    ...(moves.length === 0 ? ["changes nothing"] : moves),
    // The values are stages, which are in the result anyway; of other attributes no value is told.
    ...(recorded.length === 0 || from === undefined
      ? []
      : [`records ${from} → ${to} in ${recorded.length === 1 ? "1 parameter" : `${recorded.length} parameters`}`]),
    ...(beside.length === 0
      ? []
      : [`is made while ${beside.map(({ migration, stage }) => `${migration} is in ${stage}`).join(" and ")}`]),
  ];
}

function isCertain({ certain }: ResourceChange): boolean {
  return certain;
}

function isUncertain({ certain }: ResourceChange): boolean {
  return !certain;
}

function resources(count: number): string {
  return count === 1 ? "1 resource" : `${count} resources`;
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

/** `creates 57 resources: 3 aws_instance, 54 aws_vpc_security_group_ingress_rule`. */
function counts(verb: string, changes: readonly ResourceChange[]): string[] {
  if (changes.length === 0) return [`${verb} nothing`];
  const types = [...grouped(changes, ({ type }) => type)].map(([type, same]) => `${same.length} ${type}`);
  return [`${verb} ${resources(changes.length)}: ${types.join(", ")}`];
}

function groups(verb: string, changes: readonly ResourceChange[], limit: number): string[] {
  const loses = /destroy|may replace|^replaces/.test(verb);
  const key = ({ type, attributes }: ResourceChange): string => [type, ...attributes].join(" ");
  return [...grouped(changes, key).values()].map((same) => {
    const [{ type, attributes, holds, discarded }] = same;
    const named = loses && holds !== undefined ? same : same.slice(0, limit);
    const names = named.map(({ address }) => shortName(address));
    if (named.length > 0 && named.length < same.length) names.push(`${same.length - named.length} more`);
    const held = loses && holds !== undefined ? ` (${holds}${discarded ? ", meant to go" : ""})` : "";
    const why = attributes.length === 0 ? "" : ` ${verb === "changes" ? "in" : "because of"} ${attributes.join(", ")}`;
    return `${verb} ${same.length} ${type}${held}${why}${names.length === 0 ? "" : `: ${names.join(", ")}`}`;
  });
}

function grouped(
  changes: readonly ResourceChange[],
  key: (change: ResourceChange) => string,
): Map<string, [ResourceChange, ...ResourceChange[]]> {
  const groups = new Map<string, [ResourceChange, ...ResourceChange[]]>();
  for (const change of changes) {
    const same = groups.get(key(change));
    if (same === undefined) groups.set(key(change), [change]);
    else same.push(change);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Without the type, which the line says already: `wave-1/web` of `wave-1/aws_instance.web`. */
function shortName(address: string): string {
  return address.replace(/\/(?:[a-z0-9_]+)\.([^./]+)$/, "/$1");
}
