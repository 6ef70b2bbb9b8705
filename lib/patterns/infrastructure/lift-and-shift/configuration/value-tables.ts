/**
 * The files that go beside the Terraform: what has to be changed by hand in zones that live elsewhere, and old and new of
 * everything, for whoever reviews the cut-over. No password is in either, because none is in the settings.
 */
import { compareText } from "../../../../core/construct-ids";
import { sideOf, type CutoverStage, type CutoverSide } from "./cutover-stage";
import { ttlOf } from "./dns-names";
import { answersOf } from "./mentions";
import type { ConfigurationSettings, ConnectionStringSettings, EnvironmentValue } from "./settings";

/** Shows a value that has tokens as the Terraform expression that it is. */
export type Render = (text: string) => string;

/**
 * `fqdn,type,old,new,TTL` of the names whose zone is not in Route 53, with the time to live of the stage (RFC 4180). A name
 * whose record type changes has two lines: one that is removed, with nothing new, and one that is made, with nothing old.
 */
export function dnsChanges(settings: ConfigurationSettings, stage: CutoverStage, render: Render): string {
  const lines = (settings.dnsRecords ?? [])
    .filter(({ zoneId }) => zoneId === undefined)
    .flatMap((record) => {
      const { fqdn, source, target } = record;
      const ttl = String(ttlOf(record, stage));
      const old = answersOf(source).map(render).join(" ");
      const next = answersOf(target).map(render).join(" ");
      if (source.type === target.type) return [[fqdn, source.type, old, next, ttl]];
      return [
        [fqdn, source.type, old, "", ttl],
        [fqdn, target.type, "", next, ttl],
      ];
    });
  return table(["fqdn", "type", "old", "new", "TTL"], lines);
}

/** `kind,name,old,new,holds` of everything that the settings declare. */
export function valueTable(settings: ConfigurationSettings, stage: CutoverStage, render: Render): string {
  const holds = sideOf(stage);
  const lines = [
    ...(settings.connectionStrings ?? []).map((each) => [
      "connection string",
      each.name,
      render(each.source),
      targetOf(each, render),
      holds,
    ]),
    ...(settings.environmentVariables ?? []).map(({ name, source, target }) => [
      "environment variable",
      name,
      valueOf(source, render),
      valueOf(target, render),
      holds,
    ]),
    ...(settings.dnsRecords ?? []).map(({ fqdn, source, target }) => {
      const side = (of: CutoverSide): string =>
        `${(of === "source" ? source : target).type} ${answersOf(of === "source" ? source : target)
          .map(render)
          .join(" ")}`;
      return ["DNS record", fqdn, side("source"), side("target"), holds];
    }),
  ];
  return table(["kind", "name", "old", "new", "holds"], lines);
}

function targetOf({ target }: ConnectionStringSettings, render: Render): string {
  if (typeof target === "string") return render(target);
  return target.hosts.map(({ from, to }) => `${hostOf(from, render)} becomes ${hostOf(to, render)}`).join("; ");
}

function hostOf({ host, port }: { host: string; port?: number }, render: Render): string {
  return port === undefined ? render(host) : `${render(host)}:${render(String(port))}`;
}

function valueOf(value: EnvironmentValue, render: Render): string {
  if (typeof value === "string") return render(value);
  const { secretId, jsonKey } = value.secret;
  return `(secret ${render(secretId)}${jsonKey === undefined ? "" : `, ${jsonKey}`})`;
}

function table(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const sorted = lines.map((line) => line.map(cell).join(",")).sort(compareText);
  return [header.join(","), ...sorted].map((line) => `${line}\r\n`).join("");
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
