/** The section on dependencies: a drawing as fine as can be read, and a table of those that cross a wave. */
import { formatCount, formatNumber } from "../../../core/text";
import { markup, type Markup, type MarkupValue } from "../../html/markup";
import { table } from "../../html/table";
import { crossings } from "../cross-wave-dependencies";
import type { PageContext } from "./context";
import { dependencyArcs } from "./dependency-arcs";
import { dependencyBands } from "./dependency-bands";
import { disclosure, section } from "./section";

/** The largest number of crossing dependencies that are listed. */
const CROSSINGS_LISTED = 200;

/** Builds the section on dependencies: the graph, and the dependencies that cross a wave. */
export function dependencies({ document, graph }: PageContext): Markup {
  const title = "Dependencies";
  if (document.dependencies.length === 0) {
    return section("dependencies", title, markup`<p>No dependency between what moves is known.</p>\n`);
  }
  const { crossing, waiting } = graph;
  return section(
    "dependencies",
    title,
    markup`<p>${formatCount(document.dependencies.length, "dependency", "dependencies")}, of which ${formatNumber(crossing)} ${crossing === 1 ? "crosses" : "cross"} a wave. ${
      waiting === 0
        ? "None of those is waited for."
        : `${waiting === 1 ? "One of those is" : `${formatNumber(waiting)} of those are`} waited for: while one side has moved and the other has not, each call takes ${document.roundTripMilliseconds} ms longer.`
    }</p>
`,
    graph.level === "wave" ? dependencyArcs(graph) : dependencyBands(graph),
    crossingList(crossings(document)),
  );
}

function crossingList(crossing: PageContext["document"]["dependencies"]): MarkupValue {
  if (crossing.length === 0) return undefined;
  const listed = crossing.slice(0, CROSSINGS_LISTED);
  const others = crossing.length - listed.length;
  return disclosure(
    `The ${formatCount(crossing.length, "dependency", "dependencies")} across waves`,
    markup`${table({
      caption: "Dependencies between what moves in different waves, those that are waited for first",
      captionHidden: true,
      columns: [{ title: "From" }, { title: "Needs" }, { title: "Over" }, { title: "Is waited for" }],
      rows: listed.map(({ from, to, label, synchronous }) => [from, to, label, synchronous ? "yes" : "no"]),
    })}${others > 0 ? markup`<p>${formatNumber(others)} more are in <span class="name">report.json</span>.</p>\n` : ""}`,
  );
}
