/** What is proven of one connection, in order. A check that the rest depends on ends the scenario when it fails. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { acceptedSuites } from "./aws-side";
import { Capture } from "./capture";
import { Charon, shellSyntax } from "./charon";
import { checkSyntax } from "./frr";
import type { LabInput } from "./inputs";
import { negatives } from "./negatives";
import { attempt, until } from "./process";
import { expectThat, type Report } from "./report";
import type { LabTunnel, Site } from "./site";

const PATTERN = "5a5ec7e75a5ec7e7";

/** Runs all checks of the connection. */
export async function scenario(report: Report, name: string, input: LabInput, site: Site): Promise<void> {
  const check = (what: string, action: () => Promise<string> | string): Promise<boolean> =>
    report.check(name, what, action);
  const { topology, connection, tunnels, files } = site;
  const sorted = (values: readonly string[]): string => [...values].sort().join(" ");

  if (
    !(await check("both ends start", async () => {
      await site.up();
      return "4 strongSwan daemons";
    }))
  )
    return;

  await check("generated files are accepted", async () => {
    const folder = path.join(site.folder, "as-generated");
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files.asGenerated)) writeFileSync(path.join(folder, file), text);
    shellSyntax(path.join(folder, "tunnels.sh"));
    if (files.asGenerated["frr.conf"] !== undefined) checkSyntax(path.join(folder, "frr.conf"));
    const daemon = new Charon(topology, "inet", 1, site.folder);
    await daemon.up(files.strongswanConf);
    const loaded = daemon.load(files.asGenerated["swanctl.conf"] ?? "");
    await daemon.down();
    expectThat(sorted(loaded) === sorted(files.connections), `swanctl loaded ${loaded.join(", ")}`);
    return `swanctl loaded ${loaded.join(" and ")} unchanged${files.frrConf === undefined ? "" : ", vtysh read frr.conf"}`;
  });

  await check("nothing leaves in the clear before the tunnels are up", async () => {
    const seen = await Capture.during(
      topology,
      site.folder,
      { place: "inet", device: "site" },
      () => void site.ping(PATTERN),
    );
    expectThat(!seen.has(PATTERN), "the ping was seen on the internet");
    return "the generated unreachable route holds it back";
  });

  const established = await check("tunnels come up with the declared proposals", async () => {
    await site.connect();
    const found: string[] = [];
    for (const tunnel of tunnels) {
      const { value } = await until(`tunnel ${tunnel.aws.number}`, 30_000, () =>
        tunnel.customerDaemon.agreed(tunnel.connection),
      );
      const ike = acceptedSuites(tunnel.aws.phase1, true);
      expectThat(
        ike.has(value.ike),
        `tunnel ${tunnel.aws.number}: IKE agreed on ${value.ike}, declared is ${[...ike].join(" ")}`,
      );
      // The first child is keyed by the IKE exchange itself, so its Diffie-Hellman group shows only after a rekeying.
      const child = [...acceptedSuites(tunnel.aws.phase2, false)];
      expectThat(
        child.some((suite) => suite.startsWith(value.child)),
        `tunnel ${tunnel.aws.number}: ESP agreed on ${value.child}`,
      );
      const { onPremises, aws } = connection.selectors;
      expectThat(
        value.selectors[0] === onPremises && value.selectors[1] === aws,
        `tunnel ${tunnel.aws.number}: carries ${value.selectors.join(" to ")}, declared is ${onPremises} to ${aws}`,
      );
      found.push(`${tunnel.aws.number}: ${value.ike}`);
    }
    return found.join(", ");
  });
  if (!established) return;

  await check("a forced rekeying keeps the declared Diffie-Hellman group", async () => {
    const found: string[] = [];
    for (const tunnel of tunnels) {
      tunnel.customerDaemon.rekey(tunnel.connection);
      const accepted = acceptedSuites(tunnel.aws.phase2, false);
      const { value } = await until(
        `a rekeyed child of tunnel ${tunnel.aws.number} with a declared suite`,
        10_000,
        () => {
          const suite = tunnel.customerDaemon.agreed(tunnel.connection)?.child;
          return suite !== undefined && accepted.has(suite) ? suite : undefined;
        },
      );
      found.push(`${tunnel.aws.number}: ${value}`);
    }
    return found.join(", ");
  });

  if (connection.staticRoutesOnly) {
    await check("the generated script routes into the tunnels", () => {
      const routes = topology.run("onprem", ["ip", "route"]);
      for (const network of connection.awsNetworks) {
        for (const { device } of tunnels) {
          const route = new RegExp(`^${network.replaceAll(".", "\\.")} dev ${device} .*metric 1\\d\\d\\b`, "m");
          expectThat(route.test(routes), `no route to ${network} by ${device}:\n${routes}`);
        }
      }
      return `${connection.awsNetworks.join(", ")} by both`;
    });
    await check("AWS's routes are the declared ones", () => {
      expectThat(
        sorted(connection.staticRoutes) === sorted(input.onPremises),
        `AWS routes ${sorted(connection.staticRoutes)}, declared is ${sorted(input.onPremises)}`,
      );
      return sorted(connection.staticRoutes);
    });
  } else {
    await check("BGP is established and learns exactly the declared prefixes", async () => {
      const { ms } = await until("BGP in both tunnels", 60_000, () => bgpUp(site, tunnels));
      for (const { aws } of tunnels) {
        const wantedByAws = sorted(input.onPremises);
        const wantedHere = sorted(connection.awsNetworks);
        await until(
          `routes of tunnel ${aws.number}`,
          15_000,
          () =>
            site.awsFrr.learned(aws.customerInside).length > 0 && site.customerFrr.learned(aws.awsInside).length > 0,
        );
        const byAws = sorted(site.awsFrr.learned(aws.customerInside));
        const here = sorted(site.customerFrr.learned(aws.awsInside));
        expectThat(byAws === wantedByAws, `AWS learned ${byAws} in tunnel ${aws.number}, declared is ${wantedByAws}`);
        expectThat(
          here === wantedHere,
          `the customer learned ${here} in tunnel ${aws.number}, declared is ${wantedHere}`,
        );
      }
      return `both after ${(ms / 1000).toFixed(1)} s; AWS: ${sorted(input.onPremises)}; customer: ${sorted(connection.awsNetworks)}`;
    });
  }

  await check("a ping crosses, and only encrypted", async () => {
    await until("a ping to AWS", 15_000, () => site.ping());
    const outside = await Capture.during(topology, site.folder, { place: "inet", device: "site" }, () => {
      for (let count = 0; count < 5; count++) expectThat(site.ping(PATTERN), "a ping was lost");
    });
    const encrypted = outside.packets("udp port 4500").length;
    const plain = outside.packets("ip and not udp port 4500 and not udp port 500");
    expectThat(encrypted >= 10, `only ${encrypted} encrypted packets outside`);
    expectThat(plain.length === 0, `outside was seen: ${plain[0] ?? ""}`);
    expectThat(!outside.has(PATTERN), "the pattern was seen outside");
    return `${encrypted} packets UDP 4500, no other, no pattern`;
  });

  await check("control: the same look finds a plain ping", async () => {
    const [one] = tunnels;
    const seen = await Capture.during(topology, site.folder, { place: "inet", device: "site" }, () => {
      attempt(topology.in("onprem", ["ping", "-n", "-c", "2", "-W", "1", "-p", PATTERN, one.aws.outsideAddress]));
    });
    expectThat(seen.has(PATTERN), "the pattern of a plain ping was not seen: the proof above proves nothing");
    return "pattern seen";
  });

  await check("TCP segments are clamped", async () => {
    const sizes: number[] = [];
    for (const { device, aws } of tunnels) {
      const seen = await Capture.during(topology, site.folder, { place: "aws", device }, () => {
        const target = `exec 3<>/dev/tcp/${aws.awsInside}/9`;
        attempt(topology.in("onprem", ["timeout", "2", "bash", "-c", target]), { timeoutMs: 5_000 });
      });
      sizes.push(...seen.packets("tcp[tcpflags] & tcp-syn != 0").map((line) => Number(/mss (\d+)/.exec(line)?.[1])));
    }
    expectThat(
      sizes.length >= 2 && sizes.every((size) => size > 1000 && size <= 1387),
      `segment sizes ${sizes.join(", ")}`,
    );
    return `MSS ${[...new Set(sizes)].join(", ")}`;
  });

  let lost: 1 | 2 = input.primary ?? 1;
  if (input.primary === undefined) {
    await check("both tunnels share the traffic", async () => {
      for (const network of connection.awsNetworks) {
        const route = topology.run("onprem", ["ip", "route", "show", network]);
        for (const { device } of tunnels) expectThat(route.includes(`dev ${device} `), `not by ${device}: ${route}`);
      }
      // One flow takes one of them. That one is lost next.
      lost = (await carriers(site)).to === 2 ? 2 : 1;
      return `routes to ${connection.awsNetworks.join(", ")} by both, this flow by tunnel ${lost}`;
    });
  } else {
    await check("the declared tunnel carries the traffic, both ways", async () => {
      const { to, from } = await carriers(site);
      expectThat(to === input.primary && from === input.primary, `out by tunnel ${to}, back by tunnel ${from}`);
      return `tunnel ${lost}`;
    });
  }

  const other = lost === 1 ? 2 : 1;
  await check(`the loss of tunnel ${lost} moves traffic to tunnel ${other}`, async () => {
    topology.setLink(lost, "down");
    const { ms } = await until("traffic by the other tunnel", 90_000, () => site.ping() && site.ping() && site.ping());
    const { to, from } = await carriers(site);
    expectThat(to === other && from === other, `out by tunnel ${to}, back by tunnel ${from}`);
    return `after ${(ms / 1000).toFixed(1)} s`;
  });

  await check(`tunnel ${lost} is given up, and comes back by itself`, async () => {
    const tunnel = tunnels[lost - 1] ?? tunnels[0];
    const dead = await until(
      "the end of the lost tunnel",
      90_000,
      () => tunnel.customerDaemon.agreed(tunnel.connection) === undefined,
    );
    topology.setLink(lost, "up");
    const { ms } = await until("the tunnel's return", 90_000, () => {
      if (tunnel.customerDaemon.agreed(tunnel.connection) === undefined) return false;
      return connection.staticRoutesOnly || bgpUp(site, tunnels);
    });
    await until("a ping after the return", 30_000, () => site.ping());
    if (input.primary !== undefined) {
      // Routing may take a moment longer than the tunnel: three looks of some seconds each.
      let seen = await carriers(site);
      for (let look = 0; look < 2 && seen.to !== lost; look++) seen = await carriers(site);
      expectThat(seen.to === lost && seen.from === lost, `out by tunnel ${seen.to}, back by tunnel ${seen.from}`);
    }
    return `given up ${(dead.ms / 1000).toFixed(1)} s later, back ${(ms / 1000).toFixed(1)} s after the path`;
  });

  await negatives(check, site);
}

function bgpUp(site: Site, tunnels: readonly LabTunnel[]): boolean {
  const here = site.customerFrr.states();
  const there = site.awsFrr.states();
  return tunnels.every(
    ({ aws }) => here[aws.awsInside] === "Established" && there[aws.customerInside] === "Established",
  );
}

/** By which tunnel pings go out, and by which the answers come back. 0 where there are none, or by both. */
async function carriers(site: Site): Promise<{ to: number; from: number }> {
  const { topology, tunnels } = site;
  const watch = async (direction: "icmp-echo" | "icmp-echoreply"): Promise<number> => {
    const counts: number[] = [];
    for (const { device } of tunnels) {
      const seen = await Capture.during(topology, site.folder, { place: "onprem", device }, () => {
        for (let count = 0; count < 3; count++) site.ping();
      });
      counts.push(seen.packets(`icmp[icmptype] == ${direction}`).length);
    }
    const [one = 0, two = 0] = counts;
    return one > 0 && two === 0 ? 1 : two > 0 && one === 0 ? 2 : 0;
  };
  return { to: await watch("icmp-echo"), from: await watch("icmp-echoreply") };
}
