/** The data of a server that a replication tool needs: its properties at the source, and the settings of its launch. */
import { admit } from "../../../../core/door/admit";
import { MigrationError } from "../../../../core/error";
import type { Server } from "../../../../inventory/model";
import { parseAddress } from "../../../../network/address";
import type { Tenancy } from "../fleet-options";
import type { FleetPlan, ServerPlan } from "../server-plan";

/** Launch settings of a server that a plan lacks. Ids may be tokens. */
export interface ReplicationTarget {
  /**
   * The ids of the launched server's security groups.
   * @default - none, and the tool uses its own default group
   * @knownLength
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * The ids of the test instance's subnets. Cloud Migration Factory only.
   * @default - the server's own subnet
   * @knownLength
   */
  readonly testSubnetIds?: readonly string[];
  /**
   * The ids of the test instance's security groups. Cloud Migration Factory only.
   * @default - `securityGroupIds`
   * @knownLength
   */
  readonly testSecurityGroupIds?: readonly string[];
  /** The id of the dedicated host, for the tenancy `dedicated-host`. @default - any host of the account */
  readonly hostId?: string;
  /**
   * The licensing of the operating system: `LI` for AWS's licence, `BYOL` for one of your own.
   * @default - AWS's own default
   */
  readonly operatingSystemLicensing?: "LI" | "BYOL";
  /** Types of volumes by the name of the source's device: `{ "/dev/sda": "gp3" }`. @default - the tool's own default */
  readonly volumeTypes?: Readonly<Record<string, "gp3" | "gp2" | "io1" | "io2" | "st1" | "sc1" | "standard">>;
}

/** A server that a replication tool is to launch. */
export interface ReplicationServer {
  readonly server: Server;
  /** The instance type; undefined where none fits, and the tool chooses. */
  readonly instanceType?: string;
  readonly subnetId?: string;
  readonly privateAddress?: string;
  readonly tenancy: Tenancy;
  readonly target: ReplicationTarget;
}

/**
 * Returns the servers of the plan that are not launched yet, in the plan's order. An adopted instance is launched already.
 */
export function replicationServers(
  plan: FleetPlan,
  targetOf: (server: ServerPlan) => ReplicationTarget = () => ({}),
): ReplicationServer[] {
  admit("replicationServers", { plan, targetOf });
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

/**
 * Returns the name or address by which the tool's connector reaches the server: its DNS name, else its first IPv4 address.
 */
export function connectorAddress(server: Server): string | undefined {
  if (server.fqdn !== undefined && server.fqdn !== "") return server.fqdn;
  return server.nics
    .flatMap((nic) => nic.addresses)
    .find((address) => {
      return parseAddress(address)?.version === 4 && !address.startsWith("169.254.") && !address.startsWith("127.");
    });
}

/** The account and the region that servers go to. Both may be tokens. */
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
