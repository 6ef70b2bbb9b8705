import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import type { Rule } from "../../../lib/core/rule";
import {
  configurationFileSecret,
  configurationFilesRules,
  databaseMoveRules,
  fileMoveRules,
  type ConfigurationFilesReview,
  type DatabaseMoveReview,
  type DmsMethod,
  type FileMoveReview,
} from "../../../lib/parts/data";
import { dmsMethod, ground, newStack, ordersProps, reportsProps } from "./fixtures";

const on = ground(newStack().stack, "not a real one");
const rule = <Subject>(rules: readonly Rule<Subject>[], id: string): Rule<Subject> => {
  const found = rules.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};

const certificateArn = "arn:aws:dms:eu-central-1:111122223333:cert:ABC";

const database = (method: Partial<DmsMethod> = {}, target: Record<string, unknown> = {}): DatabaseMoveReview => ({
  name: "orders",
  phase: "prepare",
  method: dmsMethod(on, {
    source: { ...dmsMethod(on).source, certificateArn },
    targetEndpoint: { ...dmsMethod(on).targetEndpoint, certificateArn },
    ...method,
  }),
  target: { ...ordersProps(on).target, ...target },
});

const source = (over: Partial<DmsMethod["source"]>): Partial<DmsMethod> => ({
  source: { ...dmsMethod(on).source, ...over },
});

const aurora = { kind: "aurora", engine: "aurora-postgresql", engineVersion: "16.4", instanceClass: "db.r7g.large" };

const databaseCases: readonly (readonly [string, DatabaseMoveReview, RegExp])[] = [
  ["database-move-without-validation", database({ settings: { validation: false } }), /validation switched off/],
  [
    "cdc-without-supported-engine",
    database(source({ engine: "sqlserver", edition: "web" })),
    /SQL Server web edition has no change data capture/,
  ],
  [
    "cdc-without-supported-engine",
    database(source({ version: "9.3.1" })),
    /PostgreSQL 9\.3\.1 has no logical decoding/,
  ],
  [
    "cdc-without-supported-engine",
    database({ ...source({ engine: "mysql", version: "5.1" }), migrationType: "cdc" }),
    /binary log of MySQL 5\.1/,
  ],
  ["cdc-without-supported-engine", database(source({ engine: "oracle", version: "9.2" })), /redo log of Oracle 9\.2/],
  ["full-load-needs-downtime", database({ migrationType: "full-load" }), /full-load alone/],
  ["database-move-without-tls", database(source({ engine: "mysql" })), /the source of orders, mysql/],
  ["database-move-without-tls", database(source({ sslMode: "none" })), /sslMode none/],
  ["database-move-unverified", database(source({ sslMode: "require" })), /the source of orders, .*sslMode require/],
  [
    "large-objects-truncated",
    database({ settings: { largeObjects: { mode: "limited", maxKiB: 64 } } }),
    /truncates large objects at 64 KiB/,
  ],
  ["large-objects-truncated", database({ settings: { largeObjects: { mode: "none" } } }), /leaves large objects out/],
  [
    "database-move-drops-tables",
    {
      ...database({ settings: { targetTables: "drop-and-create" } }),
      target: { kind: "existing", engine: "postgres", identifier: "shared" },
    },
    /drop-and-create into an existing database/,
  ],
  ["database-move-unwatched", database({ alarms: {} }), /notify no SNS topic/],
  [
    "database-move-unwatched",
    database({ compute: { kind: "serverless", maxCapacityUnits: 4 } }),
    /serverless replication of orders has no alarms/,
  ],
  ["single-az-target", database({}, { multiAz: false }), /no standby/],
  ["single-az-target", database({}, { engine: "sqlserver-ex" }), /no standby/],
  [
    "single-az-target",
    { ...database(), target: { ...aurora, instances: 1 } as DatabaseMoveReview["target"] },
    /one instance/,
  ],
  ["backup-retention-too-short", database({}, { backupRetentionDays: 6 }), /for 6 days/],
  ["target-without-deletion-protection", database({}, { deletionProtection: false }), /switched off/],
];

