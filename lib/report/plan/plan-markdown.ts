/**
 * The plan for a pull request: what the page has, in GitHub Flavored Markdown, with what stops it open and everything long
 * folded. GitHub draws the Mermaid blocks. Names are code spans and texts are escaped, so that no server can be called
 * something that closes a table.
 */
import { admit } from "../../core/door/admit";
import type { Finding } from "../../core/finding";
import { formatDay } from "../../core/iso-date";
import { formatLocation } from "../../core/location";
import { codeCell, codeSpan, escapeMarkdown, folded, markdownTable } from "../../core/markdown";
import { formatCount, formatNumber, percent, sentence } from "../../core/text";
import { formatShare } from "../../core/traffic-share";
import { dataWithoutSecrets } from "../../core/secret/redact";
import { metricCategories } from "../../plan/metrics/planned-metric";
import { hasAlarm, type PlanDocument, type PlannedVerification } from "../../plan/plan-document";
import { VERDICTS } from "../assessment-text";
import { formatMiB } from "../inventory-facts";
import type { MarkdownOptions } from "../assessment-markdown";
import { formatTally, SECTION_TITLES, sections, tally, type RuleGroup, type Section } from "../tally";
import { heldBy, waitsFor, type Hold } from "./interlock";
import { dependencies, networks } from "./markdown-connections";
import { foldedTable, mermaidBlock, rowsLeftOut } from "./markdown-blocks";
import { eventsOf, waveNotices } from "./notices";
import { planMermaid } from "./plan-mermaid";
import { effortAhead, effortBack, stageEfforts } from "./stage-efforts";
import { subjectIndex, type IndexedSubject } from "./subject-index";
import { waiverUses } from "./waiver-use";
import {
  CATEGORIES,
  effortDuration,
  effortWords,
  EVENTS,
  targetWords,
  UNNAMED_ALARM,
  VERIFICATIONS,
  waveWindowWords,
} from "./plan-phrases";

/** Renders a plan as Markdown: the verdict first, blockers open. Ends with a line feed. */
export function planMarkdown(document: PlanDocument, options: MarkdownOptions = {}): string {
  admit("planMarkdown", { document, options });
  return writePlanMarkdown(dataWithoutSecrets(document), options);
}

function writePlanMarkdown(document: PlanDocument, options: MarkdownOptions): string {
  const { title, sentence: verdict } = VERDICTS[document.verdict];
  const diagrams = planMermaid(document);
  const { estate } = document;
  return [
    `# ${escapeMarkdown(document.title)}: ${title}`,
    "",
    `As of ${document.asOf}, ${verdict}: ${formatTally(tally(document.findings))}.`,
    "",
    ...undecided(document),
    `${formatCount(estate.servers, "server")}, ${formatCount(estate.applications, "application")}, ${formatCount(estate.databases, "database")}; ${formatNumber(estate.cpus)} virtual CPUs, ${formatMiB(estate.memoryMiB)} of memory, ${formatMiB(estate.storageMiB)} of storage; ${formatCount(estate.flows, "observed flow")}.`,
    ...findings(document, options),
    ...waivers(document),
    ...waves(document, diagrams.waves),
    ...migrations(document, diagrams.stages),
    ...dependencies(document, diagrams.dependencies, options),
    ...networks(document, diagrams.network),
    ...communications(document),
    ...metrics(document),
    "",
  ].join("\n");
}

function undecided({ undecided: left = [] }: PlanDocument): string[] {
  if (left.length === 0) return [];
  return ["Still as it was begun:", "", ...left.map((what) => `- ${escapeMarkdown(what)}`), ""];
}

function findings(document: PlanDocument, options: MarkdownOptions): string[] {
  const all = sections(document.findings);
  if (all.length === 0) return ["", "## Findings", "", "No rule found anything."];
  const index = subjectIndex(document);
  return [
    "",
    "## Findings",
    ...all.flatMap((section) => {
      const body = section.groups.flatMap((group) => ruleGroup(group, section.key, options));
      const title = `${SECTION_TITLES[section.key]} (${section.size})`;
      return section.key === "blocker" ? ["", `### ${title}`, ...body] : folded(title, body);
    }),
    ...bySubject(
      "By server",
      "Server",
      index.filter(({ move }) => move),
      options,
    ),
    ...bySubject(
      "By other subject",
      "Subject",
      index.filter(({ move }) => !move),
      options,
    ),
  ];
}

function bySubject(
  title: string,
  column: string,
  subjects: readonly IndexedSubject[],
  options: MarkdownOptions,
): string[] {
  if (subjects.length === 0) return [];
  const waves = subjects.some(({ wave }) => wave !== undefined);
  return folded(`${title} (${subjects.length})`, [
    "",
    ...markdownTable(
      [column, ...(waves ? ["Wave"] : []), "Found", "Rules"],
      subjects
        .slice(0, options.limit)
        .map(({ name, wave, counts, findings: own }) => [
          codeCell(name),
          ...(waves ? [escapeMarkdown(wave ?? "")] : []),
          formatTally(counts),
          [...new Set(own.map(({ rule }) => codeCell(rule)))].join(", "),
        ]),
    ),
    ...rowsLeftOut(subjects.length, options.limit),
  ]);
}

