import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import type { Migration } from "../../lib/core/migration";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import type { PlanEntry, PlanWaveSettings } from "../../lib/plan/plan-props";
import { inOrder, plannedWaves } from "../../lib/plan/planned-waves";
import { thrown } from "../support/thrown";
import { ToyMigration, type ToyProps } from "../support/toy-migration";

const server = (name: string, wave?: string) => ({ name, ...(wave === undefined ? {} : { wave }) });
const estate = (...servers: ReturnType<typeof server>[]): Inventory => inventorySchema.parse({ servers });

function stack(): TerraformStack {
  return new TerraformStack(new App(), "stack");
}

function waves(entries: readonly PlanEntry[], inventory: Inventory, settings?: PlanWaveSettings): string[][] {
  return plannedWaves(entries, inventory, settings).plan.waves.map(({ name, moves }) => [name, ...moves]);
}

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

  it("put what others depend on and that moves no server before the first wave", () => {
    const scope = stack();
    const network = toy(scope, "network");
    const vpn = toy(scope, "vpn");
    const servers = toy(scope, "servers", { servers: ["a"] });
    const entries = [
      { migration: servers, dependsOn: [vpn] },
      { migration: vpn, dependsOn: [network] },
      { migration: network },
    ];
    const planned = plannedWaves(entries, estate(server("a")));
    expect(planned.foundation.map(({ node }) => node.id)).toEqual(["network", "vpn"]);
    expect(planned.plan.waves.map(({ moves }) => moves)).toEqual([["a"]]);
  });

  it("move a migration without servers with what it depends on, or later", () => {
    const scope = stack();
    const servers = toy(scope, "servers", { servers: ["a", "b"] });
    const routing = toy(scope, "routing");
    const entries = [{ migration: servers }, { migration: routing, dependsOn: [servers] }];
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

  it("take the minutes of one cut-over for all servers of a migration, and keep to the change window", () => {
    const scope = stack();
    // Of the stages of a toy, the one that raises the traffic takes 10 minutes.
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
  it("has each after those it depends on, and otherwise as given", () => {
    const scope = stack();
    const [a, b, c] = ["a", "b", "c"].map((id) => toy(scope, id)) as [Migration, Migration, Migration];
    const entries = [{ migration: a, dependsOn: [c] }, { migration: b }, { migration: c }];
    expect(inOrder(entries).map(({ migration }) => migration.node.id)).toEqual(["c", "a", "b"]);
  });

  it("is refused where they depend on each other in a circle", () => {
    const scope = stack();
    const [a, b] = ["a", "b"].map((id) => toy(scope, id)) as [Migration, Migration];
    const error = thrown(() =>
      inOrder([
        { migration: a, dependsOn: [b] },
        { migration: b, dependsOn: [a] },
      ]),
    );
    expect(error.code).toBe("PLAN_DEPENDENCY_CIRCLE");
    expect(error.received).toBe("stack/a → stack/b → stack/a");
  });
});
