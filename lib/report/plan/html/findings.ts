/** The section on findings: by severity and rule, by subject, and the waivers. */
import type { Finding } from "../../../core/finding";
import { formatDay } from "../../../core/iso-date";
import { formatLocation } from "../../../core/location";
import { formatCount, formatNumber, sentence } from "../../../core/text";
import { joined, markup, type Markup, type MarkupValue } from "../../html/markup";
import { table } from "../../html/table";
import { SECTION_TITLES, type RuleGroup, type Section } from "../../tally";
import { subjectIndex, type IndexedSubject } from "../subject-index";
import { waiverUses } from "../waiver-use";
import { ruleKey, type PageContext } from "./context";
import { disclosure, section, weight, WEIGHTS } from "./section";

/** The largest number of findings of a rule that the page lists; the JSON has all. */
const FINDINGS_LISTED = 500;
/** The largest number of findings of a blocking rule that is unfolded when the page opens; all others are folded. */
const OPEN = 24;
/** The largest number of subjects that are named where a rule's findings are folded. */
const SUBJECTS_NAMED = 2;
/** The largest number of subjects that the index lists. */
const SUBJECTS_LISTED = 2000;

/** Builds the section on findings: by severity and rule, by subject, and the waivers. */
export function findings(context: PageContext): Markup {
  const title = "Findings";
  if (context.findings.length === 0) return section("findings", title, markup`<p>No rule found anything.</p>\n`);
  return section(
    "findings",
    title,
    markup`<p class="filter" hidden><label for="filter">Show only findings with</label> <input id="filter" type="search" autocomplete="off" spellcheck="false" placeholder="a server, a rule, a file"> <span id="filter-count" role="status"></span></p>
`,
    context.findings.map((each) => weightSection(each, context)),
    bySubject(context),
  );
}

function weightSection({ key, size, groups }: Section, context: PageContext): Markup {
  return markup`<h3 id="${key}s">${SECTION_TITLES[key]} <span class="quiet">${formatNumber(size)}</span></h3>
${groups.map((group) => ruleGroup(group, key, context))}`;
}

function ruleGroup(group: RuleGroup, key: Section["key"], { ruleAnchors }: PageContext): Markup {
  const { rule, why, remedy } = group;
  const listed = group.findings.slice(0, FINDINGS_LISTED);
  const others = group.findings.length - listed.length;
  const columns = [
    { title: "Subject" },
    { title: "Finding", bare: true },
    ...(listed.some(({ location }) => location !== undefined) ? [{ title: "Place" }] : []),
    ...(remedy === undefined ? [{ title: "Remedy" }] : []),
    ...(key === "waived" ? [{ title: "Waived" }] : []),
  ];
  return markup`<details class="found"${key === "blocker" && listed.length <= OPEN ? markup` open` : ""}><summary><h4 class="name">${rule}</h4> ${
    key === "waived"
      ? markup`<span class="quiet">${formatNumber(group.findings.length)}</span>`
      : markup`<span class="tag ${key}">${formatNumber(group.findings.length)}<span class="hidden"> ${group.findings.length === 1 ? WEIGHTS[key].one : WEIGHTS[key].many}</span></span>`
  }${named(group)}</summary>
<div id="${ruleAnchors.get(ruleKey(key, rule)) ?? ""}">
<p><strong>Why</strong> ${sentence(why)}</p>
${remedy === undefined ? "" : markup`<p><strong>Remedy</strong> ${sentence(remedy)}</p>\n`}${table({
    caption: markup`Findings of ${rule}`,
    captionHidden: true,
    columns,
    rows: listed.map((finding) => [
      markup`<span class="name">${finding.subject}</span>`,
      finding.message,
      ...(columns.some(({ title }) => title === "Place") ? [placeOf(finding)] : []),
      ...(remedy === undefined ? [finding.remedy] : []),
      ...(key === "waived" ? [waivedOf(finding)] : []),
    ]),
  })}${others > 0 ? markup`<p>${formatNumber(others)} more are in <span class="name">report.json</span>.</p>\n` : ""}</div>
</details>
`;
}

