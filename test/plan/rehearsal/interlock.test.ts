import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { Migration } from "../../../lib/core/migration";
import type { MigrationDependency } from "../../../lib/core/migration-dependency";
import { Stages, type Stage } from "../../../lib/core/stage";
import { interlockedStages } from "../../../lib/plan/rehearsal/interlock";
import { rehearse, type Rehearsal } from "../../../lib/plan/rehearsal/rehearse";
import { rehearsalText } from "../../../lib/plan/rehearsal/rehearsal-text";
import { emptyApp, resource, stage, Toy } from "./toy";

const STAGES: readonly Stage[] = [
  stage("expand"),
  stage("migrate", { phase: "serve" }),
  stage("contract", { phase: "final" }),
];

/** One toy for each entry, in the order in which they are given; each makes a resource that is named after its stage. */
type Declared = Readonly<
  Record<string, { readonly in: string; readonly needs?: Readonly<Record<string, Partial<MigrationDependency>>> }>
>;

interface Rehearsed extends Rehearsal {
  /** Every app that was made. */
  readonly apps: readonly App[];
}

function toysOf(app: App): Migration[] {
  return app.node.findAll().filter((each): each is Migration => each instanceof Migration);
}

function appOf(declared: Declared): App {
  const app = emptyApp();
  const made = new Map<string, Migration>();
  for (const [name, { in: stage_, needs = {} }] of Object.entries(declared)) {
    const dependsOn = Object.entries(needs).map(([other, need]): MigrationDependency => ({
      migration: made.get(other) ?? Migration.fromParameterPath(`/migration/shop/${other}-toy`, Stages.of(STAGES)),
      reached: "migrate",
      ...need,
    }));
    const scope = new TerraformStack(app, name);
    made.set(
      name,
      new Toy(scope, "toy", STAGES, stage_, (toy) => resource(toy, toy.stage.name, "aws_route"), dependsOn),
    );
  }
  return app;
}

async function rehearsed(declared: Declared): Promise<Rehearsed> {
  const apps: App[] = [];
  const rehearsal = await rehearse(() => {
    const app = appOf(declared);
    apps.push(app);
    return app;
  });
  return { ...rehearsal, apps };
}

/** What the synthesis of each app that was made would refuse. */
function refused({ apps }: Rehearsed): string[] {
  return apps
    .flatMap(toysOf)
    .flatMap((toy) => toy.evaluate().findings)
    .filter(({ rule }) => rule.startsWith("interlock"))
    .map(({ message }) => message);
}

function told({ transitions }: Rehearsal, migration: string): string[] {
  return transitions
    .filter((each) => each.migration === `${migration}/toy`)
    .map(({ direction, from = "nothing", to = "nothing", beside = [] }) =>
      [`${direction} ${from} → ${to}`, ...beside.map((each) => `${each.migration} in ${each.stage}`)].join(", "),
    );
}

describe("two migrations that hold each other", () => {
  const early: Declared = { schema: { in: "expand" }, route: { in: "expand", needs: { schema: {} } } };
  const late: Declared = { schema: { in: "contract" }, route: { in: "contract", needs: { schema: {} } } };

  it("are walked in their order: the schema is brought forward before the route serves", async () => {
    const rehearsal = await rehearsed(early);
    expect(refused(rehearsal)).toEqual([]);
    expect(told(rehearsal, "schema").every((each) => !each.includes(" in "))).toBe(true);
    expect(told(rehearsal, "route")).toEqual([
      "forward nothing → expand, schema/toy in migrate",
      "forward expand → migrate, schema/toy in migrate",
      "forward migrate → contract, schema/toy in migrate",
      "back contract → migrate, schema/toy in migrate",
      "back migrate → expand, schema/toy in migrate",
      "back expand → nothing, schema/toy in migrate",
    ]);
  });

  it("are walked in their order: the route is taken back before the schema is", async () => {
    const rehearsal = await rehearsed(late);
    expect(refused(rehearsal)).toEqual([]);
    expect(told(rehearsal, "schema")).toEqual([
      "forward nothing → expand, route/toy in expand",
      "forward expand → migrate, route/toy in expand",
      "forward migrate → contract",
      "back contract → migrate",
      "back migrate → expand, route/toy in expand",
      "back expand → nothing, route/toy in expand",
    ]);
    expect(told(rehearsal, "route").every((each) => !each.includes(" in "))).toBe(true);
  });

  it("are in nobody's transition but their own: the other stays where it is", async () => {
    for (const declared of [early, late]) {
      for (const { migration, from, to, created, destroyed, recorded } of (await rehearsed(declared)).transitions) {
        if (from === undefined || to === undefined) continue;
        const stack = migration.replace("/toy", "/");
        const touched = [...created, ...destroyed, ...recorded].map(({ address }) => address);
        expect(touched.filter((address) => !address.startsWith(stack))).toEqual([]);
        expect([created.length, destroyed.length, recorded.length]).toEqual([1, 1, 2]);
      }
    }
  });

  it("are the same whatever stages are declared", async () => {
    const moves = ({ transitions }: Rehearsal) => transitions.map(({ beside: _beside, ...transition }) => transition);
    expect(moves(await rehearsed(late))).toEqual(moves(await rehearsed(early)));
  });

  it("make the app once more for a stage between two transitions that need different things", async () => {
    expect((await rehearsed(early)).builds).toBe(2 + 2 + 3);
    // Migrate with the route before it, and migrate beside the route where it is.
    expect((await rehearsed(late)).builds).toBe(2 + 3 + 2);
  });

  it("say so, in words", async () => {
    const text = rehearsalText(await rehearsed(early));
    expect(text).toMatch(
      /route\/toy \(toy\)[\s\S]*forward: expand → migrate\n {4}destroys[^\n]*\n {4}creates[^\n]*\n {4}records expand → migrate in 2 parameters\n {4}is made while schema\/toy is in migrate\n/,
    );
  });

  it("fail at what the code cannot make, with the stages that were declared beside it", async () => {
    const { findings } = await rehearse(() => {
      const app = appOf(early);
      const [schema, route] = toysOf(app);
      if (schema?.stage.name === "migrate" && route?.stage.name === "contract") throw new Error("no");
      return app;
    });
    expect(findings.find(({ rule }) => rule === "rehearsal-failed")?.message).toBe(
      "the stage contract of route/toy, with schema/toy in migrate cannot be synthesized: no",
    );
  });
});

