/** The top of the page: the verdict, the blockers and the key figures. */
import { isBlocking } from "../../../core/finding";
import { formatDay } from "../../../core/iso-date";
import { formatCount, formatNumber, sentence } from "../../../core/text";
import { VERDICTS } from "../../assessment-text";
import { joined, markup, type Markup, type MarkupValue } from "../../html/markup";
import { formatMiB } from "../../inventory-facts";
import { sections } from "../../tally";
import { ruleKey, type PageContext } from "./context";
import { names, weight } from "./section";

/** The largest number of subjects that are named for each rule that stops the plan. */
const SUBJECTS_NAMED = 6;

const WORDS = { ready: "Ready", incomplete: "Incomplete", blocked: "Blocked" } as const;

/** Builds the top of the page: the title, the verdict and the key figures. */
export function summary(context: PageContext): Markup {
  const { document, counts } = context;
  const { verdict } = document;
  const weights = (["blocker", "warning", "info", "waived"] as const).filter((key) => counts[key] > 0);
  return markup`<header>
<p class="eyebrow">Migration plan <span class="name">${document.path}</span></p>
<h1>${document.title}</h1>
<p class="date">As of <time datetime="${document.asOf}">${formatDay(document.asOf)}</time></p>
</header>
<section id="verdict" class="verdict ${verdict}" aria-labelledby="verdict-heading">
<h2 id="verdict-heading"><span class="hidden">Verdict: </span>${WORDS[verdict]}</h2>
<p class="lead">${sentence(VERDICTS[verdict].sentence)}</p>
<p class="weights">${
    weights.length === 0
      ? "No rule found anything."
      : joined(
          weights.map((key) => weight(key, counts[key])),
          " ",
        )
  }</p>
${undecided(context)}${stoppers(context)}</section>
${figures(context)}`;
}

function undecided({ document: { undecided: left = [] } }: PageContext): MarkupValue {
  if (left.length === 0) return undefined;
  return markup`<h3>Still as it was begun</h3>
<ul>
${left.map(
  (what) => markup`<li>${what}</li>
`,
)}</ul>
`;
}

function stoppers({ document, ruleAnchors }: PageContext): MarkupValue {
  const groups = sections(document.findings.filter(isBlocking)).flatMap((section) => section.groups);
  if (groups.length === 0) return undefined;
  return markup`<h3>What stops it</h3>
<ul class="stoppers">
${groups.map(({ rule, findings, why }) => {
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const others = subjects.length - SUBJECTS_NAMED;
  return markup`<li><a href="#${ruleAnchors.get(ruleKey("blocker", rule)) ?? "findings"}">${rule}</a>
<span class="subjects">${names(subjects.slice(0, SUBJECTS_NAMED))}${others > 0 ? ` and ${formatCount(others, "other")}` : ""}</span>
<span class="why">${sentence(why)}</span></li>
`;
})}</ul>
`;
}

function figures({ document }: PageContext): Markup {
  const { estate, waves, migrations } = document;
  const entries: readonly (readonly [string, string])[] = [
    ["servers", formatNumber(estate.servers)],
    ["applications", formatNumber(estate.applications)],
    ["databases", formatNumber(estate.databases)],
    ["waves", formatNumber(waves.filter(({ number }) => number !== undefined).length)],
    ["migrations", formatNumber(migrations.length)],
    ["virtual CPUs", formatNumber(estate.cpus)],
    ["memory", formatMiB(estate.memoryMiB)],
    ["storage", formatMiB(estate.storageMiB)],
    ["observed flows", formatNumber(estate.flows)],
  ];
  return markup`<section id="estate" aria-labelledby="estate-heading">
<h2 id="estate-heading">The plan in numbers</h2>
<dl class="figures">
${entries.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</section>
`;
}
