import { admit } from "../../core/door/admit";
import type { PlanDocument } from "../../plan/plan-document";
import { dependenciesDiagram } from "./mermaid/dependencies";
import { networkDiagram } from "./mermaid/network";
import { stagesDiagram } from "./mermaid/stages";
import { wavesDiagram } from "./mermaid/waves";

/** The diagrams of a plan, each the whole text of a Mermaid file. */
export interface PlanDiagrams {
  /** The waves as a Gantt chart; a flowchart of their order where a wave has no day. */
  readonly waves: string;
  /**
   * The dependencies as a flowchart, summed up until it can be read: at most 48 nodes and 72 lines, or a node for each wave.
   */
  readonly dependencies: string;
  /** The networks of both sides as a flowchart. */
  readonly network: string;
  /** The stages as a state diagram, forward and back. */
  readonly stages: string;
}

/** Renders a plan's diagrams for Mermaid. No name from a user's files can be more in them than a label. */
export function planMermaid(document: PlanDocument): PlanDiagrams {
  admit("planMermaid", { document });
  return {
    waves: wavesDiagram(document),
    dependencies: dependenciesDiagram(document),
    network: networkDiagram(document),
    stages: stagesDiagram(document),
  };
}
