/**
 * The inventory of the servers that stay in the office for now, and the answers to the checklist. A larger inventory comes
 * from a file, by `readInventory`.
 */
import type { ChecklistInput } from "cdktf-migration-patterns/assessment";
import { defineInventory } from "cdktf-migration-patterns/inventory";

const server = (name: string, address: string) => ({
  name,
  powerState: "on" as const,
  os: {
    family: "linux" as const,
    name: "Debian GNU/Linux 12 (64-bit)",
    version: "12",
    architecture: "x86_64" as const,
  },
  cpus: 4,
  memoryMiB: 16_384,
  disks: [
    { name: "Hard disk 1", capacityMiB: 102_400, kind: "thin" as const, controller: "SCSI controller 0", unit: 0 },
  ],
  nics: [{ name: "Network adapter 1", network: "office", addresses: [address], connected: true }],
  application: "orders",
  wave: "wave-1",
  environment: "prod",
  strategy: "rehost" as const,
  utilisation: { cpuP95Percent: 35, memoryP95Percent: 60 },
  firmware: "efi" as const,
  hardwareVersion: 19,
});

/** The servers, networks, databases and flows of the office. */
export const inventory = defineInventory({
  servers: [server("orders-app", "192.168.1.10"), server("orders-db", "192.168.1.20")],
  networks: [{ name: "office", cidr: "192.168.0.0/20" }],
  databases: [{ name: "orders", engine: "postgresql", version: "16", server: "orders-db", port: 5432 }],
  flows: [{ source: "orders-app", destination: "orders-db", port: 5432, count: 4200 }],
});

/** The answers to the assessment's checklist. */
export const checklist: ChecklistInput = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [{ name: "office", cidr: "192.168.0.0/20" }],
      targets: [{ name: "hybrid VPC", cidr: "10.40.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "the office's firewall admits nothing from outside but the tunnels",
          evidence: "rule export NET-311",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: [
      {
        database: "orders",
        engine: "postgresql",
        version: "16",
        server: "orders-db",
        port: 5432,
        clients: ["orders-app"],
        owner: "orders team",
      },
    ],
    external_service_integrations: { none: "30 days of firewall logs show no connection to the outside" },
    file_system_dependencies: { none: "no server exports or mounts a file system" },
  },
  assess_compatibility: {
    runtime_dependencies: [{ name: "java", version: "21", servers: ["orders-app"], owner: "orders team" }],
    license_requirements: { none: "both servers run free software only" },
  },
};
