/** Rules about runtimes and database engines: still supported. */
import { addDays } from "../../core/iso-date";
import type { IsoDate } from "../../core/iso-date";
import type { Location } from "../../core/location";
import { defineRule } from "../../core/rule";
import { entriesOf } from "../checklist/answer";
import { findLifecycle, SUPPORT_ENDS_SOON_DAYS } from "../data/lifecycle";
import { findRuntime } from "../data/runtimes";
import { locatedAt, type AssessmentSubject } from "../subject";

/** A runtime or an engine in one version, wherever it was declared. */
interface Used {
  readonly name: string;
  readonly version: string;
  readonly users: readonly string[];
  readonly supportedUntil?: IsoDate;
  readonly location: Location | undefined;
}

function* usedRuntimes({ checklist, inventory, locate }: AssessmentSubject): Generator<Used> {
  const runtimes = entriesOf(checklist.assess_compatibility.runtime_dependencies);
  for (const [index, { name, version, servers, supportedUntil }] of runtimes.entries()) {
    const location = locate(["assess_compatibility", "runtime_dependencies", index]);
    yield { name, version, users: servers, location, ...(supportedUntil === undefined ? {} : { supportedUntil }) };
  }
  const connections = entriesOf(checklist.identify_dependencies.database_connections);
  for (const [index, { engine, version, database }] of connections.entries()) {
    if (version === undefined) continue;
    const location = locate(["identify_dependencies", "database_connections", index]);
    yield { name: engine, version, users: [database], location };
  }
  for (const { engine, version, name, location } of inventory.databases) {
    if (version !== undefined) yield { name: engine, version, users: [name], location };
  }
}

/** Reports runtimes and database engines past the end of their life, or soon to be. */
export const runtimePastEndOfLife = defineRule<AssessmentSubject>({
  id: "runtime-past-end-of-life",
  title: "A runtime or database engine is past the end of its life",
  severity: "warning",
  why: "vulnerabilities in it are no longer fixed; the dates are its vendors' own",
  remedy: "upgrade it before or right after the move; where a vendor supports it for you, say so with supportedUntil",
  *check(subject) {
    const { asOf } = subject;
    const soon = addDays(asOf, SUPPORT_ENDS_SOON_DAYS);
    // One engine in one version is one fact, however many databases declare it. A vendor's promise counts for all of them.
    const merged = new Map<string, { readonly used: Used; readonly users: Set<string>; supportedUntil?: IsoDate }>();
    for (const used of usedRuntimes(subject)) {
      const runtime = findRuntime(used.name);
      if (runtime === undefined) continue;
      const key = `${runtime.product} ${used.version}`;
      const entry = merged.get(key) ?? { used, users: new Set<string>() };
      for (const user of used.users) entry.users.add(user);
      if (used.supportedUntil !== undefined && used.supportedUntil > (entry.supportedUntil ?? "")) {
        entry.supportedUntil = used.supportedUntil;
      }
      merged.set(key, entry);
    }
    for (const [name, { used, users, supportedUntil }] of merged) {
      const runtime = findRuntime(used.name);
      const version = runtime?.normalize?.(used.version) ?? used.version;
      const entry = runtime === undefined ? undefined : findLifecycle(runtime, version);
      const end = supportedUntil ?? entry?.endOfSupport;
      if (end === undefined || end > soon) continue;
      const [first = ""] = users;
      const who = users.size === 1 ? first : `${first} and ${users.size - 1} more`;
      const place = { subject: name, ...locatedAt(used.location) };
      if (end >= asOf) {
        yield { ...place, severity: "info", message: `its support ends on ${end}; used by ${who}` };
      } else {
        const extended = supportedUntil === undefined ? entry?.extendedUntil : undefined;
        const sold = extended !== undefined && extended >= asOf ? `, support is sold until ${extended}` : "";
        yield { ...place, message: `its support ended on ${end}${sold}; used by ${who}` };
      }
    }
  },
});

/** The rules about runtimes and database engines. */
export const runtimeRules = [runtimePastEndOfLife] as const;
