/** The rules about resources that the plan destroys, replaces or forgets. */
import { defineRule, type Rule } from "../../core/rule";
import { ends, endPhrase, type GuardReview } from "./guard-review";
import { switchedTypes, tunnelTypes } from "./traffic-carrying-types";

const KEEP =
  "keep the resource in the configuration, move it with a moved block, or let Terraform forget it with a removed block; where its end is meant, waive the finding for this address";

/** The rule about resources that hold data and that the plan destroys. */
export const guardDataDestroyed: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-data-destroyed",
  title: "The plan destroys a resource that holds data",
  severity: "blocker",
  why: "the data is destroyed with the resource, and no stage before can be restored",
  remedy: KEEP,
  *check({ changes }) {
    for (const change of changes) {
      if (change.effect !== "destroyed" || change.holds === undefined) continue;
      yield { subject: change.address, message: `${endPhrase(change)}; it holds ${change.holds}` };
    }
  },
});

/** The rule about resources that hold data and that the plan replaces. */
export const guardDataReplaced: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-data-replaced",
  title: "The plan replaces a resource that holds data",
  severity: "blocker",
  why: "Terraform destroys the resource and creates an empty one in its place (Terraform documentation, how Terraform applies a configuration)",
  remedy:
    "leave the named attributes as they are; where an empty one is meant, waive the finding for this address after its data is kept elsewhere",
  *check({ changes }) {
    for (const change of changes) {
      if (change.effect !== "replaced" || change.holds === undefined) continue;
      yield { subject: change.address, message: `${endPhrase(change)}; it holds ${change.holds}` };
    }
  },
});

/** The rule about resources that carry traffic and that the plan destroys or replaces. */
export const guardTrafficLost: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-traffic-lost",
  title: "The plan destroys or replaces a resource that carries traffic",
  severity: "blocker",
  why: "requests fail from the moment it is gone, and what is created in its place has other addresses and ids. It is a warning while no migration of the plan is in a stage that serves, and for routes, rules and names where the plan changes a stage, because a stage switches by them",
  remedy: KEEP,
  *check({ changes, serves, changesStage }) {
    for (const change of changes) {
      const { address, type, carries } = change;
      if (!ends(change) || carries === undefined || change.holds !== undefined || tunnelTypes.has(type)) continue;
      const switched = changesStage && switchedTypes.has(type);
      yield {
        subject: address,
        ...(serves && !switched ? {} : { severity: "warning" }),
        message: `${endPhrase(change)}; it carries ${carries}`,
      };
    }
  },
});

/** The rule about VPNs that the plan destroys or replaces. */
export const guardTunnelLost: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-tunnel-lost",
  title: "The plan destroys or replaces a part of a VPN",
  severity: "blocker",
  why: "its tunnels go down, and a new connection has other outside addresses and keys, which the device on the other side has to be given. It is a warning while no migration of the plan is in a stage that serves",
  remedy: KEEP,
  *check({ changes, serves }) {
    for (const change of changes) {
      const tunnels = tunnelTypes.get(change.type);
      if (!ends(change) || tunnels === undefined) continue;
      yield {
        subject: change.address,
        ...(serves ? {} : { severity: "warning" }),
        message: `${endPhrase(change)}; with it go down ${tunnels}`,
      };
    }
  },
});

/** The rule about resources that protect others and that the plan destroys. */
export const guardProtectionLost: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-protection-lost",
  title: "The plan destroys a resource that protects others",
  severity: "blocker",
  why: "what it protects stays, and nothing backs it up or keeps it from being deleted or read any more",
  remedy: KEEP,
  *check({ changes }) {
    for (const change of changes) {
      const { effect, address, protects, holds } = change;
      if (!ends(change) || protects === undefined || holds !== undefined) continue;
      yield {
        subject: address,
        // The one in its place protects again.
        ...(effect === "replaced" ? { severity: "warning" } : {}),
        message: `${endPhrase(change)}; it ${protects.protects}`,
      };
    }
  },
});

/** The rule about resources of a type that the guard does not know. */
export const guardTypeUnknown: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-type-unknown",
  title: "The plan destroys or replaces a resource of a type that is unknown to the guard",
  severity: "warning",
  why: "the guard's tables do not say whether the type holds data or carries traffic, so it cannot say what is lost",
  remedy:
    "find out what the resource holds, and note it in a waiver; in code, the options of guardPlan take further types",
  *check({ changes }) {
    for (const change of changes) {
      if (!ends(change) || change.known) continue;
      yield {
        subject: change.address,
        message: `${endPhrase(change)}; its type ${change.type} is unknown to the guard`,
      };
    }
  },
});

/** The rule about resources that the plan ends and that hold and carry nothing. */
export const guardResourceEnded: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-resource-ended",
  title: "The plan destroys or replaces a resource that holds no data and carries no traffic",
  severity: "info",
  why: "nothing is lost with it that is not in the configuration",
  remedy: "nothing is to be done where it is meant",
  *check({ changes }) {
    for (const change of changes) {
      const { known, holds, carries, protects } = change;
      if (!ends(change) || !known || (holds ?? carries ?? protects) !== undefined) continue;
      yield { subject: change.address, message: endPhrase(change) };
    }
  },
});

/** The rule about resources that the plan has Terraform forget. */
export const guardForgotten: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-forgotten",
  title: "The plan has Terraform forget a resource",
  severity: "warning",
  why: "nothing is destroyed, and from then on nothing changes, protects or destroys the resource, and it costs what it did",
  remedy: "note who looks after it from now on, or import it into the configuration that does",
  *check({ changes }) {
    for (const { address, effect, holds, carries } of changes) {
      if (effect !== "forgotten") continue;
      const what = holds ?? carries;
      const note = what === undefined ? "" : `; it ${holds === undefined ? "carries" : "holds"} ${what}, and stays`;
      yield { subject: address, message: `Terraform forgets it and destroys nothing${note}` };
    }
  },
});

/** The rules about resources that end. */
export const endRules: readonly Rule<GuardReview>[] = [
  guardDataDestroyed,
  guardDataReplaced,
  guardTrafficLost,
  guardTunnelLost,
  guardProtectionLost,
  guardTypeUnknown,
  guardResourceEnded,
  guardForgotten,
];
