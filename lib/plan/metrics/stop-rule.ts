/**
 * The alarm rule of "stop the migration": any alarm in ALARM stops it. A composite alarm takes at most 100 alarms and a rule of
 * 10,240 characters, and sees the alarms of its own region alone; so more alarms are split into groups, each a composite alarm
 * itself, and alarms of other regions are named in its description, to be checked by hand.
 *
 * Source: Amazon CloudWatch API Reference, PutCompositeAlarm; CloudWatch User Guide, "Create a composite alarm".
 */
import { COMPOSITE_ALARM_LIMITS } from "../../aws/gathered-alarms";
import { MigrationError } from "../../core/error";
import { isUnresolved } from "../../core/tokens";

/** The largest number of characters of an alarm's description. */
const DESCRIPTION_LIMIT = 1024;
const NAME_LIMIT = 255;
/** The length of `arn:aws-us-gov:cloudwatch:ap-southeast-1:123456789012:alarm:`, rounded up. */
const ARN_PREFIX = 64;

/** An alarm that stops the migration. */
export interface StoppingAlarm {
  /** The identity of the alarm: its name, or its ARN where the name is a token. */
  readonly name: string;
  /** The reference in the rule: to its name or to its ARN, so that Terraform creates the alarm first. */
  readonly reference: string;
  /** The largest number of characters of the reference, once Terraform knows it. */
  readonly characters: number;
}

/** Returns the alarm of another construct, referred to by its ARN, as one that stops the migration. */
export function stoppingAlarm(alarm: { readonly name: string; readonly arn: string }): StoppingAlarm {
  const { name, arn } = alarm;
  const known = !isUnresolved(name);
  const characters = isUnresolved(arn) ? ARN_PREFIX + (known ? name.length : NAME_LIMIT) : arn.length;
  return { name: known ? name : arn, reference: arn, characters };
}

/** Builds the rule of a composite alarm: `ALARM("a") OR ALARM("b")`. */
export function alarmRule(references: readonly string[]): string {
  return references.map((reference) => `ALARM("${reference}")`).join(" OR ");
}

/** Splits the alarms into as few groups as the limits of a composite alarm allow, in their order. */
export function compositeAlarmGroups(alarms: readonly StoppingAlarm[]): StoppingAlarm[][] {
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
 * Checks that the groups fit into one composite alarm, which is so up to some thousands of alarms.
 *
 * @throws MigrationError `METRIC_TOO_MANY_ALARMS`
 */
export function checkGroupCount(construct: string, alarms: number, parts: readonly StoppingAlarm[]): void {
  if (compositeAlarmGroups(parts).length <= 1) return;
  throw new MigrationError({
    code: "METRIC_TOO_MANY_ALARMS",
    path: "migrations",
    received: alarms,
    allowed: `as many alarms as fit in ${COMPOSITE_ALARM_LIMITS.alarms} composite alarms of ${COMPOSITE_ALARM_LIMITS.alarms} alarms and ${COMPOSITE_ALARM_LIMITS.characters} characters each`,
    fix: "split the plan, or give each migration one composite alarm as its verification",
    construct,
  });
}

/**
 * Builds the description for the person who is paged: what to do, and what the alarm does not see. At most 1,024 characters.
 */
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
