/** The rules about a wave as a whole: a lift and shift rehosts and does nothing else, and who uses the servers has to follow. */
import { defineRule, type Rule } from "../../../core/rule";
import { count, firstOf } from "../../../core/text";
import type { Server, Strategy } from "../../../inventory/model";
import { locationOf } from "./fleet-review";

/** The subject of {@link liftAndShiftRules}. */
export interface LiftAndShiftReview {
  /** The servers of the wave whose strategy is another than `rehost`. */
  readonly serversLeftOut: readonly Server[];
  /** The rehosted servers that do not keep their addresses. */
  readonly serversReaddressed: readonly Server[];
  /** The DNS names that the migration's parts switch to the target. */
  readonly namesSwitched: readonly string[];
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

const SERVERS_NAMED = 5;

/** Reports servers that get new addresses in a migration that switches no name to them. */
export const liftAndShiftUsers: Rule<LiftAndShiftReview> = defineRule<LiftAndShiftReview>({
  id: "lift-and-shift-users",
  title: "Servers get new addresses, and no name is switched to them",
  severity: "warning",
  why: "whoever uses the servers, a person or a program, goes on to the old ones, whatever stage is declared",
  remedy:
    "give the migration a ConfigurationCutover with the dnsRecords that users know, or keep the addresses (keepAddresses, in a network with subnets of their blocks); waive this where something else leads users over, such as a load balancer",
  *check({ serversReaddressed, namesSwitched }) {
    if (serversReaddressed.length === 0 || namesSwitched.length > 0) return;
    const names = serversReaddressed.map(({ name }) => name);
    yield {
      subject: "users",
      message: `${count(names.length, "server gets a new address", "servers get new addresses")} (${firstOf(names, SERVERS_NAMED)}), and no part of the migration switches a DNS name`,
    };
  },
});

/** All rules about a wave as a whole. */
export const liftAndShiftRules: readonly Rule<LiftAndShiftReview>[] = [liftAndShiftStrategy, liftAndShiftUsers];
