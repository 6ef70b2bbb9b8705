import { describe, expect, it } from "@jest/globals";
import { osPastEndOfSupport, osUnknown, osUnsupported } from "../../../lib/assessment/rules/operating-system-rules";
import { aServer, checklistWith, seen, serverWith, subjectWith } from "../fixture";

const os = (name: string, version?: string) => ({
  os: {
    family: name.startsWith("Windows") ? "windows" : "linux",
    name,
    ...(version === undefined ? {} : { version }),
  } as const,
});

describe("os-unknown", () => {
  it("finds nothing where product and version are known", () => {
    expect(seen(osUnknown, serverWith({}))).toEqual([]);
  });

  it("blocks where the family is not known, and says what the source prints", () => {
    expect(seen(osUnknown, serverWith({ os: { family: "unknown", name: "Appliance X" } }))).toEqual([
      'blocker web-01: the operating system is not known; the source calls it "Appliance X"',
    ]);
    expect(seen(osUnknown, serverWith({ os: { family: "unknown" } }))).toEqual([
      "blocker web-01: the operating system is not known",
    ]);
  });

  it("warns where the family alone is known", () => {
    expect(seen(osUnknown, serverWith(os("Other 3.x or later Linux (64-bit)")))).toEqual([
      "warning web-01: its operating system is of family linux, but the product is not known (Other 3.x or later Linux (64-bit))",
    ]);
  });

  it("warns where only the version is not known", () => {
    expect(seen(osUnknown, serverWith(os("CentOS 4/5 or later (64-bit)")))).toEqual([
      "warning web-01: the version of CentOS is not known, and with it the end of its support",
    ]);
  });
});

describe("os-unsupported", () => {
  it.each([
    "Red Hat Enterprise Linux 7 (64-bit)",
    "Windows Server 2008 R2 (64-bit)",
    "Windows Server 2022",
    "Ubuntu 22.04",
  ])("finds nothing in %s", (name) => {
    expect(seen(osUnsupported, serverWith(os(name)))).toEqual([]);
  });

  it.each([
    ["Oracle Solaris 11 (64-bit)", "EC2 does not run Solaris"],
    [
      "Windows Server 2003 Standard",
      "Windows Server 2003 has no drivers for current instance types, which 2008 R2 is the first to have",
    ],
    ["CentOS 6.10", "CentOS 6.10 has no drivers for current instance types, which 7.4 is the first to have"],
  ])("blocks %s", (name, message) => {
    expect(seen(osUnsupported, serverWith(os(name)))).toEqual([`blocker web-01: ${message}`]);
  });

  it("blocks 32-bit systems and foreign processors", () => {
    const of = (architecture: "x86" | "other") =>
      seen(osUnsupported, serverWith({ os: { family: "linux", name: "Debian 12", version: "12", architecture } }));
    expect(of("x86")).toEqual([
      "blocker web-01: Debian 12 is a 32-bit system, and current instance types run 64-bit ones only",
    ]);
    expect(of("other")).toEqual(["blocker web-01: Debian 12 is for a processor that EC2 does not have"]);
  });
});

describe("os-past-end-of-support", () => {
  it("finds nothing in what is supported for long", () => {
    expect(seen(osPastEndOfSupport, serverWith({}))).toEqual([]);
  });

  it("counts the last day as supported, and the next as past", () => {
    const windows = os("Microsoft Windows Server 2016 (64-bit)");
    expect(seen(osPastEndOfSupport, serverWith(windows, "2026-07-15"))).toEqual([]);
    expect(seen(osPastEndOfSupport, serverWith(windows, "2027-01-12"))).toEqual([
      "info web-01: support of Windows Server 2016 ends on 2027-01-12",
    ]);
    expect(seen(osPastEndOfSupport, serverWith(windows, "2027-01-13"))).toEqual([
      "blocker web-01: support of Windows Server 2016 ended on 2027-01-12",
    ]);
  });

  it("tells of an end within 180 days", () => {
    const windows = os("Windows Server 2016");
    expect(seen(osPastEndOfSupport, serverWith(windows, "2026-07-16"))).toHaveLength(1);
  });

  it.each([
    ["Red Hat Enterprise Linux 7 (64-bit)", "7.9", "Red Hat Enterprise Linux 7.9", "2024-06-30"],
    ["SUSE Linux Enterprise 12 SP4", "12.4", "SUSE Linux Enterprise 12.4", "2020-06-30"],
    ["Ubuntu Linux (64-bit)", "20.04.6", "Ubuntu 20.04.6", "2025-05-31"],
    ["Microsoft Windows Server 2012 R2 (64-bit)", undefined, "Windows Server 2012 R2", "2023-10-10"],
    ["CentOS 8 (64-bit)", undefined, "CentOS 8", "2021-12-31"],
  ])("finds %s in its vendor's table", (name, version, product, day) => {
    expect(seen(osPastEndOfSupport, serverWith(os(name, version)))).toEqual([
      `blocker web-01: support of ${product} ended on ${day}`,
    ]);
  });

  it("says until when extended support is sold, if it is", () => {
    const [sold] = osPastEndOfSupport(serverWith(os("Red Hat Enterprise Linux 7")));
    expect(sold?.remedy).toContain("sold until 2028-06-30");
    const [gone] = osPastEndOfSupport(serverWith(os("CentOS 7")));
    expect(gone?.remedy).toContain("sells no extended support");
  });

  it("warns instead of blocking where extended support has been bought, until it ends", () => {
    const subject = (asOf: string) =>
      subjectWith({
        inventory: { servers: [aServer(os("Red Hat Enterprise Linux 7 (64-bit)", "7.9"))], databases: [], flows: [] },
        checklist: checklistWith({
          compatibility: {
            operating_system_versions: {
              extendedSupport: [
                {
                  product: "Red Hat Enterprise Linux 7",
                  until: "2026-06-30",
                  contract: "order 4711",
                  owner: "procurement",
                },
              ],
            },
          },
        }),
        asOf,
      });
    expect(seen(osPastEndOfSupport, subject("2026-06-30"))).toEqual([
      "warning web-01: support of Red Hat Enterprise Linux 7.9 ended on 2024-06-30; it is under extended support until 2026-06-30 (order 4711)",
    ]);
    expect(seen(osPastEndOfSupport, subject("2026-07-01"))).toEqual([
      "blocker web-01: support of Red Hat Enterprise Linux 7.9 ended on 2024-06-30, and the extended support that was bought on 2026-06-30",
    ]);
  });
});
