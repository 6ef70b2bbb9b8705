/** Servers that a replication tool is told of. */
import type { Inventory } from "../../../../../lib/inventory/model";
import {
  planReplication,
  replicationServers,
  type ReplicationServer,
  type ReplicationTarget,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { existing, inventoryOf, serverInput } from "../fixtures";

export const DESTINATION = { accountId: "012345678901", region: "eu-central-1" };

const common = {
  application: "shop",
  wave: "wave-1",
  environment: "prod",
  strategy: "rehost",
} as const;

/** Two Linux servers and one with Windows, in one wave. */
export const estate: Inventory = inventoryOf([
  serverInput("web-02", {
    ...common,
    tier: "web",
    fqdn: "web-02.example.internal",
    os: { family: "linux", name: "Ubuntu 22.04", version: "22.04", architecture: "x86_64" },
    firmware: "efi",
    tags: { Owner: 'Smith, "Jo"', cost: "42" },
  }),
  serverInput("web-01", {
    ...common,
    tier: "web",
    fqdn: "web-01.example.internal",
    os: { family: "linux", name: "Ubuntu 22.04", version: "22.04", architecture: "x86_64" },
    firmware: "bios",
    nics: [{ addresses: ["10.10.1.17"] }],
  }),
  serverInput("db-01", {
    ...common,
    tier: "db",
    os: { family: "windows", name: "Windows Server 2022", version: "2022", architecture: "x86_64" },
    nics: [{ addresses: ["169.254.1.1", "10.10.3.19"] }],
    target: { instanceType: "r7i.large", tenancy: "dedicated-host" },
  }),
]);

export function serversOf(
  inventory: Inventory = estate,
  target: (name: string) => ReplicationTarget = () => ({ securityGroupIds: ["sg-0000000a", "sg-0000000b"] }),
): ReplicationServer[] {
  return replicationServers(planReplication({ servers: inventory.servers, network: existing }), ({ server }) =>
    target(server.name),
  );
}
