import {
  liftAndShiftStageNames,
  type LiftAndShiftStage,
} from "../../../lib/patterns/infrastructure/lift-and-shift/stage-names";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  ConfigurationCutover,
  configurationSteps,
  type ConfigurationCutoverProps,
  type ConfigurationSettings,
  type DnsRecordSettings,
  type EnvironmentVariableSettings,
} from "../../../lib/parts/configuration";
import type { MigrationError } from "../../../lib/core/error";
import type { RunbookStep } from "../../../lib/core/stage";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { thrown } from "../../support/thrown";
import type { PartSteps } from "../../../lib/core/migration-part";
import { inStage, liftedStages, stageSteps, StagedMigration } from "../../support/toy-migration";
import { ShopConfiguration } from "./example";
import { decodeTemplate, templateText } from "../../support/terraform-template";

type Attributes = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
interface Json {
  readonly resource: Blocks;
  readonly ephemeral?: Blocks;
  readonly import?: readonly Attributes[];
  readonly output?: Readonly<Record<string, Attributes>>;
  readonly terraform?: { readonly required_version?: string };
}

const SECRET = "hunter2-Tr0ub4dor";

function stackWith(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  build(stack);
  return stack;
}

/** Props, and the stage of the migration. */
type PropsIn = Partial<ConfigurationCutoverProps> & { readonly stage?: LiftAndShiftStage };

function jsonOf({ stage = "replicate", ...props }: PropsIn): Json {
  const stack = stackWith((each) => {
    new ConfigurationCutover(each, "shop", { application: "shop", migration: inStage(each, stage), ...props });
  });
  return withoutRecord(JSON.parse(Testing.synth(stack, true)) as Json);
}

/** Without the parameters in which the migration's stage is recorded. */
function withoutRecord(json: Json): Json {
  const { aws_ssm_parameter: parameters = {}, ...resource } = json.resource;
  const own = Object.entries(parameters).filter(([, { name }]) => !String(name).startsWith("/migration/"));
  return { ...json, resource: { ...resource, aws_ssm_parameter: Object.fromEntries(own) } };
}

function all(blocks: Blocks | undefined, type: string): Attributes[] {
  return Object.values(blocks?.[type] ?? {}).map((block) => {
    const { "//": _, ...attributes } = block;
    return attributes;
  });
}

function refused(props: PropsIn): MigrationError {
  return thrown(() => jsonOf(props));
}

const www: DnsRecordSettings = {
  fqdn: "www.example.com",
  zoneId: "Z1",
  source: { type: "A", values: ["203.0.113.10"] },
  target: { type: "A", values: ["198.51.100.7"] },
};

