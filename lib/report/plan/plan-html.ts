/**
 * The plan as one page that needs nothing else: no network, and no script, for the one in it is a comfort that nothing depends
 * on. The verdict stands first, because it is what the page is opened for; everything below it says why, and what happens then.
 */
import { admit } from "../../core/door/admit";
import { dataWithoutSecrets } from "../../core/secret/redact";
import type { PlanDocument } from "../../plan/plan-document";
import { markup, type Markup } from "../html/markup";
import { page } from "../html/page";
import { pageContext } from "./html/context";
import { dependencies } from "./html/dependencies";
import { findings, waivers } from "./html/findings";
import { migrations } from "./html/migrations";
import { network } from "./html/network";
import { communications, metrics } from "./html/people-and-metrics";
import { SCRIPT } from "./html/script";
import { STYLE } from "./html/style";
import { summary } from "./html/summary";
import { waves } from "./html/waves";

const CONTENTS: readonly (readonly [string, string])[] = [
  ["verdict", "Verdict"],
  ["estate", "In numbers"],
  ["waves", "Waves"],
  ["migrations", "Migrations"],
  ["findings", "Findings"],
  ["waivers", "Waivers"],
  ["dependencies", "Dependencies"],
  ["networks", "Networks"],
  ["communications", "Communications"],
  ["metrics", "Metrics"],
];

/** Renders a plan as one HTML page. The same document gives the same bytes; ends with a line feed. */
export function planHtml(document: PlanDocument): string {
  admit("planHtml", { document });
  return writePlanHtml(dataWithoutSecrets(document));
}

function writePlanHtml(document: PlanDocument): string {
  const context = pageContext(document);
  return page({
    title: `${document.title}: migration plan`,
    description: `The migration plan ${document.title} as of ${document.asOf}: verdict, waves, stages and the way back.`,
    style: STYLE,
    script: SCRIPT,
    body: markup`<a class="skip" href="#main">Skip to the plan</a>
<div class="layout">
${contents()}
<main id="main">
${summary(context)}${waves(context)}${migrations(context)}${findings(context)}${waivers(context)}${dependencies(context)}${network(context)}${communications(context)}${metrics(context)}</main>
</div>
<footer><p>Made by migration-patterns from the plan <span class="name">${document.path}</span>, as of ${document.asOf}. The steps are in the runbook.</p></footer>`,
  });
}

function contents(): Markup {
  return markup`<nav aria-label="Contents"><ul>
${CONTENTS.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>`;
}
