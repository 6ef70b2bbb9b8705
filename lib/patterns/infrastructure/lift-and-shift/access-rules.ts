/** The rules about a fleet's network access: flows, security groups and test clients. */
import { defineRule, type Rule } from "../../../core/rule";
import { count } from "../../../core/text";
import { isPublic } from "./access-plan";
import { isOpen } from "./exposure";
import { locationOf, type FleetReview } from "./fleet-review";

/** Reports a flow that cannot become a security-group rule. */
export const fleetFlow: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-flow",
  title: "A flow cannot become a security-group rule",
  severity: "warning",
  why: "the connection works at the source and will not at the target",
  remedy: "add the port to the flow, or the host's blocks to hostCidrs",
  *check({ access }) {
    for (const { flow, reason } of access.unusable) {
      yield {
        subject: `${flow.source} to ${flow.destination}`,
        message: `the flow from ${flow.source} to ${flow.destination} is left out: ${reason}`,
        ...(flow.location === undefined ? {} : { location: flow.location }),
      };
    }
  },
});

/** Reports a port that is open to the internet. */
export const fleetPublicIngress: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-public-ingress",
  title: "A security group is open to the internet",
  severity: "blocker",
  why: "a rehosted server was never hardened for the internet; a load balancer in front of the server faces it instead",
  remedy: "replace the flow's source by the block of the load balancer or of the real clients",
  *check({ access }) {
    const seen = new Set<string>();
    for (const { direction, groupId, peerCidr, protocol, fromPort, purpose } of access.rules) {
      if (direction !== "ingress" || peerCidr === undefined || !isPublic(peerCidr)) continue;
      const port = fromPort === undefined || fromPort === -1 ? protocol : `${protocol} ${fromPort}`;
      const message = `${groupId} admits ${peerCidr} on ${port}${purpose === "test" ? " as test client" : ""}`;
      if (seen.has(message)) continue;
      seen.add(message);
      yield { subject: groupId, message };
    }
  },
});

/** The default quota of AWS for rules of one direction in one security group. */
const RULES_PER_GROUP = 60;

/** Reports a security group with more rules than the quota. */
export const fleetRuleQuota: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-rule-quota",
  title: "A security group exceeds the rule quota",
  severity: "warning",
  why: `the default quota is ${RULES_PER_GROUP} rules for each direction of a security group (Amazon VPC User Guide, Amazon VPC quotas)`,
  remedy: "request a higher quota before the cut-over, or replace single hosts by their block in hostCidrs",
  *check({ access }) {
    const counts = new Map<string, number>();
    for (const rule of access.rules) {
      // Only the cut-over is counted, the wrong moment to find out. Many test clients can need more rules in the stage test.
      if (!isOpen(rule, "open")) continue;
      const key = `${rule.groupId} ${rule.direction}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, rules] of counts) {
      if (rules <= RULES_PER_GROUP) continue;
      const [groupId = key, direction] = key.split(" ");
      yield {
        subject: groupId,
        message: `${groupId} needs ${rules} ${direction} rules, and the quota is ${RULES_PER_GROUP}`,
      };
    }
  },
});

/** Reports a fleet in the stage `test` that has no test clients. */
export const fleetTestClients: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-test-clients",
  title: "No test clients are configured",
  severity: "warning",
  why: "in the stage test only test clients reach the servers from outside the fleet, so only the traffic between the servers themselves is tested",
  remedy: "name the blocks of the test clients in testClientCidrs",
  *check({ exposure, testClientCidrs, plan }) {
    if (exposure !== "test" || testClientCidrs.length > 0) return;
    yield {
      subject: "test clients",
      message: `no test clients are configured for ${count(plan.servers.length, "server")}`,
    };
  },
});

/**
 * Reports servers of which no connection is known, in one finding where that is all of a fleet. While the fleet is closed it is a
 * warning, because only what is tested and served has to be reached.
 */
export const fleetNoFlows: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-no-flows",
  title: "No connection of a server is known",
  severity: "warning",
  why: "security groups are made of recorded connections and admit nothing else: without any, the server reaches nobody and nobody reaches it, and from the stage test on this blocks",
  remedy:
    "give readInventory a CSV of recorded connections beside the export (source, destination, port: Azure Migrate's dependencies, AWS Application Discovery Service, or your own columns), or write them as the inventory's flows; a database's server, port and clients in the checklist's database_connections count too. Waive this where a server talks to nobody, with the reason",
  *check({ access, exposure, plan }) {
    const open = new Set(access.rules.map(({ groupId }) => groupId));
    const silent = plan.servers.filter(({ groupId }) => !open.has(groupId));
    const severity = exposure === "closed" ? "warning" : "blocker";
    if (silent.length > 1 && silent.length === plan.servers.length) {
      yield {
        severity,
        subject: "flows",
        message: `no connection of the fleet's ${count(silent.length, "server")} is known, so their security groups let them talk to nobody`,
      };
      return;
    }
    for (const { server } of silent) {
      yield {
        severity,
        subject: server.name,
        message: `no connection of ${server.name} is known, so its security group lets it talk to nobody`,
        ...locationOf(server),
      };
    }
  },
});

/** All rules about a fleet's network access. */
export const accessRules: readonly Rule<FleetReview>[] = [
  fleetFlow,
  fleetPublicIngress,
  fleetRuleQuota,
  fleetTestClients,
  fleetNoFlows,
];
