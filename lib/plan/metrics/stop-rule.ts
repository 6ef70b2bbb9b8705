/**
 * The rule of the alarm "stop the migration": anything in alarm stops it. A composite alarm takes at most 100 alarms and a
 * rule of 10,240 characters, and sees the alarms of its own region alone; so more alarms are gathered in parts, each a
 * composite alarm itself, and alarms of other regions are named in its description, where somebody has to look.
 *
 * Source: Amazon CloudWatch API Reference, PutCompositeAlarm; CloudWatch User Guide, "Create a composite alarm".
 */
import { COMPOSITE_ALARM_LIMITS } from "../../aws/gathered-alarms";
import { MigrationError } from "../../core/error";
import { isUnresolved } from "../../core/tokens";

/** The most characters of an alarm's description. */
const DESCRIPTION_LIMIT = 1024;
const NAME_LIMIT = 255;
/** `arn:aws-us-gov:cloudwatch:ap-southeast-1:123456789012:alarm:`, and a little. */
const ARN_PREFIX = 64;

/** An alarm that stops the migration. */
export interface StoppingAlarm {
  /** What tells it from the others: its name, or its ARN where the name is a token. */
  readonly name: string;
  /** What the rule calls it: a reference to its name or to its ARN, so that Terraform makes it first. */
  readonly reference: string;
  /** How many characters the reference has at most, once Terraform knows it. */
  readonly characters: number;
}

/** An alarm that is called by its ARN, as those of other constructs are. */
export function stoppingAlarm(alarm: { readonly name: string; readonly arn: string }): StoppingAlarm {
  const { name, arn } = alarm;
  const known = !isUnresolved(name);
  const characters = isUnresolved(arn) ? ARN_PREFIX + (known ? name.length : NAME_LIMIT) : arn.length;
  return { name: known ? name : arn, reference: arn, characters };
}

/** `ALARM("a") OR ALARM("b")`. */
export function alarmRule(references: readonly string[]): string {
  return references.map((reference) => `ALARM("${reference}")`).join(" OR ");
}

/** The alarms in as few groups as the limits of a composite alarm allow, in their order. */
export function stopParts(alarms: readonly StoppingAlarm[]): StoppingAlarm[][] {
  const parts: StoppingAlarm[][] = [];
  let part: StoppingAlarm[] = [];
  let characters = 0;
  for (const alarm of alarms) {
    const length = 'ALARM("") OR '.length + alarm.characters;
    if (part.length === COMPOSITE_ALARM_LIMITS.alarms || characters + length > COMPOSITE_ALARM_LIMITS.characters) {
      parts.push(part);
      part = [];
      characters = 0;
    }
    part.push(alarm);
    characters += length;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/**
 * Refuses more parts than one alarm can gather: some thousands of alarms.
 *
 * @throws MigrationError `METRIC_TOO_MANY_ALARMS`
 */
export function checkParts(construct: string, alarms: number, parts: readonly StoppingAlarm[]): void {
  if (stopParts(parts).length <= 1) return;
  throw new MigrationError({
    code: "METRIC_TOO_MANY_ALARMS",
    path: "migrations",
    received: alarms,
    allowed: `as many alarms as fit in ${COMPOSITE_ALARM_LIMITS.alarms} composite alarms of ${COMPOSITE_ALARM_LIMITS.alarms} alarms and ${COMPOSITE_ALARM_LIMITS.characters} characters each`,
    fix: "split the plan, or give each migration one composite alarm as its verification",
    construct,
  });
}

/** What whoever is paged reads: what to do, and what the alarm does not see. At most 1,024 characters. */
export function stopDescription(of: {
  readonly dashboardName: string;
  /** The names of the alarms that are in other regions, with their region. */
  readonly elsewhere: readonly string[];
}): string {
  const first =
    `Stop the migration: start no further step. Dashboard ${of.dashboardName} shows what is in alarm. ` +
    "Then take the runbook's rollback decision table: hold, roll forward or go back, as the owner of the rollback decides.";
  if (of.elsewhere.length === 0) return first;
  const opening = `${first} Not seen from here, because they are in other regions: `;
  const named: string[] = [];
  let characters = opening.length;
  // A sentence at the end for those that do not fit.
  const reserve = " and 100000 more on the dashboard.".length;
  for (const name of of.elsewhere) {
    const length = (isUnresolved(name) ? NAME_LIMIT : name.length) + 2;
    if (characters + length + reserve > DESCRIPTION_LIMIT) break;
    named.push(name);
    characters += length;
  }
  const missing = of.elsewhere.length - named.length;
  if (missing === 0) return `${opening}${named.join(", ")}.`;
  if (named.length === 0) return `${opening}${missing} alarms on the dashboard.`;
  return `${opening}${named.join(", ")} and ${missing} more on the dashboard.`;
}
