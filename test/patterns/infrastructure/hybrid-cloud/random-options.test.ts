import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Testing } from "cdktf";
import { MigrationError } from "../../../../lib/core/error";
import { Cidr } from "../../../../lib/network/cidr";
import { SiteToSiteVpn, type SiteToSiteVpnProps } from "../../../../lib/patterns/infrastructure/hybrid-cloud";
import { emptyStack, Synthesized } from "./synthesize";

/** Mostly sensible, sometimes just outside of a limit, sometimes nonsense. */
const number = (...likely: number[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: fc.anything() });
const some = (...choices: unknown[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.anything() },
  );
const one = (...choices: unknown[]) => fc.constantFrom<unknown>(...choices);

const phase = fc.record(
  {
    encryptionAlgorithms: some("AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16", "3DES"),
    integrityAlgorithms: some("SHA1", "SHA2-256", "SHA2-384", "SHA2-512"),
    dhGroups: some(2, 5, 14, 19, 20, 24),
    lifetimeSeconds: number(899, 900, 1_800, 3_600, 3_601, 28_800, 28_801),
  },
  { requiredKeys: [] },
);
const wild = fc.record(
  {
    ikeVersions: some("ikev1", "ikev2"),
    phase1: fc.oneof({ weight: 8, arbitrary: phase }, { weight: 1, arbitrary: fc.anything() }),
    phase2: phase,
    preSharedKey: fc.constantFrom(undefined, "written-down"),
    rekeyMarginSeconds: number(59, 60, 450, 540, 1_800, 1_801),
    rekeyFuzzPercent: number(-1, 0, 50, 100, 101),
    replayWindowPackets: number(63, 64, 1_024, 2_048, 2_049),
    dpdTimeoutSeconds: number(29, 30, 60),
    dpdTimeoutAction: one("clear", "none", "restart", "hold"),
    startupAction: one("add", "start", "stop"),
    insideCidr: one("169.254.10.0/30", "169.254.11.0/30", "169.254.0.0/30", "169.254.10.1/30", "10.0.0.0/30", 7),
  },
  { requiredKeys: [] },
);

/** Always inside the limits, so that enough of it is accepted to be looked at. */
const tame = fc.record(
  {
    ikeVersions: fc.constantFrom(["ikev2"], ["ikev2", "ikev1"]),
    phase1: fc.record({
      dhGroups: fc.constantFrom([2], [24, 14]),
      lifetimeSeconds: fc.integer({ min: 3_601, max: 28_800 }),
    }),
    phase2: fc.record({ dhGroups: fc.constantFrom([5], [20]), lifetimeSeconds: fc.integer({ min: 900, max: 3_600 }) }),
    rekeyMarginSeconds: fc.integer({ min: 60, max: 450 }),
    rekeyFuzzPercent: fc.integer({ min: 0, max: 100 }),
    replayWindowPackets: fc.integer({ min: 64, max: 2_048 }),
    dpdTimeoutSeconds: fc.integer({ min: 30, max: 3_600 }),
    startupAction: one("add", "start"),
  },
  { requiredKeys: [] },
);
const tunnel = fc.oneof({ weight: 4, arbitrary: tame }, { weight: 1, arbitrary: wild });

const within = (value: unknown, minimum: number, maximum: number) => {
  expect(Number.isInteger(value)).toBe(true);
  expect(value).toBeGreaterThanOrEqual(minimum);
  expect(value).toBeLessThanOrEqual(maximum);
};

/** AWS's documented limits, written down a second time and independently. */
function expectAllowed(connection: Readonly<Record<string, unknown>>, name: "tunnel1" | "tunnel2"): void {
  const of = (option: string) => connection[`${name}_${option}`];
  const reserved = ["0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "169.252"].map((end) => `169.254.${end}/30`);
  const inside = Cidr.parse(String(of("inside_cidr")));
  expect(inside.prefixLength).toBe(30);
  expect(Cidr.parse("169.254.0.0/16").contains(inside)).toBe(true);
  expect(reserved).not.toContain(inside.toString());
  const allowed = {
    ike_versions: ["ikev1", "ikev2"],
    encryption_algorithms: ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"],
    integrity_algorithms: ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"],
  };
  const expectSome = (list: unknown, choices: readonly unknown[]) => {
    expect(Array.isArray(list) && list.length > 0 && list.every((each) => choices.includes(each))).toBe(true);
  };
  expectSome(of("ike_versions"), allowed.ike_versions);
  const groups = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];
  expectSome(of("phase1_dh_group_numbers"), groups);
  expectSome(of("phase2_dh_group_numbers"), [...groups, 5]);
  for (const which of ["phase1", "phase2"]) {
    expectSome(of(`${which}_encryption_algorithms`), allowed.encryption_algorithms);
    expectSome(of(`${which}_integrity_algorithms`), allowed.integrity_algorithms);
  }
  const phase1 = Number(of("phase1_lifetime_seconds"));
  const phase2 = Number(of("phase2_lifetime_seconds"));
  within(phase1, 900, 28_800);
  within(phase2, 900, Math.min(3_600, phase1 - 1));
  within(of("rekey_margin_time_seconds"), 60, phase2 / 2);
  within(of("rekey_fuzz_percentage"), 0, 100);
  within(of("replay_window_size"), 64, 2_048);
  within(of("dpd_timeout_seconds"), 30, Number.MAX_SAFE_INTEGER);
  expect(["clear", "none", "restart"]).toContain(of("dpd_timeout_action"));
  expect(["add", "start"]).toContain(of("startup_action"));
  if (of("startup_action") === "start") expect(of("ike_versions")).toContain("ikev2");
}

describe("random tunnel options", () => {
  it("give Terraform that AWS allows, or an error with a code", () => {
    let accepted = 0;
    fc.assert(
      fc.property(tunnel, tunnel, (tunnel1, tunnel2) => {
        const stack = emptyStack();
        try {
          new SiteToSiteVpn(stack, "berlin", {
            gateway: { kind: "vpn", vpcId: "vpc-1" },
            customerGateway: { ipAddress: "198.51.100.10" },
            onPremisesNetworks: ["192.168.0.0/16"],
            awsNetworks: ["10.0.0.0/16"],
            tunnel1,
            tunnel2,
          } as unknown as SiteToSiteVpnProps);
        } catch (error) {
          expect(error).toBeInstanceOf(MigrationError);
          expect((error as MigrationError).code).toMatch(/^(HYBRID_VPN|CIDR)_/);
          return;
        }
        accepted += 1;
        const connection = new Synthesized(Testing.synth(stack, true)).one("aws_vpn_connection");
        expectAllowed(connection, "tunnel1");
        expectAllowed(connection, "tunnel2");
        expect(connection["tunnel1_inside_cidr"]).not.toBe(connection["tunnel2_inside_cidr"]);
      }),
      { numRuns: 150 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
