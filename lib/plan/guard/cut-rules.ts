/** The rules about what the plan cuts in place. */
import type { Severity } from "../../core/finding";
import { defineRule, type Observation, type Rule } from "../../core/rule";
import type { GuardReview } from "./guard-review";
import type { CutKind } from "../losses/cut";

interface CutRule {
  readonly id: string;
  readonly kinds: readonly CutKind[];
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  /** Whether it blocks only where production may depend on what is cut. */
  readonly traffic?: boolean;
}

const LEAVE = "leave the named attributes as they are, or waive the finding for this address";

function cutRule({ id, kinds, title, why, remedy, traffic = false }: CutRule): Rule<GuardReview> {
  return defineRule<GuardReview>({
    id,
    title,
    severity: "blocker",
    why,
    remedy,
    *check({ changes, drift, newExpiries, serves }): Iterable<Observation> {
      for (const { address, cuts } of changes) {
        for (const { kind, effect, certain, light } of cuts) {
          if (!kinds.includes(kind)) continue;
          yield {
            subject: address,
            ...severity(certain && !light && (serves || !traffic)),
            message: `the plan ${effect}`,
          };
        }
      }
      for (const { address, cuts } of newExpiries) {
        for (const { kind, effect, certain } of cuts) {
          if (kinds.includes(kind)) {
            yield {
              subject: address,
              ...severity(certain),
              message: `the plan ${effect} of a bucket that exists already`,
            };
          }
        }
      }
      for (const { address, cuts } of drift) {
        for (const { kind, attributes } of cuts) {
          if (!kinds.includes(kind)) continue;
          const message = `somebody has changed ${attributes.join(", ")} outside of Terraform`;
          yield { subject: address, severity: "warning", message };
        }
      }
    },
  });
}

function severity(blocks: boolean): { readonly severity?: Severity } {
  return blocks ? {} : { severity: "warning" };
}

/** The rule about storage, copies and capacity that become less. */
export const guardShrunk: Rule<GuardReview> = cutRule({
  id: "guard-shrunk",
  kinds: ["shrunk"],
  title: "The plan makes a resource smaller",
  why: "what no longer has room is lost or refused, and a copy that goes is one that nothing can be restored from. Capacity that can be added again is a warning",
  remedy: LEAVE,
});

/** The rule about protections that the plan takes away. */
export const guardUnprotected: Rule<GuardReview> = cutRule({
  id: "guard-unprotected",
  kinds: ["unprotected"],
  title: "The plan takes away a protection",
  why: "nothing is lost yet, and what would have stopped or outlived the next mistake is gone: the lock against deletion, the final snapshot, the block against being public",
  remedy: LEAVE,
});

/** The rule about data that another key encrypts. */
export const guardRekeyed: Rule<GuardReview> = cutRule({
  id: "guard-rekeyed",
  kinds: ["re-keyed"],
  title: "The plan has another key encrypt, or none",
  why: "what was written before stays under the old key, so that it can no longer be read when that key goes; and who may use the old key may not use the new one",
  remedy: "leave the key as it is; or waive the finding after the data is re-encrypted and the old key is kept",
});

/** The rule about data that is kept for a shorter time. */
export const guardRetentionCut: Rule<GuardReview> = cutRule({
  id: "guard-retention-cut",
  kinds: ["retention-cut"],
  title: "The plan cuts a retention",
  why: "what is older than the new retention is deleted as soon as the plan is applied, backups, logs and objects alike",
  remedy: LEAVE,
});

/** The rule about backups that the plan switches off. */
export const guardBackupOff: Rule<GuardReview> = cutRule({
  id: "guard-backup-off",
  kinds: ["backup-off"],
  title: "The plan switches off a backup",
  why: "from then on nothing can be restored to a moment in the past, and automated backups that exist are deleted where AWS keeps them with the setting",
  remedy: LEAVE,
});

/** The rule about keys that the plan disables. */
export const guardKeyDisabled: Rule<GuardReview> = cutRule({
  id: "guard-key-disabled",
  kinds: ["key-disabled"],
  title: "The plan disables a key",
  why: "whatever the key encrypts can no longer be read: databases stop, volumes cannot be attached (AWS KMS Developer Guide, how unusable KMS keys affect data keys)",
  remedy: LEAVE,
});

/** The rule about tunnels that the plan takes down. */
export const guardTunnelDown: Rule<GuardReview> = cutRule({
  id: "guard-tunnel-down",
  kinds: ["tunnel-down"],
  title: "The plan takes a tunnel of a VPN down",
  why: "AWS interrupts a tunnel for minutes to change it, and whether the other one carries the traffic meanwhile is not in the plan (AWS Site-to-Site VPN User Guide). It is a warning while no migration of the plan is in a stage that serves",
  remedy:
    "change one tunnel at a time, in a change window, after the other one is seen to be up and with the device on the other side changed alike; then waive the finding for this address",
  traffic: true,
});

/** The rule about resources that the plan stops. */
export const guardTrafficOff: Rule<GuardReview> = cutRule({
  id: "guard-traffic-off",
  kinds: ["traffic-off"],
  title: "The plan stops what answers requests",
  why: "the resource stays and nothing answers any more. It is a warning while no migration of the plan is in a stage that serves",
  remedy: LEAVE,
  traffic: true,
});

/** The rules about cuts. */
export const cutRules: readonly Rule<GuardReview>[] = [
  guardShrunk,
  guardUnprotected,
  guardRekeyed,
  guardRetentionCut,
  guardBackupOff,
  guardKeyDisabled,
  guardTunnelDown,
  guardTrafficOff,
];
