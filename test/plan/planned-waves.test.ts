import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { Migration } from "../../lib/core/migration";
import type { MigrationDependency } from "../../lib/core/migration-dependency";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import type { PlanEntry, PlanWaveSettings } from "../../lib/plan/plan-props";
import { dependencyOrder, plannedWaves } from "../../lib/plan/planned-waves";
import { thrown } from "../support/thrown";
import { ToyMigration, toyStages, type ToyProps } from "../support/toy-migration";

const server = (name: string, wave?: string) => ({ name, ...(wave === undefined ? {} : { wave }) });
const estate = (...servers: ReturnType<typeof server>[]): Inventory => inventorySchema.parse({ servers });

function stack(): TerraformStack {
  return new TerraformStack(new App(), "stack");
}

function waves(entries: readonly PlanEntry[], inventory: Inventory, settings?: PlanWaveSettings): string[][] {
  return plannedWaves(entries, inventory, settings).plan.waves.map(({ name, moves }) => [name, ...moves]);
}

const serving = (...needed: readonly Migration[]): MigrationDependency[] =>
  needed.map((migration) => ({ migration, reached: "serve" }));

const entriesOf = (...migrations: readonly Migration[]): PlanEntry[] => migrations.map((migration) => ({ migration }));

const toy = (scope: TerraformStack, id: string, props: ToyProps = {}): Migration => new ToyMigration(scope, id, props);

describe("the waves of a plan", () => {
  it("keep the servers of one migration together, whatever the flows between them say", () => {
    const scope = stack();
    const first = toy(scope, "first", { servers: ["a", "d"] });
    const inventory = estate(server("a"), server("b"), server("c"), server("d"));
    expect(waves([{ migration: first }], inventory, { limits: { moves: 2 } })).toEqual([
      ["wave-1", "a", "d"],
      ["wave-2", "b", "c"],
    ]);
  });

  it("put connections before the first wave, in their order, whether anybody depends on them or not", () => {
    const scope = stack();
    const network = toy(scope, "network", { role: "connection" });
    const vpn = toy(scope, "vpn", { role: "connection", dependsOn: serving(network) });
    const mesh = toy(scope, "mesh", { role: "connection" });
    const servers = toy(scope, "servers", { servers: ["a"], dependsOn: serving(vpn) });
    const planned = plannedWaves(entriesOf(servers, vpn, network, mesh), estate(server("a")));
    expect(planned.foundation.map(({ node }) => node.id)).toEqual(["network", "vpn", "mesh"]);
    expect(planned.plan.waves.map(({ moves }) => moves)).toEqual([["a"]]);
  });

  it("put nothing before the first wave that is no connection, is in a wave, or waits for what is in one", () => {
    const scope = stack();
    const schema = toy(scope, "schema", { role: "schema" });
    const named = toy(scope, "named", { role: "connection", wave: "wave-2" });
    const late = toy(scope, "late", { role: "connection", dependsOn: serving(schema) });
    const reader = toy(scope, "reader", { dependsOn: serving(schema) });
    const planned = plannedWaves(entriesOf(schema, named, late, reader), estate());
    expect(planned.foundation).toEqual([]);
    expect(planned.plan.waves.flatMap(({ moves }) => moves).sort()).toEqual(
      ["late", "named", "reader", "schema"].map((id) => `stack/${id}`),
    );
  });

  it("put a connection before the first wave that waits for one of another app", () => {
    const backbone = Migration.fromParameterPath("/migration/network/backbone", toyStages);
    const vpn = toy(stack(), "vpn", { role: "connection", dependsOn: [{ migration: backbone, reached: "serve" }] });
    expect(plannedWaves(entriesOf(vpn), estate()).foundation).toEqual([vpn]);
  });

  it("move a migration without servers with what it depends on, or later", () => {
    const scope = stack();
    const servers = toy(scope, "servers", { servers: ["a", "b"] });
    const routing = toy(scope, "routing", { dependsOn: serving(servers) });
    const entries = entriesOf(servers, routing);
    const inventory = estate(server("a", "wave-2"), server("b", "wave-2"));
    expect(waves(entries, inventory, { limits: { moves: 2 } })).toEqual([
      ["wave-2", "a", "b"],
      ["wave-3", "stack/routing"],
    ]);
  });

  it("keep a migration without servers in the wave that it names", () => {
    const scope = stack();
    const routing = toy(scope, "routing", { wave: "wave-3" });
    expect(waves([{ migration: routing }], estate())).toEqual([["wave-3", "stack/routing"]]);
  });

  it("begin with the lowest risk, as the catalog states it or the plan says", () => {
    const scope = stack();
    const high = toy(scope, "a-high", { risk: "Medium-High" });
    const unknown = toy(scope, "b-unknown");
    const low = toy(scope, "c-low", { risk: "Low-Medium" });
    const said = toy(scope, "d-said", { risk: "High" });
    const entries = [
      { migration: high },
      { migration: unknown },
      { migration: low },
      { migration: said, risk: "low" as const },
    ];
    expect(waves(entries, estate(), { limits: { moves: 1 } }).map(([, move]) => move)).toEqual([
      "stack/c-low",
      "stack/d-said",
      "stack/b-unknown",
      "stack/a-high",
    ]);
  });

  it("take the declared risk for every server of a migration", () => {
    const scope = stack();
    const servers = toy(scope, "servers", { servers: ["a", "b"] });
    const order = (risk?: "low" | "high"): string[][] =>
      waves(
        [{ migration: servers, ...(risk === undefined ? {} : { risk }) }],
        estate(server("a"), server("b"), server("c")),
        {
          limits: { moves: 2 },
        },
      );
    expect(order()).toEqual([
      ["wave-1", "a", "b"],
      ["wave-2", "c"],
    ]);
    expect(order("high")).toEqual([
      ["wave-1", "c"],
      ["wave-2", "a", "b"],
    ]);
  });

  it("take the minutes of one cut-over for all servers of a migration, and keep to the change window", () => {
    const scope = stack();
    // Of the stages of a toy, the one that is entered in a window takes 10 minutes.
    const entries = ["a", "b", "c"].map((name) => ({
      migration: toy(scope, name, { servers: [`${name}1`, `${name}2`] }),
    }));
    const inventory = estate(...["a1", "a2", "b1", "b2", "c1", "c2"].map((name) => server(name)));
    const planned = (settings: PlanWaveSettings): string[][] => waves(entries, inventory, settings);
    expect(planned({ window: { minutes: 20 } })).toEqual([
      ["wave-1", "a1", "a2", "b1", "b2"],
      ["wave-2", "c1", "c2"],
    ]);
    expect(planned({ window: { minutes: 30 } })).toHaveLength(1);
    expect(planned({ window: { minutes: 10 }, windows: { "wave-2": { minutes: 25 } } })).toHaveLength(2);
    expect(planned({ window: { minutes: 10 }, limits: { lanes: 2 } })).toHaveLength(2);
    expect(planned({ window: { minutes: 10 }, limits: { windowMinutes: 30 } })).toHaveLength(1);
  });

  it("do not change while a wave is done", () => {
    const minutesIn = (stage: "prepare" | "serve") =>
      plannedWaves([{ migration: toy(stack(), "a", { servers: ["a"], stage }) }], estate(server("a"))).plan.waves.map(
        ({ minutes }) => minutes,
      );
    expect(minutesIn("prepare")).toEqual([10]);
    expect(minutesIn("serve")).toEqual([10]);
  });

  it("leave out what is excluded, and refuse to exclude what a migration moves or what does not move at all", () => {
    const scope = stack();
    const servers = toy(scope, "servers", { servers: ["a"] });
    const inventory = estate(server("a"), server("b"));
    const exclude = (name: string) => ({ excluded: [{ name, reason: "it is replaced" }] });
    expect(waves([{ migration: servers }], inventory, exclude("b"))).toEqual([["wave-1", "a"]]);
    for (const name of ["a", "z"]) {
      const error = thrown(() => plannedWaves([{ migration: servers }], inventory, exclude(name)));
      expect(error.code).toBe("PLAN_EXCLUDED");
      expect(error.received).toBe(name);
    }
  });
});

