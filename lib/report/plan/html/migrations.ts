/** The section on migrations: an overview, and for each migration its stages, rollback and verifications. */
import { formatDay } from "../../../core/iso-date";
import { formatCount, formatNumber, sentence } from "../../../core/text";
import { formatShare } from "../../../core/traffic-share";
import { hasAlarm, type PlannedMigration, type PlannedVerification } from "../../../plan/plan-document";
import { joined, markup, type Markup, type MarkupValue } from "../../html/markup";
import { table } from "../../html/table";
import { heldBy, waitsFor, type Hold } from "../interlock";
import { effortAhead, effortBack, stageEfforts, type Effort, type StageEffort } from "../stage-efforts";
import { effortDuration, effortWords, UNNAMED_ALARM, VERIFICATIONS } from "../plan-phrases";
import type { PageContext } from "./context";
import { disclosure, longOrShort, names, section } from "./section";

/** The largest number of migrations that are unfolded when the page opens. */
const OPEN = 3;
/** The largest number of names that are shown unfolded. */
const NAMED = 8;

/** Builds the section on migrations: the overview, and a part for each. */
export function migrations(context: PageContext): Markup {
  const { document } = context;
  const title = "Migrations and the way back";
  if (document.migrations.length === 0)
    return section("migrations", title, markup`<p>The plan has no migration.</p>\n`);
  return section(
    "migrations",
    title,
    lead(document.migrations),
    longOrShort(
      `All ${formatCount(document.migrations.length, "migration")}`,
      document.migrations.length,
      overview(context),
    ),
    longOrShort(
      "The stages of each, and the way back",
      document.migrations.length,
      joined(document.migrations.map((migration) => details(migration, context))),
    ),
  );
}

/** Builds the sentence on the stages of the migrations, and on the rollbacks that were never rehearsed. */
function lead(all: readonly PlannedMigration[]): Markup {
  const stages = new Map<string, number>();
  for (const { stage } of all) stages.set(stage, (stages.get(stage) ?? 0) + 1);
  const never = all.filter(({ rollback }) => rollback.rehearsedOn === undefined).length;
  return markup`<p>${formatCount(all.length, "migration")}: ${joined(
    [...stages].map(([stage, count]) => markup`${formatNumber(count)} in <strong>${stage}</strong>`),
    ", ",
  )}. ${
    never === 0
      ? "The way back of all of them has been rehearsed."
      : `The way back of ${formatNumber(never)} has never been rehearsed.`
  } The steps forward and back are counted here and written out in the runbook.</p>
`;
}

function overview(context: PageContext): Markup {
  const { document, migrationAnchors } = context;
  const stages = table({
    caption: "All migrations in the order of their waves, with the stage that holds now",
    captionHidden: true,
    columns: [
      { title: "Migration" },
      { title: "Wave" },
      { title: "Stage now" },
      { title: "To the end", numeric: true },
      { title: "One stage back", numeric: true },
      { title: "Rehearsed" },
    ],
    rows: document.migrations.map((migration) => {
      const at = migration.stages.findIndex(({ name }) => name === migration.stage);
      return [
        markup`<a class="name" href="#${migrationAnchors.get(migration.path) ?? "migrations"}">${migration.path}</a> <span class="quiet">${migration.role}</span>`,
        markup`<span class="word">${migration.wave}</span>`,
        markup`${migration.stage} <span class="quiet">${migration.stages[at]?.phase}, ${at + 1} of ${migration.stages.length}</span>`,
        effortDuration(effortAhead(migration)),
        backWords(effortBack(migration)),
        migration.rollback.rehearsedOn ?? markup`<span class="tag warning">never</span>`,
      ];
    }),
  });
  return markup`${stages}${interlocks(context)}`;
}

/** Builds the table of the migrations that wait for others or are held by them; nothing where there are none. */
function interlocks({ document }: PageContext): Markup {
  const rows = document.migrations.flatMap((migration) => {
    const [needs, holders] = [waitsFor(migration, document), heldBy(migration, document)];
    if (needs.length + holders.length === 0) return [];
    return [
      [
        markup`<span class="name">${migration.path}</span>`,
        holds(needs, ({ now }) => now === false, "not yet"),
        holds(holders, ({ now }) => now === true, "now"),
      ],
    ];
  });
  if (rows.length === 0) return markup``;
  return table({
    caption: "Migrations that wait for others or are held by them",
    captionHidden: true,
    columns: [{ title: "Migration" }, { title: "Waits for" }, { title: "Held by" }],
    rows,
  });
}

