/** Rules about licences: declared for every system that needs one, still valid, and usable where the server will run. */
import { groupBy } from "../../core/collections";
import { defineRule } from "../../core/rule";
import { count } from "../../core/text";
import type { Server } from "../../inventory/model";
import { identifyOperatingSystem } from "../../inventory/operating-system";
import { entriesOf, isUnanswered } from "../checklist/answer";
import type { LicenseRequirement } from "../checklist/compatibility";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The systems that are not used without a licence or a subscription. */
export const LICENSED_SYSTEMS: ReadonlySet<string> = new Set([
  "Windows Server",
  "Windows",
  "Red Hat Enterprise Linux",
  "SUSE Linux Enterprise",
]);

/**
 * Returns the reason why a licence needs a dedicated host, or undefined where it needs none. Windows has no License Mobility,
 * so a licence that is brought along is only allowed on a dedicated host; SQL Server has License Mobility with active
 * Software Assurance; anything that is counted by sockets, physical cores or hosts needs to see them.
 */
function whyDedicated({ product, model, boundTo, licenseMobility }: LicenseRequirement): string | undefined {
  if (model !== "byol") return undefined;
  if (boundTo === "socket" || boundTo === "physical-core" || boundTo === "host") {
    return `it is counted by ${{ socket: "sockets", "physical-core": "physical cores", host: "hosts" }[boundTo]}`;
  }
  if (/\bsql\s*server\b/i.test(product)) {
    return licenseMobility === true ? undefined : "SQL Server without License Mobility may not run on shared hosts";
  }
  if (/\bwindows\b/i.test(product)) return "Windows that is brought along may not run on shared hosts";
  return undefined;
}

/** Reports licences that need a dedicated host and are planned on another tenancy. */
export const licenseNeedsDedicatedHost = defineRule<AssessmentSubject>({
  id: "license-needs-dedicated-host",
  title: "A licence needs a dedicated host, and shared or dedicated tenancy is planned",
  severity: "blocker",
  why:
    "using it there breaks the licence's terms, and an audit finds it (Microsoft Product Terms: Outsourcing and License " +
    "Mobility; Microsoft Licensing on AWS; for sockets and cores the vendor's own terms)",
  remedy:
    "plan tenancy dedicated-host, use a licence that is included in the instance's price, or prove License Mobility",
  *check({ checklist, index, servers, locate }) {
    const byApplication = groupBy(servers, applicationKey);
    for (const [position, license] of entriesOf(checklist.assess_compatibility.license_requirements).entries()) {
      const reason = whyDedicated(license);
      if (reason === undefined || license.tenancy === "dedicated-host") continue;
      const covered = license.servers.flatMap((name) => {
        const server = index.find(name);
        return server === undefined ? (byApplication.get(name.trim().toLowerCase()) ?? []) : [server];
      });
      const shared = covered.filter((server) => server.target?.tenancy !== "dedicated-host");
      if (covered.length > 0 && shared.length === 0) continue;
      const first = shared[0]?.name ?? license.servers[0] ?? "";
      yield {
        subject: license.product,
        message: `${reason}, and tenancy ${license.tenancy} is planned for ${shared.length > 1 ? `${shared.length} servers, the first ` : ""}${first}`,
        ...locatedAt(locate(["assess_compatibility", "license_requirements", position])),
      };
    }
  },
});

function applicationKey({ application }: Server): string | undefined {
  const key = application?.trim().toLowerCase();
  return key === "" ? undefined : key;
}

/** Reports commercial operating systems for which no licence is declared. */
export const licenseNotDeclared = defineRule<AssessmentSubject>({
  id: "license-not-declared",
  title: "A commercial operating system runs, and no licence is declared for it",
  severity: "warning",
  why: "on the target the licence is either paid with the instance or brought along, and the two need different images",
  remedy: "declare it under license_requirements: included, subscription or byol",
  *check({ checklist, servers }) {
    const { license_requirements } = checklist.assess_compatibility;
    // Then nothing is declared, which is a finding of its own.
    if (isUnanswered(license_requirements)) return;
    const products = entriesOf(license_requirements).map((license) => license.product);
    const known = new Map<string, string | undefined>();
    const running = groupBy(servers, ({ os: { name = "" } }) => {
      if (!known.has(name)) known.set(name, identifyOperatingSystem(name).product);
      const product = known.get(name);
      return product !== undefined && LICENSED_SYSTEMS.has(product) ? product : undefined;
    });
    for (const [product, group] of running) {
      if (products.some((declared) => covers(declared, product))) continue;
      const [first] = group;
      yield {
        subject: product,
        message: `${count(group.length, "server runs", "servers run")} it, the first ${first.name}, and no licence is declared`,
      };
    }
  },
});

/**
 * Checks whether a declared licence covers a product: `RHEL`, `Red Hat` and `Red Hat Enterprise Linux 8` all cover Red Hat
 * Enterprise Linux.
 */
function covers(declared: string, product: string): boolean {
  const names: Readonly<Record<string, RegExp>> = {
    "Windows Server": /\bwindows\b/i,
    Windows: /\bwindows\b/i,
    "Red Hat Enterprise Linux": /\b(?:rhel|red\s*hat)\b/i,
    "SUSE Linux Enterprise": /\b(?:sles?|suse)\b/i,
  };
  return Object.hasOwn(names, product) && (names[product]?.test(declared) ?? false);
}

/** Reports licences that have expired. */
export const licenseExpired = defineRule<AssessmentSubject>({
  id: "license-expired",
  title: "A licence has expired",
  severity: "warning",
  why: "the software may not be used, and vendors notice the new installation",
  remedy: "renew the licence, or replace the software",
  *check({ checklist, asOf, locate }) {
    for (const [position, license] of entriesOf(checklist.assess_compatibility.license_requirements).entries()) {
      if (license.expires === undefined || license.expires >= asOf) continue;
      yield {
        subject: license.product,
        message: `it expired on ${license.expires} (${license.evidence})`,
        ...locatedAt(locate(["assess_compatibility", "license_requirements", position, "expires"])),
      };
    }
  },
});

/** The rules about licences. */
export const licenseRules = [licenseNeedsDedicatedHost, licenseNotDeclared, licenseExpired] as const;
