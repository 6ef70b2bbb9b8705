import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PlannedDependency, PlannedMove } from "../../../lib/plan/plan-document";
import { dependencyGraph } from "../../../lib/report/plan/dependency-graph";
import { dependencyBands } from "../../../lib/report/plan/html/dependency-bands";
import { windowWords } from "../../../lib/report/plan/plan-phrases";
import { planDocument } from "../../support/plan-document";
import { all, parseHtml } from "../html/document";

function graphOf(moves: readonly PlannedMove[], dependencies: readonly PlannedDependency[]) {
  return dependencyGraph(planDocument({ servers: 0, over: { waves: [], moves, dependencies } }));
}

const move = (name: string, wave?: string): PlannedMove => ({
  name,
  risk: "low",
  application: name[0]!,
  ...(wave === undefined ? {} : { wave }),
});
const needs = (from: string, to: string): PlannedDependency => ({
  from,
  to,
  label: "tcp/1",
  synchronous: false,
  crosses: false,
});

describe("dependencyGraph", () => {
  it("is as fine as can be read", () => {
    expect(dependencyGraph(planDocument({ servers: 40 })).level).toBe("move");
    expect(dependencyGraph(planDocument({ servers: 160, perWave: 8 })).level).toBe("application");
    expect(dependencyGraph(planDocument({ servers: 1000 })).level).toBe("wave");
  });

  it("is coarser where there would be too many lines, unless the waves would say nothing", () => {
    const dense = (waves: number) => {
      const moves = Array.from({ length: 40 }, (_, index) => move(`a${index}`, `w${index % waves}`));
      return graphOf(
        moves,
        moves.flatMap(({ name }, index) => [1, 2, 3].map((next) => needs(name, `a${(index + next) % 40}`))),
      );
    };
    expect(dense(4).level).toBe("application");
    const few = graphOf(
      Array.from({ length: 40 }, (_, index) => ({ ...move(`a${index}`, "w"), application: `x${index}` })),
      Array.from({ length: 39 }, (_, index) => [0, 1, 2].map((to) => needs(`a${index + 1}`, `a${to}`)))
        .flat()
        .filter(({ from, to }) => from !== to),
    );
    expect(few.level).toBe("application");
    expect(few.edges).toHaveLength(72);
    expect(few.edgesLeftOut).toBeGreaterThan(0);
  });

  it("loses no move and no dependency", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 30 }), (servers, perWave) => {
        const document = planDocument({ servers, perWave });
        const graph = dependencyGraph(document);
        expect(graph.nodes.reduce((sum, { moves }) => sum + moves, 0)).toBe(servers);
        const drawn = graph.edges.reduce((sum, { count }) => sum + count, 0) + graph.inner;
        if (graph.edgesLeftOut === 0) expect(drawn).toBe(document.dependencies.length);
        else expect(drawn).toBeLessThan(document.dependencies.length);
        expect(graph.edges.length).toBeLessThanOrEqual(72);
      }),
      { numRuns: 60 },
    );
  });

  it("has a band for what moves in no wave, and for a wave that the plan does not list", () => {
    expect(graphOf([move("a"), move("b", "wave-9")], []).bands).toEqual(["wave-9", undefined]);
  });

  it("passes over what is no move of the plan", () => {
    expect(graphOf([move("a")], [needs("a", "gone")]).edges).toEqual([]);
  });
});

describe("the bands", () => {
  const heights = (moves: readonly PlannedMove[], dependencies: readonly PlannedDependency[]) => {
    const drawing = all(parseHtml(dependencyBands(graphOf(moves, dependencies)).text));
    const labels = drawing.filter(({ attributes }) => attributes.class === "middle mono");
    return Object.fromEntries(labels.map(({ text, attributes }) => [text, Number(attributes.y)]));
  };

  it("have what is needed above what needs it", () => {
    const { a, b, c } = heights([move("a", "w"), move("b", "w"), move("c", "w")], [needs("a", "b"), needs("b", "c")]);
    expect(c).toBeLessThan(b!);
    expect(b).toBeLessThan(a!);
  });

  it("have what needs each other in one row, below the rest", () => {
    const { a, b, c } = heights([move("a", "w"), move("b", "w"), move("c", "w")], [needs("a", "b"), needs("b", "a")]);
    expect(a).toBe(b);
    expect(c).toBeLessThan(a!);
  });
});

describe("a window", () => {
  it("is said with its beginning, where it has one", () => {
    expect(windowWords({ minutes: 90 })).toBe("1 h 30 min");
    expect(windowWords({ minutes: 360, starts: "22:00" })).toBe("22:00, 6 h");
  });
});
