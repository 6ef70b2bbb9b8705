import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PlanDocument } from "../../../lib/plan/plan-document";
import { planHtml } from "../../../lib/report/plan";
import { planDocument } from "../../support/plan-document";
import { all, parseHtml, textOf, type HtmlElement } from "../html/document";
import { HOSTILE, hostilePlan } from "./hostile";

function read(document: PlanDocument) {
  const html = planHtml(document);
  const root = parseHtml(html);
  const elements = all(root);
  const byId = new Map(
    elements.filter(({ attributes }) => attributes.id !== undefined).map((e) => [e.attributes.id!, e]),
  );
  return { html, root, elements, byId, section: (id: string) => textOf(byId.get(id)!).replace(/\s+/g, " ") };
}

const EMPTY: Partial<PlanDocument> = {
  verdict: "ready",
  findings: [],
  waivers: [],
  waves: [],
  migrations: [],
  moves: [],
  dependencies: [],
  excluded: [],
  networks: [],
  links: [],
  metrics: [],
  dashboard: undefined,
  stopAlarm: undefined,
  communications: { stakeholders: [], alarmsNotify: false },
};

describe.each([40, 1000])("the page of %i servers", (servers) => {
  const document = planDocument({ servers });
  const { html, elements, byId } = read(document);

  it("is the same every time", () => {
    expect(planHtml(planDocument({ servers }))).toBe(html);
    expect(html.endsWith("</html>\n")).toBe(true);
  });

  it("is small enough for a mail", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  });

  it("loads nothing", () => {
    const loading = ["src", "srcset", "action", "data", "poster", "style"];
    for (const { name, attributes } of elements) {
      for (const key of loading) expect([name, attributes[key]]).toEqual([name, undefined]);
      if (name === "link") expect(attributes.href).toBe("data:,");
      else if (attributes.href !== undefined) expect(attributes.href).toMatch(/^#/);
    }
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });

  it("has each id once, and no link that leads nowhere", () => {
    const ids = elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      const { href = "", for: label = "", "aria-labelledby": labels = "" } = attributes;
      const wanted = [...(href.startsWith("#") ? [href.slice(1)] : []), label, ...labels.split(" ")];
      expect(wanted.filter((id) => id !== "" && !byId.has(id))).toEqual([]);
    }
  });

  it("has a title and a description at every drawing, and a caption and scopes at every table", () => {
    for (const drawing of elements.filter(({ name }) => name === "svg")) {
      expect(drawing.attributes.role).toBe("img");
      expect(drawing.children.slice(0, 2).map(({ name, text }) => [name, text !== ""])).toEqual([
        ["title", true],
        ["desc", true],
      ]);
    }
    for (const each of elements.filter(({ name }) => name === "table")) {
      expect(each.children[0]?.name).toBe("caption");
      for (const heading of all(each).filter(({ name }) => name === "th"))
        expect(heading.attributes.scope).toBeDefined();
    }
  });

  it("has headings without a gap, and the landmarks", () => {
    const levels = elements.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1);
    });
    for (const landmark of ["main", "nav", "footer", "header"]) {
      expect(elements.filter(({ name }) => name === landmark)).toHaveLength(1);
    }
  });

  it("names every server that moves and every migration", () => {
    for (const { name } of document.moves) expect(html).toContain(name);
    for (const { path } of document.migrations) expect(html).toContain(`<h3 class="name">${path}</h3>`);
  });
});

describe("what is still as it was begun", () => {
  it("stands beside the verdict, also where that is ready", () => {
    const undecided = ["settings.ts: the <address> of those on call"];
    const page = planHtml(planDocument({ servers: 8, over: { undecided, verdict: "ready" } }));
    const verdict = /<section id="verdict"[^]*?<\/section>/.exec(page)?.[0];
    expect(verdict).toContain("Still as it was begun");
    expect(verdict).toContain("<li>settings.ts: the &lt;address&gt; of those on call</li>");
    expect(planHtml(planDocument({ servers: 8 }))).not.toContain("Still as it was begun");
  });
});

