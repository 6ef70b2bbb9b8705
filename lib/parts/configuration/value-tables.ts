/**
 * The CSV tables of a cutover: the changes to make by hand in zones at other DNS providers, and all old and new values,
 * for whoever reviews the cut-over. No password is in either, because none is in the settings. Values that only Terraform
 * will know are tokens in the text: core/exported-text.ts makes a file or an output of it.
 */
import { isFormula } from "../../core/spreadsheet";
import { compareText } from "../../core/text";
import { hasToken, TOKEN } from "../../core/token-text";
import type { Phase } from "../../core/phase";
import { sideOf, type CutoverSide } from "./cutover-side";
import { ttlOf } from "./dns-names";
import { isSecret } from "./environment-parameters";
import { answersOf } from "./mentions";
import type {
  ConfigurationSettings,
  ConnectionStringSettings,
  EnvironmentValue,
  EnvironmentVariableSettings,
} from "./settings";

/**
 * Returns the CSV table `fqdn,type,old,new,TTL` of the names whose zone is not in Route 53, with the time to live of the
 * phase (RFC 4180). A name whose record type changes has two lines: one that is removed, with nothing new, and one that is
 * made, with nothing old.
 */
export function dnsChanges(settings: ConfigurationSettings, phase: Phase): string {
  const lines = (settings.dnsRecords ?? [])
    .filter(({ zoneId }) => zoneId === undefined)
    .flatMap((record) => {
      const { fqdn, source, target } = record;
      const ttl = String(ttlOf(record, phase));
      const old = answersOf(source).join(" ");
      const next = answersOf(target).join(" ");
      if (source.type === target.type) return [[fqdn, source.type, old, next, ttl]];
      return [
        [fqdn, source.type, old, "", ttl],
        [fqdn, target.type, "", next, ttl],
      ];
    });
  return table(["fqdn", "type", "old", "new", "TTL"], lines);
}

/** Returns the CSV table `kind,name,old,new,holds` of all values that the settings declare. */
export function valueTable(settings: ConfigurationSettings, phase: Phase): string {
  const holds = sideOf(phase);
  const lines = [
    ...(settings.connectionStrings ?? []).map((each) => [
      "connection string",
      each.name,
      each.source,
      targetOf(each),
      holds,
    ]),
    ...(settings.environmentVariables ?? []).map((each) => [
      "environment variable",
      each.name,
      valueOf(each.source, each),
      valueOf(each.target, each),
      holds,
    ]),
    ...(settings.dnsRecords ?? []).map(({ fqdn, source, target }) => {
      const side = (of: CutoverSide): string =>
        `${(of === "source" ? source : target).type} ${answersOf(of === "source" ? source : target).join(" ")}`;
      return ["DNS record", fqdn, side("source"), side("target"), holds];
    }),
  ];
  return table(["kind", "name", "old", "new", "holds"], lines);
}

function targetOf({ target }: ConnectionStringSettings): string {
  if (typeof target === "string") return target;
  return target.hosts.map(({ from, to }) => `${hostOf(from)} becomes ${hostOf(to)}`).join("; ");
}

function hostOf({ host, port }: { host: string; port?: number }): string {
  return port === undefined ? host : `${host}:${String(port)}`;
}

function valueOf(value: EnvironmentValue, variable: EnvironmentVariableSettings): string {
  // What goes into a SecureString by a write-only argument must not come into the state by an output.
  if (typeof value === "string") return isSecret(variable) && hasToken(value) ? "(known to Terraform alone)" : value;
  const { secretId, jsonKey } = value.secret;
  return `(secret ${secretId}${jsonKey === undefined ? "" : `, ${jsonKey}`})`;
}

function table(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const sorted = lines
    .map((line) => line.map(cell).join(","))
    // Tokens are numbered as they are asked for, which says nothing.
    .map((line) => ({ line, key: line.replace(TOKEN, "") }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ line }) => line);
  return [header.join(","), ...sorted].map((line) => `${line}\r\n`).join("");
}

/**
 * A person opens these tables in a spreadsheet, which runs what begins like a formula (OWASP, CSV Injection): an apostrophe
 * before it makes it text, and is not shown. A number with a sign is the number.
 */
function cell(value: string): string {
  const text = isFormula(value) && !/^[+-]?\d+(?:\.\d+)?$/.test(value) && !hasToken(value) ? `'${value}` : value;
  // What is not known yet may have a comma in it.
  return /[",\r\n]/.test(text) || hasToken(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