describe("connection strings", () => {
  const settings = {
    name: "shop/db",
    source: "postgresql://shop:{{password}}@db-01:5432/shop",
    target: { hosts: [{ from: { host: "db-01" }, to: { host: "new.example.net" } }] },
    sourcePassword: { secretId: "pw" },
  };

  it("are put together by Terraform, from an ephemeral password into a write-only argument", () => {
    const json = jsonOf({ connectionStrings: [settings] });
    const [version] = all(json.resource, "aws_secretsmanager_secret_version");
    expect(version?.["secret_string"]).toBeUndefined();
    expect(version?.["secret_string_wo"]).toMatch(
      /^postgresql:\/\/shop:\$\{replace\(urlencode\(ephemeral\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string\), "\+", "%20"\)\}@db-01:5432\/shop$/,
    );
    expect(all(json.ephemeral, "aws_secretsmanager_secret_version")).toEqual([{ secret_id: "pw" }]);
    expect(all(json.resource, "aws_secretsmanager_secret")[0]).toMatchObject({ name: "shop/db" });
  });

  it("have the same version number on one side and another on the other", () => {
    const numbers = liftAndShiftStageNames.map(
      (stage) =>
        all(jsonOf({ stage, connectionStrings: [settings] }).resource, "aws_secretsmanager_secret_version")[0]?.[
          "secret_string_wo_version"
        ],
    );
    expect(numbers[0]).toBe(numbers[1]);
    expect(numbers[2]).toBe(numbers[3]);
    expect(numbers[0]).not.toBe(numbers[2]);
    const again = jsonOf({ connectionStrings: [{ ...settings, sourcePassword: { secretId: "pw", revision: 2 } }] });
    expect(all(again.resource, "aws_secretsmanager_secret_version")[0]?.["secret_string_wo_version"]).not.toBe(
      numbers[0],
    );
  });

  it("take tokens as hosts and ports, and let Terraform work out the version", () => {
    const stack = stackWith((each) => {
      const host = new TerraformVariable(each, "host", { type: "string" });
      const port = new TerraformVariable(each, "port", { type: "number" });
      new ConfigurationCutover(each, "shop", {
        application: "shop",
        migration: inStage(each, "cutover"),
        connectionStrings: [
          {
            ...settings,
            target: { hosts: [{ from: { host: "db-01" }, to: { host: host.stringValue, port: port.numberValue } }] },
          },
          {
            name: "second",
            source: "host=db-01 port=5432",
            target: `host=${host.stringValue} port=${port.stringValue} application_name='$'`,
          },
        ],
      });
    });
    const json = JSON.parse(Testing.synth(stack, true)) as Json;
    const [first, second] = all(json.resource, "aws_secretsmanager_secret_version").sort((a, b) =>
      String(b["secret_string_wo"]).localeCompare(String(a["secret_string_wo"]), "en"),
    );
    expect(first?.["secret_string_wo"]).toMatch(/@\$\{var\.host\}:\$\{var\.port\}\/shop$/);
    expect(first?.["secret_string_wo_version"]).toBe(
      '${parseint(substr(sha256("postgresql://shop:{{percent}}@${var.host}:${var.port}/shop\\npw  1"), 0, 7), 16)}',
    );
    expect(second?.["secret_string_wo"]).toBe("host=${var.host} port=${var.port} application_name='$'");
    expect(all(json.ephemeral, "aws_secretsmanager_secret_version")).toHaveLength(1);
  });

  it("keep text that looks like an expression as text", () => {
    const json = jsonOf({
      connectionStrings: [{ name: "x", source: "redis://a/0?x=${a}&y=%{b}&z=$", target: "redis://b" }],
    });
    const [first] = all(json.resource, "aws_secretsmanager_secret_version");
    expect(templateText(first?.["secret_string_wo"])).toBe("redis://a/0?x=${a}&y=%{b}&z=$");
  });

  it("write the password as its place needs it", () => {
    const encoded = (source: string): string => {
      const json = jsonOf({
        connectionStrings: [{ name: "x", source, target: source, sourcePassword: { secretId: "pw", jsonKey: "p w" } }],
      });
      return String(all(json.resource, "aws_secretsmanager_secret_version")[0]?.["secret_string_wo"]).replaceAll(
        /jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string\)\["p w"\]/g,
        "P",
      );
    };
    expect(encoded("Server=a;Password={{password}}")).toBe('Server=a;Password="${replace(P, "\\"", "\\"\\"")}"');
    expect(encoded("Server=a;Password='{{password}}'")).toBe("Server=a;Password='${replace(P, \"'\", \"''\")}'");
    expect(encoded("Driver=x;Server=a;PWD={{password}};")).toBe('Driver=x;Server=a;PWD={${replace(P, "}", "}}")}};');
    expect(encoded("jdbc:sqlserver://a;password={{{password}}};")).toBe(
      'jdbc:sqlserver://a;password={${replace(P, "}", "}}")}};',
    );
    expect(encoded("host=a password='{{password}}'")).toBe(
      `host=a password='\${replace(replace(P, "\\\\", "\\\\\\\\"), "'", "\\\\'")}'`,
    );
    expect(encoded("u:{{password}}@tcp(a)/d")).toBe("u:${P}@tcp(a)/d");
  });

  it("refuse a password that is written down, and do not repeat it", () => {
    const literals = [
      `postgresql://shop:${SECRET}@db-01/shop`,
      `postgresql://shop:x{{password}}@db-01/shop?sslpassword=${SECRET}`,
      `Server=a;Password=${SECRET}`,
      `mongodb://a/x?authMechanismProperties=AWS_SESSION_TOKEN:${SECRET}`,
      `(DESCRIPTION=(ADDRESS=(HOST=a)(PORT=1))(SECURITY=(PASSWORD=${SECRET})))`,
    ];
    for (const literal of literals) {
      for (const sides of [
        { source: literal, target: "redis://b" },
        { source: "redis://b", target: literal },
      ]) {
        const error = refused({ connectionStrings: [{ name: "x", ...sides }] });
        expect(error.code).toBe("CONFIGURATION_PASSWORD_LITERAL");
        expect(`${error.message} ${String(error.stack)} ${JSON.stringify(error)}`).not.toContain(SECRET);
      }
    }
  });

  it("refuse what cannot be, with the place and without the text", () => {
    const code = (connection: object): string => refused({ connectionStrings: [{ ...settings, ...connection }] }).code;
    expect(code({ sourcePassword: undefined })).toBe("CONFIGURATION_PASSWORD_MISSING");
    expect(code({ source: "redis://a", target: "redis://b" })).toBe("CONFIGURATION_PASSWORD_UNUSED");
    expect(code({ target: "redis://b", targetPassword: { secretId: "x" } })).toBe("CONFIGURATION_PASSWORD_UNUSED");
    expect(code({ source: "redis://a/{{password}}" })).toBe("CONFIGURATION_PASSWORD_PLACE");
    expect(code({ target: { hosts: [{ from: { host: "db-02" }, to: { host: "x" } }] } })).toBe(
      "CONFIGURATION_MOVE_UNUSED",
    );
    const unknown = refused({ connectionStrings: [{ ...settings, source: `${SECRET}://{{password}}` }] });
    expect(unknown.code).toBe("CONFIGURATION_CONNECTION_STRING");
    expect(unknown.path).toBe("connectionStrings[0].source");
    expect(unknown.construct).toBe("stack/shop");
    expect(unknown.message).not.toContain(SECRET);
    expect(code({ source: "${TfToken[TOKEN.1]}" })).toBe("CONFIGURATION_CONNECTION_STRING");
  });
});

