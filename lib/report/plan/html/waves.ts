/** The section on waves: a timeline of the estate, and a table of the waves. */
import { formatDay } from "../../../core/iso-date";
import { formatCount, percent } from "../../../core/text";
import type { PlannedWave } from "../../../plan/plan-document";
import { joined, markup, type Markup, type MarkupValue } from "../../html/markup";
import { table } from "../../html/table";
import { waveWindowWords } from "../plan-phrases";
import type { PageContext } from "./context";
import { disclosure, longOrShort, names, section } from "./section";
import { timeline } from "./timeline";

/** The largest number of names that are shown unfolded. */
const MOVES_NAMED = 4;

/** Builds the section on waves: the timeline and the table. */
export function waves(context: PageContext): Markup {
  const { document } = context;
  if (document.waves.length === 0) return section("waves", "Waves", markup`<p>The plan has no wave.</p>\n`);
  return section(
    "waves",
    "Waves",
    lead(context),
    timeline(document.waves),
    longOrShort(
      "All waves, one by one",
      document.waves.length,
      table({
        caption: "The waves in the order in which they are done",
        captionHidden: true,
        columns: [
          { title: "Wave" },
          { title: "Day", bare: true },
          { title: "Window" },
          { title: "Share", numeric: true },
          { title: "Migrations" },
          { title: "What moves" },
        ],
        rows: document.waves.map((wave) => [
          markup`<span class="word">${wave.name}</span>`,
          wave.day === undefined ? undefined : markup`<time datetime="${wave.day}">${formatDay(wave.day)}</time>`,
          waveWindowWords(wave, document),
          wave.estateShare === 0 ? undefined : percent(wave.estateShare),
          migrationsOf(wave, context),
          movesOf(wave),
        ]),
      }),
    ),
    excluded(context),
  );
}

function lead({ document }: PageContext): MarkupValue {
  const numbered = document.waves.filter(({ number }) => number !== undefined);
  const days = numbered.flatMap(({ day }) => (day === undefined ? [] : [day])).sort();
  const [first] = days;
  const last = days.at(-1);
  const share = numbered.reduce((sum, { estateShare }) => sum + estateShare, 0);
  const span =
    first === undefined || last === undefined
      ? undefined
      : first === last
        ? markup` on <time datetime="${first}">${formatDay(first)}</time>`
        : markup` from <time datetime="${first}">${formatDay(first)}</time> to <time datetime="${last}">${formatDay(last)}</time>`;
  const subject = formatCount(numbered.length, "wave");
  return markup`<p>${subject}${span} ${numbered.length === 1 ? "moves" : "move"} ${percent(share)} of the servers.</p>
`;
}

function migrationsOf({ migrations }: PlannedWave, { migrationAnchors }: PageContext): MarkupValue {
  if (migrations.length === 0) return undefined;
  return joined(
    migrations.map((path) => {
      const id = migrationAnchors.get(path);
      return id === undefined
        ? markup`<span class="name">${path}</span>`
        : markup`<a class="name" href="#${id}">${path}</a>`;
    }),
    markup`<br>`,
  );
}

function movesOf({ moves, groups }: PlannedWave): MarkupValue {
  if (moves.length === 0) return undefined;
  const together = groups.filter((group) => group.length > 1);
  if (moves.length <= MOVES_NAMED && together.length === 0) return names(moves);
  return disclosure(
    formatCount(moves.length, "move"),
    markup`<p>${names(moves)}</p>
${
  together.length === 0
    ? ""
    : markup`<p>Together, as one migration or application, or because they need each other:</p><ul>${together.map((group) => markup`<li>${names(group)}</li>`)}</ul>
`
}`,
  );
}

function excluded({ document }: PageContext): MarkupValue {
  if (document.excluded.length === 0) return undefined;
  return markup`<h3 id="excluded">What does not move</h3>
${table({
  caption: "What the plan leaves out on purpose",
  captionHidden: true,
  columns: [{ title: "Server" }, { title: "Reason", bare: true }],
  rows: document.excluded.map(({ name, reason }) => [markup`<span class="name">${name}</span>`, reason]),
})}`;
}
