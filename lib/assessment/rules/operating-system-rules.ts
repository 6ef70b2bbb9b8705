/** Rules about operating systems: known, able to boot on the target, and still getting security fixes. */
import { addDays } from "../../core/iso-date";
import type { IsoDate } from "../../core/iso-date";
import { defineRule } from "../../core/rule";
import type { Server } from "../../inventory/model";
import { identifyOperatingSystem } from "../../inventory/operating-system";
import { evidenceOf } from "../checklist/answer";
import { findLifecycle, SUPPORT_ENDS_SOON_DAYS, type Lifecycle } from "../data/lifecycle";
import { operatingSystemLifecycles, targetMinimums, unsupportedProducts } from "../data/operating-systems";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The product and version of a server's operating system, as far as its name tells them. */
interface Identified {
  readonly product: string | undefined;
  readonly version: string | undefined;
}

/**
 * Returns a function that identifies a server's operating system, each printed name once: an estate of ten thousand servers
 * has a few dozen.
 */
function identifier(): (server: Server) => Identified {
  const known = new Map<string, Identified>();
  return ({ os }) => {
    const key = `${os.name ?? ""}\n${os.version ?? ""}`;
    let identified = known.get(key);
    if (identified === undefined) {
      const named = identifyOperatingSystem(os.name ?? "");
      // A name can carry a service pack or an update that the version alone does not.
      identified = { product: named.product, version: os.version ?? named.version };
      known.set(key, identified);
    }
    return identified;
  };
}

const lifecycles = new Map(operatingSystemLifecycles.map((product) => [product.product, product]));
const minimums = new Map(targetMinimums.map((minimum) => [minimum.product, minimum]));

/** Reports servers whose operating system, or its version, is not known. */
export const osUnknown = defineRule<AssessmentSubject>({
  id: "os-unknown",
  title: "The operating system, or its version, is not known",
  severity: "blocker",
  why: "without it, it cannot be checked whether the target can boot the server and whether the system is still supported",
  remedy: "export with the guest tools running, or say what it is under servers_and_specifications",
  *check({ servers }) {
    const identify = identifier();
    for (const server of servers) {
      if (server.os.family === "unknown") {
        const name = server.os.name === undefined ? "" : `; the source calls it "${server.os.name}"`;
        yield {
          subject: server.name,
          message: `the operating system is not known${name}`,
          ...locatedAt(server.location),
        };
        continue;
      }
      const { product, version } = identify(server);
      if (product === undefined) {
        const name = server.os.name === undefined ? "" : ` (${server.os.name})`;
        yield {
          subject: server.name,
          severity: "warning",
          message: `its operating system is of family ${server.os.family}, but the product is not known${name}`,
          ...locatedAt(server.location),
        };
      }
      if (version === undefined && product !== undefined && lifecycles.has(product)) {
        yield {
          subject: server.name,
          severity: "warning",
          message: `the version of ${product} is not known, and with it the end of its support`,
          ...locatedAt(server.location),
        };
      }
    }
  },
});

/** Reports operating systems that the target cannot run. */
export const osUnsupported = defineRule<AssessmentSubject>({
  id: "os-unsupported",
  title: "The target cannot run the operating system",
  severity: "blocker",
  why:
    "EC2 runs x86-64 and arm64 systems that VM Import/Export or a replication agent can convert, and current instance types " +
    "need NVMe and ENA drivers, which older systems do not have (VM Import/Export User Guide, System requirements; EC2 User " +
    "Guide, NVMe drivers)",
  remedy: "upgrade it first, replatform or retire it, or retain it where it is",
  *check({ servers }) {
    const identify = identifier();
    for (const server of servers) {
      const reason = whyUnsupported(server, identify(server));
      if (reason !== undefined) yield { subject: server.name, message: reason, ...locatedAt(server.location) };
    }
  },
});

