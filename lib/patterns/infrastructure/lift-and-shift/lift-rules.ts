/** The rules about what a lift and shift takes along. */
import { defineRule, type Rule } from "../../../core/rule";
import type { Server, Strategy } from "../../../inventory/model";
import { at } from "./fleet-review";

/** What the rules look at. */
export interface LiftReview {
  /** The servers of the wave that migrate by another strategy than this one. */
  readonly serversLeftOut: readonly Server[];
}

/** Whether the server is lifted as it is: nobody has said how it migrates, or that it is rehosted. */
export function lifted(server: Server): boolean {
  return server.strategy === undefined || server.strategy === "rehost";
}

/** What somebody does about a server, by its strategy. */
const INSTEAD: Readonly<Record<Exclude<Strategy, "rehost">, string>> = {
  replatform: "moved to another platform",
  repurchase: "replaced by a product that is bought",
  refactor: "built anew",
  relocate: "moved with its hypervisor",
  retain: "left where it is",
  retire: "switched off",
};

/** A server of the wave that is migrated in another way. */
export const liftAndShiftStrategy: Rule<LiftReview> = defineRule<LiftReview>({
  id: "lift-and-shift-strategy",
  title: "A server of the wave is migrated by another strategy",
  severity: "info",
  why: "a lift and shift makes instances of the servers to rehost alone, and those that talk to the others must find them elsewhere",
  remedy: "plan the server's own migration, or set its strategy to rehost in the inventory or the checklist",
  *check({ serversLeftOut }) {
    for (const server of serversLeftOut) {
      const { name, strategy } = server;
      if (strategy === undefined || strategy === "rehost") continue;
      yield {
        subject: name,
        message: `${name} is not lifted: its strategy is ${strategy}, so it is ${INSTEAD[strategy]}`,
        ...at(server),
      };
    }
  },
});

/** All rules about what a lift and shift takes along. */
export const liftAndShiftRules: readonly Rule<LiftReview>[] = [liftAndShiftStrategy];
