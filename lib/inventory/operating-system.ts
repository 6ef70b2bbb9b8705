/**
 * ```ts
 * parseOperatingSystem("Red Hat Enterprise Linux 7 (64-bit)");
 * // { family: "linux", name: "Red Hat Enterprise Linux 7 (64-bit)", version: "7", architecture: "x86_64" }
 * ```
 *
 * Parses the names of operating systems, which hypervisors and agents print as a sentence. One table says which words mean
 * which product and where its version stands; nothing is guessed that the words do not say. `CentOS 4/5 or later` is the name
 * of a setting of the hypervisor and not of a version, so it has none.
 */
import type { OperatingSystem } from "./model";

/** The operating system that {@link identifyOperatingSystem} recognizes in a printed name. */
export interface IdentifiedOperatingSystem {
  readonly family: OperatingSystem["family"];
  /** The product in its vendor's spelling, without version: `Windows Server`, `Red Hat Enterprise Linux`. */
  readonly product?: string;
  /** The version: `7`, `2012 R2`, `22.04`; left out where the name leaves it open. */
  readonly version?: string;
  readonly architecture?: OperatingSystem["architecture"];
}

/** A product: the first row whose pattern matches counts. Its group `version`, where it has one, is the version. */
interface Product {
  readonly family: OperatingSystem["family"];
  readonly product?: string;
  readonly pattern: RegExp;
}

/** The pattern of a version: digits and dots, not followed by the signs of a range: `4/5`, `4/5 or later`, `3.x`. */
const V = String.raw`(?<version>\d+(?:\.\d+)*)(?![\d.]*(?:/|\.?x\b|\s+or\s+(?:later|higher)|\s*\+))`;
/** The pattern of the text between a Linux's name and its version: `Linux`, `Server`, `release`, an edition in brackets. */
const BETWEEN = String.raw`(?:[\s,:_-]|gnu/linux|linux|server|enterprise|workstation|desktop|release|version|es|as|ws|for sap(?: applications)?)*`;

function linux(product: string, name: string): Product {
  return { family: "linux", product, pattern: new RegExp(String.raw`\b(?:${name})(?:${BETWEEN}\b${V})?`, "i") };
}

function unix(product: string, name: string): Product {
  return { family: "unix", product, pattern: new RegExp(String.raw`\b(?:${name})(?:${BETWEEN}\b${V})?`, "i") };
}

/**
 * The products by their names as vSphere prints them (vSphere Web Services API, `GuestOsDescriptor.fullName`), as VMware
 * Tools, Windows (`Win32_OperatingSystem.Caption`) and `/etc/os-release` do (`PRETTY_NAME`).
 */