describe("environment variables", () => {
  const variable = { name: "/shop/HOST", source: "old", target: "new ${x}" };

  it("are parameters whose plan shows old and new", () => {
    const values = liftAndShiftStageNames.map(
      (stage) => all(jsonOf({ stage, environmentVariables: [variable] }).resource, "aws_ssm_parameter")[0],
    );
    expect(values.map((each) => templateText(each?.["insecure_value"]))).toEqual([
      "old",
      "old",
      "new ${x}",
      "new ${x}",
    ]);
    expect(values[2]).toMatchObject({ name: "/shop/HOST", type: "String" });
    expect(values[2]?.["description"]).toBe(
      "shop: the value of the target; the stage test brings back that of the source",
    );
  });

  it("are SecureStrings on both sides where one is secret, by a write-only argument", () => {
    const mixed = {
      name: "/shop/PASSWORD",
      source: { secret: { secretId: "pw" } },
      target: { secret: { secretId: "new" } },
    };
    const [parameter] = all(
      jsonOf({ environmentVariables: [mixed], kmsKeyId: "arn:aws:kms:eu-central-1:1:key/k" }).resource,
      "aws_ssm_parameter",
    );
    expect(parameter).toMatchObject({ type: "SecureString", key_id: "arn:aws:kms:eu-central-1:1:key/k" });
    expect(parameter?.["value_wo"]).toMatch(/^\$\{ephemeral\.aws_secretsmanager_secret_version\..*\.secret_string\}$/);
    expect(parameter?.["value"]).toBeUndefined();
    const half = { name: "/shop/KEYS", source: "none yet", target: { secret: { secretId: "new" } } };
    expect(all(jsonOf({ environmentVariables: [half] }).resource, "aws_ssm_parameter")[0]).toMatchObject({
      type: "SecureString",
      value_wo: "none yet",
    });
  });

  it("refuse a secret as text, and do not repeat it", () => {
    const refusedVariables: readonly EnvironmentVariableSettings[] = [
      { name: "/shop/DB_PASSWORD", source: SECRET, target: "x" },
      { name: "API_TOKEN", source: { secret: { secretId: "a" } }, target: SECRET },
      { name: "URL", source: "x", target: `postgres://u:${SECRET}@h/d` },
      { name: "URL", source: `https://u:${SECRET}@h/d`, target: "x" },
      { name: "URL", source: `host=a password=${SECRET}`, target: "x" },
    ];
    for (const each of refusedVariables) {
      const error = refused({ environmentVariables: [each] });
      expect(error.code).toBe("CONFIGURATION_ENVIRONMENT_SECRET");
      expect(`${error.message} ${String(error.stack)}`).not.toContain(SECRET);
    }
    const named = { name: "TOKEN", source: "a", target: "b", notSecret: true };
    expect(all(jsonOf({ environmentVariables: [named] }).resource, "aws_ssm_parameter")).toHaveLength(1);
  });
});