function whyUnsupported(server: Server, { product, version }: Identified): string | undefined {
  const { os } = server;
  const printed = os.name ?? product ?? os.family;
  if (product !== undefined && unsupportedProducts.has(product)) return `EC2 does not run ${product}`;
  if (os.architecture === "x86")
    return `${printed} is a 32-bit system, and current instance types run 64-bit ones only`;
  if (os.architecture === "other") return `${printed} is for a processor that EC2 does not have`;
  const minimum = product === undefined ? undefined : minimums.get(product);
  if (minimum === undefined || version === undefined) return undefined;
  const below = minimum.unsupported.some((each) => matchesVersion(version, each));
  return below
    ? `${minimum.product} ${version} has no drivers for current instance types, which ${minimum.version} is the first to have`
    : undefined;
}

/**
 * Checks whether a version is one of an entry: `5.11` is a `5`, and `7.3` is a `7.3`; `7` is not a `7.3`, because its update
 * is not known.
 */
function matchesVersion(version: string, entry: string): boolean {
  const wanted = version.toLowerCase().replace(/\s*sp\s*/, ".");
  const key = entry.toLowerCase();
  return wanted === key || wanted.startsWith(`${key}.`);
}

/** Reports operating systems past the end of their support, or soon to be. */
export const osPastEndOfSupport = defineRule<AssessmentSubject>({
  id: "os-past-end-of-support",
  title: "The operating system is past the end of its support",
  severity: "blocker",
  why: "vulnerabilities in it are no longer fixed, in a network that it has never been exposed to; the dates are the vendors' own",
  remedy: "upgrade or replatform it; or buy extended support and prove it under operating_system_versions",
  *check({ servers, asOf, checklist }) {
    const contracts = evidenceOf(checklist.assess_compatibility.operating_system_versions)?.extendedSupport ?? [];
    const contractByProduct = new Map(contracts.map((contract) => [productKey(contract.product), contract]));
    const soon = addDays(asOf, SUPPORT_ENDS_SOON_DAYS);
    const identify = identifier();
    for (const server of servers) {
      const { product, version } = identify(server);
      const table = product === undefined ? undefined : lifecycles.get(product);
      if (product === undefined || table === undefined || version === undefined) continue;
      const entry = findLifecycle(table, version);
      if (entry === undefined) continue;
      const name = `${product} ${version}`;
      const contract =
        contractByProduct.get(productKey(name)) ?? contractByProduct.get(productKey(`${product} ${entry.version}`));
      const place = { subject: server.name, ...locatedAt(server.location) };
      if (entry.endOfSupport >= asOf) {
        if (entry.endOfSupport > soon) continue;
        yield { ...place, severity: "info", message: `support of ${name} ends on ${entry.endOfSupport}` };
      } else if (contract !== undefined && contract.until >= asOf) {
        yield {
          ...place,
          severity: "warning",
          message: `support of ${name} ended on ${entry.endOfSupport}; it is under extended support until ${contract.until} (${contract.contract})`,
          remedy: `upgrade or replatform it before ${contract.until}`,
        };
      } else {
        const expired = contract === undefined ? "" : `, and the extended support that was bought on ${contract.until}`;
        yield {
          ...place,
          message: `support of ${name} ended on ${entry.endOfSupport}${expired}`,
          ...remedyFor(entry, asOf),
        };
      }
    }
  },
});

function remedyFor(entry: Lifecycle, asOf: IsoDate): { readonly remedy?: string } {
  const { extendedUntil } = entry;
  if (extendedUntil === undefined || extendedUntil < asOf) {
    return { remedy: "upgrade or replatform it; the vendor sells no extended support for it any more" };
  }
  return {
    remedy: `upgrade or replatform it; or buy the vendor's extended support, sold until ${extendedUntil}, and prove it under operating_system_versions`,
  };
}

function productKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, " ")
    .trim();
}

/** The rules about operating systems. */
export const operatingSystemRules = [osUnknown, osUnsupported, osPastEndOfSupport] as const;
