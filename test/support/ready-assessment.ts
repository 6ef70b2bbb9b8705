/** A small estate that is ready to migrate, for tests that need an assessment and are about something else. */
import { assess, type Assessment } from "../../lib/assessment/assessment";
import type { ChecklistInput } from "../../lib/assessment/checklist/checklist";
import type { Waiver } from "../../lib/core/waiver";
import { inventorySchema, type Inventory, type InventoryInput } from "../../lib/inventory/model";

/** The day for which {@link readyAssessment} holds: no test may change its outcome because time passes. */
export const READY_AS_OF = "2026-01-15";

/** Three servers in three tiers, a database, and the flows between them. */
export const readyInventoryInput: InventoryInput = {
  format: "model",
  source: "ready.yaml",
  servers: [
    server("web-01", "web", "10.10.1.11", 2, 4096),
    server("app-01", "app", "10.10.2.11", 4, 16_384),
    server("db-01", "db", "10.10.3.11", 8, 65_536),
  ],
  networks: [{ name: "data centre", cidr: "10.10.0.0/16" }],
  databases: [{ name: "orders", engine: "postgresql", version: "16", server: "db-01", port: 5432, sizeMiB: 51_200 }],
  flows: [
    { source: "web-01", destination: "app-01", port: 8080, count: 1200 },
    { source: "app-01", destination: "db-01", port: 5432, count: 900 },
  ],
};

/** {@link readyInventoryInput}, parsed. */
export function readyInventory(changes: InventoryInput = {}): Inventory {
  return inventorySchema.parse({ ...readyInventoryInput, ...changes });
}

/** A checklist for {@link readyInventory} in which every item is answered. */
export const readyChecklist = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
      targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "the perimeter firewall admits 443 to web-01 only",
          evidence: "rule export of 2026-01-05",
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
        server: "db-01",
        port: 5432,
        clients: ["app-01"],
        owner: "shop team",
      },
    ],
    external_service_integrations: { none: "30 days of firewall logs show no connection to the outside" },
    file_system_dependencies: { none: "no server exports or mounts a file system" },
  },
  assess_compatibility: {
    runtime_dependencies: [{ name: "java", version: "21", servers: ["app-01"], owner: "shop team" }],
    license_requirements: [
      {
        product: "Red Hat Enterprise Linux",
        model: "subscription",
        servers: ["web-01", "app-01", "db-01"],
        evidence: "subscription 1234",
        owner: "procurement",
      },
    ],
  },
} satisfies ChecklistInput;

/** An assessment with the verdict `ready`. */
export function readyAssessment(
  options: {
    readonly inventory?: InventoryInput;
    readonly checklist?: ChecklistInput;
    readonly waivers?: readonly Waiver[];
    readonly asOf?: string;
  } = {},
): Assessment {
  return assess(readyInventory(options.inventory), options.checklist ?? readyChecklist, options.waivers ?? [], {
    asOf: options.asOf ?? READY_AS_OF,
  });
}

function server(name: string, tier: string, address: string, cpus: number, memoryMiB: number) {
  return {
    name,
    fqdn: `${name}.example.internal`,
    powerState: "on",
    os: { family: "linux", name: "Red Hat Enterprise Linux 9 (64-bit)", version: "9", architecture: "x86_64" },
    cpus,
    memoryMiB,
    disks: [{ name: "Hard disk 1", capacityMiB: 51_200, kind: "thin", controller: "SCSI controller 0", unit: 0 }],
    nics: [{ name: "Network adapter 1", network: "data centre", addresses: [address], connected: true }],
    application: "shop",
    tier,
    wave: "wave-1",
    environment: "prod",
    strategy: "rehost",
    utilisation: { cpuP95Percent: 40, memoryP95Percent: 55 },
    firmware: "efi",
    hardwareVersion: 15,
  } as const satisfies NonNullable<InventoryInput["servers"]>[number];
}