describe("DNS records", () => {
  function records(stage: LiftAndShiftStage, record: DnsRecordSettings): Attributes[] {
    return all(jsonOf({ stage, dnsRecords: [record] }).resource, "aws_route53_record");
  }

  it("lower their time to live before the cut-over and raise it after the bake", () => {
    const walk = liftAndShiftStageNames.map((stage) => records(stage, { ...www, ttl: 3600 })[0]);
    expect(walk.map((each) => [each?.["ttl"], each?.["records"]])).toEqual([
      [3600, ["203.0.113.10"]],
      [60, ["203.0.113.10"]],
      [60, ["198.51.100.7"]],
      [3600, ["198.51.100.7"]],
    ]);
    expect(records("test", { ...www, ttl: 30 })[0]?.["ttl"]).toBe(30);
  });

  it("can become another type, and an alias, which has no time to live", () => {
    expect(records("cutover", { ...www, target: { type: "CNAME", values: ["lb.example.net"] } })[0]).toMatchObject({
      type: "CNAME",
      records: ["lb.example.net"],
    });
    const [alias] = records("cutover", { ...www, target: { type: "A", alias: { dnsName: "lb", zoneId: "Z2" } } });
    expect(alias).toEqual({
      zone_id: "Z1",
      name: "www.example.com",
      type: "A",
      alias: { name: "lb", zone_id: "Z2", evaluate_target_health: true },
    });
  });

  it("are imported where the zone has them", () => {
    const json = jsonOf({ dnsRecords: [{ ...www, existing: true }] });
    expect(json.import).toEqual([[{ id: "Z1_www.example.com_A", to: expect.any(String) }]]);
  });

  it("have the target's health checked, and go on answering what was declared", () => {
    const json = jsonOf({
      dnsRecords: [{ ...www, healthCheck: { type: "HTTPS", fqdn: "www.example.com", port: 443, path: "/up" } }],
      tags: { team: "shop" },
    });
    expect(all(json.resource, "aws_route53_health_check")).toEqual([
      {
        type: "HTTPS",
        fqdn: "www.example.com",
        port: 443,
        resource_path: "/up",
        failure_threshold: 3,
        request_interval: 30,
        tags: { team: "shop", "migration:pattern": "toy", Name: "shop www.example.com" },
      },
    ]);
    expect(all(json.resource, "aws_route53_record")[0]?.["health_check_id"]).toBeUndefined();
  });

  it("answer the source while the target is unhealthy, where that is wanted", () => {
    const record: DnsRecordSettings = { ...www, healthCheck: { healthCheckId: "h" }, whenUnhealthy: "answer-source" };
    const walk = liftAndShiftStageNames.map((stage) =>
      records(stage, record).map((each) => [
        each["set_identifier"],
        (each["weighted_routing_policy"] as Attributes)["weight"],
        each["health_check_id"],
      ]),
    );
    expect(walk).toEqual([
      [
        ["source", 100, undefined],
        ["target", 0, "h"],
      ],
      [
        ["source", 100, undefined],
        ["target", 0, "h"],
      ],
      [
        ["source", 0, undefined],
        ["target", 100, "h"],
      ],
      [["target", 100, "h"]],
    ]);
  });

  it("are told apart by their view in two zones", () => {
    const json = jsonOf({ dnsRecords: [www, { ...www, zoneId: "Z2", view: "private" }] });
    expect(
      all(json.resource, "aws_route53_record")
        .map((each) => String(each["zone_id"]))
        .sort(),
    ).toEqual(["Z1", "Z2"]);
  });

  it("refuse what Route 53 would, or what could not work", () => {
    const code = (record: object): string => refused({ dnsRecords: [{ ...www, ...record }] }).code;
    expect(code({ loweredTtl: 400 })).toBe("CONFIGURATION_TTL");
    expect(code({ existing: true, zoneId: undefined })).toBe("CONFIGURATION_EXISTING_RECORD");
    expect(code({ whenUnhealthy: "answer-source" })).toBe("CONFIGURATION_ANSWER_SOURCE");
    const two = { type: "A", values: ["198.51.100.7", "198.51.100.8"] };
    expect(code({ whenUnhealthy: "answer-source", healthCheck: { healthCheckId: "h" }, target: two })).toBe(
      "CONFIGURATION_ANSWER_SOURCE",
    );
    const check = (healthCheck: object): string => code({ healthCheck });
    for (const ipAddress of ["10.0.0.1", "192.168.1.1", "fd00::1", "x"]) {
      expect(check({ type: "TCP", ipAddress, port: 1 })).toBe("CONFIGURATION_HEALTH_CHECK_ADDRESS");
    }
    for (const healthCheck of [
      { type: "TCP", port: 1 },
      { fqdn: "x" },
      { type: "TCP", fqdn: "x", port: 1, path: "/" },
      { healthCheckId: "h", port: 1 },
    ]) {
      expect(check(healthCheck)).toBe("CONFIGURATION_CUTOVER_DNS_RECORDS");
    }
    for (const target of [
      { type: "A", values: ["::1"] },
      { type: "AAAA", values: ["10.0.0.1"] },
      { type: "CNAME", values: ["a", "b"] },
      { type: "CNAME", alias: { dnsName: "a", zoneId: "Z" } },
      { type: "A" },
    ]) {
      expect(code({ target })).toBe("CONFIGURATION_CUTOVER_DNS_RECORDS");
    }
  });
});

