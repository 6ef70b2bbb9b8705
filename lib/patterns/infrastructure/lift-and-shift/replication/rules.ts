/** The rules about servers that a replication tool refuses, or launches wrongly. */
import { defineRule, type Rule } from "../../../../core/rule";
import { intakeRow, MIGRATION_FACTORY_REQUIRED } from "./migration-factory-intake";
import { connectorAddress, type ReplicationServer } from "./replication-server";

/** The subject of {@link replicationRules}: `ReplicationExport.review`. */
export interface ReplicationReview {
  readonly servers: readonly ReplicationServer[];
  /** Whether a form for Cloud Migration Factory is written. */
  readonly factory: boolean;
  /** Whether an import file for Application Migration Service is written. */
  readonly mgn: boolean;
}

/** Reports a server whose platform the replication tools do not support. */
export const replicationPlatformUnsupported: Rule<ReplicationReview> = defineRule<ReplicationReview>({
  id: "replication-platform-unsupported",
  title: "A server's platform cannot be replicated",
  severity: "blocker",
  why: 'Application Migration Service replicates Linux and Windows (User Guide, "Importing your data inventory", mgn:server:platform), and Cloud Migration Factory takes no other',
  remedy:
    "correct the operating system in the inventory, or move the server another way and leave it out of the export",
  *check({ servers }) {
    for (const { server } of servers) {
      if (server.os.family === "linux" || server.os.family === "windows") continue;
      yield {
        subject: server.name,
        message: `its operating system is ${server.os.name ?? `of the family ${server.os.family}`}`,
        ...(server.location === undefined ? {} : { location: server.location }),
      };
    }
  },
});

/** Reports a server to be imported that has neither a DNS name nor an IPv4 address. */
export const mgnAddressMissing: Rule<ReplicationReview> = defineRule<ReplicationReview>({
  id: "mgn-address-missing",
  title: "A server to be imported has neither DNS name nor address",
  severity: "blocker",
  why: 'a row must have the server\'s IP address or its FQDN (Application Migration Service User Guide, "Importing your data inventory", additional considerations)',
  remedy: "add the server's fqdn, or a network adapter with its IPv4 address, to the inventory",
  *check({ servers, mgn }) {
    if (!mgn) return;
    for (const { server } of servers) {
      if (connectorAddress(server) !== undefined) continue;
      yield {
        subject: server.name,
        message: "the inventory has neither its fqdn nor an IPv4 address",
        ...(server.location === undefined ? {} : { location: server.location }),
      };
    }
  },
});

/** Reports an application that is in two waves. */
export const mgnApplicationInTwoWaves: Rule<ReplicationReview> = defineRule<ReplicationReview>({
  id: "mgn-application-in-two-waves",
  title: "An application to be imported is in two waves",
  severity: "blocker",
  why: "an application is in one wave at most (Application Migration Service API Reference, Application), and rows that conflict fail the import",
  remedy: "put all its servers in one wave, or give the parts names of their own",
  *check({ servers, mgn }) {
    if (!mgn) return;
    const waves = new Map<string, Set<string>>();
    for (const { server } of servers) {
      if (server.application === undefined || server.wave === undefined) continue;
      const known = waves.get(server.application) ?? new Set();
      waves.set(server.application, known.add(server.wave));
    }
    for (const [application, names] of waves) {
      if (names.size > 1) yield { subject: application, message: `it is in the waves ${[...names].sort().join(", ")}` };
    }
  },
});

/** Reports a replicated server without an instance type. */
export const replicationInstanceTypeMissing: Rule<ReplicationReview> = defineRule<ReplicationReview>({
  id: "replication-instance-type-missing",
  title: "A replicated server has no instance type",
  severity: "warning",
  why: "the replication tool chooses one by CPUs and memory alone, whatever it costs",
  remedy: "add CPUs and memory to the inventory, or set the type in target.instanceType or overrides",
  *check({ servers }) {
    for (const { server, instanceType } of servers) {
      if (instanceType === undefined)
        yield { subject: server.name, message: "neither the inventory nor the plan has a type for it" };
    }
  },
});

/** Reports a row that Cloud Migration Factory refuses. */
export const factoryFieldMissing: Rule<ReplicationReview> = defineRule<ReplicationReview>({
  id: "migration-factory-field-missing",
  title: "The intake form lacks a required field",
  severity: "warning",
  why: "Cloud Migration Factory refuses a form in which a required attribute is empty",
  remedy: "add it to the inventory: wave, application, fqdn, tier, environment, operating system",
  *check({ servers, factory }) {
    if (!factory) return;
    for (const each of servers) {
      const row = intakeRow({ ...each, server: { ...each.server, tags: {} } }, { accountId: "-", region: "-" });
      const missing = MIGRATION_FACTORY_REQUIRED.filter((column) => !row.has(column));
      if (missing.length > 0) {
        yield {
          subject: each.server.name,
          message: `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} empty`,
          ...(each.server.location === undefined ? {} : { location: each.server.location }),
        };
      }
    }
  },
});

/** All rules about replication. */
export const replicationRules: readonly Rule<ReplicationReview>[] = [
  replicationPlatformUnsupported,
  mgnAddressMissing,
  mgnApplicationInTwoWaves,
  replicationInstanceTypeMissing,
  factoryFieldMissing,
];
