/**
 * The ends of support of server operating systems, as their vendors publish them, and which of them the target can run. The
 * dates were compared with the tables of endoflife.date in 2026; when a vendor moves a date, this file is the one place.
 *
 * The minimum for the target is what the AWS drivers need: instance types of the Nitro System, which are all current ones,
 * show their disks as NVMe devices (EC2 User Guide, "SSD instance store volumes", the list of systems with an NVMe driver;
 * for Windows, "AWS NVMe drivers": Windows Server 2008 R2 and later). Below it, neither VM Import/Export nor a replication
 * agent makes a server that boots on a current instance type.
 */
import { productLifecycle, type ProductLifecycle } from "./lifecycle";

const ELTS = "Debian Wiki, LTS and LTS/Extended (the volunteers' LTS is free; Extended LTS is sold)";

/** The operating systems whose support is known, by the name under which the inventory identifies them. */
export const operatingSystemLifecycles: readonly ProductLifecycle[] = [
  productLifecycle("Windows Server", "Microsoft Product Lifecycle; extended: Extended Security Updates", [
    ["2000", "2010-07-13"],
    ["2003", "2015-07-14"],
    ["2003 R2", "2015-07-14"],
    ["2008", "2020-01-14", "2023-01-10"],
    ["2008 R2", "2020-01-14", "2023-01-10"],
    ["2012", "2023-10-10", "2026-10-13"],
    ["2012 R2", "2023-10-10", "2026-10-13"],
    ["2016", "2027-01-12", "2030-01-12"],
    ["2019", "2029-01-09"],
    ["2022", "2031-10-14"],
    ["2025", "2034-10-10"],
  ]),
  productLifecycle("Windows", "Microsoft Product Lifecycle", [
    ["NT", "2004-12-31"],
    ["2000", "2010-07-13"],
    ["XP", "2014-04-08"],
    ["Vista", "2017-04-11"],
    ["7", "2020-01-14", "2023-01-10"],
    ["8", "2016-01-12"],
    ["8.1", "2023-01-10"],
    ["10", "2025-10-14", "2028-10-10"],
  ]),
  productLifecycle(
    "Red Hat Enterprise Linux",
    "Red Hat Enterprise Linux Life Cycle; extended: the Extended Life Cycle Support add-on",
    [
      ["4", "2012-02-29", "2017-03-31"],
      ["5", "2017-03-31", "2020-11-30"],
      ["6", "2020-11-30", "2024-06-30"],
      ["7", "2024-06-30", "2028-06-30"],
      ["8", "2029-05-31", "2032-05-31"],
      ["9", "2032-05-31", "2035-05-31"],
      ["10", "2035-05-31", "2038-05-31"],
    ],
  ),
  productLifecycle("CentOS", "CentOS Product Specifications; beyond, only third parties sell support", [
    ["5", "2017-03-31"],
    ["6", "2020-11-30"],
    ["7", "2024-06-30"],
    ["8", "2021-12-31"],
  ]),
  productLifecycle("CentOS Stream", "CentOS Stream, end of life", [
    ["8", "2024-05-31"],
    ["9", "2027-05-31"],
  ]),
  productLifecycle("Rocky Linux", "Rocky Linux Release and Version Guide", [
    ["8", "2029-05-31"],
    ["9", "2032-05-31"],
  ]),
  productLifecycle("AlmaLinux", "AlmaLinux Release Notes", [
    ["8", "2029-03-01"],
    ["9", "2032-05-31"],
  ]),
  productLifecycle("Oracle Linux", "Oracle Lifetime Support Policy: Oracle Open Source Support Policies", [
    ["5", "2017-06-30", "2020-11-30"],
    ["6", "2021-03-31", "2024-12-31"],
    ["7", "2024-12-31", "2028-06-30"],
    ["8", "2029-07-31", "2032-07-31"],
    ["9", "2032-06-30", "2035-06-30"],
  ]),
  // A bare major version stands for its last service pack, because guests rarely tell the service pack.
  productLifecycle(
    "SUSE Linux Enterprise",
    "SUSE Product Support Lifecycle; extended: Long Term Service Pack Support",
    [
      ["10", "2013-07-31", "2016-07-30"],
      ["11", "2019-03-31", "2022-03-31"],
      ["11.3", "2016-01-31", "2019-01-30"],
      ["12", "2024-10-31", "2027-10-31"],
      ["12.3", "2019-06-30", "2022-06-30"],
      ["12.4", "2020-06-30", "2023-06-30"],
      ["12.5", "2024-10-31", "2027-10-31"],
      ["15", "2031-07-31", "2034-07-31"],
      ["15.1", "2021-01-31", "2024-01-31"],
      ["15.2", "2021-12-31", "2024-12-31"],
      ["15.3", "2022-12-31", "2025-12-31"],
      ["15.4", "2023-12-31", "2026-12-31"],
      ["15.5", "2024-12-31", "2027-12-31"],
      ["15.6", "2025-12-31", "2028-12-31"],
      ["15.7", "2031-07-31", "2034-07-31"],
    ],
  ),
  productLifecycle("Ubuntu", "Ubuntu Release Cycle; extended: Expanded Security Maintenance with Ubuntu Pro", [
    ["10.04", "2015-04-30"],
    ["12.04", "2017-04-28", "2019-04-26"],
    ["14.04", "2019-04-02", "2024-04-02"],
    ["16.04", "2021-04-02", "2026-04-02"],
    ["18.04", "2023-05-31", "2028-04-01"],
    ["20.04", "2025-05-31", "2030-04-02"],
    ["22.04", "2027-04-01", "2032-04-09"],
    ["24.04", "2029-05-31", "2036-05-31"],
    ["25.10", "2026-07-01"],
    ["26.04", "2031-04-30", "2036-04-30"],
  ]),
  productLifecycle("Debian", ELTS, [
    ["6", "2016-02-29"],
    ["7", "2018-05-31", "2020-06-30"],
    ["8", "2020-06-30", "2025-06-30"],
    ["9", "2022-07-01", "2027-06-30"],
    ["10", "2024-06-30", "2029-06-30"],
    ["11", "2026-08-31", "2031-06-30"],
    ["12", "2028-06-30", "2033-06-30"],
    ["13", "2030-06-30", "2035-06-30"],
  ]),
  productLifecycle("Amazon Linux", "Amazon Linux 2 FAQs and Amazon Linux 2023 User Guide", [
    ["2018.03", "2023-12-31"],
    ["2", "2026-06-30"],
    ["2023", "2029-06-30"],
  ]),
];