describe("the order of the migrations", () => {
  const ids = (...migrations: readonly Migration[]): string[] =>
    dependencyOrder(entriesOf(...migrations)).map(({ migration }) => migration.node.id);

  it("has each after those it depends on, and otherwise as given", () => {
    const scope = stack();
    const c = toy(scope, "c");
    const [a, b] = [toy(scope, "a", { dependsOn: serving(c) }), toy(scope, "b")];
    expect(ids(a, b, c)).toEqual(["c", "a", "b"]);
  });

  it("is the same each time where they depend on each other in a circle, which is for others to report", () => {
    const scope = stack();
    // By identity, as only the finished tree knows what is behind it.
    const named = (name: string): MigrationDependency => ({
      migration: { identity: { app: "toys", name: `stack-${name}` }, stages: toyStages },
      reached: "serve",
    });
    const a = toy(scope, "a", { dependsOn: [named("c")] });
    const b = toy(scope, "b", { dependsOn: [named("a")] });
    const c = toy(scope, "c", { dependsOn: [named("b")] });
    expect(ids(a, b, c)).toEqual(["b", "c", "a"]);
    expect(ids(b, c, a)).toEqual(["c", "a", "b"]);
    const planned = plannedWaves(entriesOf(a, b, c), estate());
    expect(planned.plan.waves.map(({ moves }) => moves)).toEqual([["stack/a", "stack/b", "stack/c"]]);
    expect(a.evaluate().findings.map(({ rule }) => rule)).toContain("interlock-circle");
  });
});
