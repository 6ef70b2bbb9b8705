/** The Mermaid flowchart of a routing: its routes in order, their destinations, and the failover. */
import { admit } from "../../../core/door/admit";
import type { RequestMatch, TextMatch, ValueMatch } from "./intent";
import type { Routing } from "./routing";

/** Returns the routing as a Mermaid flowchart. Destinations without a share at this stage are drawn dashed. */
export function renderMermaid(routing: Routing): string {
  admit("renderMermaid", { routing });
  const ids = new Map([...routing.destinations.keys()].map((name, index) => [name, `d${index}`]));
  const lines = ["flowchart LR", `  client(["${quote(routing.service)}"])`];
  for (const [name, { cloud, region }] of routing.destinations) {
    const place = region === undefined ? cloud : `${cloud} ${region}`;
    lines.push(`  ${ids.get(name) ?? ""}["${quote(name)}<br/>${quote(place)}"]`);
  }
  routing.routes.forEach((route, index) => {
    const label = route.match === undefined ? "otherwise" : route.match.map(describeMatch).join(" or ");
    lines.push(`  client -->|"${quote(label)}"| r${index}{"${quote(route.label)}"}`);
    const total = route.shares.reduce((sum, share) => sum + share.weight, 0);
    for (const { destination, weight } of route.shares) {
      const arrow = weight === 0 ? "-.->" : "-->";
      const percent = Number(((weight / total) * 100).toFixed(2));
      lines.push(`  r${index} ${arrow}|"${percent} %"| ${ids.get(destination) ?? ""}`);
    }
    if (route.mirror !== undefined) {
      lines.push(`  r${index} -.->|"copy of ${route.mirror.percent} %"| ${ids.get(route.mirror.to) ?? ""}`);
    }
  });
  for (const [name, { failover }] of routing.destinations) {
    failover.forEach((other, index) => {
      lines.push(`  ${ids.get(name) ?? ""} -.->|"failover ${index + 1}"| ${ids.get(other) ?? ""}`);
    });
  }
  return `${lines.join("\n")}\n`;
}

/** Returns a match in words: `region = us-east and path begins with /api`. */
function describeMatch(match: RequestMatch): string {
  const parts: string[] = [];
  const text = (what: string, value: TextMatch | undefined): void => {
    if (value !== undefined) parts.push(describeValue(what, value));
  };
  text("path", match.uri);
  text("method", match.method);
  text("authority", match.authority);
  text("scheme", match.scheme);
  for (const [name, value] of Object.entries(match.headers ?? {})) parts.push(describeValue(name, value));
  for (const [name, value] of Object.entries(match.withoutHeaders ?? {}))
    parts.push(`not ${describeValue(name, value)}`);
  for (const [name, value] of Object.entries(match.queryParams ?? {})) parts.push(describeValue(`?${name}`, value));
  for (const [name, value] of Object.entries(match.sourceLabels ?? {})) parts.push(`caller ${name} = ${value}`);
  if (match.sourceNamespace !== undefined) parts.push(`caller in ${match.sourceNamespace}`);
  if (match.gateways !== undefined) parts.push(`through ${match.gateways.join(" or ")}`);
  if (match.port !== undefined) parts.push(`port ${match.port}`);
  return parts.length === 0 ? "any request" : parts.join(" and ");
}

function describeValue(what: string, value: ValueMatch): string {
  if ("present" in value) return `${what} is there`;
  if ("exact" in value) return `${what} = ${value.exact}`;
  return "prefix" in value ? `${what} begins with ${value.prefix}` : `${what} matches ${value.regex}`;
}

/** Returns a quoted label. Mermaid would read quotes and angle brackets of a label as its own. */
function quote(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
