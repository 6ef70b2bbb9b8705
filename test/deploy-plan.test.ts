import { describe, expect, it } from "@jest/globals";
import { forEngine } from "./deploy/engine";
import { changesIn, count, isRecord, movesOf, recordedIn, stray, type ResourceChange } from "./deploy/plan";
import type { Walk } from "./deploy/walks";

type Values = Readonly<Record<string, unknown>>;

function change(
  type: string,
  actions: readonly string[],
  before: Values | null = null,
  after: Values | null = null,
): ResourceChange {
  return { address: `${type}.one`, type, mode: "managed", change: { actions, before, after } };
}

const walk: Walk = {
  stages: ["a", "b"],
  moves: {
    aws_route: "comes-and-goes",
    aws_route53_record: ["weighted_routing_policy"],
    aws_cloudwatch_metric_alarm: { comesAndGoes: /alarm\.traffic/, attributes: ["actions_enabled"] },
  },
};

describe("what moves", () => {
  it("is what is created, destroyed or changed, tags too: none of them says the stage", () => {
    const created = change("aws_route", ["create"]);
    const changed = change("aws_route", ["update"], { cidr: "a" }, { cidr: "b" });
    const tagged = change("aws_vpc", ["update"], { tags: { stage: "a" } }, { tags: { stage: "b" } });
    const changes = [
      change("aws_vpc", ["no-op"]),
      change("aws_instance", ["update"], { disk: [{ size: 1 }] }, { disk: [{ size: 1 }] }),
      { ...change("aws_ami", ["read"]), mode: "data" },
      created,
      changed,
      tagged,
    ];
    expect(movesOf(changes)).toEqual([created, changed, tagged]);
    expect(count(movesOf(changes))).toBe("1 × create aws_route, 1 × update aws_route, 1 × update aws_vpc");
  });
});

describe("a stage record", () => {
  const declared: ResourceChange = {
    ...change(
      "aws_ssm_parameter",
      ["update"],
      { insecure_value: "a", version: 1 },
      { insecure_value: "b", version: 2 },
    ),
    address: "aws_ssm_parameter.booking_record_declared_0A1B2C3D",
  };

  it("says the stages, and may change in nothing else", () => {
    expect(isRecord(declared)).toBe(true);
    expect(recordedIn([declared, change("aws_route", ["create"])])).toEqual(["declared a -> b"]);
    expect(stray(declared, [walk.moves])).toBeUndefined();
    const renamed = { ...declared, change: { ...declared.change, after: { name: "other" } } };
    expect(stray(renamed, [{ aws_ssm_parameter: "comes-and-goes" }])).toContain("(insecure_value, name, version)");
  });

  it("is not any parameter", () => {
    expect(isRecord({ ...declared, address: "aws_ssm_parameter.booking_settings_0A1B2C3D" })).toBe(false);
  });
});

describe("a stray", () => {
  it("is every move of a type that the walk does not name", () => {
    expect(stray(change("aws_instance", ["delete", "create"]), [walk.moves])).toBe("delete+create aws_instance.one");
  });

  it("is not what comes and goes", () => {
    expect(stray(change("aws_route", ["delete"]), [walk.moves])).toBeUndefined();
  });

  it("is an update of another attribute than the one that may change", () => {
    const weights = { weighted_routing_policy: [{ weight: 0 }], ttl: 60 };
    const moved = { weighted_routing_policy: [{ weight: 10 }], ttl: 60 };
    expect(stray(change("aws_route53_record", ["update"], weights, moved), [walk.moves])).toBeUndefined();
    expect(stray(change("aws_route53_record", ["update"], weights, { ...moved, ttl: 30 }), [walk.moves])).toBe(
      "update aws_route53_record.one (ttl, weighted_routing_policy)",
    );
    expect(stray(change("aws_route53_record", ["delete", "create"], weights, moved), [walk.moves])).toContain(
      "delete+create",
    );
  });

  it("depends on the address where only some of a type come and go", () => {
    const state = change("aws_cloudwatch_metric_alarm", ["create"]);
    expect(stray(state, [walk.moves])).toBe("create aws_cloudwatch_metric_alarm.one");
    expect(stray({ ...state, address: "aws_cloudwatch_metric_alarm.traffic" }, [walk.moves])).toBeUndefined();
    const enabled = change(
      "aws_cloudwatch_metric_alarm",
      ["update"],
      { actions_enabled: false },
      { actions_enabled: true },
    );
    expect(stray(enabled, [walk.moves])).toBeUndefined();
  });
});

describe("a plan in words", () => {
  it("is cut down to what changes", () => {
    const plan = [
      "Refreshing state...",
      "  # aws_vpc.a will be updated in-place",
      '  ~ resource "aws_vpc" "a" {',
      "        id = 1",
      '      ~ cidr = "a" -> "b" # forces replacement',
      "    }",
    ].join("\n");
    expect(changesIn(plan).split("\n")).toEqual([
      "  # aws_vpc.a will be updated in-place",
      '  ~ resource "aws_vpc" "a" {',
      '      ~ cidr = "a" -> "b" # forces replacement',
    ]);
    expect(changesIn("nothing like a plan")).toBe("nothing like a plan");
  });
});

describe("commands that are printed", () => {
  const commands = "terraform -chdir=cdktf.out/stacks/a state rm x && (terraform init; ls terraform.tfstate)";

  it("are run with the engine that the lab deploys with", () => {
    expect(forEngine(commands, "tofu")).toBe(
      "tofu -chdir=cdktf.out/stacks/a state rm x && (tofu init; ls terraform.tfstate)",
    );
    expect(forEngine(commands, "terraform")).toBe(commands);
  });
});
