/**
 * The routing for a zone that is hosted elsewhere, as a master file (RFC 1035, section 5). Plain DNS has no weights, so
 * the shares are SRV records (RFC 2782), whose weight and priority say the same for clients that read them; for all others
 * there is the destination with the largest share.
 */
import { isIPv6 } from "node:net";
import { admit } from "../../../../core/door/admit";
import { portNameOf, portOf } from "../istio/service-entry";
import type { ResolvedDestination, Routing } from "../routing";
import { compileDns, type DnsRecord } from "./plan";

/** Returns the records as a master file; undefined where the intent has no DNS. */
export function renderZoneFile(routing: Routing): string | undefined {
  admit("renderZoneFile", { routing });
  const plan = compileDns(routing);
  if (plan === undefined) return undefined;
  const lines = [
    `; ${plan.name}${routing.stage === undefined ? "" : ` at stage ${routing.stage}`}: declare the stage and replace this file, never edit it`,
    ...(plan.policy === "weighted" || plan.policy === "failover"
      ? []
      : [`; the policy ${plan.policy} cannot be said in a master file: all destinations are listed alike`]),
    `$ORIGIN ${plan.name}.`,
    `$TTL ${routing.dns?.ttlSeconds ?? 60}`,
  ];
  const names = [...new Set(plan.records.map((record) => record.destination))];
  for (const name of names) {
    const destination = routing.destination(name);
    const records = plan.records.filter((record) => record.destination === name);
    const { priority, weight } = rank(records[0]);
    const target = targetOf(destination, records);
    lines.push(`_${portNameOf(destination)}._tcp IN SRV ${priority} ${weight} ${portOf(destination)} ${target}`);
    for (const line of addressLines(name, records)) lines.push(line);
  }
  const largest = [...plan.records].sort((a, b) => heaviness(b) - heaviness(a))[0];
  if (largest !== undefined) {
    const same = plan.records.filter((record) => record.destination === largest.destination);
    lines.push(...addressLines("@", same));
    if (same.some((record) => record.type === "CNAME")) {
      const target = targetOf(routing.destination(largest.destination), same);
      if (plan.name !== plan.zone.name) lines.push(`@ IN CNAME ${target}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function heaviness(record: DnsRecord): number {
  return record.role === "PRIMARY" ? 1 : (record.weight ?? 0);
}

/**
 * Returns the SRV priority and weight of a record. A lower priority is tried first; a weight of 0 means almost never among
 * those of the same priority.
 */
function rank(record: DnsRecord | undefined): { priority: number; weight: number } {
  if (record?.role !== undefined) return { priority: record.role === "PRIMARY" ? 10 : 20, weight: 0 };
  if (record?.weight === 0) return { priority: 20, weight: 0 };
  return { priority: 10, weight: record?.weight ?? 0 };
}

/**
 * Returns the SRV target of a destination. SRV points at a name, so a destination with addresses gets one below the
 * service's.
 */
function targetOf(destination: ResolvedDestination, records: readonly DnsRecord[]): string {
  const [record] = records;
  if (record?.alias !== undefined) return known(record.alias.name);
  return record?.type === "CNAME" ? known(record.values?.[0] ?? destination.host) : destination.name;
}

function addressLines(name: string, records: readonly DnsRecord[]): string[] {
  return records
    .filter((record) => record.type !== "CNAME")
    .flatMap((record) => record.values ?? [])
    .map((value) =>
      value.includes("${")
        ? `; ${name} IN A: an address that Terraform knows after the deployment`
        : `${name} IN ${isIPv6(value) ? "AAAA" : "A"} ${value}`,
    );
}

/** Returns a name with its final dot; a token is left to be filled in at deployment. */
function known(name: string): string {
  if (name.includes("${")) return "to-be-filled-in-after-the-deployment.invalid.";
  return name.endsWith(".") ? name : `${name}.`;
}
