/** The stages of a routing: one for each step of its schedule, each entered and left by a change of weights. */
import { Stages, type RunbookStep, type Stage } from "../../../core/stage";
import { stageNames, type RoutingStage } from "./schedule";
import type { Routing } from "./routing";

/** Returns the stages of the routing's schedule, with the steps to enter and to leave each. */
export function routingStages<Step extends number>(
  routing: Routing,
  steps: readonly Step[],
): Stages<RoutingStage<Step>> {
  const names = stageNames(steps);
  const towards = routing.intent.schedule?.towards ?? "";
  const shifted = (routing.intent.schedule?.routes ?? [routing.defaultRoute.label]).join(", ");
  return Stages.of(
    names.map((name, index): Stage<RoutingStage<Step>> => {
      const before = names[index - 1];
      return {
        name,
        summary: `${towards} gets ${steps[index] ?? 0} % of the requests of route ${shifted}`,
        phase: (steps[index] ?? 0) === 0 ? "prepare" : "serve",
        trafficShare: (steps[index] ?? 0) / 100,
        // A step shifts a part of the requests and is taken back in minutes: it is done by daylight, not in a window.
        window: false,
        enter: transition(routing, name),
        reverse: before === undefined ? withdraw(routing) : transition(routing, before),
      };
    }),
  );
}

function transition(routing: Routing, stage: string): RunbookStep[] {
  const ttl = routing.dns?.ttlSeconds ?? 60;
  return [
    {
      title: `Declare the stage ${stage} and deploy`,
      owner: "platform engineer",
      command: "cdktf deploy",
      deploys: true,
      expect:
        routing.dns === undefined
          ? "the plan changes the record of the stage alone; the manifests differ in weights only"
          : "the plan changes weights and the record of the stage only",
      minutes: 10,
    },
    {
      title: "Apply the manifests, or let GitOps apply them",
      owner: "platform engineer",
      command: `kubectl apply --kustomize ${artifactFolder(routing)}/manifests`,
      expect: "the VirtualService is configured; all others are unchanged",
      minutes: 5,
    },
    ...(routing.dns === undefined
      ? []
      : [
          {
            title: "Wait until the old DNS answers have expired at resolvers",
            owner: "network engineer",
            expect: `after ${ttl} seconds the shares at the destinations are those of the stage`,
            minutes: Math.ceil(ttl / 60) + 1,
            waits: true,
          },
        ]),
    {
      title: "Watch the rollback triggers",
      owner: "migration lead",
      expect: "none fires",
      minutes: 30,
    },
  ];
}

function withdraw(routing: Routing): RunbookStep[] {
  return [
    {
      title: "Point clients at the service's former name, then remove the routing",
      owner: "platform engineer",
      command: `kubectl delete --kustomize ${artifactFolder(routing)}/manifests`,
      expect: "the service answers as before the migration",
      minutes: 15,
    },
    {
      title: "Remove the construct and deploy",
      owner: "platform engineer",
      command: "cdktf deploy",
      deploys: true,
      expect: "the plan removes the records and health checks of the routing, and nothing else",
      minutes: 10,
    },
  ];
}

/** Returns the folder of the routing's artifacts, within the stack's folder. */
export function artifactFolder(routing: Routing): string {
  return `multi-cloud/${(routing.mesh.name ?? routing.service).replace(/[^A-Za-z0-9.-]/g, "-")}`;
}
