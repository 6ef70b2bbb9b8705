import { describe, expect, it } from "@jest/globals";
import {
  combinations,
  suitesOf,
  type SuiteCapability,
} from "../../../../../lib/patterns/infrastructure/hybrid-cloud/device";
import { thrown } from "../../../../support/thrown";
import { phase, tunnel1 } from "./fixture";

/** A device of one's own, which only has AES-GCM with 256 bits. */
const gcmOnly: SuiteCapability = {
  device: "own-router",
  encryption: new Map([["AES256-GCM-16", "aes256gcm"]]),
  integrity: new Map([["SHA2-384", "sha384"]]),
  dhGroups: new Map([[20, "ecp384"]]),
};

describe("suitesOf, for a device of one's own", () => {
  it("leaves out what the device lacks, as long as something is left", () => {
    const tunnel = tunnel1({ phase1: phase(["AES256", "AES256-GCM-16"], ["SHA2-384", "SHA2-512"], [20, 21], 28800) });
    const suites = suitesOf(tunnel, "phase1", gcmOnly);
    expect(suites.flatMap(combinations)).toEqual([{ encryption: "aes256gcm", integrity: "sha384", dhGroup: "ecp384" }]);
  });

  it("refuses a phase of which it knows no encryption, and names device and tunnel", () => {
    const tunnel = tunnel1({ phase2: phase(["AES128", "AES256"], ["SHA2-384"], [20], 3600) });
    const error = thrown(() => suitesOf(tunnel, "phase2", gcmOnly));
    expect(error.code).toBe("HYBRID_VPN_DEVICE_ENCRYPTION");
    expect(error.message).toContain("own-router");
    expect(error.message).toContain("phase2.encryptionAlgorithms");
  });
});
