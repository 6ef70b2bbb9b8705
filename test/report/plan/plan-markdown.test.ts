import { describe, expect, it } from "@jest/globals";
import type { PlannedMigration } from "../../../lib/plan/plan-document";
import { planHtml, planMarkdown, planMermaid } from "../../../lib/report/plan";
import { planDocument } from "../../support/plan-document";
import { HOSTILE, hostilePlan } from "./hostile";

/** Every row of a table has as many cells as its head, and every part that opens is closed. */
function expectWellFormed(markdown: string): void {
  let width = 0;
  let drawing = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) drawing = line === "```mermaid";
    if (drawing || !line.startsWith("|")) {
      width = 0;
      continue;
    }
    const cells = line.replaceAll("\\\\", "").replaceAll("\\|", "").split("|").length;
    if (width === 0) width = cells;
    expect([line, cells]).toEqual([line, width]);
  }
  expect(markdown.match(/^<details>$/gm)).toHaveLength(markdown.match(/^<\/details>$/gm)!.length);
  expect(markdown.match(/^```/gm)!.length % 2).toBe(0);
}

describe("planMarkdown", () => {
  const document = planDocument({ servers: 40 });
  const markdown = planMarkdown(document);

  it("has the verdict as its title, blockers open and the rest folded", () => {
    expect(markdown).toMatch(/^# Berlin data centre to AWS: BLOCKED\n/);
    expect(markdown).toContain("2 blockers, 8 warnings, 10 notes, 1 waived.");
    expect(markdown.indexOf("### Blockers (2)")).toBeLessThan(markdown.indexOf("<details>"));
    expect(markdown).toContain("<summary><strong>Warnings (8)</strong></summary>");
    expect(markdown).toContain("<summary><strong>By server (14)</strong></summary>");
  });

  it("says beside the verdict what is still as it was begun", () => {
    const begun = planMarkdown(planDocument({ servers: 40, over: { undecided: ["settings.ts: the *address*"] } }));
    expect(begun).toContain("\n\nStill as it was begun:\n\n- settings.ts: the \\*address\\*\n");
    expect(markdown).not.toContain("as it was begun");
  });

  it.each([
    "40 servers, 5 applications, 5 databases; 160 virtual CPUs, 640 GiB of memory, 7.8 TiB of storage; 43 observed flows.",
    "**Remedy:** Upgrade it in place before the cut-over, or rebuild it on a supported release.",
    "it is retired with the application in January (Ada Lovelace, until 2027-01-31)",
    "| `network-overlap` | `10.20.0.0/16` | the overlapping site was closed last week | Grace Hopper | 2026-11-01 **expired** | 0 |",
    "| wave-1 | Sat 5 Dec 2026 | 22:00 Europe/Berlin, 6 h | 20 % | `platform/wave-1/servers` | 8 |",
    "Together: `booking-db01` with `booking-app02`.",
    "| `fax01` | the line is cancelled at the end of the year |",
    "| `platform/wave-2/servers` | workload | wave-2 | low | replicate | prepare |  |  | 6 h 15 min | 1 h 15 min | **never** |",
    "| `platform/wave-1/servers` | workload | wave-1 | low | test | try | `platform/office-vpn` to reach live before cutover |  |",
    "| `platform/office-vpn` | connection | foundation | medium | live | serve |  | `platform/wave-1/servers` in live from its cutover on |",
    "| cutover | serve | Outside hosts reach the servers as they reached the source, which is kept and stopped. | 100 % | 4 steps, 1 h 30 min |",
    "**no way back by steps:** the source is gone; going back means restoring its last backup",
    "- Health check login: alarm `wave-1-login`",
    "- Data comparison row counts: checked by hand",
    "8 across waves, 4 of them waited for, at 20 ms more",
    "<summary><strong>Across waves (8)</strong></summary>",
    "| `billing-app02` | `booking-db01` | tcp/443 | yes |",
    "<summary><strong>By other subject (5)</strong></summary>",
    "| `platform/wave-2/servers` | 1 blocker | `rollback-not-rehearsed` |",
    "#### `platform/wave-1/servers`\n\nLift and Shift (workload); needs `platform/office-vpn`.\n",
    "#### `platform/office-vpn`\n\nHybrid Cloud (connection).\n",
    "<summary><strong>Links (4)</strong></summary>",
    "| `shop` | `data centre` | 80 % of the requests |",
    "| `berlin-dmz` | `10.11.0.0/24` | source |",
    "| Customers | customers | status page | Announcement (7 days before), Start (when the window begins), Completion (when the wave is done), Rollback (when it goes back) | all |",
    "| wave-1 | 2026-11-28 | 2026-12-04 | 2026-12-05 | Booking team, Service desk, Customers |",
    "The alarm `platform-stop-the-migration` stops the migration. Dashboard: `platform-migration`.",
    "| System availability during migration | Technical | at least 99.9 % | the health checks of the waves | `platform-availability` |",
  ])("says: %s", (line) => {
    expect(markdown).toContain(line);
  });

  it("draws every diagram", () => {
    for (const diagram of Object.values(planMermaid(document)) as string[]) {
      expect(markdown).toContain(`\`\`\`mermaid\n${diagram}\`\`\``);
    }
  });

  it("lists first, across waves, what is waited for", () => {
    const [, table = ""] = markdown.split("Across waves (8)");
    expect(table.match(/\| (yes|no) \|$/gm)?.slice(0, 8)).toEqual([
      ...Array.from({ length: 4 }, () => "| yes |"),
      ...Array.from({ length: 4 }, () => "| no |"),
    ]);
  });

  it("folds what is long, and counts what is over the limit", () => {
    const large = planMarkdown(planDocument({ servers: 1000 }), { limit: 3 });
    expect(large).toContain("<summary><strong>All waves (51)</strong></summary>");
    expect(large).toContain("… and 247 more.");
    expect(large).toMatch(/Across waves \(245\)[\s\S]*?… and 242 more\./);
    expectWellFormed(large);
  });

  it("is well-formed, and the same every time", () => {
    expectWellFormed(markdown);
    expect(planMarkdown(planDocument({ servers: 40 }))).toBe(markdown);
    expect(markdown.endsWith("\n")).toBe(true);
  });

  it("is short of a plan in which there is nothing", () => {
    const empty = planMarkdown(
      planDocument({
        servers: 0,
        over: {
          verdict: "ready",
          findings: [],
          waivers: [],
          migrations: [],
          excluded: [],
          networks: [],
          links: [],
          metrics: [],
          dashboard: undefined,
          stopAlarm: undefined,
          communications: { stakeholders: [], alarmsNotify: false },
        },
      }),
    );
    expect(empty).toContain("No rule found anything.");
    expect(empty).toContain("**The plan has no stakeholders to notify.**");
    expect(empty).toContain("**The plan's own alarms have no recipients.**");
    expect(empty).toContain("No alarm stops the migration. The plan has no dashboard.");
    expect(empty).not.toContain("## Networks");
  });

  it("says where nothing verifies a migration, and where its alarm tells nobody", () => {
    const [first, second] = document.migrations;
    const text = planMarkdown({
      ...document,
      migrations: [
        { ...first!, verifications: [] },
        { ...second!, verifications: [{ kind: "health-check", name: "login", alarm: "quiet", notifies: false }] },
      ],
    });
    expect(text).toContain("**Nothing says whether it works.**");
    expect(text).toContain("alarm `quiet`, which notifies **nobody**");
  });

  it("does not call checked by hand what has an alarm whose name only Terraform knows", () => {
    const [first] = document.migrations;
    const unnamed = { kind: "health-check", name: "login", unnamedAlarm: true } as const;
    const text = (notifies: boolean) =>
      planMarkdown({ ...document, migrations: [{ ...first!, verifications: [{ ...unnamed, notifies }] }] });
    expect(text(true)).toContain("- Health check login: an alarm whose name only Terraform knows\n");
    expect(text(false)).toContain("an alarm whose name only Terraform knows, which notifies **nobody**");
  });

  describe("of migrations that hold each other, wait and leave the share to a controller", () => {
    const [vpn, first] = document.migrations;
    const step = { title: "do it", owner: "lead", expect: "it is done", minutes: 45 };
    const bake = { ...step, title: "let it bake", minutes: 480, waits: true };
    const rolling: PlannedMigration = {
      ...first!,
      path: "platform/flag",
      role: "flag",
      stage: "rolling",
      stages: [
        { name: "dark", phase: "prepare", summary: "nobody sees it", enter: [step], reverse: [step] },
        {
          name: "rolling",
          phase: "serve",
          window: false,
          summary: "some see it",
          trafficShare: { from: 0, to: 0.5, controlledBy: "platform/controller" },
          enter: [step, bake],
          reverse: [bake],
        },
      ],
      dependsOn: [
        { migration: "platform/office-vpn", reached: "live", before: "rolling" },
        { migration: "/migration/shop/orders", reached: "migrate", before: "rolling" },
      ],
    };
    const changed = {
      ...document,
      migrations: [{ ...vpn!, stage: "connect" }, rolling],
      waves: [
        { name: "wave-1", number: 1, migrations: [rolling.path], moves: [rolling.path], groups: [], estateShare: 0 },
      ],
    };

    it("tells who waits, who holds, what is work and who moves the share", () => {
      const text = planMarkdown(changed);
      expect(text).toContain(
        "`platform/office-vpn` to reach live before rolling **(not yet)**<br>`/migration/shop/orders` to reach migrate before rolling |",
      );
      expect(text).toContain("`platform/flag` in live from its rolling on **(now)**");
      expect(text).toContain("| 0 % to 50 % | 2 steps, 45 min of work, 8 h of waiting | 1 step, 8 h of waiting |");
      expect(text).toContain("| wave-1 |  | none needed |");
      expectWellFormed(text);
    });

    it("says the same in the page", () => {
      const text = planHtml(changed);
      expect(text).toContain("0 % to 50 % of the traffic, moved by platform/controller");
      expect(text).toContain("45 min of work, 8 h of waiting");
      expect(text).toContain("none needed");
      expect(text).toMatch(
        /platform\/office-vpn<\/span> to reach live before rolling <span class="tag warning">not yet/,
      );
      expect(text).toMatch(/platform\/flag<\/span> in live from its rolling on <span class="tag warning">now/);
    });
  });

  it.each(HOSTILE)("keeps its form with names like %j", (text) => {
    const hostile = planMarkdown(hostilePlan(text));
    expectWellFormed(hostile);
    const outside = hostile
      .replace(/```mermaid[\s\S]*?\n```/g, "")
      .replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "")
      .replaceAll("<br>", "")
      .replaceAll("<!-- -->", "");
    expect(outside.match(/<(?!\/?(details|summary|strong)>)/g)).toBeNull();
  });
});
