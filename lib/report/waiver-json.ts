import type { Waiver } from "../core/waiver";
import { locationJson } from "./finding-json";

/** Returns a waiver for a report's JSON, its keys in a fixed order, whatever order a user's file had them in. */
export function waiverJson({ rule, subject, reason, approvedBy, expires, location }: Waiver): unknown {
  return {
    rule,
    ...(subject === undefined ? {} : { subject }),
    reason,
    approvedBy,
    expires,
    ...(location === undefined ? {} : { location: locationJson(location) }),
  };
}
