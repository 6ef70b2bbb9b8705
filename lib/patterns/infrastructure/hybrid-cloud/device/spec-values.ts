/**
 * ```ts
 * checkValues(spec); // throws HYBRID_VPN_DEVICE_ADDRESS where outsideAddress is `203.0.113.1\n} evil {`
 * ```
 *
 * The check that every value of a specification is what it claims to be: an address, a block, an algorithm. What a device
 * writes into its files is made of these values alone, and so a file has no line that the device did not mean. Every device
 * makes this check first, because a specification may be written by hand as well.
 */
import { isIP } from "node:net";
import { Token } from "cdktf";
import { z } from "zod";
import { MigrationError } from "../../../../core/error";
import { formatPath } from "../../../../core/format-path";
import { lowerFirst } from "../../../../core/text";
import { isUnresolved } from "../../../../core/tokens";
import { Cidr } from "../../../../network/cidr";
import type {
  BgpRoutingSpec,
  CustomerGatewaySpec,
  DhGroup,
  EncryptionAlgorithm,
  InsideAddresses,
  IntegrityAlgorithm,
  StaticRoutingSpec,
  TrafficSelectors,
  VpnPhase,
  VpnSpec,
  VpnTunnelSpec,
} from "../vpn-spec";

/** The schemas of all properties of a type: a property that is new has to get one. */
type Shape<Of> = { readonly [Key in keyof Required<Of>]: z.ZodType<Of[Key]> };

/** The details of a refusal, which a schema carries in the parameters of its issue. */
interface Refusal {
  readonly code: string;
  readonly allowed: string;
  readonly fix: string;
  /** Whether the value is left out of the message. */
  readonly secret?: boolean;
}

const FIX = "correct the value; SiteToSiteVpn makes specifications that have none but such values";
const KEY_FIX = "pass a reference to a secret: a literal key would be written to disk at synthesis";

function value<Of>(
  kind: string,
  allowed: string,
  check: (given: unknown) => boolean,
  more: Partial<Refusal> = {},
): z.ZodType<Of> {
  const refusal: Refusal = { code: `HYBRID_VPN_DEVICE_${kind}`, allowed, fix: FIX, ...more };
  return z.custom<Of>(check, { params: { ...refusal } });
}

function oneOf<Of>(kind: string, ...known: readonly Of[]): z.ZodType<Of> {
  return value<Of>(kind, known.map(String).join(", "), (given) => known.includes(given as Of));
}

function number(minimum: number, maximum: number): z.ZodType<number> {
  const within = (given: unknown): boolean =>
    Number.isInteger(given) && (given as number) >= minimum && (given as number) <= maximum;
  return value<number>(
    "NUMBER",
    `a whole number from ${minimum} to ${maximum}, known at synthesis`,
    (given) => !isUnresolved(given) && within(given),
  );
}

/** Checks whether the value is a token and nothing beside it. */
function isToken(given: unknown): boolean {
  return typeof given === "string" && Token.isUnresolved(given) && /^\$\{[^{}]*\}$/.test(given);
}

/** Returns a schema for a value that a string is filled in with: what follows a token would be a line of its own. */
function tokenAlone(allowed: string, check: (given: string) => boolean): z.ZodType<string> {
  return value<string>(
    "ADDRESS",
    `${allowed}, or one token and nothing beside it`,
    (given) => isToken(given) || (typeof given === "string" && check(given)),
  );
}

/** The address of one end. */
const outsideAddress: z.ZodType<string> = tokenAlone("an IPv4 or IPv6 address", (given) => isIP(given) !== 0);
const inside = (version: 4 | 6): z.ZodType<InsideAddresses> => {
  const address = value<string>("ADDRESS", `an IPv${version} address`, (given) => isIP(String(given)) === version);
  return z.strictObject({ cidr: block(version), aws: address, customer: address } satisfies Shape<InsideAddresses>);
};

function block(version?: 4 | 6): z.ZodType<string> {
  return value<string>("NETWORK", "a CIDR block without host bits", (given) => {
    const cidr = typeof given === "string" ? Cidr.tryParse(given) : undefined;
    return cidr !== undefined && (version === undefined || cidr.version === version);
  });
}

const SECONDS = 31_536_000;

const phase: z.ZodType<VpnPhase> = z.strictObject({
  encryptionAlgorithms: z.array(
    oneOf<EncryptionAlgorithm>("ENCRYPTION", "AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"),
  ),
  integrityAlgorithms: z.array(oneOf<IntegrityAlgorithm>("INTEGRITY", "SHA1", "SHA2-256", "SHA2-384", "SHA2-512")),
  dhGroups: z.array(oneOf<DhGroup>("DH_GROUP", 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24)),
  lifetimeSeconds: number(1, SECONDS),
} satisfies Shape<VpnPhase>);

const tunnel = z.strictObject({
  number: oneOf<1 | 2>("NUMBER", 1, 2),
  outsideAddress,
  preSharedKey: value<string | undefined>(
    "SECRET",
    "one token and nothing beside it, which only Terraform resolves",
    (given) => given === undefined || isToken(given),
    { fix: KEY_FIX, secret: true },
  ).optional(),
  inside: inside(4),
  insideIpv6: inside(6).optional(),
  ikeVersions: z.array(oneOf<"ikev1" | "ikev2">("IKE_VERSION", "ikev1", "ikev2")),
  phase1: phase,
  phase2: phase,
  rekeyMarginSeconds: number(0, SECONDS),
  rekeyFuzzPercent: number(0, 100),
  replayWindowPackets: number(0, 65_535),
  dpdTimeoutSeconds: number(0, SECONDS),
  dpdTimeoutAction: oneOf<VpnTunnelSpec["dpdTimeoutAction"]>("DPD_TIMEOUT_ACTION", "clear", "none", "restart"),
  startupAction: oneOf<VpnTunnelSpec["startupAction"]>("STARTUP_ACTION", "add", "start"),
  rank: number(0, 255),
} satisfies Shape<VpnTunnelSpec>);

