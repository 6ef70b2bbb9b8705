/** Both ends of one connection, brought up: what the scenario then asks questions of. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { AwsConnection, AwsTunnel } from "./aws-connection";
import { awsFrr, awsSwanctl, awsUpdown } from "./aws-side";
import { Charon } from "./charon";
import { customerFiles, type CustomerFiles } from "./customer-side";
import { Frr } from "./frr";
import { attempt } from "./process";
import type { DeviceOutput } from "./synthesized";
import { Topology } from "./topology";

/** One tunnel's two daemons, and the device that stands for its interface in both namespaces. */
export interface LabTunnel {
  readonly aws: AwsTunnel;
  readonly connection: string;
  readonly device: string;
  readonly customerDaemon: Charon;
  readonly awsDaemon: Charon;
}

export class Site {
  public readonly topology: Topology;
  public readonly files: CustomerFiles;
  public readonly tunnels: readonly [LabTunnel, LabTunnel];
  public readonly customerFrr: Frr;
  public readonly awsFrr: Frr;
  /** A host on premises, and one in AWS. */
  public readonly hosts: { readonly onprem: string; readonly aws: string };

  constructor(
    public readonly connection: AwsConnection,
    output: DeviceOutput,
    onPremises: readonly string[],
    public readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.hosts = { onprem: hostOf(onPremises[0] ?? ""), aws: hostOf(connection.awsNetworks[0] ?? "") };
    this.topology = new Topology(connection.customerAddress, this.hosts);
    this.files = customerFiles(output, connection.values, this.scriptPath);
    const tunnel = (aws: AwsTunnel): LabTunnel => ({
      aws,
      connection: this.files.connections[aws.number - 1] ?? "",
      device: `ipsec${aws.number - 1}`,
      customerDaemon: new Charon(this.topology, "onprem", aws.number, folder),
      awsDaemon: new Charon(this.topology, "aws", aws.number, folder),
    });
    const [one, two] = connection.tunnels;
    this.tunnels = [tunnel(one), tunnel(two)];
    this.customerFrr = new Frr(this.topology, "onprem", folder);
    this.awsFrr = new Frr(this.topology, "aws", folder);
  }

  public get scriptPath(): string {
    return path.join(this.folder, "tunnels.sh");
  }

  /** Everything but the customer's connections: daemons, AWS's whole end, the generated script, BGP. */
  public async up(): Promise<void> {
    this.topology.up();
    for (const { aws, device, awsDaemon } of this.tunnels) {
      const attempts = 4;
      const patience = ((aws.dpdTimeout - 10) / attempts).toFixed(1);
      await awsDaemon.up(
        `charon-systemd { retransmit_base = 1.0\n retransmit_timeout = ${patience}\n retransmit_tries = ${attempts - 1} }\n`,
      );
      this.topology.run("aws", ["ip", "address", "add", `${aws.awsInside}/30`, "dev", device]);
      this.topology.run("aws", ["ip", "link", "set", device, "up"]);
      // In the order of the tunnels, so that each daemon gets the device that the files name.
    }
    for (const { customerDaemon } of this.tunnels) await customerDaemon.up(this.files.strongswanConf);
    writeFileSync(this.scriptPath, this.files.script);
    chmodSync(this.scriptPath, 0o755);
    this.topology.run("onprem", [this.scriptPath, "up"]);
  }

  /** Loads both ends of each tunnel, the customer's as generated, and starts BGP. */
  public async connect(): Promise<void> {
    const { connection } = this;
    // Whoever starts a tunnel loads its end last: a start that finds nobody is refused for good.
    for (const tunnel of this.tunnels) {
      const starts = tunnel.aws.startupAction === "start";
      if (!starts) this.loadAws(tunnel);
      tunnel.customerDaemon.load(this.files.swanctl(tunnel.connection));
      if (starts) this.loadAws(tunnel);
    }
    if (connection.staticRoutesOnly) return;
    await this.awsFrr.up(awsFrr(connection));
    if (this.files.frrConf === undefined) throw new Error("the connection has BGP, and the device has no frr.conf");
    await this.customerFrr.up(this.files.frrConf);
  }

  /** Loads AWS's end of the tunnel. */
  public loadAws({ aws, device, awsDaemon }: LabTunnel): void {
    const updown = path.join(this.folder, `aws-updown${aws.number}`);
    writeFileSync(updown, awsUpdown(this.connection, aws, device), { mode: 0o755 });
    awsDaemon.load(awsSwanctl(this.connection, aws, this.connection.staticRoutesOnly ? updown : undefined));
  }

  /** One ping from the host on premises to the one in AWS, at most a second. */
  public ping(pattern = "00"): boolean {
    const command = ["ping", "-n", "-c", "1", "-W", "1", "-p", pattern, "-I", this.hosts.onprem, this.hosts.aws];
    return attempt(this.topology.in("onprem", command), { timeoutMs: 3_000 }).ok;
  }

  public async down(): Promise<void> {
    for (const { customerDaemon, awsDaemon } of this.tunnels)
      await Promise.all([customerDaemon.down(), awsDaemon.down()]);
  }
}

/** The tenth address of the network. */
function hostOf(network: string): string {
  const [address = ""] = network.split("/");
  const octets = address.split(".").map(Number);
  return [...octets.slice(0, 3), (octets[3] ?? 0) + 10].join(".");
}