describe("ConfigurationCutover", () => {
  it("refuses nothing at all, the same twice, and a name beside a CNAME", () => {
    expect(refused({}).code).toBe("CONFIGURATION_EMPTY");
    expect(refused({ dnsRecords: [www, { ...www, fqdn: "WWW.example.com." }] }).code).toBe("CONFIGURATION_DUPLICATE");
    const variable = { name: "X", source: "a", target: "b" };
    expect(refused({ environmentVariables: [variable, variable] }).code).toBe("CONFIGURATION_DUPLICATE");
    const cname: DnsRecordSettings = { ...www, target: { type: "CNAME", values: ["x"] } };
    const aaaa: DnsRecordSettings = {
      ...www,
      source: { type: "AAAA", values: ["2001:db8::1"] },
      target: { type: "AAAA", values: ["2001:db8::2"] },
    };
    expect(refused({ dnsRecords: [cname, aaaa] }).code).toBe("CONFIGURATION_DUPLICATE");
    expect(all(jsonOf({ dnsRecords: [www, aaaa] }).resource, "aws_route53_record")).toHaveLength(2);
  });

  it("says what is wrong with props, where, and without values", () => {
    const error = refused({
      environmentVariables: [{ name: "a b", source: "", target: SECRET }],
    });
    expect(error.code).toBe("CONFIGURATION_CUTOVER_ENVIRONMENT_VARIABLES");
    expect(error.message).toContain("environmentVariables[0].name");
    expect(error.message).not.toContain(SECRET);
  });

  it("gives the rules what they look at", () => {
    stackWith((stack) => {
      const cutover = new ConfigurationCutover(stack, "shop", {
        application: "shop",
        migration: inStage(stack, "test"),
        dnsRecords: [www],
      });
      const { inventory } = inStage(stack, "test").assessment;
      expect(cutover.review).toEqual({ configuration: cutover.settings, inventory });
      expect(cutover.settings).toEqual({ application: "shop", dnsRecords: [www] });
      expect(cutover.side).toBe("source");
      expect([...cutover.records.keys()]).toEqual(["www.example.com A"]);
    });
  });
});

describe("the example", () => {
  function filesOf(stage: LiftAndShiftStage): Map<string, string> {
    const outdir = makeTemporaryFolder("configuration");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "shop");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new ShopConfiguration(stack, "shop", {
      migration: new StagedMigration(stack, "migration", { stage }),
      zoneId: new TerraformVariable(stack, "zone-id", { type: "string" }).stringValue,
      databaseHost: new TerraformVariable(stack, "database-host", { type: "string" }).stringValue,
    });
    app.synth();
    const folder = path.join(outdir, "stacks/shop");
    return new Map(
      (readdirSync(folder, { recursive: true }) as string[])
        .filter((file) => /\.(csv|json)$/.test(file))
        .sort()
        .map((file) => [file, readFileSync(path.join(folder, file), "utf8")]),
    );
  }

  it("writes the same bytes again, with old, new and what holds", () => {
    const files = filesOf("test");
    expect(filesOf("test")).toEqual(files);
    expect(files.get("configuration/shop/dns-changes.csv")).toBe(
      "fqdn,type,old,new,TTL\r\nshop.partner.example,A,203.0.113.10,198.51.100.7,60\r\n",
    );
    // The database's host is a variable, so that the whole table is an output.
    expect(files.has("configuration/shop/values.csv")).toBe(false);
    const { output } = JSON.parse(files.get("cdk.tf.json") ?? "{}") as Json;
    const { value, sensitive } = output?.["shop_shop_values"] ?? {};
    expect(sensitive).toBe(true);
    expect(String(value).split("\r\n")).toEqual([
      "kind,name,old,new,holds",
      "DNS record,shop.partner.example,A 203.0.113.10,A 198.51.100.7,source",
      "DNS record,www.shop.example.com,A 203.0.113.10,CNAME lb.shop.example.net,source",
      'connection string,shop/database,postgresql://shop:{{password}}@db-01.example.internal:5432/shop?sslmode=require,"db-01.example.internal becomes ${var.database-host}:5433",source',
      "environment variable,/shop/CACHE_HOST,cache-01.example.internal,cache.shop.example.net,source",
      'environment variable,/shop/MAIL_TOKEN,(secret shop/source-password),"(secret shop/target-password, password)",source',
      "",
    ]);
  });

  it("changes no address of a resource from stage to stage", () => {
    const addresses = liftAndShiftStageNames.map((stage) => {
      const { resource } = JSON.parse(filesOf(stage).get("cdk.tf.json") ?? "{}") as Json;
      return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
    });
    for (const each of addresses) expect(each).toEqual(addresses[0]);
  });

  it("is the README's", () => {
    const readme = readFileSync(path.join(__dirname, "../../../lib/parts/configuration/README.md"), "utf8");
    const example = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(example.slice(example.indexOf("/** The example"), example.lastIndexOf("}")));
  });
});