describe("three migrations that hold each other", () => {
  const chain = (first: string, second: string, third: string): Declared => ({
    base: { in: first },
    schema: { in: second, needs: { base: { reached: "contract" } } },
    route: { in: third, needs: { schema: {} } },
  });

  it("are brought forward with whatever they need in turn", async () => {
    const rehearsal = await rehearsed(chain("expand", "expand", "expand"));
    expect(refused(rehearsal)).toEqual([]);
    expect(told(rehearsal, "route")[1]).toBe("forward expand → migrate, schema/toy in migrate, base/toy in contract");
    expect(told(rehearsal, "schema")[1]).toBe("forward expand → migrate, base/toy in contract");
    expect(told(rehearsal, "base")[1]).toBe("forward expand → migrate");
  });

  it("are taken back with whatever needs them in turn", async () => {
    const rehearsal = await rehearsed(chain("contract", "migrate", "contract"));
    expect(refused(rehearsal)).toEqual([]);
    expect(told(rehearsal, "base")[1]).toBe("forward expand → migrate, schema/toy in expand, route/toy in expand");
    expect(told(rehearsal, "schema")[1]).toBe("forward expand → migrate, route/toy in expand");
  });

  it("are walked from the middle, with one forward and one back", async () => {
    const declared: Declared = {
      base: { in: "migrate" },
      schema: { in: "migrate", needs: { base: { reached: "contract", before: "contract" } } },
      route: { in: "contract", needs: { schema: {} } },
    };
    const rehearsal = await rehearsed(declared);
    expect(refused(rehearsal)).toEqual([]);
    expect(told(rehearsal, "schema").slice(0, 3)).toEqual([
      "forward nothing → expand, route/toy in expand",
      "forward expand → migrate, route/toy in expand",
      "forward migrate → contract, base/toy in contract",
    ]);
  });
});

describe("what cannot be walked in order", () => {
  it("stays in its first stage where it needs the other from there on", () => {
    const [schema, route] = toysOf(
      appOf({ schema: { in: "migrate" }, route: { in: "migrate", needs: { schema: { before: "expand" } } } }),
    ) as [Migration, Migration];
    const beside = interlockedStages(schema, { lower: "expand", upper: "migrate" }, [schema, route]);
    expect([...beside]).toEqual([[route, "expand"]]);
  });

  it("ends where the migrations wait for each other in a circle", async () => {
    const rehearsal = await rehearsed({
      a: { in: "expand", needs: { c: {} } },
      b: { in: "expand", needs: { a: {} } },
      c: { in: "expand", needs: { b: {} } },
    });
    expect(rehearsal.transitions).toHaveLength(18);
  });

  it("leaves out what is of another app", async () => {
    const rehearsal = await rehearsed({ route: { in: "expand", needs: { elsewhere: {} } } });
    expect(told(rehearsal, "route")[1]).toBe("forward expand → migrate");
  });
});
