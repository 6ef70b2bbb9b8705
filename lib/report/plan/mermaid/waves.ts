import { formatCount, percent } from "../../../core/text";
import type { PlanDocument, PlannedWave } from "../../../plan/plan-document";
import { diagram, mermaidText } from "./text";

/** Builds the diagram of the waves: a Gantt chart, or a flowchart in their order where a numbered wave has no day. */
export function wavesDiagram({ title, waves }: PlanDocument): string {
  const numbered = waves.filter(({ number }) => number !== undefined);
  const dated = numbered.filter((wave): wave is PlannedWave & { readonly day: string } => wave.day !== undefined);
  const description = `${formatCount(numbered.length, "wave")} of the plan ${title}.`;
  const [first] = dated;
  if (first === undefined || dated.length < numbered.length) {
    return diagram("flowchart LR", "The waves in their order", description, chain(waves));
  }
  const foundation = waves.slice(0, waves.indexOf(numbered[0] ?? first));
  return diagram("gantt", "The waves by day", description, [
    "dateFormat YYYY-MM-DD",
    "axisFormat %Y-%m-%d",
    // The chart shows the plan, not the day on which somebody looks at it.
    "todayMarker off",
    ...(foundation.length === 0 ? [] : ["section Before"]),
    ...foundation.map(
      ({ name }, index) => `The ${mermaidText(name)} stands by then :milestone, b${index}, ${first.day}, 0d`,
    ),
    "section Waves",
    ...dated.map(
      ({ name, day, moves }, index) =>
        `${formatCount(moves.length, "move")} in ${mermaidText(name)} :w${index}, ${day}, 1d`,
    ),
  ]);
}

function chain(waves: readonly PlannedWave[]): string[] {
  if (waves.length === 0) return ['w0["no wave"]'];
  return [
    ...waves.map(({ name, moves, estateShare }, index) => {
      const size = moves.length === 0 ? "" : `<br/>${formatCount(moves.length, "move")}, ${percent(estateShare)}`;
      return `w${index}["${mermaidText(name)}${size}"]`;
    }),
    ...waves.slice(1).map((_, index) => `w${index} --> w${index + 1}`),
  ];
}