describe("dns-changes.csv", () => {
  it("has two lines where the type changes", () => {
    const outdir = makeTemporaryFolder("configuration");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "s");
    new ConfigurationCutover(stack, "c", {
      application: 'a "quoted", one',
      migration: inStage(stack, "cutover"),
      artifactFolder: "files",
      dnsRecords: [{ ...www, zoneId: undefined, target: { type: "CNAME", values: ["lb,x"] } }],
    });
    app.synth();
    expect(readFileSync(path.join(outdir, "stacks/s/files/dns-changes.csv"), "utf8")).toBe(
      'fqdn,type,old,new,TTL\r\nwww.example.com,A,203.0.113.10,,60\r\nwww.example.com,CNAME,,"lb,x",60\r\n',
    );
  });
});

describe("a table with a value that only Terraform will know", () => {
  /** A stack with a record in a zone of ours and one elsewhere, both with an answer that is not known yet. */
  function synthesized(more: (open: string) => Partial<ConfigurationSettings> = () => ({})) {
    const outdir = makeTemporaryFolder("configuration");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "booking");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    const open = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
    const target = { type: "A", values: [open] } as const;
    const configuration = new ConfigurationCutover(stack, "c", {
      application: "shop",
      migration: inStage(stack, "cutover"),
      dnsRecords: [
        { ...www, existing: true, target },
        { fqdn: "x.partner.example", source: www.source, target },
      ],
      ...more(open),
    });
    return {
      configuration,
      synth: () => {
        app.synth();
        const folder = path.join(outdir, "stacks/booking");
        const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".csv"));
        const json = JSON.parse(readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as Json;
        return { files, text: files.map((file) => readFileSync(path.join(folder, file), "utf8")).join(""), json };
      },
    };
  }

  it("is an output with the reference, and no file has a hole", () => {
    const { configuration, synth } = synthesized();
    expect(configuration.dnsChanges).toMatchObject({ kind: "output", outputName: "booking_c_dns_changes" });
    expect(configuration.values).toMatchObject({ kind: "output", outputName: "booking_c_values" });
    const { files, json } = synth();
    expect(files).toEqual([]);
    expect(json.output?.["booking_c_dns_changes"]).toEqual({
      description: "dns-changes.csv: terraform -chdir=cdktf.out/stacks/booking output -raw booking_c_dns_changes",
      value: 'fqdn,type,old,new,TTL\r\nx.partner.example,A,203.0.113.10,"${var.address}",60\r\n',
    });
    expect(json.output?.["booking_c_values"]?.["value"]).toContain('A 203.0.113.10,"A ${var.address}",target');
  });

  it("is a file where its own values are known, whatever the other table has", () => {
    const { configuration, synth } = synthesized((open) => ({
      dnsRecords: [{ fqdn: "x.partner.example", source: www.source, target: www.target }],
      environmentVariables: [{ name: "HOST", source: "a", target: open }],
    }));
    expect(configuration.dnsChanges?.kind).toBe("file");
    expect(configuration.values.kind).toBe("output");
    const { files, text } = synth();
    expect(files).toEqual(["configuration/c/dns-changes.csv"]);
    expect(text).not.toContain("${");
  });

  it("knows a number that has become text", () => {
    const { configuration } = synthesized(() => ({
      dnsRecords: [],
      connectionStrings: [
        {
          name: "db",
          source: "redis://db-01:6379",
          target: { hosts: [{ from: { host: "db-01" }, to: { host: "new", port: Token.asNumber({ Ref: "port" }) } }] },
        },
      ],
    }));
    expect(configuration.values.kind).toBe("output");
    expect(configuration.dnsChanges).toBeUndefined();
  });

  it("keeps text that looks like an expression as text, and what a SecureString holds out of the state", () => {
    const { synth } = synthesized((open) => ({
      environmentVariables: [
        { name: "A", source: "${a} %{b}", target: `$${open}` },
        { name: "B", source: { secret: { secretId: "b" } }, target: open },
      ],
      dnsRecords: [],
    }));
    const { text, live } = decodeTemplate(String(synth().json.output?.["booking_c_values"]?.["value"]));
    expect(live).toEqual(["${var.address}"]);
    expect(text.split("\r\n").slice(1, 3)).toEqual([
      'environment variable,A,${a} %{b},"$live(…)",target',
      "environment variable,B,(secret b),(known to Terraform alone),target",
    ]);
  });

  it("is written before it is used, and says what is to be answered", () => {
    const { configuration } = synthesized();
    const steps = stageSteps(configuration).cutover.enter ?? [];
    const step = (title: string): RunbookStep | undefined => steps.find((each) => each.title === title);
    const at = (title: string): number => steps.findIndex((each) => each.title.startsWith(title));
    expect(step("Write dns-changes.csv")?.command).toBe(
      "terraform -chdir=cdktf.out/stacks/booking output -raw booking_c_dns_changes > dns-changes.csv",
    );
    expect(step("Write values.csv")?.command).toBe(
      "terraform -chdir=cdktf.out/stacks/booking output -raw booking_c_values > values.csv",
    );
    expect(at("Declare")).toBeLessThan(at("Write dns-changes.csv"));
    expect(at("Write dns-changes.csv")).toBe(at("At the DNS provider") - 1);
    expect(at("Write values.csv")).toBe(at("Query DNS for") - 1);
    expect(step("Query DNS for www.example.com")?.expect).toBe("the new value of www.example.com in values.csv");
    // The source's answers are known.
    const back = stageSteps(configuration).cutover.reverse ?? [];
    expect(back.find(({ title }) => title === "Query DNS for www.example.com")?.expect).toBe("203.0.113.10");
    expect(back.map(({ title }) => title)).not.toContain("Write values.csv");
    expect(back.map(({ title }) => title)).toContain("Write dns-changes.csv");
  });

  it("leaves the id of a record to whoever overrides it, and names it in the runbook", () => {
    const { configuration, synth } = synthesized();
    configuration.records.get("www.example.com A")?.overrideLogicalId("kept");
    const keep = stageSteps(configuration).replicate.reverse?.find(({ title }) => title.startsWith("Keep the record"));
    expect(keep?.command).toBe("terraform -chdir=cdktf.out/stacks/booking state rm aws_route53_record.kept");
    expect(Object.keys(synth().json.resource["aws_route53_record"] ?? {})).toEqual(["kept"]);
  });
});

