/**
 * ```ts
 * explain(routing, { headers: { region: "us-east" } }, { down: ["gcp"] });
 * ```
 *
 * The destinations of a request, as a table for people. The numbers are those of the evaluator.
 */
import { admit } from "../../../core/door/admit";
import type { DnsRequest } from "./dns/resolve-dns";
import { resolveDns } from "./dns/resolve-dns";
import type { RoutingRequest } from "./matching";
import { resolve, type Resolution, type ResolveOptions } from "./resolve";
import type { Routing } from "./routing";

/** Options of {@link explain} and {@link answerRouting}, beside the request. */
export interface ExplainOptions extends ResolveOptions {
  /** The client that looks the name up in DNS. @default - a client whose place Route 53 does not know */
  readonly dns?: DnsRequest;
}

/** The answer of the mesh or of DNS, as plain data. */
export interface PlaneAnswer {
  /** The label of the route that decided, or the DNS policy; null where nothing matched. */
  readonly decidedBy: string | null;
  readonly because: string;
  readonly shares: readonly {
    readonly destination: string;
    readonly cloud: string;
    readonly region: string | null;
    /** The exact share as a fraction, `4/5` or `1`. */
    readonly share: string;
    /** The share in percent, rounded to two decimals. */
    readonly percent: number;
    readonly insteadOf: readonly string[];
  }[];
  /** The share of the requests that fail, in percent. */
  readonly failsPercent: number;
}

/** The destinations of a request, as plain data for a pipeline to read. */
export interface RoutingAnswer {
  readonly service: string;
  readonly stage: string | null;
  readonly down: readonly string[];
  readonly mesh: PlaneAnswer;
  /** The lookups, or null where the intent has no DNS. */
  readonly dns: PlaneAnswer | null;
}

/** Returns the distribution of the requests in the mesh and, where the intent has DNS, of the lookups. */
export function answerRouting(
  routing: Routing,
  request: RoutingRequest = {},
  options: ExplainOptions = {},
): RoutingAnswer {
  admit("answerRouting", { routing, request, options });
  const dns = resolveDns(routing, options.dns, options);
  return {
    service: routing.service,
    stage: routing.stage ?? null,
    down: options.down ?? [],
    mesh: planeAnswer(routing, resolve(routing, request, options)),
    dns: dns === undefined ? null : planeAnswer(routing, dns),
  };
}

function planeAnswer(routing: Routing, { decidedBy, because, shares, unserved }: Resolution): PlaneAnswer {
  return {
    decidedBy: decidedBy ?? null,
    because,
    shares: shares.map(({ destination, fraction, insteadOf }) => {
      const { cloud, region } = routing.destination(destination);
      return {
        destination,
        cloud,
        region: region ?? null,
        share: fraction.toString(),
        percent: fraction.toPercentage(),
        insteadOf,
      };
    }),
    failsPercent: unserved.toPercentage(),
  };
}

/** Returns {@link answerRouting} as a table for people. Ends with a line break. */
export function explain(routing: Routing, request: RoutingRequest = {}, options: ExplainOptions = {}): string {
  admit("explain", { routing, request, options });
  const { service, stage, down, mesh, dns } = answerRouting(routing, request, options);
  const heading = `${service}${stage === null ? "" : ` at stage ${stage}`}`;
  const lines = [`${heading}${down.length === 0 ? "" : `, down: ${down.join(", ")}`}`, "", ...table("mesh", mesh)];
  if (dns !== null) lines.push("", ...table(`dns ${routing.dns?.name ?? ""}`, dns));
  return `${lines.join("\n")}\n`;
}

function table(title: string, { decidedBy, because, shares, failsPercent }: PlaneAnswer): string[] {
  const rows: string[][] = [["destination", "cloud", "region", "share", "instead of"]];
  for (const { destination, cloud, region, percent, insteadOf } of shares) {
    rows.push([destination, cloud, region ?? "-", `${percent} %`, insteadOf.join(", ") || "-"]);
  }
  if (failsPercent > 0) rows.push(["(fails)", "-", "-", `${failsPercent} %`, "-"]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return [
    `${title}: ${decidedBy ?? "nothing"} decides (${because})`,
    ...rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd()),
  ];
}
