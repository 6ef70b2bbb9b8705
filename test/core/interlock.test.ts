/** Migrations that hold each other, as far as the synthesis tells. What Terraform says of them is seen by test:deploy. */
import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformHclModule, TerraformResource, TerraformStack, Testing } from "cdktf";
import { Migration } from "../../lib/core/migration";
import type { IdentifiedMigration, MigrationDependency } from "../../lib/core/migration-dependency";
import { Stages } from "../../lib/core/stage";
import type { TrafficShare } from "../../lib/core/traffic-share";
import { StagedMigration, ToyMigration, toyStages, type ToyProps, type ToyStage } from "../support/toy-migration";
import { thrown } from "../support/thrown";

interface Pair {
  readonly schema: ToyMigration;
  readonly route: ToyMigration;
}

function stacks(): [TerraformStack, TerraformStack] {
  const app = Testing.app();
  return [new TerraformStack(app, "store"), new TerraformStack(app, "edge")];
}

function pair(schemaStage: ToyStage, routeStage: ToyStage, over: Partial<MigrationDependency> = {}): Pair {
  const [store, edge] = stacks();
  const schema = new ToyMigration(store, "orders", { stage: schemaStage });
  const dependsOn = [{ migration: schema, reached: "try", ...over }];
  return { schema, route: new ToyMigration(edge, "routing", { stage: routeStage, dependsOn }) };
}

const found = (migration: Migration): string[] => migration.evaluate().findings.map(({ rule }) => rule);

describe("a migration that waits for another", () => {
  it.each([
    ["prepare", "prepare", []],
    ["prepare", "try", []],
    ["prepare", "serve", ["interlock-not-reached"]],
    ["try", "serve", []],
    ["serve", "serve", []],
  ] as const)("while that is in %s, may be in %s: %j", (schema, route, findings) => {
    expect(found(pair(schema, route).route)).toEqual(findings);
  });

  it("says which stage needs what, and both orders of deployment", () => {
    const [finding] = pair("prepare", "serve").route.evaluate().findings;
    expect(finding?.severity).toBe("blocker");
    expect(finding?.message).toBe(
      "the stage serve needs store/orders to have reached try, but that migration declares prepare",
    );
    expect(finding?.remedy).toBe(
      "forward: declare try for store/orders first (cdktf deploy store, then cdktf deploy edge); back: declare a stage before serve for edge/routing first (cdktf deploy edge --ignore-missing-stack-dependencies, then cdktf deploy store)",
    );
  });

  it("may need it earlier than it serves", () => {
    expect(found(pair("prepare", "try", { before: "try" }).route)).toEqual(["interlock-not-reached"]);
  });

  it("is deployed after it", () => {
    const { schema, route } = pair("prepare", "prepare");
    expect(TerraformStack.of(route).dependsOn(TerraformStack.of(schema))).toBe(true);
  });

  it("may name one of another app, of which only the deployment knows the stage", () => {
    const [, edge] = stacks();
    const migration = Migration.fromParameterPath("/migration/store/orders", toyStages);
    const route = new ToyMigration(edge, "routing", { stage: "serve", dependsOn: [{ migration, reached: "try" }] });
    expect(found(route)).toEqual([]);
    const json = JSON.stringify(Testing.synth(edge));
    expect(json).toContain("/migration/store/orders/dependents/toys.edge-routing");
    expect(json).toContain("deploy it first in its own app");
  });
});

describe("a circle of three", () => {
  it("is found on each of them, as a path", () => {
    const [store] = stacks();
    const named = (name: string): IdentifiedMigration =>
      Migration.fromParameterPath(`/migration/toys/${name}`, toyStages);
    const waits = (name: string, other: string): ToyMigration =>
      new ToyMigration(store, name, { name, dependsOn: [{ migration: named(other), reached: "serve" }] });
    const all = [waits("a", "b"), waits("b", "c"), waits("c", "a")];
    const circles = all.map((each) => each.evaluate().findings.map(({ rule, message }) => `${rule}: ${message}`));
    const path = (...names: string[]): string[] => [
      `interlock-circle: circular dependency: ${names.map((name) => `/migration/toys/${name}`).join(" → ")}`,
    ];
    expect(circles).toEqual([path("a", "b", "c", "a"), path("b", "c", "a", "b"), path("c", "a", "b", "c")]);
  });
});

