import type { PlanDocument } from "../../../plan/plan-document";
import { networkMap, type NetworkPlace } from "../network-map";
import { counted } from "../words";
import { diagram, mermaidText } from "./text";

/** The networks of both sides and the links between them. */
export function networkDiagram(document: PlanDocument): string {
  const { places, lanes, placesLeftOut, lanesLeftOut } = networkMap(document);
  const hidden = placesLeftOut.source + placesLeftOut.target;
  return diagram(
    "flowchart LR",
    "The networks and what connects them",
    `${counted(lanes.length, "link")} between ${counted(places.length, "place")}; ${counted(lanesLeftOut, "link")} and ${counted(hidden, "network")} left out.`,
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
