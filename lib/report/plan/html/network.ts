/** The section on networks: sources left, targets right, and a lane with its name for each link. */
import { formatCount } from "../../../core/text";
import { coordinate, figure, shortened, shortenedName } from "../../html/figure";
import { markup, type Markup } from "../../html/markup";
import { table } from "../../html/table";
import { networkMap, type NetworkMap, type NetworkPlace } from "../network-map";
import type { PageContext } from "./context";
import { disclosure, section } from "./section";

const WIDTH = 720;
const BOX_WIDTH = 168;
const BOX_HEIGHT = 44;
const BOX_STEP = 58;
const LANE_STEP = 42;
const TOP = 34;
const LANE_LEFT = 248;
const LANE_RIGHT = WIDTH - LANE_LEFT;

/** Builds the section on networks: the diagram, and the networks as a table. */
export function network({ document }: PageContext): Markup {
  const title = "Networks";
  if (document.networks.length === 0 && document.links.length === 0) {
    return section("networks", title, markup`<p>The checklist names no network, and no migration connects any.</p>\n`);
  }
  return section(
    "networks",
    title,
    diagram(networkMap(document)),
    document.networks.length === 0
      ? undefined
      : disclosure(
          formatCount(document.networks.length, "network"),
          table({
            caption: "The networks of both sides",
            captionHidden: true,
            columns: [{ title: "Network" }, { title: "Addresses" }, { title: "Side" }],
            rows: document.networks.map(({ name, cidr, side }) => [
              name,
              markup`<span class="name">${cidr}</span>`,
              side,
            ]),
          }),
        ),
  );
}

interface Placed {
  readonly place: NetworkPlace;
  readonly y: number;
}

function diagram(map: NetworkMap): Markup {
  const count = (side: NetworkPlace["side"]): number => map.places.filter((place) => place.side === side).length;
  const more = map.placesLeftOut;
  const rows = Math.max(count("source") + (more.source > 0 ? 1 : 0), count("target") + (more.target > 0 ? 1 : 0), 1);
  const inner = Math.max(rows * BOX_STEP, map.lanes.length * LANE_STEP + 16);
  const placed = place(map.places, inner);
  const height = TOP + inner + 6;
  const links = map.lanes.map(({ from, to, label }) => {
    const [a, b] = [map.places[from]?.name ?? "", map.places[to]?.name ?? ""];
    return `${a} to ${b}: ${label}`;
  });
  return figure({
    id: "network",
    title: "The networks and what connects them",
    description:
      links.length === 0 ? "No migration of the plan connects two networks." : `The links are: ${links.join("; ")}.`,
    width: WIDTH,
    height,
    content: [
      markup`<text class="strong" x="0" y="16">Source</text><text class="strong end" x="${WIDTH}" y="16">Target</text>
`,
      lanes(map, placed, inner),
      placed.map(drawPlace),
      (["source", "target"] as const).map((side) =>
        more[side] === 0
          ? ""
          : markup`<text class="small quiet${side === "target" ? " end" : ""}" x="${side === "source" ? 0 : WIDTH}" y="${TOP + inner - 12}">and ${formatCount(more[side], "other")}</text>
`,
      ),
    ],
    legend: markup`What is connected, as the plan's migrations say it.${
      map.lanesLeftOut > 0
        ? ` ${formatCount(map.lanesLeftOut, "other link")} ${map.lanesLeftOut === 1 ? "is" : "are"} left out.`
        : ""
    } A broken frame is an end that is none of the checklist's networks.`,
  });
}

/** Each side spread over the whole height. */
function place(places: readonly NetworkPlace[], height: number): Placed[] {
  const result: Placed[] = [];
  for (const side of ["source", "target"] as const) {
    const own = places.map((each, index) => ({ each, index })).filter(({ each }) => each.side === side);
    const step = Math.min(BOX_STEP * 1.6, height / Math.max(1, own.length));
    const start = TOP + (height - step * own.length) / 2;
    own.forEach(({ each, index }, position) => {
      result[index] = { place: each, y: start + step * (position + 0.5) };
    });
  }
  return result;
}

function lanes(map: NetworkMap, placed: readonly Placed[], height: number): Markup[] {
  const middle = ({ from, to }: NetworkMap["lanes"][number]): number =>
    ((placed[from]?.y ?? 0) + (placed[to]?.y ?? 0)) / 2;
  const ordered = map.lanes
    .map((lane, index) => ({ lane, index }))
    .sort((a, b) => middle(a.lane) - middle(b.lane) || a.index - b.index);
  const step = Math.min(64, height / Math.max(1, ordered.length));
  const start = TOP + (height - step * ordered.length) / 2;
  return ordered.map(({ lane }, position) => {
    const [a, b] = [placed[lane.from], placed[lane.to]];
    if (a === undefined || b === undefined) return markup``;
    const y = start + step * (position + 0.5);
    const [ax, bx] = [innerEdge(a), innerEdge(b)];
    const [left, right] = ax <= bx ? [LANE_LEFT, LANE_RIGHT] : [LANE_RIGHT, LANE_LEFT];
    // Two places of one side: the lane is a loop that leaves and comes back on that side.
    const turn = ax === bx ? left : right;
    const [c, d] = [(ax + left) / 2, (turn + bx) / 2];
    return markup`<g><title>${a.place.name} to ${b.place.name}: ${lane.label}</title><path class="link" d="M${ax} ${coordinate(a.y)}C${c} ${coordinate(a.y)} ${c} ${coordinate(y)} ${left} ${coordinate(y)}H${right}${
      turn === right ? "" : `H${turn}`
    }C${d} ${coordinate(y)} ${d} ${coordinate(b.y)} ${bx} ${coordinate(b.y)}"/><path class="link" d="M${bx} ${coordinate(b.y)}l${bx >= WIDTH / 2 ? "-7 -4m7 4l-7 4" : "7 -4m-7 4l7 4"}"/><text class="small middle" x="${WIDTH / 2}" y="${coordinate(y - 7)}">${shortened(lane.label, 34)}</text></g>
`;
  });
}

function innerEdge({ place: { side } }: Placed): number {
  return side === "source" ? BOX_WIDTH : WIDTH - BOX_WIDTH;
}

function drawPlace({ place: { name, cidr, side }, y }: Placed): Markup {
  const x = side === "source" ? 0 : WIDTH - BOX_WIDTH;
  const middle = x + BOX_WIDTH / 2;
  const text =
    cidr === undefined
      ? markup`<text class="middle" x="${middle}" y="${coordinate(y)}" dy="4">${shortenedName(name, 21)}</text>`
      : markup`<text class="middle" x="${middle}" y="${coordinate(y - 4)}">${shortenedName(name, 21)}</text><text class="small middle quiet mono" x="${middle}" y="${coordinate(y + 13)}">${shortened(cidr, 22)}</text>`;
  return markup`<g><title>${name}${cidr === undefined ? "" : `, ${cidr}`}</title><rect class="node${cidr === undefined ? " outside" : ""}" x="${x}" y="${coordinate(y - BOX_HEIGHT / 2)}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="4"/>${text}</g>
`;
}
