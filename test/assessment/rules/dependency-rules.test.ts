import { describe, expect, it } from "@jest/globals";
import type { ChecklistInput } from "../../../lib/assessment/checklist/checklist";
import * as rules from "../../../lib/assessment/rules/dependency-rules";
import type { InventoryInput } from "../../../lib/inventory/model";
import { aServer, checklistWith, seen, subjectWith } from "../fixture";

type Integrations = ChecklistInput["identify_dependencies"]["external_service_integrations"];
type Flows = NonNullable<InventoryInput["flows"]>;

const [, app, db] = ["web-01", "app-01", "db-01"].map((name, i) =>
  aServer({ name, fqdn: `${name}.example.internal`, nics: [{ addresses: [`10.10.${i + 1}.11`] }] }),
);

function subject(
  flows: Flows,
  integrations: Integrations = { none: "nothing talks to the outside" },
  servers = [aServer({}), app!, db!],
) {
  return subjectWith({
    inventory: { servers, flows, databases: [] },
    checklist: checklistWith({
      dependencies: {
        external_service_integrations: integrations,
        database_connections: { none: "no databases are here" },
      },
    }),
  });
}

const payments = (changes: object = {}) => [
  {
    name: "payments",
    hosts: ["pay.example.com", "*.cdn.example.com", "203.0.113.0/28"],
    owner: "shop team",
    ...changes,
  },
];

describe("dependency-in-no-wave", () => {
  const flows = [
    { source: "web-01", destination: "10.10.2.11", port: 8080 },
    { source: "app-01", destination: "db-01", port: 5432 },
  ];

  it("finds nothing where all are in waves, or waves are not used at all", () => {
    expect(seen(rules.dependencyInNoWave, subject(flows))).toEqual([]);
    const servers = [aServer({}), app!, db!].map((server) => ({ ...server, wave: undefined }));
    expect(seen(rules.dependencyInNoWave, subject(flows, undefined, servers))).toEqual([]);
  });

  it("warns of a server in no wave that servers of waves talk to, in either direction", () => {
    const servers = [aServer({}), { ...app!, wave: undefined }, db!];
    expect(seen(rules.dependencyInNoWave, subject(flows, undefined, servers))).toEqual([
      "warning app-01: it is in no wave, and exchanges tcp 8080 with 2 servers, the first db-01",
    ]);
  });

  it("leaves alone what is decided to stay", () => {
    const servers = [aServer({}), { ...app!, wave: undefined, strategy: "retain" as const }, db!];
    expect(seen(rules.dependencyInNoWave, subject(flows, undefined, servers))).toEqual([]);
  });
});

describe("dependency-on-retired-server", () => {
  const flows = [{ source: "web-01", destination: "app-01", port: 8080 }];

  it("finds nothing where the other server migrates", () => {
    expect(seen(rules.dependencyOnRetired, subject(flows))).toEqual([]);
  });

  it("blocks where it is to be retired", () => {
    const servers = [aServer({}), { ...app!, strategy: "retire" as const }, db!];
    expect(seen(rules.dependencyOnRetired, subject(flows, undefined, servers))).toEqual([
      "blocker app-01: it is to be retired, and is used on tcp 8080 by web-01",
    ]);
  });

  const retired = [aServer({}), app!, { ...db!, strategy: "retire" as const }];
  const declaring = (
    dependencies: Parameters<typeof checklistWith>[0]["dependencies"],
    servers = retired,
    inventory: InventoryInput = {},
  ) =>
    subjectWith({
      inventory: { servers, flows: [], databases: [], ...inventory },
      checklist: checklistWith({
        dependencies: { database_connections: { none: "no databases are here" }, ...dependencies },
      }),
    });
  const database = (clients: string[]) => ({
    database_connections: [{ database: "orders", engine: "postgresql", server: "db-01", clients }],
  });

  it.each([
    ["a server", ["web-01"], "web-01 uses"],
    ["an application", ["Shop"], "Shop uses"],
    ["several", ["web-01", "app-01"], "2 clients, the first app-01 use"],
  ])("blocks where the checklist declares a database on it, used by %s that migrates", (_what, clients, use) => {
    expect(seen(rules.dependencyOnRetired, declaring(database(clients)))).toEqual([
      `blocker db-01: it is to be retired, and ${use} the database orders on it`,
    ]);
  });

  it("says once what a flow and the checklist both know", () => {
    const toDatabase = [{ source: "app-01", destination: "db-01", port: 5432 }];
    const known = declaring(database(["web-01"]), retired, { flows: toDatabase });
    expect(seen(rules.dependencyOnRetired, known)).toEqual([
      "blocker db-01: it is to be retired, and is used on tcp 5432 by app-01",
    ]);
  });

  it("blocks where a file system is on it, of the checklist or of the inventory", () => {
    const reports = { path: "/srv/reports", protocol: "nfs" as const, server: "db-01", clients: ["web-01"] };
    expect(seen(rules.dependencyOnRetired, declaring({ file_system_dependencies: [reports] }))).toEqual([
      "blocker db-01: it is to be retired, and web-01 uses the file system /srv/reports on it",
    ]);
    const share = { name: "scans", protocol: "smb" as const, server: "db-01", usedBy: ["app-01"] };
    expect(seen(rules.dependencyOnRetired, declaring({}, retired, { fileShares: [share] }))).toEqual([
      "blocker db-01: it is to be retired, and app-01 uses the file share scans on it",
    ]);
  });

  it("finds nothing where who uses it is retired too, or is not known", () => {
    const both = [aServer({ strategy: "retire" }), app!, { ...db!, strategy: "retire" as const }];
    expect(seen(rules.dependencyOnRetired, declaring(database(["web-01", "nobody"]), both))).toEqual([]);
  });
});