describe("a migration of the app that is named by its path", () => {
  it("must be named with its own stages", () => {
    const [store, edge] = stacks();
    new ToyMigration(store, "orders", { name: "orders" });
    const backwards = Stages.of([...toyStages].slice(0, 2));
    const migration = Migration.fromParameterPath("/migration/toys/orders", backwards);
    const route = new ToyMigration(edge, "routing", { dependsOn: [{ migration, reached: "try" }] });
    expect(route.evaluate().findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "interlock-other-stages: it depends on store/orders with the stages prepare, try, and that has prepare, try, serve",
    ]);
  });
});

describe("stacks that would wait for each other", () => {
  it("are refused with the migration and both stacks", () => {
    const [store, edge] = stacks();
    const orders = new ToyMigration(store, "orders");
    const routing = new ToyMigration(edge, "routing", { dependsOn: [{ migration: orders, reached: "try" }] });
    const error = thrown(
      () => new ToyMigration(store, "late", { dependsOn: [{ migration: routing, reached: "try" }] }),
    );
    expect(error.code).toBe("MIGRATION_DEPENDENCY");
    expect(error.message).toContain("edge/routing of the stack edge, which is deployed after the stack store");
  });
});

describe("a record", () => {
  const parametersOf = (stack: TerraformStack): Record<string, { depends_on?: string[]; provider?: string }> =>
    (
      JSON.parse(Testing.synth(stack)) as {
        resource: { aws_ssm_parameter: Record<string, { depends_on?: string[]; provider?: string }> };
      }
    ).resource.aws_ssm_parameter;

  it("waits for modules, and for nothing of another migration or stack", () => {
    const [store] = stacks();
    const outer = new ToyMigration(store, "outer");
    new TerraformHclModule(outer, "module", { source: "terraform-aws-modules/vpc/aws", version: "6.0.0" });
    const inner = new ToyMigration(outer, "inner", { dependsOn: [{ migration: outer, reached: "try" }] });
    new TerraformResource(inner, "thing", { terraformResourceType: "aws_thing" });
    new TerraformResource(new TerraformStack(outer, "other"), "far", { terraformResourceType: "aws_far" });
    const parameters = parametersOf(store);
    const waiting = (id: string): string[] =>
      Object.entries(parameters).find(([name]) => name.startsWith(id))?.[1].depends_on ?? [];
    const outerWaits = waiting("outer_record_reached");
    expect(outerWaits.map((each) => each.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "aws_ssm_parameter.outer_record_declared",
      "module.outer_module",
    ]);
    const innerWaits = waiting("outer_inner_record_reached").map((each) => each.replace(/_[0-9A-F]{8}$/, ""));
    expect(innerWaits).toContain("aws_thing.outer_inner_thing");
  });

  it("is where its provider is, and a second time where another one is depended on through a provider", () => {
    const [store, edge] = stacks();
    const abroad = new AwsProvider(edge, "abroad", { region: "us-east-1", alias: "abroad" });
    const home = new AwsProvider(edge, "home", { region: "eu-central-1", alias: "home" });
    const migration = new ToyMigration(store, "orders");
    const dependsOn = [{ migration, reached: "try", provider: abroad }];
    new ToyMigration(edge, "routing", { dependsOn, recordProvider: home });
    const found = Object.entries(parametersOf(edge)).map(([name, { provider }]) => [
      name.replace(/_[0-9A-F]{8}$/, ""),
      provider,
    ]);
    expect(Object.fromEntries(found)).toEqual({
      routing_record_declared: "aws.home",
      routing_record_reached: "aws.home",
      "routing_record_depends-on_toys--store-orders": "aws.abroad",
      routing_record_elsewhere_abroad_declared: "aws.abroad",
      routing_record_elsewhere_abroad_reached: "aws.abroad",
    });
  });

  it("tells names apart that read alike", () => {
    const [, edge] = stacks();
    const named = (path: string): MigrationDependency => ({
      migration: Migration.fromParameterPath(path, toyStages),
      reached: "try",
    });
    const dependsOn = ["/migration/a-b/c", "/migration/a/b-c", "/migration/a/b", "/migration/a/b-values"].map(named);
    expect(() => new ToyMigration(edge, "routing", { stage: "serve", dependsOn })).not.toThrow();
  });

  it("holds no mark that is larger than a parameter", () => {
    const [, edge] = stacks();
    const many = Stages.of(
      Array.from({ length: 200 }, (_, at) => ({ ...toyStages.get("try"), name: `${"x".repeat(40)}-${at}` })),
    );
    const dependsOn = [
      { migration: Migration.fromParameterPath("/migration/a/b", many), reached: `${"x".repeat(40)}-0` },
    ];
    const error = thrown(() => new ToyMigration(edge, "routing", { dependsOn }));
    expect(error.code).toBe("MIGRATION_DEPENDENCY");
    expect(error.message).toContain("4096 characters");
  });
});

