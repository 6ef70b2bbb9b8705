import { formatCount } from "../../../core/text";
import type { PlanDocument } from "../../../plan/plan-document";
import { networkMap, type NetworkPlace } from "../network-map";
import { diagram, mermaidText } from "./text";

/** Builds the flowchart of the networks of both sides and the links between them. */
export function networkDiagram(document: PlanDocument): string {
  const { places, lanes, placesLeftOut, lanesLeftOut } = networkMap(document);
  const hidden = placesLeftOut.source + placesLeftOut.target;
  return diagram(
    "flowchart LR",
    "The networks and what connects them",
    `${formatCount(lanes.length, "link")} between ${formatCount(places.length, "place")}; ${formatCount(lanesLeftOut, "link")} and ${formatCount(hidden, "network")} left out.`,
    places.length === 0
      ? ['p0["no network is known"]']
      : [
          ...side(places, "source", "Source"),
          ...side(places, "target", "Target"),
          ...lanes.map(({ from, to, label }) => `p${from} -->|"${mermaidText(label)}"| p${to}`),
        ],
  );
}

function side(places: readonly NetworkPlace[], wanted: NetworkPlace["side"], title: string): string[] {
  const own = places.flatMap((place, index) => {
    if (place.side !== wanted) return [];
    const address = place.cidr === undefined ? "" : `<br/>${mermaidText(place.cidr)}`;
    return [`  p${index}["${mermaidText(place.name)}${address}"]`];
  });
  return own.length === 0 ? [] : [`subgraph ${wanted}["${title}"]`, ...own, "end"];
}
