import type { Finding } from "../core/finding";
import type { Location } from "../core/location";

/** Returns a finding for a report's JSON, its keys in a fixed order, whatever order a user's file had them in. */
export function findingJson({ rule, severity, subject, location, message, why, remedy, waived }: Finding): unknown {
  return {
    rule,
    severity,
    subject,
    ...(location === undefined ? {} : { location: locationJson(location) }),
    message,
    why,
    remedy,
    ...(waived === undefined
      ? {}
      : { waived: { reason: waived.reason, approvedBy: waived.approvedBy, expires: waived.expires } }),
  };
}

/** Returns a location for a report's JSON, its keys in a fixed order. */
export function locationJson({ file, sheet, row, column, line, character, path }: Location): unknown {
  // What is undefined is left out when the JSON is written.
  return { file, sheet, row, column, line, character, path };
}
