import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { planWaves, type Move, type MoveDependency, type WaveLimits, type WavePlanInput } from "../../../lib/plan";
import { stronglyConnected } from "../../../lib/plan/waves/strongly-connected";
import { thrown } from "../../support/thrown";

const move = (name: string, over: Partial<Move> = {}): Move => ({ name, risk: "medium", ...over });
const needs = (from: string, to: string): MoveDependency => ({ from, to, synchronous: true, label: "tcp/443" });
const names = (question: WavePlanInput): string[][] => planWaves(question).waves.map((wave) => [...wave.moves]);

describe("planWaves", () => {
  it("moves what is needed before what needs it", () => {
    const moves = ["web", "app", "db"].map((name) => move(name));
    const dependencies = [needs("web", "app"), needs("app", "db")];
    expect(names({ moves, dependencies, limits: { moves: 1 } })).toEqual([["db"], ["app"], ["web"]]);
  });

  it("moves what needs each other together", () => {
    const moves = ["a", "b", "c", "d"].map((name) => move(name));
    const dependencies = [needs("a", "b"), needs("b", "c"), needs("c", "a"), needs("d", "a")];
    const { waves } = planWaves({ moves, dependencies, limits: { moves: 3 } });
    expect(waves.map((wave) => wave.groups.map((group) => group.moves))).toEqual([[["a", "b", "c"]], [["d"]]]);
  });

  it("moves together what the caller says goes together", () => {
    const moves = ["a", "b", "c", "d"].map((name) => move(name));
    expect(names({ moves, dependencies: [], together: [["a", "d"]], limits: { moves: 2 } })).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
  });

  it("starts with low-risk migrations", () => {
    const moves = [move("ledger", { risk: "high" }), move("portal"), move("wiki", { risk: "low" })];
    expect(names({ moves, dependencies: [], limits: { moves: 1 } })).toEqual([["wiki"], ["portal"], ["ledger"]]);
  });

  it("keeps to the change window, lane by lane", () => {
    const moves = ["a", "b", "c"].map((name) => move(name, { minutes: 60 }));
    const inWindow = (lanes: number): string[][] =>
      names({ moves, dependencies: [], limits: { windowMinutes: 100, lanes } });
    expect(inWindow(1)).toEqual([["a"], ["b"], ["c"]]);
    expect(inWindow(2)).toEqual([["a", "b"], ["c"]]);
    expect(inWindow(3)).toEqual([["a", "b", "c"]]);
  });

  it("keeps to the change window of the single wave", () => {
    const moves = ["a", "b", "c"].map((name) => move(name, { minutes: 60 }));
    const limits = { windowMinutes: 100, windows: { "wave-2": 120 } };
    expect(names({ moves, dependencies: [], limits })).toEqual([["a"], ["b", "c"]]);
  });

  it("says by how much a group exceeds which limit, in the window of its wave", () => {
    const long = move("ledger", { minutes: 600, pinnedTo: 2 });
    const found = (limits: WaveLimits) => planWaves({ moves: [long], dependencies: [], limits }).oversized;
    expect(found({ windowMinutes: 480 })).toMatchObject([
      { exceeds: "window", limit: 480, minutes: 600, wave: { name: "wave-2" }, group: { moves: ["ledger"] } },
    ]);
    expect(found({ windowMinutes: 480, windows: { "wave-2": 600 } })).toEqual([]);
    const together = planWaves({
      moves: ["a", "b"].map((name) => move(name)),
      dependencies: [],
      together: [["a", "b"]],
      limits: { moves: 1 },
    });
    expect(together.oversized).toMatchObject([{ exceeds: "moves", limit: 1 }]);
  });

  it("keeps a pin, and leaves out the numbers in which nothing moves", () => {
    const moves = [move("early"), move("late", { pinnedTo: 5 })];
    const { waves, brokenPins } = planWaves({ moves, dependencies: [] });
    expect(waves.map((wave) => [wave.name, wave.moves])).toEqual([
      ["wave-1", ["early"]],
      ["wave-5", ["late"]],
    ]);
    expect(brokenPins).toEqual([]);
  });

  it("moves first what a pinned move waits for, whatever its risk", () => {
    const moves = [move("a"), move("b"), move("db", { risk: "high" }), move("app", { pinnedTo: 2 })];
    const { waves, brokenPins } = planWaves({ moves, dependencies: [needs("app", "db")], limits: { moves: 1 } });
    expect(waves.map((wave) => wave.moves)).toEqual([["db"], ["app"], ["a"], ["b"]]);
    expect(brokenPins).toEqual([]);
  });

  it("says which pin the dependencies did not allow", () => {
    const moves = [move("app", { pinnedTo: 1 }), move("db", { pinnedTo: 3 })];
    const { brokenPins, waves } = planWaves({ moves, dependencies: [needs("app", "db")] });
    expect(waves.map((wave) => wave.name)).toEqual(["wave-3"]);
    expect(brokenPins).toMatchObject([{ move: "app", pinnedTo: 1, wave: { name: "wave-3" } }]);
  });

  it("gives a group that no wave can hold a wave of its own, and says so", () => {
    const moves = ["a", "b", "c", "d"].map((name) => move(name));
    const { waves, oversized } = planWaves({
      moves,
      dependencies: [needs("d", "a")],
      together: [["a", "b", "c"]],
      limits: { moves: 2 },
    });
    expect(waves.map((wave) => wave.moves)).toEqual([["a", "b", "c"], ["d"]]);
    expect(oversized.map((each) => each.group.moves)).toEqual([["a", "b", "c"]]);
  });

  it("names the dependencies that cross a wave", () => {
    const moves = [move("app"), move("db")];
    const { crossings } = planWaves({ moves, dependencies: [needs("app", "db")], limits: { moves: 1 } });
    expect(crossings).toMatchObject([{ fromWave: { number: 2 }, toWave: { number: 1 } }]);
  });

  it("gives every wave a day, around the blackouts", () => {
    const moves = ["a", "b", "c"].map((name) => move(name));
    const { waves } = planWaves({
      moves,
      dependencies: [],
      limits: { moves: 1 },
      calendar: {
        firstDay: "2026-12-12",
        everyDays: 7,
        blackouts: [{ from: "2026-12-18", to: "2027-01-06", reason: "year-end freeze" }],
      },
    });
    expect(waves.map((wave) => wave.day)).toEqual(["2026-12-12", "2027-01-07", "2027-01-14"]);
  });
});

