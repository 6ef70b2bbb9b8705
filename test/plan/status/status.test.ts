import { describe, expect, it } from "@jest/globals";
import type { StageRecord } from "../../../lib/core/stage-record";
import { declaredMigrations, type DeclaredMigration } from "../../../lib/plan/status/declared-migrations";
import { migrationStatuses } from "../../../lib/plan/status/migration-status";

const stack = (parameters: readonly object[], provider: unknown = { aws: [{ region: "eu-central-1" }] }): unknown => ({
  provider,
  resource: { aws_ssm_parameter: Object.fromEntries(parameters.map((each, index) => [`p${index}`, each])) },
});
const declared = { name: "/migration/shop/orders/declared", insecure_value: "migrate" };

describe("the migrations of the code", () => {
  it("are those whose declared stage is a parameter", () => {
    const parameters = [
      declared,
      { name: "/migration/shop/orders/reached", insecure_value: "none" },
      { name: "/migration/shop/users/dependents/shop.orders", insecure_value: "{}" },
      { name: "/orders/database/password" },
      { name: "${aws_ssm_parameter.x.name}/declared", insecure_value: "x" },
    ];
    expect(declaredMigrations("orders", stack(parameters))).toEqual([
      { app: "shop", migration: "orders", stack: "orders", code: "migrate", region: "eu-central-1" },
    ]);
  });

  it.each([
    [{ ...declared, provider: "aws.virginia" }, "us-east-1"],
    [{ ...declared, provider: "${aws.virginia}" }, "us-east-1"],
    [{ ...declared, region: "eu-north-1" }, "eu-north-1"],
    [{ ...declared, provider: "aws.absent" }, undefined],
  ])("are in the region of their provider: %j", (parameter, region) => {
    const provider = { aws: [{ region: "eu-central-1" }, { alias: "virginia", region: "us-east-1" }] };
    expect(declaredMigrations("s", stack([parameter], provider))[0]?.region).toBe(region);
  });

  it("leave out what only Terraform knows", () => {
    const provider = { aws: { region: "${var.region}" } };
    const parameter = { ...declared, insecure_value: "${var.stage}" };
    expect(declaredMigrations("s", stack([parameter], provider))).toEqual([
      { app: "shop", migration: "orders", stack: "s" },
    ]);
  });

  it("have the stages that their preconditions know", () => {
    const condition =
      '${contains(["expand","migrate"], lookup(local.values, "/migration/shop/orders/declared", "expand"))}';
    const known = { ...declared, lifecycle: { precondition: [{ condition }] } };
    expect(declaredMigrations("s", stack([known]))[0]?.stages).toEqual(["expand", "migrate"]);
    const other = { ...declared, lifecycle: { precondition: [{ condition: "${true}" }] } };
    expect(declaredMigrations("s", stack([other]))[0]?.stages).toBeUndefined();
  });

  it.each([undefined, null, "text", [], {}, { resource: { aws_ssm_parameter: { a: null } } }])(
    "are none in %j",
    (terraform) => {
      expect(declaredMigrations("s", terraform)).toEqual([]);
    },
  );
});

describe("the status", () => {
  const coded = { app: "shop", migration: "orders", stack: "orders", region: "r", stages: ["expand", "migrate"] };
  const record = { app: "shop", migration: "orders", dependents: [] };

  it.each<[string, Partial<DeclaredMigration>, Partial<StageRecord> | undefined]>([
    ["not deployed", { code: "expand" }, undefined],
    ["not deployed", { code: "expand" }, {}],
    ["unknown stage", { code: "expand" }, { declared: "expand", reached: "shadow" }],
    ["unknown stage", { code: "expand" }, { declared: "shadow", reached: "none" }],
    ["waits for deployment", { code: "migrate" }, { declared: "expand", reached: "expand" }],
    ["waits for deployment", { code: "migrate" }, { reached: "expand" }],
    ["not yet reached", { code: "expand" }, { declared: "expand", reached: "none" }],
    ["not yet reached", { code: "expand" }, { declared: "expand" }],
    ["on its way", { code: "migrate" }, { declared: "migrate", reached: "expand" }],
    ["reached", { code: "migrate" }, { declared: "migrate", reached: "migrate" }],
    ["reached", {}, { declared: "migrate", reached: "migrate" }],
  ])("is %s of %j and %j", (state, code, recorded) => {
    const records = recorded === undefined ? [] : [{ ...record, ...recorded }];
    const [status] = migrationStatuses([{ ...coded, ...code }], [{ region: "r", records }]);
    expect(status?.state).toBe(state);
  });

  it("takes any stage as known where the code does not list them", () => {
    const { stages: _stages, ...free } = coded;
    const records = [{ ...record, declared: "shadow", reached: "shadow" }];
    expect(migrationStatuses([{ ...free, code: "shadow" }], [{ region: "r", records }])[0]?.state).toBe("reached");
  });

  it("lists what the account has and the code does not, each region for itself", () => {
    const records = [{ ...record, declared: "expand", reached: "none" }];
    const statuses = migrationStatuses([{ ...coded, code: "expand" }], [{ region: "r", records: [] }, { records }]);
    expect(statuses).toEqual([
      {
        app: "shop",
        migration: "orders",
        region: "r",
        stack: "orders",
        code: "expand",
        state: "not deployed",
        dependents: [],
      },
      { app: "shop", migration: "orders", declared: "expand", state: "not yet reached", dependents: [] },
    ]);
  });
});
