/** strongSwan's own reading of swanctl.conf: which connections it has, and what stands in them. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { strongSwan } from "../../lib/patterns/infrastructure/hybrid-cloud/device";
import type { VpnSpec } from "../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import { connection, key1, key2, outside1, outside2 } from "../patterns/infrastructure/hybrid-cloud/device/fixture";
import { attempt, start, until } from "../vpn/process";
import { expectThat, type Report } from "../vpn/report";

/** What Terraform fills in: the characters that AWS allows in a key (VPN User Guide, tunnel options). */
const VALUES: readonly (readonly [token: string, value: string])[] = [
  [outside1, "203.0.113.1"],
  [outside2, "203.0.113.2"],
  [key1, "A.very_long.key.of-64".replace("-", "_")],
  [key2, "0123456789abcdefghijklmnopqrstuvwxyz._"],
];
const ADDRESS = "198.51.100.10";

/** A daemon that brings nothing up: it reads the files. */
class Reader {
  constructor(private readonly folder: string) {}

  public async up(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(
      path.join(this.folder, "strongswan.conf"),
      `charon-systemd {
  load = random nonce drbg aes sha1 sha2 hmac kdf gcm openssl kernel-netlink socket-default vici
  port = 0
  port_nat_t = 0
  plugins { vici { socket = unix://${this.folder}/vici } }
}
swanctl { load = random openssl }
`,
    );
    start(["charon-systemd"], path.join(this.folder, "log"), this.environment);
    await until("the start of strongSwan", 10_000, () => this.swanctl("--stats").ok);
  }

  /** Returns the connections as strongSwan lists them, each by its name, or undefined where it refuses the file. */
  public read(text: string): ReadonlyMap<string, string> | undefined {
    writeFileSync(path.join(this.folder, "swanctl.conf"), text, { mode: 0o600 });
    this.swanctl("--load-all", "--clear");
    const { out } = this.swanctl("--list-conns", "--raw");
    const found = [...out.matchAll(/^list-conn event \{([^\s{]+) \{(.*)\}\}$/gm)];
    return new Map(found.map(([, name = "", body = ""]) => [name, body]));
  }

  private get environment(): NodeJS.ProcessEnv {
    return { STRONGSWAN_CONF: path.join(this.folder, "strongswan.conf"), SWANCTL_DIR: this.folder };
  }

  private swanctl(...args: readonly string[]): ReturnType<typeof attempt> {
    return attempt(["swanctl", ...args, "--uri", `unix://${this.folder}/vici`], { env: this.environment });
  }
}

function written(spec: VpnSpec, options: Parameters<typeof strongSwan>[0] = {}): string {
  const text = strongSwan(options).render(spec)["swanctl.conf"] ?? "";
  return VALUES.reduce((filled, [token, value]) => filled.replaceAll(token, value), text);
}

/** Has strongSwan read what the device writes, and what it would write without its checks. */
export async function readByStrongSwan(report: Report, folder: string): Promise<void> {
  const reader = new Reader(path.join(folder, "swan"));
  await reader.up();
  await report.check("strongSwan", "reads the two connections and nothing else", () => {
    const longest = `a${"-b1".repeat(10)}c`;
    const specs: readonly VpnSpec[] = [
      connection(),
      connection({ name: longest, customerGateway: { address: "2001:db8::10" } }),
      connection({ trafficSelectors: { onPremises: "192.168.0.0/16", aws: "10.0.0.0/8" } }),
    ];
    for (const spec of specs) {
      for (const localAddress of ["%any", "10.1.2.3", "2001:db8::5"]) {
        const found = reader.read(written(spec, { localAddress }));
        const names = [`${spec.name}-t1`, `${spec.name}-t2`];
        expectThat(String([...(found?.keys() ?? [])].sort()) === String(names), `it has ${String([...(found ?? [])])}`);
        names.forEach((name, index) => {
          const body = found?.get(name) ?? "";
          for (const value of [
            `local_addrs=[${localAddress}]`,
            `remote_addrs=[203.0.113.${index + 1}]`,
            `id=${spec.customerGateway.address ?? ""}`,
            `local-ts=[${spec.trafficSelectors.onPremises}]`,
            `remote-ts=[${spec.trafficSelectors.aws}]`,
          ])
            expectThat(body.includes(value), `${name} has no ${value}: ${body}`);
        });
      }
    }
    return `${specs.length} specifications, each with three addresses of its own`;
  });
  await report.check("strongSwan", "would take what is refused for a connection of its own", () => {
    const hostile = `${ADDRESS}\n    }\n  }\n}\nconnections {\n  evil {\n    remote {\n    id = 192.0.2.66`;
    let refusal = "";
    try {
      written(connection({ customerGateway: { address: hostile } }));
    } catch (error) {
      refusal = (error as { readonly code?: string }).code ?? "";
    }
    expectThat(refusal === "HYBRID_VPN_DEVICE_ADDRESS", `it was not refused: ${refusal}`);
    const without = written(connection()).replace(`id = ${ADDRESS}`, `id = ${hostile}`);
    const names = [...(reader.read(without)?.keys() ?? [])];
    expectThat(names.includes("evil"), `the hole was not seen: ${String(names)}`);
    return `refused with ${refusal}; written all the same, it would be ${names.sort().join(", ")}`;
  });
}