describe("what cannot be depended on", () => {
  const make =
    (dependency: object, over: ToyProps = {}) =>
    () => {
      const [store, edge] = stacks();
      const schema = new ToyMigration(store, "orders", { name: "orders" });
      const dependsOn = [{ migration: schema, reached: "try", ...dependency }] as MigrationDependency[];
      new ToyMigration(edge, "routing", { name: "routing", dependsOn, ...over });
    };
  it.each([
    ["MIGRATION_DEPENDENCY", { reached: "live" }, "allowed is one of prepare, try, serve"],
    ["MIGRATION_DEPENDENCY", { before: "live" }, "dependsOn[0].before"],
    ["MIGRATION_DEPENDENCY", { migration: undefined }, "Migration.fromParameterPath"],
    ["MIGRATION_DEPENDENCY", { migration: { identity: { app: "a", name: "b" } } }, "Migration.fromParameterPath"],
    [
      "MIGRATION_DEPENDENCY",
      { migration: Migration.fromParameterPath("/migration/toys/routing", toyStages) },
      "/migration/toys/routing → /migration/toys/routing",
    ],
  ])("%s %j", (code, dependency, words) => {
    const error = thrown(make(dependency));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.construct).toBe("edge/routing");
  });

  it.each([["x"], [{}], [[null]], [[undefined]]])("%j instead of a list of dependencies", (dependsOn) => {
    const [store] = stacks();
    const make = (): unknown =>
      new ToyMigration(store, "a", { dependsOn: dependsOn as unknown as MigrationDependency[] });
    expect(thrown(make).code).toBe("MIGRATION_DEPENDENCY");
  });

  it("twice", () => {
    const [store, edge] = stacks();
    const migration = new ToyMigration(store, "orders");
    const dependsOn = ["try", "serve"].map((reached) => ({ migration, reached }));
    expect(thrown(() => new ToyMigration(edge, "routing", { dependsOn })).message).toContain("each migration once");
  });

  it.each(["/migration/store", "store/orders", "/migration/a/b/declared", "/migration/a b/c"])(
    "a path like %s",
    (path) => {
      expect(thrown(() => Migration.fromParameterPath(path, toyStages)).code).toBe("MIGRATION_PARAMETER_PATH");
    },
  );
});

describe("two migrations of one name in an app", () => {
  it("are refused before anything is written, both named", () => {
    const [store, edge] = stacks();
    new ToyMigration(store, "orders", { name: "orders" });
    const error = thrown(() => new ToyMigration(edge, "copy", { name: "orders" }));
    expect(error.code).toBe("MIGRATION_NAME");
    expect(error.message).toContain("no other migration of the app toys has: store/orders has this one");
    expect(error.construct).toBe("edge/copy");
  });

  it("are two where their apps are", () => {
    const [store, edge] = stacks();
    new ToyMigration(store, "orders", { name: "orders" });
    expect(() => new ToyMigration(edge, "copy", { name: "orders", app: "other" })).not.toThrow();
  });
});

describe("the share's controller", () => {
  it("is one: the second is refused with both paths", () => {
    const [store, edge] = stacks();
    const migration = new ToyMigration(store, "orders");
    migration.controlShare(store);
    migration.controlShare(store);
    const error = thrown(() => {
      migration.controlShare(edge);
    });
    expect(error.code).toBe("MIGRATION_SHARE_CONTROLLER");
    expect(error.message).toContain("store already is");
    expect(error.message).toContain('received "edge"');
  });
});

describe("a resource whose share a controller moves", () => {
  const ignored = (trafficShare: TrafficShare): unknown => {
    const [store] = stacks();
    const stages = Stages.of([{ ...toyStages.get("serve"), trafficShare }]);
    const migration = new StagedMigration(store, "orders", { stages });
    const rule = new TerraformResource(migration, "rule", { terraformResourceType: "aws_lb_listener_rule" });
    migration.leaveToController(rule, "action[0].forward[0].target_group");
    return rule.lifecycle?.ignoreChanges;
  };

  it("is ignored in that attribute alone, and only while the stage leaves it to the controller", () => {
    expect(ignored({ from: 0, to: 1, controlledBy: "rollout" })).toEqual(["action[0].forward[0].target_group"]);
    expect(ignored(1)).toBeUndefined();
  });
});
