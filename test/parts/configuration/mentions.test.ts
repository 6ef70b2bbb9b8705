import { describe, expect, it } from "@jest/globals";
import { inventorySchema } from "../../../lib/inventory/model";
import {
  configurationMentionsSource,
  configurationRecordTypeChanges,
  configurationRules,
  findMentions,
  type ConfigurationSettings,
} from "../../../lib/parts/configuration";

const inventory = inventorySchema.parse({
  servers: [
    {
      name: "db-01",
      fqdn: "db-01.example.internal",
      nics: [{ addresses: ["10.0.0.1", "2001:db8::1"] }],
    },
    { name: "WEB", fqdn: "shop-web.example.internal", nics: [{ addresses: ["10.0.0.20"] }] },
    { name: "old-01", strategy: "retire", nics: [{ addresses: ["10.0.0.99"] }] },
    { name: "keep-01", strategy: "retain", nics: [{ addresses: ["10.0.0.98"] }] },
  ],
});

function variable(target: string, more: Partial<ConfigurationSettings> = {}): ConfigurationSettings {
  return { application: "shop", environmentVariables: [{ name: "X", source: "-", target }], ...more };
}

/** Returns the mentions in an environment variable of the target, as `kind server`. */
function inVariable(target: string): string[] {
  return findMentions(variable(target), inventory).map(({ kind, server }) => `${kind} ${server.name}`);
}

describe("findMentions", () => {
  const found: readonly (readonly [text: string, ...mentions: string[]])[] = [
    ["10.0.0.1", "address db-01"],
    ["http://10.0.0.1:8080/health", "address db-01"],
    ["http://10.0.0.1/24", "address db-01"],
    ["tcp(10.0.0.1:3306)", "address db-01"],
    ["10.0.0.7,10.0.0.1;x", "address db-01"],
    ["10.0.0.1-10.0.0.20", "address db-01", "address WEB"],
    ["the host is 10.0.0.1.", "address db-01"],
    ["10.0.0.1/32", "address db-01"],
    ["10.0.0.0/24", "network db-01"],
    ["ALLOW=10.0.0.0/30,10.1.0.0/16", "network db-01"],
    ["[2001:DB8:0:0::1]:5432", "address db-01"],
    ["2001:db8::/64", "network db-01"],
    ["DB-01.example.internal.", "name db-01"],
    ["jdbc:postgresql://db-01.example.internal/x", "name db-01"],
    ["https://user@db%2D01.example.internal/", "name db-01"],
    ["http%3A%2F%2F10.0.0.1%2F", "address db-01"],
    ["//db-01/share", "word db-01"],
    ["\\\\web\\reports", "word WEB"],
    ["http://shop-web:80", "word WEB"],
  ];
  for (const [text, ...mentions] of found) {
    it(`finds ${mentions.join(" and ")} in ${text}`, () => {
      expect(inVariable(text)).toEqual(mentions);
    });
  }

  for (const text of [
    "10.0.0.10",
    "110.0.0.1",
    "10.0.0.1.5",
    "10.0.0.100/32",
    "version 10.0.0.1-rc1",
    "0.0.0.0/0",
    "10.1.0.0/16",
    "db-010.example.internal",
    "mydb-01.example.internal",
    "db-01.example.internal.attacker.net",
    "db-01.abc.eu-central-1.rds.amazonaws.com",
    "webserver web-1 _web web_ my.web",
    "2001:db8::10",
    "10.0.0.99 and 10.0.0.98 and old-01",
    "%zz %E0%A4%A",
    ":".repeat(4096),
    "a.".repeat(2048),
  ]) {
    it(`finds nothing in ${text.slice(0, 60)}`, () => {
      expect(inVariable(text)).toEqual([]);
    });
  }

  it("goes by the hosts of a connection string, and by dotted names and addresses anywhere in it", () => {
    const connection = (target: string): string[] =>
      findMentions(
        { application: "shop", connectionStrings: [{ name: "c", source: "redis://x", target }] },
        inventory,
      ).map(({ kind, text }) => `${kind} ${text}`);
    expect(connection("postgresql://web@new.example.net/web")).toEqual([]);
    expect(connection("postgresql://web@web/web")).toEqual(["name web"]);
    expect(connection("postgresql://a@new.example.net/x?options=-c%20s.peer%3Ddb-01.example.internal")).toEqual([
      "name db-01.example.internal",
    ]);
    expect(connection("Server=tcp:new.example.net,1433;Failover Partner=10.0.0.1")).toEqual(["address 10.0.0.1"]);
  });

  it("looks at what is left of a connection string that is rewritten, and at DNS answers", () => {
    const settings: ConfigurationSettings = {
      application: "shop",
      connectionStrings: [
        {
          name: "c",
          source: "mongodb://db-01,web/x",
          target: { hosts: [{ from: { host: "db-01" }, to: { host: "new" } }] },
        },
      ],
      dnsRecords: [
        {
          fqdn: "a.example.com",
          source: { type: "A", values: ["10.0.0.1"] },
          target: { type: "A", values: ["10.0.0.20"] },
        },
        {
          fqdn: "b.example.com",
          source: { type: "CNAME", values: ["x"] },
          target: { type: "A", alias: { dnsName: "lb.example.net", zoneId: "Z1" } },
        },
      ],
    };
    expect(findMentions(settings, inventory).map(({ path, text }) => `${path} ${text}`)).toEqual([
      "connectionStrings[0].target web",
      "dnsRecords[0].target 10.0.0.20",
    ]);
  });

  it("leaves out what stays right: what is listed, and names that move by DNS", () => {
    const dnsRecords = [
      {
        fqdn: "DB-01.example.internal",
        source: { type: "A" as const, values: ["10.0.0.1"] },
        target: { type: "A" as const, values: ["10.9.0.1"] },
      },
    ];
    expect(findMentions(variable("db-01.example.internal 10.0.0.20", { dnsRecords }), inventory)).toHaveLength(1);
    expect(
      findMentions(
        variable("db-01.example.internal 10.0.0.20", { dnsRecords, validAtTarget: ["10.0.0.20"] }),
        inventory,
      ),
    ).toEqual([]);
  });

  it("passes over secrets and tokens", () => {
    const settings: ConfigurationSettings = {
      application: "shop",
      environmentVariables: [
        { name: "A", source: "-", target: "${TfToken[TOKEN.1]}" },
        { name: "B", source: "-", target: { secret: { secretId: "db-01" } } },
      ],
    };
    expect(findMentions(settings, inventory)).toEqual([]);
  });
});