describe("planHtml", () => {
  const document = planDocument({ servers: 40 });
  const { section, elements, byId } = read(document);

  it("says first whether the migration may go and what stops it", () => {
    const text = section("verdict");
    expect(text).toContain("Blocked");
    expect(text).toContain("2 blockers");
    expect(text).toMatch(/os-past-end-of-support\s+booking-queue04/);
    expect(text).toContain("platform/wave-2/servers");
    expect(text).not.toContain("crm-queue08");
  });

  it.each([
    ["ready", "Nothing blocks this migration."],
    ["incomplete", "The migration may not start until every open question is answered."],
  ] as const)("says when it is %s", (verdict, words) => {
    const text = read(planDocument({ servers: 8, over: { verdict, findings: [] } })).section("verdict");
    expect(text).toContain(words);
    expect(text).not.toContain("What stops it");
  });

  it("has the estate in numbers", () => {
    const text = read(planDocument({ servers: 1000 })).section("estate");
    expect(text).toContain("servers 1,000");
    expect(text).toContain("memory 15.6 TiB");
  });

  it("has the waves with day, window, share and what moves", () => {
    const text = section("waves");
    expect(text).toContain("5 waves from Sat 5 Dec 2026 to Sat 16 Jan 2027 move 100 % of the servers.");
    expect(text).toMatch(/wave-1 +Sat 5 Dec 2026 22:00 Europe\/Berlin, 6 h +20 % +platform\/wave-1\/servers/);
    expect(text).toContain("booking-app02, booking-app06");
    expect(text).toContain("the line is cancelled at the end of the year");
    expect(text).toContain("Together, as one migration or application, or because they need each other: booking-db01");
    expect(byId.get("timeline-desc")?.text).toContain("move 100 % of the servers");
  });

  it("has a timeline in order where a wave has no day", () => {
    const waves = document.waves.map(({ day: _day, ...wave }) => wave);
    const text = read({ ...document, waves }).section("waves");
    expect(text).toContain("5 waves move 100 % of the servers.");
    expect(text).toContain("it stands at its place in the order");
  });

  it("has each migration's stages, forward and back, and marks what cannot be undone", () => {
    const text = section("migrations");
    expect(text).toContain("1 in live");
    expect(text).toContain("The way back of 2 has never been rehearsed.");
    expect(text).toContain("Forward: 3 steps, 2 h 15 min");
    expect(text).toContain("Back: 2 steps, 1 h 15 min");
    expect(text).toContain("no way back by steps");
    expect(text).toContain("The source is gone; going back means restoring its last backup.");
    expect(text).toContain("error rate above 1 % for 5 minutes");
    expect(text).toContain("14 days");
    expect(text).toContain("wave-1-login");
    expect(text).toContain("none: checked by hand");
    expect(text).toContain("100 % of the traffic");
    const now = elements.filter(({ attributes }) => attributes["aria-current"] === "step");
    expect(now).toHaveLength(document.migrations.length);
  });

  it("says where nothing verifies a migration, and where its alarm tells nobody", () => {
    const [first, second, ...rest] = document.migrations;
    const migrations = [
      { ...first!, verifications: [] },
      {
        ...second!,
        verifications: [
          { kind: "health-check", name: "login", alarm: "quiet", notifies: false },
          { kind: "health-check", name: "basket", unnamedAlarm: true, notifies: true },
        ] as const,
      },
      ...rest,
    ];
    const text = read({ ...document, migrations }).section("migrations");
    expect(text).toContain("Nothing says whether it works.");
    expect(text).toMatch(/quiet +no/);
    expect(text).toMatch(/an alarm whose name only Terraform knows +yes/);
  });

  it("has the findings by weight and rule, with why, remedy and place", () => {
    const text = section("findings");
    expect(text.indexOf("Blockers")).toBeLessThan(text.indexOf("Warnings"));
    expect(text.indexOf("Warnings")).toBeLessThan(text.indexOf("Notes"));
    expect(text).toContain("Nobody mends its holes any more");
    expect(text).toContain("Upgrade it in place before the cut-over");
    expect(text).toContain(
      'estate/RVTools_tabvInfo.csv, sheet vInfo, row 5, column "OS according to the VMware Tools"',
    );
    expect(text).toContain("it is retired with the application in January (Ada Lovelace, until 2027-01-31)");
    expect(elements.filter(({ attributes }) => attributes.class === "found" && "open" in attributes).length).toBe(2);
  });

  it("has the findings by server, the most blocked first", () => {
    const text = section("findings");
    expect(text).toMatch(/14 servers with findings.*booking-queue04.*billing-/);
    expect(text).toContain("5 other subjects with findings");
  });

  it("prints a remedy at each finding where they differ", () => {
    const findings = document.findings.map((finding, index) => ({ ...finding, remedy: `do ${index}` }));
    expect(read({ ...document, findings }).section("findings")).toContain("do 7");
  });

  it("bounds what it lists of one rule, and says so", () => {
    const [finding] = document.findings;
    const findings = Array.from({ length: 600 }, (_, index) => ({ ...finding!, subject: `s${index}` }));
    expect(read({ ...document, findings }).section("findings")).toContain("100 more are in report.json");
  });

  it("has the waivers with what they cover, and marks the expired one", () => {
    const text = section("waivers");
    expect(text).toMatch(/network-overlap +10\.20\.0\.0\/16.*Grace Hopper.*1 Nov 2026.*expired.*0/);
    expect(text).toMatch(/os-past-end-of-support every subject.*Ada Lovelace/);
  });

  it("draws every move of a small plan, and lists what crosses a wave", () => {
    expect(section("dependencies")).toContain("43 dependencies, of which 8 cross a wave. 4 of those are waited for");
    const labels = all(byId.get("dependencies")!).filter(({ name }) => name === "text");
    expect(labels.map(({ text }) => text)).toContain("booking-db01");
  });

  it("draws the waves of a large one", () => {
    const page = read(planDocument({ servers: 1000 }));
    expect(page.byId.get("graph-title")?.text).toBe("Which waves need which");
    expect(page.section("dependencies")).toContain("45 more are in report.json");
  });

  it("draws the networks and their links", () => {
    expect(byId.get("network-desc")?.text).toContain("berlin to platform-vpc: VPN, 2 tunnels");
    expect(section("networks")).toContain("10.11.0.0/24");
  });

  it("draws a link within one side, and leaves out what would be too much", () => {
    const networks = Array.from({ length: 30 }, (_, index) => ({
      name: `n${index}`,
      cidr: `10.${index}.0.0/16`,
      side: "source" as const,
    }));
    const links = Array.from({ length: 26 }, () => ({ from: "n0", to: "n1", label: "trunk" }));
    const text = read({ ...document, networks, links }).section("networks");
    expect(text).toContain("and 20 others");
    expect(text).toContain("2 other links are left out");
  });

  it("says who is told what, and when", () => {
    const text = section("communications");
    expect(text).toContain("announcement, start, completion, rollback");
    expect(text).toContain("each wave is announced and people are reminded of it, and who is told");
    expect(text).toMatch(
      /wave-1 +Sat 28 Nov 2026 Fri 4 Dec 2026 Sat 5 Dec 2026, 22:00 Europe\/Berlin, 6 h Booking team, Service desk/,
    );
    expect(text).toMatch(/wave-2.*Sat 12 Dec 2026, 22:00 Europe\/Berlin, 6 h Service desk, Customers/);
  });

  it("has the metrics by category, the dashboard and the alarm that stops the migration", () => {
    const text = section("metrics");
    expect(text).toContain("platform-stop-the-migration");
    expect(text).toContain("platform-migration");
    expect(text).toMatch(
      /Technical.*System availability during migration.*at least 99.9 %.*Business.*at most 1.5 points of 5.*Operational/,
    );
  });

  it("says of each part of an empty plan that there is nothing", () => {
    const { section: of } = read({ ...document, ...EMPTY });
    expect(of("verdict")).toContain("No rule found anything.");
    expect(of("waves")).toContain("The plan has no wave.");
    expect(of("migrations")).toContain("The plan has no migration.");
    expect(of("findings")).toContain("No rule found anything.");
    expect(of("waivers")).toContain("Nothing is waived.");
    expect(of("dependencies")).toContain("No dependency between what moves is known.");
    expect(of("networks")).toContain("names no network");
    expect(of("communications")).toContain("The plan has no stakeholders to notify.");
    expect(of("communications")).toContain("The plan's own alarms have no recipients.");
    expect(of("metrics")).toContain("The plan measures nothing.");
    expect(of("metrics")).toContain("No alarm stops the migration.");
  });
});

describe("a hostile plan", () => {
  const plain = read(hostilePlan("x"));
  const skeleton = ({ name, children }: HtmlElement): string => `${name}(${children.map(skeleton).join("")})`;

  it.each(HOSTILE)("is the same page with other words: %j", (text) => {
    const { root, elements } = read(hostilePlan(text));
    const scripts = elements.filter(({ name }) => name === "script");
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.text).toBe(plain.elements.find(({ name }) => name === "script")?.text);
    // A cell that is empty, and rules or remedies that become the same, may leave an element out; none may be added.
    expect(elements.filter(({ name }) => ["img", "a", "style", "iframe"].includes(name)).length).toBe(
      plain.elements.filter(({ name }) => ["img", "a", "style", "iframe"].includes(name)).length,
    );
    expect(skeleton(root)).toBe(skeleton(plain.root));
  });

  it("never holds an element or an attribute of a user's", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(skeleton(read(hostilePlan(text)).root)).toBe(skeleton(plain.root));
      }),
      { numRuns: 40 },
    );
  });
});