describe("external-integration-without-owner", () => {
  it("finds nothing where somebody is named", () => {
    expect(seen(rules.externalIntegrationWithoutOwner, subject([], payments()))).toEqual([]);
  });

  it.each(["unknown", "N/A", "tbd", "?"])("blocks the owner %s", (owner) => {
    expect(seen(rules.externalIntegrationWithoutOwner, subject([], payments({ owner })))).toEqual([
      "blocker payments: it has no owner",
    ]);
  });
});

describe("external-integration-address-changes", () => {
  it("finds nothing where the other side admits everybody", () => {
    expect(seen(rules.externalIntegrationAddressChanges, subject([], payments()))).toEqual([]);
  });

  it("warns where it admits only known addresses", () => {
    expect(
      seen(rules.externalIntegrationAddressChanges, subject([], payments({ allowsOnlyKnownAddresses: true }))),
    ).toEqual([
      "warning payments: the other side (pay.example.com, *.cdn.example.com, 203.0.113.0/28) admits only addresses on its allow list",
    ]);
  });
});

describe("external-host-undeclared", () => {
  it.each(["PAY.example.com.", "img.cdn.example.com", "203.0.113.15", "127.0.0.1", "224.0.0.251", "10.10.9.9"])(
    "finds nothing in a flow to %s",
    (destination) => {
      expect(seen(rules.externalHostUndeclared, subject([{ source: "web-01", destination }], payments()))).toEqual([]);
    },
  );

  it("warns once of each host, outbound or inbound", () => {
    const flows = [
      { source: "web-01", destination: "198.51.100.7", port: 443 },
      { source: "app-01", destination: "198.51.100.7", port: 443 },
      { source: "partner.example.org", destination: "web-01", port: 22 },
      { source: "a.example.org", destination: "b.example.org" },
    ];
    expect(seen(rules.externalHostUndeclared, subject(flows, payments()))).toEqual([
      "warning 198.51.100.7: it exchanges tcp 443 with 2 servers, the first app-01",
      "warning partner.example.org: it exchanges tcp 22 with web-01",
    ]);
  });
});

describe("dependency-not-in-inventory", () => {
  it("finds nothing in flows between listed servers", () => {
    expect(seen(rules.dependencyNotInInventory, subject([{ source: "web-01", destination: "db-01" }]))).toEqual([]);
  });

  it("warns of an address of the site at which nobody is listed", () => {
    const flows = [{ source: "web-01", destination: "10.10.9.9", port: 389 }];
    expect(seen(rules.dependencyNotInInventory, subject(flows))).toEqual([
      "warning 10.10.9.9: it exchanges tcp 389 with web-01",
    ]);
  });
});

describe("database-undeclared and file-system-dependency-undeclared", () => {
  const flows = [
    { source: "app-01", destination: "db-01", port: 5432 },
    { source: "app-01", destination: "db-01", port: 2049 },
  ];

  it("find nothing where the inventory or the checklist declares them", () => {
    const declared = subjectWith({
      inventory: { servers: [aServer({}), app!, db!], flows, fileShares: [{ name: "/srv", server: "db-01" }] },
    });
    expect(seen(rules.databaseUndeclared, declared)).toEqual([]);
    expect(seen(rules.fileSystemDependencyUndeclared, declared)).toEqual([]);
  });

  it("warn where nobody does", () => {
    expect(seen(rules.databaseUndeclared, subject(flows))).toEqual([
      "warning db-01: it is used on tcp 5432, the port of PostgreSQL, by app-01",
    ]);
    expect(seen(rules.fileSystemDependencyUndeclared, subject(flows))).toEqual([
      "warning db-01: it is used on tcp 2049, the port of NFS, by app-01",
    ]);
  });
});