/** One line for each, those that matter today with a tag. */
function holds(all: readonly Hold[], marked: (hold: Hold) => boolean, tag: string): MarkupValue {
  if (all.length === 0) return undefined;
  return joined(
    all.map(
      (hold) =>
        markup`<span class="name">${hold.migration}</span> ${hold.words}${marked(hold) ? markup` <span class="tag warning">${tag}</span>` : ""}`,
    ),
    markup`<br>`,
  );
}

function backWords(back: Effort | undefined): MarkupValue {
  return back === undefined ? markup`<span class="tag blocker">not by steps</span>` : effortDuration(back);
}

function details(migration: PlannedMigration, { document, migrationAnchors }: PageContext): Markup {
  const { path, title, role, wave, risk, stage, dependsOn } = migration;
  const needs = dependsOn.map((need) => need.migration);
  const facts = [
    title,
    role,
    ...(wave === undefined ? [] : [wave]),
    ...(risk === undefined ? [] : [`${risk.toLowerCase()} risk`]),
    `stage ${stage}`,
  ];
  return disclosure(
    markup`<h3 class="name">${path}</h3> <span class="quiet">${facts.join(" · ")}</span>`,
    markup`<div class="migration" id="${migrationAnchors.get(path) ?? ""}">
<ol class="stages">
${stageEfforts(migration).map(stageItem)}</ol>
${needs.length === 0 ? "" : markup`<p><strong>Needs</strong> ${names(needs)}</p>\n`}${listed("Moves", migration.moves)}${listed("Holds data", migration.dataMoved)}${wayBack(migration)}${checks(migration.verifications)}</div>
`,
    document.migrations.length <= OPEN,
  );
}

function stageItem({ name, phase, summary, now, forward, back, irreversible, trafficShare }: StageEffort): Markup {
  return markup`<li${now ? markup` class="now" aria-current="step"` : ""}><p class="stage"><strong>${name}</strong> <span class="quiet">${phase}</span>${
    now ? markup` <span class="tag now">holds now</span>` : ""
  }${trafficShare === 0 ? "" : markup` <span class="quiet">${formatShare(trafficShare)} of the traffic${controller(trafficShare)}</span>`}</p>
<p>${sentence(summary)}</p>
<p class="effort"><span>Forward: ${effortWords(forward)}</span> ${
    back === undefined
      ? markup`<span><span class="tag blocker">no way back by steps</span> ${sentence(irreversible ?? "")}</span>`
      : markup`<span>Back: ${effortWords(back)}</span>`
  }</p></li>
`;
}

function controller(share: StageEffort["trafficShare"]): string {
  return typeof share === "object" ? `, moved by ${share.controlledBy}` : "";
}

function listed(title: string, list: readonly string[]): MarkupValue {
  if (list.length === 0) return undefined;
  if (list.length <= NAMED) return markup`<p><strong>${title}</strong> ${names(list)}</p>\n`;
  return disclosure(markup`<strong>${title}</strong> ${list.length}`, markup`<p>${names(list)}</p>\n`);
}

function wayBack({ rollback }: PlannedMigration): Markup {
  const { owner, windowHours, sourceRetentionDays, rehearsedOn, triggers } = rollback;
  return markup`<dl class="facts">
<div><dt>Who decides to go back</dt><dd>${owner}</dd></div>
<div><dt>Within</dt><dd>${formatCount(windowHours, "hour")} of a transition</dd></div>
<div><dt>On any of</dt><dd>${joined(triggers, markup`<br>`)}</dd></div>
<div><dt>The source is kept for</dt><dd>${formatCount(sourceRetentionDays, "day")}</dd></div>
<div><dt>Rehearsed</dt><dd>${rehearsedOn === undefined ? markup`<span class="tag warning">never</span>` : formatDay(rehearsedOn)}</dd></div>
</dl>
`;
}

function checks(verifications: readonly PlannedVerification[]): Markup {
  if (verifications.length === 0) {
    return markup`<p><span class="tag warning">no verification</span> Nothing says whether it works.</p>\n`;
  }
  return table({
    caption: "What says that it works",
    columns: [{ title: "Check" }, { title: "Looks at" }, { title: "Alarm" }, { title: "Notifies" }],
    rows: verifications.map((verification) => [
      verification.name,
      VERIFICATIONS[verification.kind],
      alarmOf(verification),
      hasAlarm(verification)
        ? verification.notifies
          ? "yes"
          : markup`<span class="tag warning">no</span>`
        : undefined,
    ]),
  });
}

function alarmOf(verification: PlannedVerification): Markup | string {
  if (verification.alarm !== undefined) return markup`<span class="name">${verification.alarm}</span>`;
  return hasAlarm(verification) ? UNNAMED_ALARM : "none: checked by hand";
}
