import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { planMermaid, type PlanDiagrams } from "../../../lib/report/plan";
import { mermaidText } from "../../../lib/report/plan/mermaid/text";
import { planDocument } from "../../support/plan-document";
import { HOSTILE, hostilePlan } from "./hostile";

/** A label: nothing of Mermaid's syntax but the line break that is ours. */
const LABEL = String.raw`(?:[^"\`<>{}[\]#;:|\\&%\n]|%(?!%)|<br/>)+`;
const STEP = "[a-z0-9, ]+";

/** Every line that a diagram may have. */
const GRAMMAR: Readonly<Record<keyof PlanDiagrams, readonly RegExp[]>> = {
  waves: [
    /^gantt$/,
    /^ {2}(dateFormat YYYY-MM-DD|axisFormat %Y-%m-%d|todayMarker off|section Before|section Waves)$/,
    new RegExp(
      `^ {2}(The ${LABEL} stands by then|[0-9,]+ moves? in ${LABEL}) :(milestone, b|w)[0-9]+, [0-9-]{10}, [01]d$`,
    ),
  ],
  dependencies: [
    /^flowchart BT$/,
    new RegExp(`^ {2,4}n[0-9]+(\\["${LABEL}"\\]|\\[\\["${LABEL}"\\]\\])$`),
    new RegExp(`^ {2}subgraph b[0-9]+\\["${LABEL}"\\]$`),
    /^ {2}end$/,
    /^ {2}n[0-9]+ (-->|-\.->)(\|"[0-9]+"\|)? n[0-9]+$/,
  ],
  network: [
    /^flowchart LR$/,
    /^ {2}subgraph (source|target)\["(Source|Target)"\]$/,
    new RegExp(`^ {4}p[0-9]+\\["${LABEL}"\\]$`),
    /^ {2}end$/,
    new RegExp(`^ {2}p[0-9]+ -->\\|"${LABEL}"\\| p[0-9]+$`),
  ],
  stages: [
    /^stateDiagram-v2$/,
    new RegExp(`^ {2}state "${LABEL}" as m[0-9]+ \\{$`),
    /^ {4}direction LR$/,
    new RegExp(`^ {4}state "${LABEL}" as m[0-9]+s[0-9]+$`),
    new RegExp(`^ {4}(\\[\\*\\]|m[0-9]+s[0-9]+) --> (\\[\\*\\]|m[0-9]+s[0-9]+) : (forward|back), ${STEP}$`),
    new RegExp(`^ {4}note right of m[0-9]+s[0-9]+ : no way back by steps, ${LABEL}$`),
    /^ {2}\}$/,
  ],
};

const ACCESSIBLE = new RegExp(`^ {2}acc(Title|Descr): ${LABEL}$`);

function expectWellFormed(diagrams: PlanDiagrams): void {
  for (const kind of ["waves", "dependencies", "network", "stages"] as const) {
    const lines = diagrams[kind].split("\n");
    expect(lines.pop()).toBe("");
    const wrong = lines.filter((line) => ![ACCESSIBLE, ...GRAMMAR[kind]].some((pattern) => pattern.test(line)));
    expect([kind, wrong]).toEqual([kind, []]);
    expect(
      lines.slice(1).filter((line) => /direction\s+(TB|BT|RL|LR)/i.test(line) && line.trim() !== "direction LR"),
    ).toEqual([]);
  }
}

describe("planMermaid", () => {
  const diagrams = planMermaid(planDocument({ servers: 40 }));

  it.each([1, 40, 1000])("draws a plan of %i servers", (servers) => {
    const document = planDocument({ servers });
    expectWellFormed(planMermaid(document));
    expect(planMermaid(document)).toEqual(planMermaid(planDocument({ servers })));
  });

  it("stays below what Mermaid draws by default: 50,000 characters and 500 edges", () => {
    for (const diagram of Object.values(planMermaid(planDocument({ servers: 1000 }))) as string[]) {
      expect(diagram.length).toBeLessThan(50_000);
      expect(diagram.split("-->").length + diagram.split("-.->").length).toBeLessThan(500);
    }
  });

  it("has the waves by day, the foundation before them", () => {
    expect(diagrams.waves).toContain("  The foundation stands by then :milestone, b0, 2026-12-05, 0d\n");
    expect(diagrams.waves).toContain("  8 moves in wave-2 :w1, 2026-12-12, 1d\n");
  });

  it("has the waves in their order where a day is not known", () => {
    const plan = planDocument({ servers: 16 });
    const { waves } = planMermaid({ ...plan, waves: plan.waves.map(({ day: _day, ...wave }) => wave) });
    expect(waves).toMatch(/^flowchart LR\n/);
    expect(waves).toContain('w1["wave-1<br/>8 moves, 50 %"]');
    expect(waves).toContain("w1 --> w2");
  });

  it("marks high risks, and what crosses a wave and is waited for", () => {
    expect(diagrams.dependencies).toContain('[["booking-db01"]]');
    expect(diagrams.dependencies.match(/-\.->/g)).toHaveLength(4);
    expect(diagrams.dependencies).toContain('subgraph b1["wave-2"]');
  });

  it("has both sides of the network", () => {
    expect(diagrams.network).toContain('p0["berlin<br/>10.10.0.0/16"]');
    expect(diagrams.network).toContain('p0 -->|"VPN, 2 tunnels"| p1');
  });

  it("has the stages forward and back, migrations of one procedure together", () => {
    expect(diagrams.stages).toContain("m1s0 --> m1s1 : forward, 2 steps, 4 h 15 min");
    expect(diagrams.stages).toContain("m1s1 --> m1s0 : back, 1 step, 15 min");
    expect(diagrams.stages).toContain("note right of m1s3 : no way back by steps, the source is gone, going back");
    expect(diagrams.stages).toContain('state "replicate (holds now for 4)" as m1s0');
    expect(diagrams.stages).toContain('state "live (holds now)" as m0s1');
    expect(diagrams.stages).toContain("platform/wave-3/servers and 2 others");
  });

  it("says that there is nothing", () => {
    const empty = { waves: [], migrations: [], moves: [], dependencies: [], networks: [], links: [] };
    const nothing = planMermaid(planDocument({ servers: 8, over: empty }));
    expect(nothing.waves).toContain('w0["no wave"]');
    expect(nothing.dependencies).toContain('n0["nothing moves"]');
    expect(nothing.network).toContain('p0["no network is known"]');
    expect(nothing.stages).toContain('state "no migration" as m0');
  });

  it.each(HOSTILE)("takes %j for nothing but a label", (text) => {
    expectWellFormed(planMermaid(hostilePlan(text)));
  });

  it("takes any text for nothing but a label", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expectWellFormed(planMermaid(hostilePlan(text)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("mermaidText", () => {
  it.each([
    ["web01", "web01"],
    ["", "–"],
    ['a"b[c]', "a'b(c)"],
    ["20 % of", "20 % of"],
    ["%%{init}%%", "%(init)%"],
    ["Direction  lr", "direction-lr"],
    ["a\nb", "a⧵nb"],
  ])("writes %j as %j", (text, label) => {
    expect(mermaidText(text)).toBe(label);
  });
});
