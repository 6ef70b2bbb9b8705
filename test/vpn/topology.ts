/**
 * Three network namespaces: the customer's site, the internet, and AWS. All traffic stays inside them.
 *
 *     onprem ── inet ══ aws        two links to AWS, one for each tunnel's outside address
 */
import { attempt, run } from "./process";

export type Place = "onprem" | "inet" | "aws";

/** AWS's outside addresses, each the last but one of a link of its own. */
export const OUTSIDE_ADDRESSES = ["198.18.0.1", "198.18.0.129"] as const;
const ROUTER_ADDRESSES = ["198.18.0.2", "198.18.0.130"] as const;

export class Topology {
  /** Of the customer's side, towards the internet. */
  public static readonly customerInterface = "wan";
  private readonly prefix = `vpnlab${process.pid}`;

  constructor(
    private readonly customerAddress: string,
    private readonly hosts: { readonly onprem: string; readonly aws: string },
  ) {}

  /** The namespace's name. */
  public name(place: Place): string {
    return `${this.prefix}-${place}`;
  }

  /** The command, to be run in the namespace. */
  public in(place: Place, command: readonly string[]): string[] {
    return ["ip", "netns", "exec", this.name(place), ...command];
  }

  public run(place: Place, command: readonly string[], timeoutMs?: number): string {
    return run(this.in(place, command), timeoutMs === undefined ? {} : { timeoutMs });
  }

  public up(): void {
    const ip = (place: Place, ...args: string[]): void => void run(["ip", "-n", this.name(place), ...args]);
    for (const place of ["onprem", "inet", "aws"] as const) {
      run(["ip", "netns", "add", this.name(place)]);
      ip(place, "link", "set", "lo", "up");
    }
    const octets = this.customerAddress.split(".");
    const router = [...octets.slice(0, 3), octets[3] === "254" ? "253" : "254"].join(".");
    this.link("onprem", Topology.customerInterface, "inet", "site");
    ip("onprem", "address", "add", `${this.customerAddress}/24`, "dev", Topology.customerInterface);
    ip("inet", "address", "add", `${router}/24`, "dev", "site");
    // A real default route towards the internet: what is not encrypted would be seen there.
    ip("onprem", "route", "add", "default", "via", router);
    OUTSIDE_ADDRESSES.forEach((address, index) => {
      const device = `aws${index + 1}`;
      this.link("aws", `wan${index + 1}`, "inet", device);
      ip("aws", "address", "add", `${address}/25`, "dev", `wan${index + 1}`);
      ip("inet", "address", "add", `${ROUTER_ADDRESSES[index] ?? ""}/25`, "dev", device);
      ip("aws", "rule", "add", "from", address, "table", `${101 + index}`, "priority", "100");
      ip("aws", "route", "add", "default", "via", ROUTER_ADDRESSES[index] ?? "", "table", `${101 + index}`);
    });
    ip("aws", "route", "add", `${this.customerAddress}/32`, "via", ROUTER_ADDRESSES[0]);
    ip("aws", "route", "add", "unreachable", "default", "metric", "4000000");
    ip("onprem", "address", "add", `${this.hosts.onprem}/32`, "dev", "lo");
    ip("aws", "address", "add", `${this.hosts.aws}/32`, "dev", "lo");
    for (const place of ["inet", "aws"] as const) {
      this.run(place, ["sysctl", "-q", "-w", "net.ipv4.ip_forward=1"]);
    }
    this.run("aws", ["sysctl", "-q", "-w", "net.ipv4.conf.all.rp_filter=0"]);
    this.secondDaemons();
  }

  /** Cuts or mends the internet's link to one of AWS's outside addresses. */
  public setLink(tunnel: 1 | 2, state: "up" | "down"): void {
    // Dropped in the middle, so that neither end sees its own link go down.
    const rule = `ip saddr ${OUTSIDE_ADDRESSES[tunnel - 1] ?? ""} drop; ip daddr ${OUTSIDE_ADDRESSES[tunnel - 1] ?? ""} drop`;
    const chain = "chain forward { type filter hook forward priority 0;";
    const text = state === "down" ? `table ip cut { ${chain} ${rule}; }\n}\n` : "delete table ip cut\n";
    run(this.in("inet", ["nft", "-f", "-"]), { input: text });
  }

  /** Deletes the namespaces, and with them everything in them. */
  public down(): void {
    for (const place of ["onprem", "inet", "aws"] as const) attempt(["ip", "netns", "delete", this.name(place)]);
  }

  private link(a: Place, aDevice: string, b: Place, bDevice: string): void {
    run([
      "ip",
      "link",
      "add",
      aDevice,
      "netns",
      this.name(a),
      "type",
      "veth",
      "peer",
      "name",
      bDevice,
      "netns",
      this.name(b),
    ]);
    run(["ip", "-n", this.name(a), "link", "set", aDevice, "up"]);
    run(["ip", "-n", this.name(b), "link", "set", bDevice, "up"]);
  }

  /** The second daemon of each end listens on 1500 and 1501; on the wire it speaks from and to 500 and 4500. */
  private secondDaemons(): void {
    const [, remote] = OUTSIDE_ADDRESSES;
    const nat = (own: string, ownMatch: string, toMatch: string): string => `table ip second {
  chain in { type nat hook prerouting priority -100;
    ${ownMatch} udp dport 500 dnat to ${own}:1500
    ${ownMatch} udp dport 4500 dnat to ${own}:1501
  }
  chain out { type nat hook postrouting priority 100;
    ${toMatch} udp sport 1500 snat to ${own}:500
    ${toMatch} udp sport 1501 snat to ${own}:4500
  }
}
`;
    run(this.in("aws", ["nft", "-f", "-"]), { input: nat(remote, `ip daddr ${remote}`, `ip saddr ${remote}`) });
    run(this.in("onprem", ["nft", "-f", "-"]), {
      input: nat(this.customerAddress, `ip saddr ${remote}`, `ip daddr ${remote}`),
    });
  }
}
