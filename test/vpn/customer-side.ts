/**
 * The customer's end, from the files that the library generated: references filled in, and then used as they are but for
 * what this machine's kernel lacks. The adaptations are listed here and printed by the lab; there are no others.
 */
import { fillIn, type DeviceOutput } from "./synthesized";

export const ADAPTATIONS = [
  "XFRM interface names are replaced by those of the user-space IPsec's TUN devices (no XFRM interfaces in this kernel)",
  "each tunnel's connection is loaded into a strongSwan daemon of its own (one TUN device for each daemon)",
  "start_action trap|start is start (user-space IPsec has no trap policies)",
  "the tunnels script is installed in the lab's folder",
] as const;

export interface CustomerFiles {
  /** As `cdktf output` would give them. */
  readonly asGenerated: Readonly<Record<string, string>>;
  /** Names of the tunnels' connections, in order. */
  readonly connections: readonly string[];
  /** swanctl.conf with one tunnel's connection. */
  swanctl(connection: string): string;
  readonly strongswanConf: string;
  readonly script: string;
  readonly frrConf: string | undefined;
}

export function customerFiles(
  output: DeviceOutput,
  values: ReadonlyMap<string, string>,
  scriptPath: string,
): CustomerFiles {
  const asGenerated = Object.fromEntries(
    Object.entries(output.files).map(([name, text]) => [name, fillIn(text, values)]),
  );
  const swanctl = required(asGenerated, "swanctl.conf");
  const script = required(asGenerated, "tunnels.sh");
  const interfaces = [...new Set([...swanctl.matchAll(/\bif_id_in = (\d+)/g)].map(([, id = ""]) => `xfrm${id}`))];
  const installed = /^# Install as (\S+), mode 0755/m.exec(script)?.[1];
  if (installed === undefined) throw new Error("tunnels.sh does not say where it is installed");
  const adapt = (text: string): string =>
    interfaces
      .reduce((each, name, index) => each.replace(new RegExp(`\\b${name}\\b`, "g"), `ipsec${index}`), text)
      .replaceAll("start_action = trap|start", "start_action = start")
      .replaceAll(installed, scriptPath);
  const connections = sections(block(swanctl, "connections"));
  return {
    asGenerated,
    connections: connections.map(({ name }) => name),
    swanctl: (connection) => {
      const others = connections.filter(({ name }) => name !== connection);
      return adapt(others.reduce((text, other) => text.replace(other.text, ""), swanctl));
    },
    strongswanConf: required(asGenerated, "strongswan.conf"),
    script: adapt(script),
    frrConf: asGenerated["frr.conf"] === undefined ? undefined : adapt(asGenerated["frr.conf"]),
  };
}

function required(files: Readonly<Record<string, string>>, name: string): string {
  const text = files[name];
  if (text === undefined) throw new Error(`the device has no file ${name}`);
  return text;
}

/** What stands between the braces of the named top-level section. */
function block(text: string, name: string): string {
  const found = sections(text).find((section) => section.name === name);
  if (found === undefined) throw new Error(`swanctl.conf has no section ${name}`);
  return found.text.slice(found.text.indexOf("{") + 1, -1);
}

/** The sections directly in the text, each from its name to its closing brace. */
function sections(text: string): { name: string; text: string }[] {
  const found: { name: string; text: string }[] = [];
  let depth = 0;
  let begin = 0;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === "{" && depth++ === 0) begin = text.lastIndexOf("\n", index) + 1;
    if (brace === "}" && --depth === 0) {
      const whole = text.slice(begin, index + 1);
      found.push({ name: whole.slice(0, whole.indexOf("{")).trim(), text: whole });
    }
  }
  return found;
}