describe("the version of Terraform", () => {
  const connection = { name: "shop/db", source: "redis://a", target: "redis://b" };
  const secret = { secret: { secretId: "pw" } };
  const fileOf = (stack: TerraformStack): unknown => {
    const { outdir } = App.of(stack);
    App.of(stack).synth();
    const file = path.join(outdir, "stacks", stack.node.id, "required-version.tf.json");
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  };
  const stackOf = (props: Partial<ConfigurationCutoverProps>): TerraformStack =>
    stackWith((each) => {
      new ConfigurationCutover(each, "a", { application: "a", migration: inStage(each, "test"), ...props });
    });
  // In a list of lists, on which checkov's reader does not die.
  const required = { terraform: [[{ required_version: ">= 1.11.0" }]] };

  it("is required where something is write-only or ephemeral, and nowhere else", () => {
    expect(fileOf(stackOf({ connectionStrings: [connection] }))).toEqual(required);
    expect(fileOf(stackOf({ environmentVariables: [{ name: "A", source: "a", target: secret }] }))).toEqual(required);
    const variables = [{ name: "A", source: "a", target: "b" }];
    expect(fileOf(stackOf({ environmentVariables: variables, dnsRecords: [www] }))).toBe(undefined);
  });

  it("is required beside what the stack requires already, once", () => {
    const stack = stackWith((each) => {
      each.addOverride("terraform.required_version", "~> 1.14, < 2");
      for (const id of ["a", "b"]) {
        new ConfigurationCutover(each, id, {
          application: id,
          migration: inStage(each, "test"),
          connectionStrings: [connection],
        });
      }
    });
    expect(fileOf(stack)).toEqual(required);
    const json = JSON.parse(Testing.synth(stack, true)) as Json;
    expect(json.terraform?.required_version).toBe("~> 1.14, < 2");
  });
});