/** Returns the subjects of a rule with few, so that nobody has to open it for that. */
function named({ findings: own }: RuleGroup): MarkupValue {
  const subjects = [...new Set(own.map(({ subject }) => subject))];
  return subjects.length <= SUBJECTS_NAMED && markup` <span class="quiet name">${subjects.join(", ")}</span>`;
}

function placeOf({ location }: Finding): MarkupValue {
  const place = location === undefined ? "" : formatLocation(location);
  return place === "" ? undefined : markup`<span class="place">${place}</span>`;
}

function waivedOf({ waived }: Finding): MarkupValue {
  if (waived === undefined) return undefined;
  return `${waived.reason} (${waived.approvedBy}, until ${waived.expires})`;
}

function bySubject(context: PageContext): Markup {
  const all = subjectIndex(context.document);
  const [moves, rest] = [all.filter(({ move }) => move), all.filter(({ move }) => !move)];
  return markup`<h3 id="by-server">By server</h3>
${
  moves.length === 0
    ? markup`<p>No finding is about a server that moves.</p>\n`
    : disclosure(
        `${formatCount(moves.length, "server")} with findings`,
        subjectTable("Servers with findings, the most blocked first", "Server", moves, context),
      )
}${
    rest.length === 0
      ? ""
      : disclosure(
          `${formatCount(rest.length, "other subject")} with findings`,
          subjectTable("Whatever else has findings", "Subject", rest, context),
        )
  }`;
}

function subjectTable(
  caption: string,
  title: string,
  subjects: readonly IndexedSubject[],
  { ruleAnchors }: PageContext,
): Markup {
  const listed = subjects.slice(0, SUBJECTS_LISTED);
  const others = subjects.length - listed.length;
  const waves = listed.some(({ wave }) => wave !== undefined);
  return markup`${table({
    caption,
    captionHidden: true,
    columns: [{ title }, ...(waves ? [{ title: "Wave" }] : []), { title: "Found", bare: true }, { title: "Rules" }],
    rows: listed.map(({ name, wave, counts, findings: own }) => [
      markup`<span class="name">${name}</span>`,
      ...(waves ? [markup`<span class="word">${wave}</span>`] : []),
      joined(
        (["blocker", "warning", "info", "waived"] as const)
          .filter((key) => counts[key] > 0)
          .map((key) => weight(key, counts[key])),
        " ",
      ),
      joined(
        [...new Map(own.map((finding) => [ruleOf(finding), finding]))].map(
          ([key, { rule }]) => markup`<a href="#${ruleAnchors.get(key) ?? "findings"}">${rule}</a>`,
        ),
        ", ",
      ),
    ]),
  })}${others > 0 ? markup`<p>${formatNumber(others)} more are in <span class="name">report.json</span>.</p>\n` : ""}`;
}

function ruleOf({ rule, severity, waived }: Finding): string {
  return ruleKey(waived === undefined ? severity : "waived", rule);
}

/** Builds the table of the waivers: who accepted what, until when. */
export function waivers({ document }: PageContext): Markup {
  const uses = waiverUses(document);
  if (uses.length === 0) return section("waivers", "Waivers", markup`<p>Nothing is waived.</p>\n`);
  return section(
    "waivers",
    "Waivers",
    table({
      caption: "The waivers in the order in which they run out",
      captionHidden: true,
      columns: [
        { title: "Rule" },
        { title: "For" },
        { title: "Reason" },
        { title: "Approved by" },
        { title: "Until" },
        { title: "Findings", numeric: true },
      ],
      rows: uses.map(({ waiver, covers, expired }) => [
        markup`<span class="name">${waiver.rule}</span>`,
        waiver.subject === undefined ? "every subject" : markup`<span class="name">${waiver.subject}</span>`,
        waiver.reason,
        waiver.approvedBy,
        markup`<time datetime="${waiver.expires}">${formatDay(waiver.expires)}</time>${expired ? markup` <span class="tag blocker">expired</span>` : ""}`,
        formatNumber(covers),
      ]),
    }),
  );
}
