/**
 * The values of an intent that claim to be something: an address, a name in DNS, an id of AWS. Each is checked to be it, or is
 * a token, because what passes goes into a resource. Intents may come from files.
 */
import { isIP } from "node:net";
import { z } from "zod";
import { tokenOr } from "../../../core/tokens";
import { isProtocol } from "./istio/names";

/** Labels of RFC 1035, section 2.3.1, with the underscore of RFC 8552 and the asterisk that Route 53 takes for a first label. */
const DOMAIN_NAME =
  /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i;

/** A wildcard alone, or one before a domain name: Istio takes `*-blue.example.com` as well. */
const HOST =
  /^(?:\*|(?:\*[.-]?)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?)$/i;

function matching(pattern: RegExp, message: string): z.ZodType<string, string> {
  return tokenOr(z.string().regex(pattern, message));
}

/** An IPv4 or IPv6 address. */
export const address: z.ZodType<string, string> = tokenOr(
  z.string().refine((text) => isIP(text) !== 0, "must be an IPv4 or IPv6 address, like 192.0.2.1"),
);
/** A domain name of at most 255 characters. */
export const domainName: z.ZodType<string, string> = tokenOr(
  z.string().max(255).regex(DOMAIN_NAME, "must be a name in DNS, like users.example.com"),
);
/** A host: a domain name, or a wildcard over some. What Istio refuses beyond that is for its rules, which say more. */
export const host: z.ZodType<string, string> = tokenOr(
  z.string().max(255).regex(HOST, "must be a host, like users.example.com or *.example.com"),
);
/** A protocol that Istio knows. It names a port, and the service of an SRV record. */
export const protocol: z.ZodType<string, string> = z
  .string()
  .refine((text) => text !== "" && isProtocol(text), "must be a protocol that Istio knows, like HTTPS, GRPC or TCP");
/** The id of a hosted zone. Amazon Route 53 API Reference, `HostedZone`: at most 32 characters. */
export const zoneId = matching(/^[A-Z0-9]{1,32}$/, "must be the id of a hosted zone, like Z0123456789ABCDEFGHIJ");
/** The id of a health check. Amazon Route 53 API Reference, `HealthCheck`: at most 64 characters. */
export const healthCheckId = matching(/^[A-Za-z0-9-]{1,64}$/, "must be the id of a health check");
/** The id of a VPC. */
export const vpcId = matching(/^vpc-[0-9a-f]{1,17}$/, "must be the id of a VPC, like vpc-0a1b2c3d4e5f60718");
/** The name of a region of AWS. */
export const region = matching(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "must be the name of a region, like eu-central-1");
