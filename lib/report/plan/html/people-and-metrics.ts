/** The sections on the people who are told and on the success metrics. */
import { formatDay } from "../../../core/iso-date";
import { metricCategories } from "../../../plan/metrics/planned-metric";
import { joined, markup, type Markup, type MarkupValue } from "../../html/markup";
import { table } from "../../html/table";
import { eventsOf, waveNotices } from "../notices";
import { CATEGORIES, EVENTS, targetWords, windowWords } from "../plan-phrases";
import type { PageContext } from "./context";
import { disclosure, section } from "./section";

/** Builds the section on communications: who is told what, and on which days. */
export function communications({ document }: PageContext): Markup {
  const { stakeholders, alarmsNotify } = document.communications;
  const notices = waveNotices(document);
  return section(
    "communications",
    "Communications",
    stakeholders.length === 0
      ? markup`<p><span class="tag warning">nobody</span> The plan has no stakeholders to notify.</p>\n`
      : [
          table({
            caption: "Who is told",
            captionHidden: true,
            columns: [
              { title: "Who" },
              { title: "Role", bare: true },
              { title: "Reached by" },
              { title: "Told of" },
              { title: "Waves" },
            ],
            rows: stakeholders.map((stakeholder) => [
              stakeholder.name,
              stakeholder.role,
              stakeholder.channel,
              eventList(eventsOf(stakeholder).map((event) => EVENTS[event].title)),
              stakeholder.waves === undefined
                ? "all"
                : joined(
                    stakeholder.waves.map((wave) => markup`<span class="word">${wave}</span>`),
                    ", ",
                  ),
            ]),
          }),
          markup`<p>${joined(
            Object.values(EVENTS).map(({ title, when }) => markup`<strong>${title}</strong> ${when}`),
            " · ",
          )}</p>
`,
        ],
    markup`<p>${alarmsNotify ? "The plan's alarms have recipients." : markup`<span class="tag warning">not sent</span> The plan's own alarms have no recipients.`}</p>
`,
    stakeholders.length === 0 || notices.every(({ announcedOn }) => announcedOn === undefined)
      ? undefined
      : disclosure(
          "The days of each wave",
          table({
            caption: "The days on which each wave is announced and people are reminded of it, and who is told",
            captionHidden: true,
            columns: [
              { title: "Wave" },
              { title: "Announced" },
              { title: "Reminded" },
              { title: "Cut over" },
              { title: "Told" },
            ],
            rows: notices.map(({ wave, announcedOn, remindedOn, told }) => [
              markup`<span class="word">${wave.name}</span>`,
              announcedOn === undefined ? undefined : formatDay(announcedOn),
              remindedOn === undefined ? undefined : formatDay(remindedOn),
              wave.day === undefined
                ? undefined
                : `${formatDay(wave.day)}${wave.window === undefined ? "" : `, ${windowWords(wave.window)}`}`,
              told.length === 0 ? markup`<span class="tag warning">nobody</span>` : told.join(", "),
            ]),
          }),
        ),
  );
}

function eventList(events: readonly string[]): MarkupValue {
  return events.length === Object.keys(EVENTS).length ? "everything" : events.join(", ").toLowerCase();
}

/** Builds the section on the success metrics, the dashboard and the alarm that stops the migration. */
export function metrics({ document }: PageContext): Markup {
  const { dashboard, stopAlarm } = document;
  const groups = metricCategories
    .map((category) => ({
      title: CATEGORIES[category],
      rows: document.metrics
        .filter((metric) => metric.category === category)
        .map((metric) => [
          metric.title,
          targetWords(metric),
          metric.source,
          metric.alarm === undefined ? "none" : markup`<span class="name">${metric.alarm}</span>`,
        ]),
    }))
    .filter(({ rows }) => rows.length > 0);
  return section(
    "metrics",
    "Success metrics",
    markup`<p>${stopAlarm === undefined ? "No alarm stops the migration." : markup`The alarm <span class="name">${stopAlarm}</span> stops the migration.`} ${
      dashboard === undefined
        ? "The plan has no dashboard."
        : markup`The numbers are on the CloudWatch dashboard <span class="name">${dashboard}</span>.`
    }</p>
`,
    groups.length === 0
      ? markup`<p>The plan measures nothing.</p>\n`
      : table({
          caption: "What the migration is judged by",
          captionHidden: true,
          columns: [{ title: "Metric" }, { title: "Target" }, { title: "Source" }, { title: "Alarm" }],
          rows: groups,
        }),
  );
}
