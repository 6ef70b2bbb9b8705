/** FRR's zebra and bgpd in one namespace, with sockets and files of their own. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { attempt, run, start, until } from "./process";
import type { Place, Topology } from "./topology";

const summary = z.object({
  ipv4Unicast: z.object({ peers: z.record(z.string(), z.object({ state: z.string() })) }).optional(),
});
const routes = z.object({ routes: z.record(z.string(), z.array(z.unknown())).optional() });

export class Frr {
  private readonly folder: string;

  constructor(
    private readonly topology: Topology,
    private readonly place: Place,
    parent: string,
  ) {
    this.folder = path.join(parent, `${place}-frr`);
    mkdirSync(this.folder, { recursive: true });
  }

  /** Starts both daemons and gives them the configuration the way FRR does at boot. */
  public async up(configuration: string): Promise<void> {
    writeFileSync(path.join(this.folder, "frr.conf"), configuration);
    writeFileSync(path.join(this.folder, "vtysh.conf"), "");
    writeFileSync(path.join(this.folder, "empty.conf"), "");
    run(["chown", "-R", "frr:frr", this.folder]);
    for (const daemon of ["zebra", "bgpd"]) {
      const command = [
        `/usr/lib/frr/${daemon}`,
        ...["-f", path.join(this.folder, "empty.conf"), "-i", path.join(this.folder, `${daemon}.pid`)],
        ...["-z", path.join(this.folder, "zserv.api"), "--vty_socket", this.folder, "-P", "0"],
      ];
      start(this.topology.in(this.place, command), path.join(this.folder, `${daemon}.log`));
      await until(
        `the start of ${daemon} in ${this.place}`,
        10_000,
        () => this.vtysh(["-d", daemon, "-c", "show version"]).ok,
      );
    }
    const { ok, out } = this.vtysh(["-b"]);
    if (!ok || /% |error|unknown/i.test(out)) throw new Error(`FRR refuses a line of frr.conf: ${out.trim()}`);
  }

  /** The state of the session with each neighbour. */
  public states(): Record<string, string> {
    const peers = summary.parse(this.json("show bgp summary json")).ipv4Unicast?.peers ?? {};
    return Object.fromEntries(Object.entries(peers).map(([peer, { state }]) => [peer, state]));
  }

  /** The prefixes that were learned from the neighbour and accepted. */
  public learned(neighbor: string): string[] {
    return Object.keys(
      routes.parse(this.json(`show bgp ipv4 unicast neighbors ${neighbor} routes json`)).routes ?? {},
    ).sort();
  }

  private json(command: string): unknown {
    const { out } = this.vtysh(["-c", command]);
    return out.trim().startsWith("{") ? JSON.parse(out) : {};
  }

  private vtysh(args: readonly string[]): ReturnType<typeof attempt> {
    return attempt(["vtysh", "--vty_socket", this.folder, "--config_dir", this.folder, ...args]);
  }
}

/** Has FRR's own parser read the file. */
export function checkSyntax(file: string): void {
  const { ok, out } = attempt(["vtysh", "-C", "-f", file]);
  if (!ok || out.trim() !== "") throw new Error(`vtysh refuses frr.conf: ${out.trim()}`);
}
