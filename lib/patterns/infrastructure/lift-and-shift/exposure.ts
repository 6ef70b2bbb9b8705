import type { AccessRule } from "./access-plan";

/**
 * What of the outside a fleet is open to.
 *
 * - `closed`: nothing. The servers talk to each other, and to what manages them.
 * - `test`: nothing but test clients, on the ports that outside hosts use at the source.
 * - `open`: everything that was observed at the source.
 */
export type Exposure = "closed" | "test" | "open";

/** Whether the rule is open under the exposure. */
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