/** The first version of a product that boots on the target's current instance types. */
export interface TargetMinimum {
  readonly product: string;
  readonly version: string;
  /** The versions below it that an inventory may show. Listed, because `2012 R2` does not compare as a number. */
  readonly unsupported: readonly string[];
}

/** The first versions that have drivers for the target; products that are not listed have no known minimum. */
export const targetMinimums: readonly TargetMinimum[] = [
  { product: "Windows Server", version: "2008 R2", unsupported: ["2000", "2003", "2003 R2", "2008"] },
  {
    product: "Windows",
    version: "7",
    unsupported: ["3.1", "95", "98", "Me", "NT", "NT 4", "NT 4.0", "2000", "XP", "Vista"],
  },
  {
    product: "Red Hat Enterprise Linux",
    version: "7.4",
    unsupported: ["2.1", "3", "4", "5", "6", "7.0", "7.1", "7.2", "7.3"],
  },
  { product: "CentOS", version: "7.4", unsupported: ["3", "4", "5", "6", "7.0", "7.1", "7.2", "7.3"] },
  { product: "Oracle Linux", version: "7.4", unsupported: ["4", "5", "6", "7.0", "7.1", "7.2", "7.3"] },
  { product: "SUSE Linux Enterprise", version: "12 SP2", unsupported: ["8", "9", "10", "11", "12.0", "12.1"] },
  { product: "Ubuntu", version: "14.04", unsupported: ["8.04", "10.04", "12.04", "12.10", "13.04", "13.10"] },
  { product: "Debian", version: "9", unsupported: ["4", "5", "6", "7", "8"] },
];

/** The families and products that no import path of the target takes (VM Import/Export User Guide, "System requirements"). */
export const unsupportedProducts: ReadonlySet<string> = new Set([
  "Solaris",
  "AIX",
  "HP-UX",
  "macOS",
  "SCO OpenServer",
  "UnixWare",
  "Tru64",
  "OpenBSD",
  "NetBSD",
  "NetWare",
  "VMware ESXi",
  "OS/2",
  "MS-DOS",
]);