describe("configurationSteps", () => {
  const stepsOf = (of: ConfigurationSettings): Record<LiftAndShiftStage, PartSteps> =>
    Object.fromEntries(
      [...liftedStages].map((to) => [
        to.name,
        configurationSteps(of, { phase: to.phase, from: liftedStages.before(to.name), to }),
      ]),
    ) as Record<LiftAndShiftStage, PartSteps>;
  const settings: ConfigurationSettings = {
    application: "shop",
    connectionStrings: [{ name: "shop/db", source: "redis://a", target: "redis://b" }],
    environmentVariables: Array.from({ length: 11 }, (_, index) => ({ name: `V${index}`, source: "a", target: "b" })),
    dnsRecords: [
      { ...www, ttl: 3600 },
      { fqdn: "x.partner.example", source: www.source, target: www.target },
    ],
  };

  it("go forward and back in every stage, each with its owner, its budget and what is seen", () => {
    const steps = stepsOf(settings);
    for (const stage of liftAndShiftStageNames) {
      const { enter = [], reverse = [] } = steps[stage];
      for (const step of [...enter, ...reverse]) {
        expect(step.title).not.toMatch(/\.$/);
        expect(step.owner).not.toBe("");
        expect(step.expect).not.toBe("");
        expect(step.minutes).toBeGreaterThan(0);
      }
      expect(enter.filter(({ deploys }) => deploys === true)).toHaveLength(1);
      // From the last stage there is no way back, so nobody is told one.
      expect(reverse.filter(({ deploys }) => deploys === true)).toHaveLength(stage === "finalized" ? 0 : 1);
    }
  });

  it("write down the versions before, in calls of ten names, and wait for the old time to live", () => {
    const { enter: test = [] } = stepsOf(settings).test;
    const { enter = [], reverse = [] } = stepsOf(settings).cutover;
    const commands = test.flatMap(({ command }) => command ?? []);
    expect(commands.filter((each) => each.startsWith("aws ssm get-parameters"))).toHaveLength(2);
    expect(commands.some((each) => each.includes("--secret-id shop/db"))).toBe(true);
    // A secret that has only been made has no version before it.
    const versions = (steps: readonly RunbookStep[]): string | undefined =>
      steps.find(({ title }) => title.startsWith("Write down the current version of the secret"))?.expect;
    expect(versions(test)).not.toContain("AWSPREVIOUS");
    expect(versions(reverse)).toContain("AWSPREVIOUS");
    // Before the cut-over, so that nobody counts versions in its window.
    expect(JSON.stringify(enter)).not.toContain("get-parameters");
    expect(test.map(({ title }) => title)).toContain(
      "Wait 3600 seconds, until old answers have expired in every cache",
    );
    expect(enter.map(({ title }) => title)).toContain("Wait 60 seconds, until old answers have expired in every cache");
    expect(reverse.map(({ command }) => command)).toContain("dig +noall +answer www.example.com A");
    expect(enter.some(({ title }) => title.includes("dns-changes.csv"))).toBe(true);
  });

  it("say nothing of what is not there", () => {
    const { enter = [] } = stepsOf({ application: "shop", dnsRecords: [www] }).cutover;
    expect(enter.some(({ title }) => /Start|provider|version/.test(title))).toBe(false);
  });

  it("change what others answer first, and wait then", () => {
    const { enter = [] } = stepsOf(settings).test;
    const titles = enter.map(({ title }) => title);
    expect(titles.findIndex((title) => title.includes("At the DNS provider"))).toBeLessThan(
      titles.findIndex((title) => title.startsWith("Wait")),
    );
  });

  it("look for each secret before Terraform does, and name no token", () => {
    const reference = { secretId: "shop/password" };
    const { enter = [] } = stepsOf({
      application: "shop",
      connectionStrings: [
        { name: "shop/db", source: "redis://:{{password}}@a", target: "redis://b", sourcePassword: reference },
      ],
      environmentVariables: [
        {
          name: "TOKEN",
          source: { secret: reference },
          target: { secret: { secretId: Token.asString({ Ref: "secret" }) } },
        },
      ],
    }).replicate;
    const before = enter.slice(
      0,
      enter.findIndex(({ deploys }) => deploys === true),
    );
    expect(before.map(({ title }) => title)).toEqual([
      "Check that the secret shop/password exists and has a value",
      "Check that the secret SECRET exists and has a value",
    ]);
  });

  it("take a record that was there before out of Terraform's state, before a destroy would delete it", () => {
    const { reverse = [] } = stepsOf({
      application: "shop",
      dnsRecords: [{ ...www, zoneId: "Z1", existing: true }],
    }).replicate;
    const kept = reverse.findIndex(
      ({ command }) => command === "terraform -chdir=cdktf.out/stacks/STACK state rm ADDRESS",
    );
    expect(kept).toBeGreaterThanOrEqual(0);
    expect(kept).toBeLessThan(reverse.findIndex(({ deploys }) => deploys === true));
  });
});
