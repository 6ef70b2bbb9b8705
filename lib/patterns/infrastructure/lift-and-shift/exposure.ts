import type { AccessRule } from "./access-plan";

/**
 * The exposure of a fleet to hosts outside it.
 *
 * - `closed`: no outside host. The servers talk to each other, and to what manages them.
 * - `test`: test clients alone, on the ports that outside hosts use at the source.
 * - `open`: all outside hosts that were observed at the source.
 */
export type Exposure = "closed" | "test" | "open";

/** Checks whether the rule is open under the exposure. */
export function isOpen(rule: AccessRule, exposure: Exposure): boolean {
  switch (rule.purpose) {
    case "fleet":
      return true;
    case "outside":
      return exposure === "open";
    case "test":
      return exposure === "test";
  }
}
