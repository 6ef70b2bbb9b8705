/**
 * The runtimes of CloudWatch Synthetics and their deprecation dates. A canary cannot be created on a deprecated one, while
 * one that exists goes on running: so a deprecated runtime is a finding, from the day of its deprecation, and never an
 * error.
 *
 * Source: CloudWatch User Guide, "Runtime versions support policy" and the pages of the families, as of 2026-09-24.
 */
import { admit } from "../../core/door/admit";
import type { IsoDate } from "../../core/iso-date";

/** The day as of which the lists of runtimes were read from AWS's documentation. */
export const CANARY_RUNTIMES_AS_OF: IsoDate = "2026-09-24";

/** The newest runtime version of each family. */
const newestCanaryRuntimes: Readonly<Record<string, string>> = {
  "syn-nodejs-puppeteer": "17.0",
  "syn-nodejs-playwright": "8.0",
  "syn-python-selenium": "12.0",
  "syn-java": "1.0",
};

/**
 * Deprecated runtimes with their deprecation dates. A version older than the oldest of its family here is deprecated as
 * well.
 */
const deprecatedCanaryRuntimes: Readonly<Record<string, IsoDate>> = {
  "syn-python-selenium-5.1": "2026-02-03",
  "syn-python-selenium-5.0": "2026-02-03",
  "syn-python-selenium-4.1": "2026-02-03",
  "syn-python-selenium-4.0": "2026-02-03",
  "syn-nodejs-puppeteer-7.0": "2026-01-22",
  "syn-nodejs-puppeteer-6.2": "2026-01-22",
  "syn-nodejs-puppeteer-5.2": "2026-01-22",
  "syn-python-selenium-3.0": "2026-01-22",
  "syn-python-selenium-2.1": "2026-01-22",
  "syn-nodejs-puppeteer-6.1": "2024-03-08",
  "syn-nodejs-puppeteer-6.0": "2024-03-08",
  "syn-nodejs-puppeteer-5.1": "2024-03-08",
  "syn-nodejs-puppeteer-5.0": "2024-03-08",
  "syn-nodejs-puppeteer-4.0": "2024-03-08",
  "syn-nodejs-puppeteer-3.9": "2024-01-08",
  "syn-nodejs-puppeteer-3.8": "2024-01-08",
  "syn-python-selenium-2.0": "2024-03-08",
  "syn-python-selenium-1.3": "2024-03-08",
  "syn-python-selenium-1.2": "2024-03-08",
  "syn-python-selenium-1.1": "2024-03-08",
  "syn-python-selenium-1.0": "2024-03-08",
};

/**
 * The deprecation date of runtimes older than the list: all of an older naming scheme, and older Puppeteer versions, were
 * deprecated before it.
 */
const BEFORE_THE_LIST: IsoDate = "2024-01-08";
const OLDEST_LISTED_PUPPETEER = 3.8;

/** The pattern of runtime names: `syn-nodejs-puppeteer-17.0`, `syn-java-1.0`, and formerly `syn-1.0`. */
export const CANARY_RUNTIME_NAME = /^syn-(?:[a-z]+-){0,3}\d{1,3}\.\d{1,3}(?:-beta)?$/;

/** The support state of a canary runtime. */
export type CanaryRuntimeState =
  | { readonly state: "supported" }
  | { readonly state: "deprecated"; readonly since: IsoDate; readonly newest: string }
  /** Newer than the lists, or of a family that they do not contain. */
  | { readonly state: "unlisted" };

/** Returns the support state of a canary runtime on the given day. */
export function canaryRuntimeState(runtime: string, asOf: IsoDate): CanaryRuntimeState {
  admit("canaryRuntimeState", { runtime, asOf });
  const match = /^(syn(?:-[a-z]+)*)-(\d+)\.(\d+)$/.exec(runtime);
  if (match === null) return { state: "unlisted" };
  const [, family = "", major = "", minor = ""] = match;
  const newest = newestCanaryRuntimes[family];
  const old = family === "syn" || family === "syn-nodejs";
  const tooOld = family === "syn-nodejs-puppeteer" && Number(`${major}.${minor}`) < OLDEST_LISTED_PUPPETEER;
  const since = deprecatedCanaryRuntimes[runtime] ?? (old || tooOld ? BEFORE_THE_LIST : undefined);
  if (since !== undefined && since <= asOf) {
    const successor = newest === undefined ? "syn-nodejs-puppeteer" : family;
    return { state: "deprecated", since, newest: `${successor}-${newestCanaryRuntimes[successor] ?? ""}` };
  }
  if (newest === undefined) return { state: "unlisted" };
  const [newestMajor = 0, newestMinor = 0] = newest.split(".").map(Number);
  const listed = Number(major) < newestMajor || (Number(major) === newestMajor && Number(minor) <= newestMinor);
  return { state: listed ? "supported" : "unlisted" };
}