describe("impossible questions", () => {
  const moves = [move("a")];
  const calendar = { firstDay: "2026-12-12", everyDays: 7 };
  it.each<[string, WavePlanInput]>([
    ["WAVE_MOVE_DUPLICATE", { moves: [move("a"), move("a")], dependencies: [] }],
    ["WAVE_PIN", { moves: [move("a", { pinnedTo: 0 })], dependencies: [] }],
    ["WAVE_TOGETHER", { moves, dependencies: [], together: [["a", "nobody"]] }],
    ["WAVE_LIMITS", { moves, dependencies: [], limits: { moves: 0 } }],
    ["WAVE_LIMITS", { moves, dependencies: [], limits: { windowMinutes: 0 } }],
    ["WAVE_LIMITS", { moves, dependencies: [], limits: { windows: { "wave-1": 0 } } }],
    ["WAVE_LIMITS", { moves, dependencies: [], limits: { lanes: 1.5 } }],
    ["WAVE_CALENDAR", { moves, dependencies: [], calendar: { ...calendar, firstDay: "2026-02-30" } }],
    ["WAVE_CALENDAR", { moves, dependencies: [], calendar: { ...calendar, everyDays: 0 } }],
    [
      "WAVE_CALENDAR",
      {
        moves,
        dependencies: [],
        calendar: { ...calendar, blackouts: [{ from: "2027-01-01", to: "2026-01-01", reason: "r" }] },
      },
    ],
    [
      "WAVE_CALENDAR",
      {
        moves,
        dependencies: [],
        calendar: { ...calendar, blackouts: [{ from: "2026-01-01", to: "2099-01-01", reason: "r" }] },
      },
    ],
  ])("%s", (code, question) => {
    expect(thrown(() => planWaves(question)).code).toBe(code);
  });
});