describe("the rules about database moves", () => {
  it.each(databaseCases)("%s finds it", (id, review, message) => {
    const [finding, ...others] = rule(databaseMoveRules, id)(review);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: id, subject: "orders" });
    expect(finding?.message).toMatch(message);
  });

  it.each(databaseMoveRules.map(({ id }) => id))("%s has nothing against a good move", (id) => {
    expect(rule(databaseMoveRules, id)(database())).toEqual([]);
  });

  it.each(databaseMoveRules.map(({ id }) => id))(
    "%s has nothing against a finalized restore into what exists",
    (id) => {
      expect(
        rule(
          databaseMoveRules,
          id,
        )({
          name: "crm",
          phase: "final",
          method: { kind: "backup-restore" },
          target: { kind: "existing", engine: "mysql", identifier: "crm" },
        }),
      ).toEqual([]);
    },
  );

  it("knows versions and editions that do give their changes", () => {
    for (const good of [
      source({ engine: "sqlserver", edition: "standard" }),
      source({ version: "9.4" }),
      source({ engine: "mysql", version: "5.5.1" }),
      source({ engine: "oracle", version: "19" }),
      { ...source({ engine: "sqlserver", edition: "web" }), migrationType: "full-load" as const },
    ]) {
      expect(rule(databaseMoveRules, "cdc-without-supported-engine")(database(good))).toEqual([]);
    }
  });

  it("takes a certificate for encryption", () => {
    const review = database(source({ engine: "mysql", certificateArn }));
    expect(rule(databaseMoveRules, "database-move-without-tls")(review)).toEqual([]);
    expect(rule(databaseMoveRules, "database-move-unverified")(review)).toEqual([]);
  });
});

const files = (over: Partial<FileMoveReview> = {}): FileMoveReview => ({
  ...reportsProps(on),
  name: "reports",
  phase: "prepare",
  ...over,
});
const smb = {
  kind: "smb",
  server: "filer",
  path: "/a",
  user: "mover",
  password: on.password,
  agentArns: on.agentArns,
} as const;

const fileCases: readonly (readonly [string, FileMoveReview, RegExp])[] = [
  ["file-move-without-verification", files({ verification: "none" }), /verification none/],
  ["file-move-deletes", files({ deleteAtTarget: true }), /deletes files at the target/],
  [
    "file-move-single-agent",
    files({ source: { kind: "nfs", server: "f", path: "/a", agentArns: on.agentArns.slice(0, 1) } }),
    /a single agent/,
  ],
  ["file-move-password-in-state", files({ source: smb }), /SMB source of reports/],
  [
    "file-move-password-in-state",
    files({
      target: { kind: "fsx-windows", fileSystemArn: "a", securityGroupIds: ["b"], user: "c", password: on.password },
    }),
    /FSx target of reports/,
  ],
  ["file-move-permissions-lost", files({ source: smb, target: { kind: "s3" } }), /from SMB to s3/],
  [
    "file-target-single-az",
    files({ target: { kind: "efs", vpcId: on.vpcId, subnets: on.subnets.slice(0, 1) } }),
    /one mount target/,
  ],
];

describe("the rules about file moves", () => {
  it.each(fileCases)("%s finds it", (id, review, message) => {
    const [finding, ...others] = rule(fileMoveRules, id)(review);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: id, subject: "reports" });
    expect(finding?.message).toMatch(message);
  });

  it.each(fileMoveRules.map(({ id }) => id))("%s has nothing against a good move", (id) => {
    expect(rule(fileMoveRules, id)(files())).toEqual([]);
  });

  it("has nothing against a password once the move is finalized, and the location gone", () => {
    expect(rule(fileMoveRules, "file-move-password-in-state")(files({ source: smb, phase: "final" }))).toEqual([]);
  });
});

describe("configuration-file-secret", () => {
  const review = (content: string): ConfigurationFilesReview => ({
    name: "shop",
    phase: "try",
    files: { "app.conf": { path: "/etc/app.conf", content } },
  });

  it.each([
    "db.password=hunter22",
    'apiKey: "abcd1234"',
    "url=postgresql://app:hunter22@db/orders",
    ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" "),
    `key=AKIA${"ABCDEFGH".repeat(2)}`,
  ])("finds %s", (content) => {
    const findings = configurationFileSecret(review(content));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: "blocker", subject: "shop/app.conf" });
    expect(JSON.stringify(findings)).not.toMatch(/hunter22|abcd1234/);
  });

  it.each([
    "listen=8080",
    "db.password=${DB_PASSWORD}",
    "password = %{secret}",
    "url=postgresql://app:$PASSWORD@db/orders",
    "token_url=https://login.example.com/oauth",
    "password=",
  ])("leaves %s alone", (content) => {
    expect(configurationFileSecret(review(content))).toEqual([]);
  });

  it("does not look into tokens, nor into what Terraform reads", () => {
    expect(configurationFileSecret(review(Token.asString({ resolve: () => "password=hunter22" })))).toEqual([]);
    expect(configurationFileSecret({ name: "shop", phase: "try", files: { a: { path: "/a", source: "/b" } } })).toEqual(
      [],
    );
  });
});

describe("all rules", () => {
  it("have ids of their own and read as sentences", () => {
    const all = [...databaseMoveRules, ...fileMoveRules, ...configurationFilesRules];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { title, why, remedy } of all) {
      for (const text of [title, why, remedy]) expect(text).not.toMatch(/\.$/);
    }
  });
});