// RFC 6793: four octets; RFC 4271, section 4.2: a hold time of two.
const asn = number(1, 4_294_967_295);

const schema = z.strictObject({
  // What may name a section of a file is for each device to say; the generic one takes any line.
  name: value<string>(
    "NAME",
    "one line of text, known at synthesis",
    (given) => typeof given === "string" && !isUnresolved(given) && /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(given),
  ),
  customerGateway: z.strictObject({
    address: outsideAddress.optional(),
  } satisfies Shape<CustomerGatewaySpec>),
  accelerated: value<boolean>("ACCELERATED", "true or false", (given) => typeof given === "boolean").optional(),
  insideIpVersion: oneOf<VpnSpec["insideIpVersion"]>("INSIDE_IP_VERSION", "ipv4", "ipv6"),
  onPremisesNetworks: z.array(block()),
  awsNetworks: z.array(block()),
  trafficSelectors: z.strictObject({ onPremises: block(), aws: block() } satisfies Shape<TrafficSelectors>),
  routing: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("static") } satisfies Shape<StaticRoutingSpec>),
    z.strictObject({
      type: z.literal("bgp"),
      customerAsn: asn,
      amazonAsn: asn,
      holdTimeSeconds: number(3, 65_535),
    } satisfies Shape<BgpRoutingSpec>),
  ]),
  tunnels: z.array(tunnel).min(1).max(2),
} satisfies Record<keyof VpnSpec, z.ZodType>);

/**
 * Checks that every value of the specification is what it claims to be.
 *
 * @throws MigrationError, with the path of the value:
 * - `HYBRID_VPN_DEVICE_ADDRESS`, `HYBRID_VPN_DEVICE_NETWORK`: an address, a block
 * - `HYBRID_VPN_DEVICE_ENCRYPTION`, `HYBRID_VPN_DEVICE_INTEGRITY`, `HYBRID_VPN_DEVICE_DH_GROUP`: an algorithm
 * - `HYBRID_VPN_DEVICE_NUMBER`: a whole number within its limits
 * - `HYBRID_VPN_DEVICE_IKE_VERSION`, `HYBRID_VPN_DEVICE_DPD_TIMEOUT_ACTION`, `HYBRID_VPN_DEVICE_STARTUP_ACTION`,
 *   `HYBRID_VPN_DEVICE_INSIDE_IP_VERSION`, `HYBRID_VPN_DEVICE_ACCELERATED`: one of a few values
 * - `HYBRID_VPN_DEVICE_NAME`: one line of text
 * - `HYBRID_VPN_DEVICE_SECRET`: a pre-shared key that is no token, or has something beside it
 * - `HYBRID_VPN_DEVICE_SHAPE`: a property that is unknown or missing, or is no list or object where it has to be one
 */
export function checkValues(device: string, spec: VpnSpec): void {
  refuseFirst(schema.safeParse(spec), device, "", spec);
}

/**
 * Checks the options of a device.
 *
 * @throws MigrationError with the code of the schema
 */
export function checkOptions(device: string, options: object, shape: Readonly<Record<string, z.ZodType>>): void {
  refuseFirst(z.strictObject(shape).safeParse(options), device, "options", options);
}

/** Returns the schema of the device's own address: `any` stands for all that the machine has. */
export function optionAddress(any: string): z.ZodType<string | undefined> {
  return tokenAlone(`an IPv4 or IPv6 address, ${any}`, (given) => given === any || isIP(given) !== 0).optional();
}

/** Returns the schema of a number among the options of a device. */
export function optionNumber(minimum: number, maximum: number): z.ZodType<number | undefined> {
  return number(minimum, maximum).optional();
}

/** Returns the schema of an option that stands in the device's files as a word. */
export function optionWord(kind: string, allowed: string, pattern: RegExp): z.ZodType<string> {
  return value<string>(kind, allowed, (given) => typeof given === "string" && pattern.test(given));
}

function refuseFirst(result: z.ZodSafeParseResult<unknown>, device: string, root: string, given: unknown): void {
  const [issue] = result.error?.issues ?? [];
  if (issue === undefined) return;
  const path = formatPath([...(root === "" ? [] : [root]), ...issue.path]) || "spec";
  if (issue.code === "custom" && issue.params !== undefined) {
    const { code, allowed, fix, secret } = issue.params as Refusal;
    const received = secret === true ? undefined : at(given, issue.path);
    throw new MigrationError({
      code,
      path,
      ...(received === undefined ? {} : { received }),
      allowed: `${allowed} on ${device}`,
      fix,
    });
  }
  throw new MigrationError({ code: "HYBRID_VPN_DEVICE_SHAPE", path, fix: `${lowerFirst(issue.message)}: ${FIX}` });
}

/** Returns the value at the path. What is on the way was read before, by the schema. */
function at(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : value,
    given,
  );
}
