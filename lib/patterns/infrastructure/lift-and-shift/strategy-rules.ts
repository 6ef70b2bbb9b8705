/** The rules about the strategies of a wave's servers: a lift and shift rehosts, and does nothing else. */
import { defineRule, type Rule } from "../../../core/rule";
import type { Server, Strategy } from "../../../inventory/model";
import { locationOf } from "./fleet-review";

/** The subject of {@link liftAndShiftRules}. */
export interface LiftAndShiftReview {
  /** The servers of the wave whose strategy is another than `rehost`. */
  readonly serversLeftOut: readonly Server[];
}

/** Checks whether the server is rehosted: its strategy is `rehost`, or it has none. */
export function isRehosted(server: Server): boolean {
  return server.strategy === undefined || server.strategy === "rehost";
}

/** The outcome of every other strategy for a server, as a participle for messages. */
const INSTEAD: Readonly<Record<Exclude<Strategy, "rehost">, string>> = {
  replatform: "moved to another platform",
  repurchase: "replaced by a product that is bought",
  refactor: "built anew",
  relocate: "moved with its hypervisor",
  retain: "left where it is",
  retire: "switched off",
};

/** Reports a server of the wave with another strategy than `rehost`. */
export const liftAndShiftStrategy: Rule<LiftAndShiftReview> = defineRule<LiftAndShiftReview>({
  id: "lift-and-shift-strategy",
  title: "A server of the wave has another strategy than rehost",
  severity: "info",
  why: "a lift and shift creates instances only for servers to rehost, and whatever talks to the others must find them elsewhere",
  remedy: "plan the server's own migration, or set its strategy to rehost in the inventory or the checklist",
  *check({ serversLeftOut }) {
    for (const server of serversLeftOut) {
      const { name, strategy } = server;
      if (strategy === undefined || strategy === "rehost") continue;
      yield {
        subject: name,
        message: `${name} is not rehosted: its strategy is ${strategy}, so it is ${INSTEAD[strategy]}`,
        ...locationOf(server),
      };
    }
  },
});

/** All rules about the strategies of a wave's servers. */
export const liftAndShiftRules: readonly Rule<LiftAndShiftReview>[] = [liftAndShiftStrategy];
