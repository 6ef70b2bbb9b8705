/**
 * The faults that must be visible, each with the words in which it shows on either end. The generated file is used with one
 * line changed; the connection is taken down before, and the other tunnel stays as it is.
 */
import { awsSwanctl } from "./aws-side";
import { until } from "./process";
import { expectThat } from "./report";
import type { LabTunnel, Site } from "./site";

type Check = (what: string, action: () => Promise<string> | string) => Promise<boolean>;

interface Fault {
  readonly what: string;
  /** The generated text with the fault in it. */
  readonly change: (text: string) => string;
  /** What the customer's end says. */
  readonly here: RegExp;
  /** What AWS's end logs. */
  readonly there: RegExp;
}

/** A suite that AWS never offers. */
const FOREIGN_ESP = "aes192-sha256-modp2048";

export async function negatives(check: Check, site: Site): Promise<void> {
  const [tunnel] = site.tunnels;
  const foreignGroup = tunnel.aws.phase1.dhGroups.includes(15) ? "modp8192" : "modp3072";
  const faults: readonly Fault[] = [
    {
      what: "a wrong key fails",
      change: (text) => text.replaceAll(tunnel.aws.preSharedKey, "wrong.key.0123456789"),
      here: /received AUTHENTICATION_FAILED/,
      there: /MAC mismatched/,
    },
    {
      what: "a mismatched IKE proposal fails",
      change: (text) => setOption(text, "proposals", `aes256-sha256-${foreignGroup}`),
      here: /received NO_PROPOSAL_CHOSEN/,
      there: /received proposals unacceptable/,
    },
    {
      what: "a mismatched ESP proposal fails",
      change: (text) => setOption(text, "esp_proposals", FOREIGN_ESP),
      here: /received NO_PROPOSAL_CHOSEN/,
      there: /no acceptable proposal found/,
    },
  ];
  for (const fault of faults) {
    await check(fault.what, () => {
      const before = reset(site, tunnel);
      tunnel.customerDaemon.load(once(fault.change(site.files.swanctl(tunnel.connection))));
      const { ok, out } = tunnel.customerDaemon.initiate(tunnel.connection);
      expectThat(!ok, "the tunnel came up all the same");
      const here = fault.here.exec(out)?.[0];
      const there = fault.there.exec(tunnel.awsDaemon.log().slice(before))?.[0];
      expectThat(here !== undefined, `the customer's end said: ${out.trim()}`);
      expectThat(there !== undefined, "AWS's end did not log the reason");
      expectThat(tunnel.customerDaemon.agreed(tunnel.connection) === undefined, "there is a tunnel");
      return `${here ?? ""} / ${there ?? ""}`;
    });
  }
  await check("a mismatched phase 2 Diffie-Hellman group fails at the rekeying", async () => {
    const before = reset(site, tunnel);
    const foreign = tunnel.aws.phase2.dhGroups.includes(15) ? "modp8192" : "modp3072";
    const text = site.files.swanctl(tunnel.connection);
    const esp = option(text, "esp_proposals")
      .split(",")
      .map((proposal) => proposal.trim().replace(/-(modp|ecp).*$/, `-${foreign}`));
    tunnel.customerDaemon.load(once(setOption(text, "esp_proposals", esp.join(", "))));
    const { ok, out } = tunnel.customerDaemon.initiate(tunnel.connection);
    expectThat(ok, `the first child did not come up: ${out.trim()}`);
    tunnel.customerDaemon.rekey(tunnel.connection);
    await until("AWS's refusal", 10_000, () =>
      /no acceptable proposal found/.test(tunnel.awsDaemon.log().slice(before)),
    );
    return "up at first; no acceptable proposal found when it is rekeyed";
  });
  await check("the generated files bring it up again", async () => {
    reset(site, tunnel);
    tunnel.customerDaemon.load(site.files.swanctl(tunnel.connection));
    // It has been taught to wait; where AWS starts, it starts again.
    if (tunnel.aws.startupAction === "start") site.loadAws(tunnel);
    await until("the tunnel", 30_000, () => tunnel.customerDaemon.agreed(tunnel.connection));
    return "tunnel 1 is up";
  });
}

/** Ends the tunnel at both ends. Gives back where AWS's log is now. */
function reset(site: Site, tunnel: LabTunnel): number {
  // AWS's end first waits to be called, whatever the connection says: the fault is to be seen once, from the customer.
  tunnel.awsDaemon.load(
    awsSwanctl(site.connection, tunnel.aws, undefined).replaceAll("start_action = start", "start_action = none"),
  );
  tunnel.customerDaemon.load(once(site.files.swanctl(tunnel.connection)));
  tunnel.customerDaemon.terminate(tunnel.connection);
  tunnel.awsDaemon.terminate(`aws${tunnel.aws.number}`);
  return tunnel.awsDaemon.log().length;
}

/** The connection, to be tried once and only when told. */
function once(text: string): string {
  return ["start_action", "close_action", "dpd_action"]
    .reduce((each, name) => setOption(each, name, name === "dpd_action" ? "clear" : "none"), text)
    .replace("keyingtries = 0", "keyingtries = 1");
}

function option(text: string, name: string): string {
  return new RegExp(`^\\s*${name} = (.*)$`, "m").exec(text)?.[1] ?? "";
}

function setOption(text: string, name: string, value: string): string {
  return text.replace(new RegExp(`^(\\s*${name}) = .*$`, "m"), `$1 = ${value}`);
}