function ruleGroup(
  { rule, why, remedy, findings: own }: RuleGroup,
  key: Section["key"],
  options: MarkdownOptions,
): string[] {
  const shown = own.slice(0, options.limit);
  const columns = [
    { title: "Subject", cell: ({ subject }: Finding) => codeCell(subject) },
    { title: "Finding", cell: ({ message }: Finding) => escapeMarkdown(message) },
    ...(shown.some(({ location }) => location !== undefined)
      ? [
          {
            title: "Place",
            cell: ({ location }: Finding) => (location === undefined ? "" : codeCell(formatLocation(location))),
          },
        ]
      : []),
    ...(remedy === undefined ? [{ title: "Remedy", cell: (finding: Finding) => escapeMarkdown(finding.remedy) }] : []),
    ...(key === "waived" ? [{ title: "Waived", cell: waivedCell }] : []),
  ];
  return [
    "",
    `#### ${codeSpan(rule)}`,
    "",
    `**Why:** ${escapeMarkdown(sentence(why))}${remedy === undefined ? "" : ` **Remedy:** ${escapeMarkdown(sentence(remedy))}`}`,
    "",
    ...markdownTable(
      columns.map(({ title }) => title),
      shown.map((finding) => columns.map(({ cell }) => cell(finding))),
    ),
    ...rowsLeftOut(own.length, options.limit),
  ];
}

function waivedCell({ waived }: Finding): string {
  if (waived === undefined) return "";
  return `${escapeMarkdown(waived.reason)} (${escapeMarkdown(waived.approvedBy)}, until ${waived.expires})`;
}

function waivers(document: PlanDocument): string[] {
  const uses = waiverUses(document);
  if (uses.length === 0) return [];
  return [
    "",
    "## Waivers",
    "",
    ...markdownTable(
      ["Rule", "For", "Reason", "Approved by", "Until", "Findings"],
      uses.map(({ waiver, covers, expired }) => [
        codeCell(waiver.rule),
        waiver.subject === undefined ? "every subject" : codeCell(waiver.subject),
        escapeMarkdown(waiver.reason),
        escapeMarkdown(waiver.approvedBy),
        `${waiver.expires}${expired ? " **expired**" : ""}`,
        String(covers),
      ]),
    ),
  ];
}

function waves(document: PlanDocument, diagram: string): string[] {
  return [
    "",
    "## Waves",
    "",
    ...mermaidBlock(diagram),
    ...foldedTable("All waves", document.waves, ["Wave", "Day", "Window", "Share", "Migrations", "Moves"], (wave) => [
      escapeMarkdown(wave.name),
      wave.day === undefined ? "" : formatDay(wave.day),
      escapeMarkdown(waveWindowWords(wave, document) ?? ""),
      wave.estateShare === 0 ? "" : percent(wave.estateShare),
      wave.migrations.map(codeCell).join("<br>"),
      String(wave.moves.length),
    ]),
    ...folded(
      "What moves in each wave",
      document.waves
        .filter(({ moves }) => moves.length > 0)
        .flatMap(({ name, moves, groups }) => {
          const together = groups.filter((group) => group.length > 1);
          const joint = together.map((group) => group.map(codeSpan).join(" with ")).join("; ");
          return [
            "",
            `**${escapeMarkdown(name)}:** ${moves.map(codeSpan).join(", ")}.${joint === "" ? "" : ` Together: ${joint}.`}`,
          ];
        }),
    ),
    ...(document.excluded.length === 0
      ? []
      : [
          "",
          "### What does not move",
          "",
          ...markdownTable(
            ["Server", "Reason"],
            document.excluded.map(({ name, reason }) => [codeCell(name), escapeMarkdown(reason)]),
          ),
        ]),
  ];
}

function migrations(document: PlanDocument, diagram: string): string[] {
  const overview = [
    ...["Migration", "Role", "Wave", "Risk", "Stage now", "Phase", "Waits for", "Held by"],
    ...["To the end", "One stage back", "Rehearsed"],
  ];
  return [
    "",
    "## Migrations and the way back",
    ...foldedTable("All migrations", document.migrations, overview, (migration) => {
      const back = effortBack(migration);
      return [
        codeCell(migration.path),
        migration.role,
        escapeMarkdown(migration.wave ?? ""),
        escapeMarkdown(migration.risk ?? ""),
        escapeMarkdown(migration.stage),
        migration.stages.find(({ name }) => name === migration.stage)?.phase ?? "",
        waitsFor(migration, document).map(waitCell).join("<br>"),
        heldBy(migration, document).map(holdCell).join("<br>"),
        effortDuration(effortAhead(migration)),
        back === undefined ? "**not by steps**" : effortDuration(back),
        migration.rollback.rehearsedOn ?? "**never**",
      ];
    }),
    ...folded("Stages, forward and back", [
      "",
      ...mermaidBlock(diagram),
      ...document.migrations.flatMap(migrationDetails),
    ]),
  ];
}

