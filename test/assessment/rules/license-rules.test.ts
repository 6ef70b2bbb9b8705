import { describe, expect, it } from "@jest/globals";
import type { ChecklistInput } from "../../../lib/assessment/checklist/checklist";
import * as rules from "../../../lib/assessment/rules/license-rules";
import { aServer, checklistWith, seen, subjectWith } from "../fixture";

type Licenses = Extract<ChecklistInput["assess_compatibility"]["license_requirements"], readonly unknown[]>;

const windows = { os: { family: "windows", name: "Microsoft Windows Server 2019 (64-bit)", version: "2019" } } as const;

function subject(license: Partial<Licenses[number]>, server: Parameters<typeof aServer>[0] = {}) {
  return subjectWith({
    inventory: { servers: [aServer(server)], databases: [], flows: [] },
    checklist: checklistWith({
      compatibility: {
        license_requirements: [
          {
            product: "Windows Server 2019 Standard",
            model: "byol",
            servers: ["web-01"],
            evidence: "agreement 7",
            ...license,
          },
        ],
      },
    }),
  });
}

describe("license-needs-dedicated-host", () => {
  it.each([
    ["Windows on a dedicated host", { tenancy: "dedicated-host" }],
    ["Windows that is included", { model: "included" }],
    ["SQL Server with License Mobility", { product: "SQL Server 2019 Enterprise", licenseMobility: true }],
    ["a licence counted by virtual cores", { product: "Oracle Database EE", boundTo: "virtual-core" }],
    ["a licence for each user", { product: "Editor", boundTo: "user" }],
  ] as const)("accepts %s", (_, license) => {
    expect(seen(rules.licenseNeedsDedicatedHost, subject(license))).toEqual([]);
  });

  it("accepts servers that already go to a dedicated host, named by server or by application", () => {
    const server = { target: { tenancy: "dedicated-host" as const } };
    expect(seen(rules.licenseNeedsDedicatedHost, subject({}, server))).toEqual([]);
    expect(seen(rules.licenseNeedsDedicatedHost, subject({ servers: ["Shop"] }, server))).toEqual([]);
  });

  it.each([
    [
      "Windows on shared hosts",
      {},
      "Windows Server 2019 Standard: Windows that is brought along may not run on shared hosts, and tenancy shared is planned for web-01",
    ],
    [
      "SQL Server without License Mobility",
      { product: "SQL Server 2019", tenancy: "dedicated" },
      "SQL Server 2019: SQL Server without License Mobility may not run on shared hosts, and tenancy dedicated is planned for web-01",
    ],
    [
      "a licence counted by sockets",
      { product: "Oracle Database SE2", boundTo: "socket" },
      "Oracle Database SE2: it is counted by sockets, and tenancy shared is planned for web-01",
    ],
  ] as const)("blocks %s", (_, license, message) => {
    expect(seen(rules.licenseNeedsDedicatedHost, subject(license))).toEqual([`blocker ${message}`]);
  });
});

describe("license-not-declared", () => {
  it("accepts a commercial system whose licence is declared, and a free one without", () => {
    expect(seen(rules.licenseNotDeclared, subject({}, windows))).toEqual([]);
    expect(seen(rules.licenseNotDeclared, subject({}, { os: { family: "linux", name: "Debian 12" } }))).toEqual([]);
  });

  it("warns once of each system without one", () => {
    expect(seen(rules.licenseNotDeclared, subject({ product: "Oracle Database" }, windows))).toEqual([
      "warning Windows Server: 1 server runs it, the first web-01, and no licence is declared",
    ]);
  });
});

describe("license-expired", () => {
  it("accepts a licence on its last day", () => {
    expect(seen(rules.licenseExpired, subject({ expires: "2026-01-15" }))).toEqual([]);
  });

  it("warns from the next day on", () => {
    expect(seen(rules.licenseExpired, subject({ expires: "2026-01-14" }))).toEqual([
      "warning Windows Server 2019 Standard: it expired on 2026-01-14 (agreement 7)",
    ]);
  });
});
