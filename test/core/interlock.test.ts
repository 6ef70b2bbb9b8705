/** Migrations that hold each other, as far as the synthesis tells. What Terraform says of them is seen by test:deploy. */
import { describe, expect, it } from "@jest/globals";
import { Testing, TerraformStack } from "cdktf";
import { Migration } from "../../lib/core/migration";
import type { IdentifiedMigration, MigrationDependency } from "../../lib/core/migration-dependency";
import { ToyMigration, toyStages, type ToyProps, type ToyStage } from "../support/toy-migration";
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
    expect(finding?.message).toBe("the stage serve needs store/orders to have reached try, and it declares prepare");
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
      `interlock-circle: it waits for itself: ${names.map((name) => `/migration/toys/${name}`).join(" → ")}`,
    ];
    expect(circles).toEqual([path("a", "b", "c", "a"), path("b", "c", "a", "b"), path("c", "a", "b", "c")]);
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
    expect(error.message).toContain("store is");
    expect(error.message).toContain('received "edge"');
  });
});