function waitCell({ migration, words, now }: Hold): string {
  return `${codeCell(migration)} ${escapeMarkdown(words)}${now === false ? " **(not yet)**" : ""}`;
}

function holdCell({ migration, words, now }: Hold): string {
  return `${codeCell(migration)} ${escapeMarkdown(words)}${now === true ? " **(now)**" : ""}`;
}

function migrationDetails(migration: PlanDocument["migrations"][number]): string[] {
  const { path, title, role, rollback, verifications, moves, dataMoved, dependsOn } = migration;
  const needs = dependsOn.map(({ migration: other }) => codeSpan(other)).join(", ");
  return [
    "",
    `#### ${codeSpan(path)}`,
    "",
    `${escapeMarkdown(title)} (${role})${needs === "" ? "" : `; needs ${needs}`}.`,
    "",
    ...markdownTable(
      ["Stage", "Phase", "What holds in it", "Traffic", "Forward", "Back"],
      stageEfforts(migration).map(({ name, phase, summary, now, forward, back, irreversible, trafficShare }) => [
        now ? `**${escapeMarkdown(name)}** (now)` : escapeMarkdown(name),
        phase,
        escapeMarkdown(sentence(summary)),
        trafficShare === 0 ? "" : escapeMarkdown(formatShare(trafficShare)),
        effortWords(forward),
        back === undefined ? `**no way back by steps:** ${escapeMarkdown(irreversible ?? "")}` : effortWords(back),
      ]),
    ),
    "",
    `Back: the ${escapeMarkdown(rollback.owner)} decides within ${formatCount(rollback.windowHours, "hour")} of a transition, on ${rollback.triggers.map(escapeMarkdown).join("; ")}. The source is kept for ${formatCount(rollback.sourceRetentionDays, "day")}. Rehearsed: ${rollback.rehearsedOn ?? "never"}. It moves ${formatCount(moves.length, "server")}${dataMoved.length === 0 ? "" : `; data is on ${dataMoved.map(codeSpan).join(", ")}`}.`,
    "",
    ...(verifications.length === 0
      ? ["**Nothing says whether it works.**"]
      : verifications.map((each) => `- ${VERIFICATIONS[each.kind]} ${escapeMarkdown(each.name)}: ${alarmWords(each)}`)),
  ];
}

function alarmWords(verification: PlannedVerification): string {
  const { alarm, notifies } = verification;
  if (!hasAlarm(verification)) return "checked by hand";
  return `${alarm === undefined ? UNNAMED_ALARM : `alarm ${codeSpan(alarm)}`}${notifies ? "" : ", which notifies **nobody**"}`;
}

function communications(document: PlanDocument): string[] {
  const { stakeholders, alarmsNotify } = document.communications;
  const told = ["Who", "Role", "Reached by", "Told of", "Waves"];
  return [
    "",
    "## Communications",
    "",
    `${stakeholders.length === 0 ? "**The plan has no stakeholders to notify.** " : ""}${alarmsNotify ? "The plan's alarms have recipients." : "**The plan's own alarms have no recipients.**"}`,
    ...foldedTable("Who is told", stakeholders, told, (stakeholder) => [
      escapeMarkdown(stakeholder.name),
      escapeMarkdown(stakeholder.role),
      escapeMarkdown(stakeholder.channel),
      eventsOf(stakeholder)
        .map((event) => `${EVENTS[event].title} (${EVENTS[event].when})`)
        .join(", "),
      escapeMarkdown(stakeholder.waves?.join(", ") ?? "all"),
    ]),
    ...(stakeholders.length === 0
      ? []
      : folded("The days of each wave", [
          "",
          ...markdownTable(
            ["Wave", "Announced", "Reminded", "Cut over", "Told"],
            waveNotices(document).map(({ wave, announcedOn = "", remindedOn = "", told: names }) => [
              escapeMarkdown(wave.name),
              announcedOn,
              remindedOn,
              wave.day ?? "",
              names.length === 0 ? "**nobody**" : names.map(escapeMarkdown).join(", "),
            ]),
          ),
        ])),
  ];
}

function metrics({ metrics: all, dashboard, stopAlarm }: PlanDocument): string[] {
  const ordered = metricCategories.flatMap((category) => all.filter((metric) => metric.category === category));
  return [
    "",
    "## Success metrics",
    "",
    `${stopAlarm === undefined ? "No alarm stops the migration." : `The alarm ${codeSpan(stopAlarm)} stops the migration.`} ${dashboard === undefined ? "The plan has no dashboard." : `Dashboard: ${codeSpan(dashboard)}.`}`,
    ...foldedTable("All metrics", ordered, ["Metric", "Group", "Target", "Source", "Alarm"], (metric) => [
      escapeMarkdown(metric.title),
      CATEGORIES[metric.category],
      escapeMarkdown(targetWords(metric)),
      escapeMarkdown(metric.source),
      metric.alarm === undefined ? "" : codeCell(metric.alarm),
    ]),
  ];
}
