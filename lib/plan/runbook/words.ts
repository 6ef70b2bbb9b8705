/** How the runbook says numbers and lists. */
import type { TrafficShare } from "../../core/traffic-share";
import { capital, count, listed, percent } from "../../core/words";
import type { CommunicationEvent } from "../communications";

/** `1:05`, in hours and minutes. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const absolute = Math.abs(whole);
  return `${whole < 0 ? "-" : ""}${Math.floor(absolute / 60)}:${String(absolute % 60).padStart(2, "0")}`;
}

/** `45 minutes`, `6 hours`, `1 hour and 5 minutes`: for people outside the window. */
export function spoken(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return count(rest, "minute");
  return rest === 0 ? count(hours, "hour") : `${count(hours, "hour")} and ${count(rest, "minute")}`;
}

/** Returns what it takes on the clock, with what of it is only waited for: `1:05`, `0:45 of work and 8:00 of waiting`. */
export function clockWords(minutes: number, workMinutes: number): string {
  if (workMinutes >= minutes) return duration(minutes);
  return workMinutes === 0
    ? `${duration(minutes)} of waiting`
    : `${duration(workMinutes)} of work and ${duration(minutes - workMinutes)} of waiting`;
}

/** Returns a share as people say it: `10 %`, `0 % to 100 %` where a controller moves it. */
export function shareWords(share: TrafficShare | undefined): string {
  return typeof share === "object" ? `${percent(share.from)} to ${percent(share.to)}` : percent(share ?? 0);
}

/** At most `limit` names, and how many more there are. */
export function shortList(names: readonly string[], limit = 6): string {
  if (names.length <= limit) return listed(names);
  return listed([...names.slice(0, limit - 1), `${names.length - limit + 1} more`]);
}

/** Each once, in the order of their first appearance. */
export function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** The commands that a sentence may begin with. */
const COMMANDS: ReadonlySet<string> = new Set([
  "aws",
  "cdktf",
  "dig",
  "jq",
  "kubectl",
  "nslookup",
  "ping",
  "terraform",
]);

/** With a capital and a full stop. A first word that can be written in one way only keeps it: `wal_level`, `aws`. */
export function sentence(text: string): string {
  const first = (/^\S+/.exec(text)?.[0] ?? "").replace(/[.,:;!?]+$/, "");
  const begun = COMMANDS.has(first) || isIdentifier(first) ? text : capital(text);
  return text === "" || /[.!?]$/.test(text) ? begun : `${begun}.`;
}

/**
 * Whether it names a thing, as against saying it. A hyphen alone does not tell: `security-group` is a word, and
 * `describe-connections` could be one.
 */
function isIdentifier(word: string): boolean {
  return /[_./:\d]/.test(word) || /[a-z][A-Z]/.test(word);
}

/** As people say it: `go/no-go message`. */
export function messageName(event: CommunicationEvent): string {
  return event === "go-no-go"
    ? "go/no-go message"
    : event === "announcement" || event === "reminder"
      ? event
      : `${event} message`;
}
