/** The report on an adoption, for people and for programs. No key of a VPN is in what it reports. */
import { printable } from "../../core/printable";
import { count } from "../../core/text";
import type { AdoptedHybridCloud, Adoption } from "./model";
import { DEFAULT_WIDTH, painter, wrap, type LayoutOptions } from "../../report/text-layout";

/** An adoption, and where it was written. */
export interface ReportedAdoption extends Adoption {
  /** The folder that was written; undefined where nothing was. */
  readonly folder?: string;
  /** The names of the files that were written, or would be. */
  readonly files: readonly string[];
}

/** Renders the report as plain text. Ends with a line feed. */
export function adoptionText(report: ReportedAdoption, options: LayoutOptions = {}): string {
  const { width = DEFAULT_WIDTH, color = false } = options;
  const paint = painter(color);
  const { networks, hybridClouds, servers, left, folder, files } = report;
  const lines: string[] = [];
  const say = (text: string, indent = "  "): void => {
    lines.push(...wrap(printable(text), width, indent, `${indent}  `));
  };
  for (const [name, { vpcId, subnets, routeTables }] of Object.entries(networks)) {
    const tables = count(Object.keys(routeTables).length, "route table");
    say(`network ${name}: ${vpcId} as it is, with ${count(subnets.length, "subnet")} and ${tables}`);
  }
  for (const [name, cloud] of Object.entries(hybridClouds)) {
    say(`VPN of ${name}: ${count(cloud.props.sites.length, "site")}, ${importsPhrase(cloud)}`);
    for (const change of cloud.changes) say(change, "    ");
  }
  if (servers !== undefined) {
    const number = Object.keys(servers.instanceIds).length;
    say(`servers: ${count(number, "instance")}, each imported by the LiftAndShift that has it`);
    for (const change of servers.changes) say(change, "    ");
  }
  const verdict = lines.length === 0 ? paint("red", "NOTHING") : paint("green", "READY");
  if (left.length > 0) {
    lines.push("", paint("bold", `left out: ${left.length}`));
    for (const { id, code, reason, fix } of left) say(`${id} (${code}): ${reason}; ${fix}`);
  }
  const written =
    folder === undefined
      ? "nothing was written: name a folder with --output"
      : `written: ${files.map((name) => `${folder}/${name}`).join(", ")}`;
  const heading = `adopt: ${paint("bold", verdict)}`;
  return [
    heading,
    ...lines,
    ...(lines.length === 0 ? [] : [""]),
    ...wrap(printable(written), width, "", "  "),
    "",
  ].join("\n");
}

function importsPhrase({ resources }: AdoptedHybridCloud): string {
  const imported = Object.values(resources).filter(({ id }) => id !== undefined);
  return count(imported.length, "resource to import", "resources to import");
}

/** Renders the report as JSON, keys in a fixed order. Ends with a line feed. */
export function adoptionJson({ networks, hybridClouds, servers, left, folder, files }: ReportedAdoption): string {
  const document = {
    folder: folder ?? null,
    files,
    networks,
    hybridClouds,
    servers: servers ?? null,
    left,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
