import { describe, expect, it } from "@jest/globals";
import { identifyOperatingSystem, parseOperatingSystem } from "../../lib/inventory/operating-system";

describe("identifyOperatingSystem", () => {
  it.each([
    ["Microsoft Windows Server 2012 R2 (64-bit)", "windows", "Windows Server", "2012 R2", "x86_64"],
    ["Microsoft Windows Server 2008R2", "windows", "Windows Server", "2008 R2", undefined],
    ["Windows Server 2016 Standard", "windows", "Windows Server", "2016", undefined],
    ["Microsoft Windows Server 2016 or later (64-bit)", "windows", "Windows Server", undefined, "x86_64"],
    ["Microsoft Windows Server 2003 Standard (32-bit)", "windows", "Windows Server", "2003", "x86"],
    ["Microsoft Windows 10 (64-bit)", "windows", "Windows", "10", "x86_64"],
    ["Microsoft Windows XP Professional (32-bit)", "windows", "Windows", "XP", "x86"],
    ["Microsoft Windows 2000 Professional", "windows", "Windows", "2000", undefined],
    ["Microsoft Windows NT 4", "windows", "Windows", "NT 4", undefined],
    ["Red Hat Enterprise Linux 7 (64-bit)", "linux", "Red Hat Enterprise Linux", "7", "x86_64"],
    ["Red Hat Enterprise Linux Server release 6.10 (Santiago)", "linux", "Red Hat Enterprise Linux", "6.10", undefined],
    ["Red Hat Fedora (32-bit)", "linux", "Fedora", undefined, "x86"],
    ["Ubuntu Linux (64-bit)", "linux", "Ubuntu", undefined, "x86_64"],
    ["Ubuntu 22.04.3 LTS", "linux", "Ubuntu", "22.04.3", undefined],
    ["CentOS 4/5 or later (64-bit)", "linux", "CentOS", undefined, "x86_64"],
    ["CentOS 4/5/6/7 (64-bit)", "linux", "CentOS", undefined, "x86_64"],
    ["CentOS Linux release 7.9.2009 (Core)", "linux", "CentOS", "7.9.2009", undefined],
    ["SUSE Linux Enterprise 12 (64-bit)", "linux", "SUSE Linux Enterprise", "12", "x86_64"],
    ["SUSE Linux Enterprise Server 15 SP4", "linux", "SUSE Linux Enterprise", "15", undefined],
    ["SUSE Linux Enterprise 8/9 (32-bit)", "linux", "SUSE Linux Enterprise", undefined, "x86"],
    ["Debian GNU/Linux 7 (64-bit)", "linux", "Debian", "7", "x86_64"],
    ["Oracle Linux Server 8.6", "linux", "Oracle Linux", "8.6", undefined],
    ["Amazon Linux 2 (64-bit)", "linux", "Amazon Linux", "2", "x86_64"],
    ["Ubuntu Linux (64-bit Arm)", "linux", "Ubuntu", undefined, "arm64"],
    ["Other 3.x Linux (64-bit)", "linux", undefined, undefined, "x86_64"],
    ["Oracle Solaris 11 (64-bit)", "unix", "Solaris", "11", "x86_64"],
    ["FreeBSD 12 or later versions (64-bit)", "unix", "FreeBSD", undefined, "x86_64"],
    ["AIX 7.2", "unix", "AIX", "7.2", undefined],
    ["Novell NetWare 6.x", "other", "NetWare", undefined, undefined],
    ["VMware ESXi 7.0", "other", "VMware ESXi", "7.0", undefined],
    ["Other (64-bit)", "other", undefined, undefined, "x86_64"],
    ["a toaster", "unknown", undefined, undefined, undefined],
  ])("%s", (printed, family, product, version, architecture) => {
    expect(identifyOperatingSystem(printed)).toEqual({ family, product, version, architecture });
  });
});

describe("parseOperatingSystem", () => {
  it("keeps the name as it is printed", () => {
    expect(parseOperatingSystem(" Windows Server 2022 ")).toEqual({
      family: "windows",
      name: "Windows Server 2022",
      version: "2022",
    });
    expect(parseOperatingSystem("a toaster")).toEqual({ family: "unknown", name: "a toaster" });
  });

  it("knows nothing where nothing is printed", () => {
    expect(parseOperatingSystem(undefined)).toEqual({ family: "unknown" });
    expect(parseOperatingSystem("  ")).toEqual({ family: "unknown" });
  });
});