/** Random estates of up to 30 moves, with circles, pins, durations and applications. */
const question = fc
  .integer({ min: 1, max: 30 })
  .chain((count) => {
    const index = fc.integer({ min: 0, max: count - 1 });
    return fc.record({
      moves: fc.array(
        fc.record({
          risk: fc.constantFrom("low" as const, "medium" as const, "high" as const),
          minutes: fc.integer({ min: 0, max: 90 }),
          pinnedTo: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 5 }),
        }),
        { minLength: count, maxLength: count },
      ),
      edges: fc.array(fc.tuple(index, index), { maxLength: count * 2 }),
      together: fc.array(fc.uniqueArray(index, { maxLength: 4 }), { maxLength: 3 }),
      limit: fc.integer({ min: 1, max: 8 }),
      windowMinutes: fc.option(fc.integer({ min: 60, max: 240 }), { nil: undefined }),
      lanes: fc.integer({ min: 1, max: 3 }),
    });
  })
  .map(({ moves, edges, together, limit, windowMinutes, lanes }): WavePlanInput => ({
    moves: moves.map((each, index) => move(`m${index}`, each)),
    dependencies: edges.map(([from, to]) => needs(`m${from}`, `m${to}`)),
    together: together.map((group) => group.map((index) => `m${index}`)),
    limits: { moves: limit, windowMinutes, lanes },
  }));

describe("every wave plan", () => {
  it("has every move exactly once", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const planned = planWaves(asked).waves.flatMap((wave) => wave.moves);
        expect([...planned].sort()).toEqual(asked.moves.map((each) => each.name).sort());
      }),
    );
  });

  it("has no dependency that points to a later wave", () => {
    fc.assert(
      fc.property(question, (asked) => {
        for (const { fromWave, toWave } of planWaves(asked).crossings) {
          expect(toWave.number).toBeLessThan(fromWave.number);
        }
      }),
    );
  });

  it("keeps to the limits, but for a single group that is larger than they are", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { waves, oversized } = planWaves(asked);
        const { moves = 20, windowMinutes = Infinity, lanes = 1 } = asked.limits ?? {};
        for (const wave of waves) {
          if (oversized.some((each) => each.wave === wave)) {
            expect(wave.groups).toHaveLength(1);
            continue;
          }
          expect(wave.moves.length).toBeLessThanOrEqual(moves);
          expect(wave.minutes).toBeLessThanOrEqual(windowMinutes * lanes);
        }
      }),
    );
  });

  it("is the same for the same question, and does not depend on the order of the dependencies", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const reversed = { ...asked, dependencies: [...asked.dependencies].reverse() };
        expect(planWaves(reversed).waves).toEqual(planWaves(asked).waves);
      }),
    );
  });

  it("keeps every pin that it does not report", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { waves, brokenPins } = planWaves(asked);
        const broken = new Set(brokenPins.map((pin) => pin.move));
        for (const { name, pinnedTo } of asked.moves) {
          if (pinnedTo === undefined || broken.has(name)) continue;
          expect(waves.find((wave) => wave.moves.includes(name))?.number).toBe(pinnedTo);
        }
      }),
    );
  });
});

describe("stronglyConnected", () => {
  it("agrees with reachability in both directions", () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) => {
      const index = fc.integer({ min: 0, max: count - 1 });
      return fc.array(fc.array(index, { maxLength: 3 }), { minLength: count, maxLength: count });
    });
    fc.assert(
      fc.property(graph, (edges) => {
        const reach = edges.map((_, start) => {
          const seen = new Set([start]);
          const todo = [start];
          for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
            for (const next of edges[node] ?? []) {
              if (seen.has(next)) continue;
              seen.add(next);
              todo.push(next);
            }
          }
          return seen;
        });
        const components = stronglyConnected(edges);
        const of = new Map(components.flatMap((members, at) => members.map((node) => [node, at] as const)));
        edges.forEach((targets, a) => {
          edges.forEach((_, b) => {
            expect(of.get(a) === of.get(b)).toBe(reach[a]!.has(b) && reach[b]!.has(a));
          });
          // Dependencies come first.
          for (const b of targets) expect(of.get(b)).toBeLessThanOrEqual(of.get(a)!);
        });
      }),
    );
  });

  it("does not overflow the stack on a long chain", () => {
    const edges = Array.from({ length: 100_000 }, (_, index) => (index < 99_999 ? [index + 1] : []));
    expect(stronglyConnected(edges)).toHaveLength(100_000);
  });
});