describe("configuration-mentions-source", () => {
  it("is silent where nothing of the source is left", () => {
    expect(configurationMentionsSource({ configuration: variable("db.example.net"), inventory })).toEqual([]);
  });

  it("blocks on names and addresses, and warns of words and networks", () => {
    const severities = ["10.0.0.1", "db-01.example.internal", "web", "10.0.0.0/24"].map(
      (text) => configurationMentionsSource({ configuration: variable(text), inventory })[0]?.severity,
    );
    expect(severities).toEqual(["blocker", "blocker", "warning", "warning"]);
  });

  it("says where, what and whose", () => {
    const [finding] = configurationMentionsSource({ configuration: variable("x=10.0.0.1"), inventory });
    expect(finding).toMatchObject({
      subject: "X",
      message: "environmentVariables[0].target contains 10.0.0.1, an address of db-01, which is migrated",
      location: { path: "environmentVariables[0].target" },
    });
  });
});

describe("configuration-record-type-changes", () => {
  const record = (zoneId: string | undefined, ...types: readonly ["A" | "CNAME", "A" | "CNAME"]) => {
    const answer = (type: "A" | "CNAME") => ({ type, values: [type === "A" ? "203.0.113.10" : "lb.example.net"] });
    return {
      fqdn: "x.example.com",
      ...(zoneId === undefined ? {} : { zoneId }),
      source: answer(types[0]),
      target: answer(types[1]),
    };
  };
  const found = (...dnsRecords: NonNullable<ConfigurationSettings["dnsRecords"]>) =>
    configurationRecordTypeChanges({ configuration: { application: "shop", dnsRecords }, inventory });

  it("warns where two records are changed by hand", () => {
    expect(found(record(undefined, "A", "A"), record(undefined, "A", "CNAME"))).toEqual([
      expect.objectContaining({
        severity: "warning",
        subject: "x.example.com",
        message: "dnsRecords[1] is of type A at the source and CNAME at the target, and is changed by hand",
        location: { path: "dnsRecords[1].target.type" },
      }),
    ]);
    expect(configurationRules).toContain(configurationRecordTypeChanges);
  });

  it("is silent where Route 53 changes both at once, and where an alias has the type of the addresses before", () => {
    const alias = { dnsName: "lb.example.net", zoneId: "Z2" };
    expect(found(record("Z1", "A", "CNAME"), { ...record(undefined, "A", "A"), target: { type: "A", alias } })).toEqual(
      [],
    );
  });
});
