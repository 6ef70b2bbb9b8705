/** A server as a replication tool has to know it: what it is at the source, and how it is to be launched. */
import { MigrationError } from "../../../../core/error";
import type { Server } from "../../../../inventory/model";
import { parseAddress } from "../../../../network/address";
import type { Tenancy } from "../fleet-options";
import type { FleetPlan, ServerPlan } from "../server-plan";

/** What a plan does not say of a server's launch. Ids may be tokens. */
export interface ReplicationTarget {
  /** @default - none, and the tool uses its own default group */
  readonly securityGroupIds?: readonly string[];
  /** Where the test instance is launched. Cloud Migration Factory only. @default - where the server itself goes */
  readonly testSubnetIds?: readonly string[];
  /** @default - `securityGroupIds` */
  readonly testSecurityGroupIds?: readonly string[];
  /** The id of the dedicated host, for the tenancy `dedicated-host`. @default - any host of the account */
  readonly hostId?: string;
  /** Whether the operating system's licence is brought along, for the servers that must. @default - AWS's own default */
  readonly operatingSystemLicensing?: "LI" | "BYOL";
  /** Types of volumes by the name of the source's device: `{ "/dev/sda": "gp3" }`. @default - the tool's own default */
  readonly volumeTypes?: Readonly<Record<string, "gp3" | "gp2" | "io1" | "io2" | "st1" | "sc1" | "standard">>;
}

/** A server as a replication tool has to know it. */
export interface ReplicationServer {
  readonly server: Server;
  /** The type; undefined where none fits, and the tool chooses. */
  readonly instanceType?: string;
  readonly subnetId?: string;
  readonly privateAddress?: string;
  readonly tenancy: Tenancy;
  readonly target: ReplicationTarget;
}

/** The servers of the plan that are not launched yet, in the plan's order. An adopted instance is. */
export function replicationServers(
  plan: FleetPlan,
  targetOf: (server: ServerPlan) => ReplicationTarget = () => ({}),
): ReplicationServer[] {
  return plan.servers.flatMap((each) => {
    if (each.image?.source.kind === "adopt") return [];
    return [
      {
        server: each.server,
        ...(each.instanceType === undefined ? {} : { instanceType: each.instanceType }),
        ...(each.subnet === undefined ? {} : { subnetId: each.subnet.id }),
        ...(each.privateAddress === undefined ? {} : { privateAddress: each.privateAddress }),
        tenancy: each.tenancy,
        target: targetOf(each),
      },
    ];
  });
}

/** Where the tool's connector reaches the server: its DNS name, else its first IPv4 address. */
export function reachableAt(server: Server): string | undefined {
  if (server.fqdn !== undefined && server.fqdn !== "") return server.fqdn;
  return server.nics
    .flatMap((nic) => nic.addresses)
    .find((address) => {
      return parseAddress(address)?.version === 4 && !address.startsWith("169.254.") && !address.startsWith("127.");
    });
}

/** Which account and region servers go to. Both may be tokens. */
export interface ReplicationDestination {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Checks that every server has a name of its own, as its row is found by it.
 *
 * @throws MigrationError `REPLICATION_SERVER_NAME`
 */
export function checkNames(servers: readonly ReplicationServer[]): void {
  const seen = new Set<string>();
  for (const { server } of servers) {
    const name = server.name.toLowerCase();
    if (seen.has(name) || name.length > 256) {
      throw new MigrationError({
        code: "REPLICATION_SERVER_NAME",
        path: "servers",
        received: server.name,
        allowed: "names of at most 256 characters, each once, whatever its case",
        fix: "rename one of the two, or leave it out",
      });
    }
    seen.add(name);
  }
}