const PRODUCTS: readonly Product[] = [
  {
    family: "windows",
    product: "Windows Server",
    pattern:
      /\bwindows\b.*?\b(?<!\/)(?<version>(?:2000|2003|2008|2012|2016|2019|2022|2025)(?:\s*R2)?)\b(?!\s*R2|\s+(?:or\s+later|professional)|\/)/i,
  },
  {
    family: "windows",
    product: "Windows Server",
    pattern: /\bwindows(?:\s+nt)?\s+server\b|\bwindows\s+20\d\d\s+or\s+later/i,
  },
  {
    family: "windows",
    product: "Windows",
    pattern: /\bwindows(?:\s+(?<version>11|10|8\.1|8|7|vista|xp|me|98|95|3\.1|2000(?=\s+pro)|nt(?:\s+4(?:\.0)?)?)\b)?/i,
  },
  { family: "windows", product: "Windows", pattern: /\bmicrosoft\s+small\s+business\s+server\b/i },
  linux("Red Hat Enterprise Linux CoreOS", "red hat enterprise linux coreos|rhcos"),
  linux("Red Hat Enterprise Linux", "red\\s?hat enterprise|rhel|red hat(?! fedora)"),
  linux("CentOS Stream", "centos stream"),
  linux("CentOS", "centos"),
  linux("Rocky Linux", "rocky"),
  linux("AlmaLinux", "alma\\s?linux|alma"),
  linux("Oracle Linux", "oracle(?: enterprise)? linux|oracle unbreakable linux|oel"),
  linux("openSUSE", "opensuse(?: leap| tumbleweed)?"),
  linux("SUSE Linux Enterprise", "(?:novell )?suse(?: linux)?(?: enterprise)?|sles|novell linux desktop"),
  linux("Ubuntu", "ubuntu"),
  linux("Debian", "debian"),
  linux("Fedora", "fedora"),
  linux("Amazon Linux", "amazon linux(?: ami)?"),
  linux("Photon OS", "photon(?: os)?"),
  linux("Flatcar", "flatcar"),
  linux("CoreOS", "coreos"),
  linux("Asianux", "asianux"),
  linux("Mandriva", "mandriva|mandrake"),
  linux("TurboLinux", "turbolinux"),
  linux("Alpine Linux", "alpine"),
  linux("Arch Linux", "arch linux"),
  linux("Gentoo", "gentoo"),
  linux("Kali", "kali"),
  linux("CBL-Mariner", "cbl-mariner|azure linux"),
  // The kernel's version says nothing about the distribution's.
  { family: "linux", pattern: /\blinux\b/i },
  unix("Solaris", "(?:oracle |sun )?solaris|sunos"),
  unix("AIX", "(?:ibm )?aix"),
  unix("HP-UX", "hp-?ux"),
  unix("FreeBSD", "freebsd"),
  unix("OpenBSD", "openbsd"),
  unix("NetBSD", "netbsd"),
  unix("macOS", "macos|mac os x?|os x|darwin"),
  unix("SCO OpenServer", "(?:sco )?openserver"),
  unix("UnixWare", "(?:sco )?unixware"),
  unix("Tru64", "tru64"),
  { family: "unix", pattern: /\bunix\b/i },
  { family: "other", product: "NetWare", pattern: new RegExp(String.raw`\bnetware\b(?:\s+${V})?`, "i") },
  { family: "other", product: "VMware ESXi", pattern: new RegExp(String.raw`\besxi?\b(?:\s+${V})?`, "i") },
  { family: "other", product: "OS/2", pattern: /\bos\/2\b|\becomstation\b/i },
  { family: "other", product: "MS-DOS", pattern: /\b(?:ms-)?dos\b/i },
  { family: "other", pattern: /^other\b/i },
];

const ARCHITECTURES: readonly (readonly [RegExp, NonNullable<OperatingSystem["architecture"]>])[] = [
  [/\b(?:aarch64|arm64|64-bit arm|arm 64-bit)\b/i, "arm64"],
  [/\b(?:ppc64(?:le)?|s390x?|sparc|itanium|ia-?64|powerpc|arm(?:v\d\w*)?)\b/i, "other"],
  [/\b(?:64[- ]?bits?|x86[_-]64|amd64|x64)\b/i, "x86_64"],
  [/\b(?:32[- ]?bits?|i[3-6]86|x86)\b/i, "x86"],
];

/** Identifies the operating system of a printed name. Family `unknown` where nothing in it is recognized. */
export function identifyOperatingSystem(printed: string): IdentifiedOperatingSystem {
  // A name is short. What is longer is not searched: the patterns are for sentences, not for documents.
  const text = printed.trim().slice(0, 256);
  const architecture = ARCHITECTURES.find(([pattern]) => pattern.test(text))?.[1];
  for (const { family, product, pattern } of PRODUCTS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const version = match.groups?.["version"];
    return {
      family,
      ...(product === undefined ? {} : { product }),
      ...(version === undefined ? {} : { version: spelled(version) }),
      ...(architecture === undefined ? {} : { architecture }),
    };
  }
  return { family: "unknown", ...(architecture === undefined ? {} : { architecture }) };
}

/** Parses a printed name into the model's operating system. Without a name the family is `unknown`. */
export function parseOperatingSystem(printed: string | undefined): OperatingSystem {
  const name = printed?.trim();
  if (name === undefined || name === "") return { family: "unknown" };
  const { family, version, architecture } = identifyOperatingSystem(name);
  return {
    family,
    name,
    ...(version === undefined ? {} : { version }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({ xp: "XP", vista: "Vista", me: "Me", nt: "NT" }),
);

function spelled(version: string): string {
  const lower = version.toLowerCase();
  if (lower.startsWith("nt ")) return `NT ${lower.slice(3)}`;
  return SPELLINGS.get(lower) ?? version.replace(/\s*r2$/i, " R2");
}
