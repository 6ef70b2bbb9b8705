/** The catalog's group `inventory_current_infrastructure`: the facts about the estate that an inventory's file cannot hold. */
import { z } from "zod";
import { fileText } from "../../core/file-text";
import { isoDate } from "../../core/iso-date";
import { operatingSystemSchema, strategies } from "../../inventory/model";
import { cidrText, nonEmptyText, owner } from "./fields";
import { answer, EMPTY_LIST_MESSAGE, missingError } from "./answer";

/** The EBS volume types that hold a server's disks. */
export const volumeTypes = ["gp3", "gp2", "io2", "io1", "st1", "sc1"] as const;

/** An EBS volume type. */
export type VolumeType = (typeof volumeTypes)[number];

/** The schema of a {@link ServerDecision}: what a person decides about a server, or knows better than the inventory's file. */
export const serverDecisionSchema = z.strictObject({
  server: nonEmptyText.describe("The server's name, as the inventory has it"),
  renamedFrom: nonEmptyText
    .optional()
    .describe("The name it had when it was last deployed; may go when every state has moved"),
  strategy: z
    .enum(strategies)
    .optional()
    .describe("One of the seven Rs; retire and retain take it out of the migration"),
  wave: nonEmptyText.optional(),
  application: nonEmptyText.optional(),
  tier: nonEmptyText.optional(),
  environment: nonEmptyText.optional(),
  os: operatingSystemSchema
    .optional()
    .describe("Its operating system, where the inventory does not know it or is wrong"),
  cpus: z.int().positive().max(65_536).optional(),
  memoryMiB: z.number().positive().optional(),
  tenancy: z.enum(["shared", "dedicated", "dedicated-host"]).optional(),
  instanceType: nonEmptyText.optional(),
  reason: fileText().optional(),
});

const namedCidr = z.strictObject({ name: nonEmptyText, cidr: cidrText });

/** The schema of a {@link NetworkConfiguration}. */
export const networkConfigurationSchema = z.strictObject({
  sources: z.array(namedCidr).min(1).describe("The networks that are migrated from, or stay and are connected"),
  targets: z.array(namedCidr).min(1).describe("The VPCs, or whatever the servers move into"),
  peers: z
    .array(namedCidr)
    .default([])
    .describe("Networks that are reached from the target by peering, transit gateway or VPN: other VPCs, partners"),
  containers: z
    .array(namedCidr)
    .default([])
    .describe("Pod, service and bridge networks of container platforms on either side"),
  nameServers: z.array(nonEmptyText).default([]).describe("The DNS servers that the servers resolve names with"),
});

/** The schema of {@link StorageRequirements}. */
export const storageRequirementsSchema = z.strictObject({
  volumeType: z.enum(volumeTypes).default("gp3").describe("The EBS volume type of every disk that has none of its own"),
  volumes: z
    .array(
      z.strictObject({
        server: nonEmptyText,
        disk: nonEmptyText.optional().describe("The disk's label; without it, all disks of the server"),
        volumeType: z.enum(volumeTypes),
      }),
    )
    .default([]),
  growthPercent: z.number().min(0).max(1000).default(0).describe("Room for growth, in percent of each disk's capacity"),
});

/** The kinds of security controls. */
export const securityControlKinds = [
  "firewall",
  "identity",
  "encryption",
  "secrets",
  "endpoint-protection",
  "logging",
  "backup",
  "compliance",
] as const;

/** The schema of {@link SecurityConfigurations}. */
export const securityConfigurationsSchema = z.strictObject({
  dataClassification: z.enum(["public", "internal", "confidential", "restricted"]),
  controls: z
    .array(
      z.strictObject({
        kind: z.enum(securityControlKinds),
        description: fileText(z.string().trim().min(10)).describe(
          "The control and what it protects, in at least 10 characters",
        ),
        evidence: nonEmptyText.describe("The proof of the control: a document, a ticket, a rule export"),
        owner,
        reviewedOn: isoDate.optional(),
      }),
    )
    .min(1)
    .describe("The controls that protect the servers today and must hold after the move"),
});

/** The schema of the group `inventory_current_infrastructure`. */
export const infrastructureSchema = z.strictObject(
  {
    servers_and_specifications: answer(
      "servers_and_specifications",
      "Which servers are there, and what has been decided about them beyond what the inventory says?",
      z.array(serverDecisionSchema).min(1, EMPTY_LIST_MESSAGE),
    ).optional(),
    network_configuration: answer(
      "network_configuration",
      "Which networks are migrated from and into, and which others are reached from them?",
      networkConfigurationSchema,
    ),
    storage_requirements: answer(
      "storage_requirements",
      "Which kind of volume does each disk need, and how much room to grow?",
      storageRequirementsSchema,
    ).optional(),
    security_configurations: answer(
      "security_configurations",
      "Which controls protect the servers and their data today?",
      securityConfigurationsSchema,
    ),
  },
  missingError("inventory_current_infrastructure"),
);

/** A decision about one server. */
export type ServerDecision = Readonly<z.output<typeof serverDecisionSchema>>;
/** The networks that are migrated from and into, and those that are reached from them. */
export type NetworkConfiguration = Readonly<z.output<typeof networkConfigurationSchema>>;
/** The volume type of each disk, and its room to grow, in percent. */
export type StorageRequirements = Readonly<z.output<typeof storageRequirementsSchema>>;
/** The controls that protect the servers and their data today. */
export type SecurityConfigurations = Readonly<z.output<typeof securityConfigurationsSchema>>;
