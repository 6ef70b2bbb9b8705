/**
 * Specifications of the catalog's `application_health_checks`: Route 53 checks from the internet, and target groups of
 * load balancers.
 */
import { z } from "zod";
import { tokenOr } from "../../core/tokens";
import { isPublicAddress } from "../../network/public-address";

/** Settings common to all endpoint checks that Route 53 runs. */
interface EndpointCheck {
  /**
   * The DNS name to resolve, and the host name of the request. Give this or `ipAddress`, or both: then the address is
   * called with this host name.
   * @default - the address is called
   */
  readonly domainName?: string;
  /**
   * The public IP address to check: Route 53's checkers are on the internet and reach no private one.
   * @default - the name is resolved
   */
  readonly ipAddress?: string;
  /** @default 80 for http, 443 for https; a tcp check has none */
  readonly port?: number;
  /**
   * Seconds between two requests of one checker: 10 or 30. 10 costs 1 USD a month more, as do HTTPS and a search string.
   * @default 30
   */
  readonly intervalSeconds?: 10 | 30;
  /** The number of consecutive requests that must fail, or succeed, to change the status: 1 to 10. @default 3 */
  readonly failureThreshold?: number;
}

/**
 * A Route 53 check by an HTTP or HTTPS request. Healthy is a status from 200 to 399, within 4 + 2 seconds. From 0.50 USD a
 * month.
 */
export interface HttpHealthCheck extends EndpointCheck {
  readonly kind: "http" | "https";
  /** @default "/" */
  readonly path?: string;
  /**
   * A text that the first 5,120 bytes of the response must contain. At most 255 characters.
   * @default - the response's body is not searched
   */
  readonly searchString?: string;
}

/** A Route 53 check by a TCP connection, which must open within 10 seconds. */
export interface TcpHealthCheck extends EndpointCheck {
  readonly kind: "tcp";
  readonly port: number;
}

/** A Route 53 check that is healthy if enough of the named other checks of the construct are healthy. */
export interface CalculatedHealthCheck {
  readonly kind: "calculated";
  /** The names of 1 to 255 other checks that Route 53 runs. */
  readonly of: readonly string[];
  /** The number of the named checks that must be healthy. @default - all */
  readonly healthyAtLeast?: number;
}

/** A check by the number of healthy targets that an Application or Network Load Balancer reports. Costs the alarm alone. */
export interface TargetGroupHealthCheck {
  readonly kind: "target-group";
  /** The group's `arn_suffix`: `targetgroup/web/0123456789abcdef`. */
  readonly targetGroupArnSuffix: string;
  /** The load balancer's `arn_suffix`: `app/front/0123456789abcdef`. */
  readonly loadBalancerArnSuffix: string;
  /** @default "application" */
  readonly loadBalancer?: "application" | "network";
  /** The minimum number of healthy targets. @default 1 */
  readonly healthyHostsAtLeast?: number;
}

/** Specification of a health check of an application. */
export type HealthCheckSpec = HttpHealthCheck | TcpHealthCheck | CalculatedHealthCheck | TargetGroupHealthCheck;

const publicAddress = z
  .string()
  .refine(
    isPublicAddress,
    "must be a public address: Route 53 asks from the internet, and reaches no private or local address",
  );

const endpoint = {
  domainName: tokenOr(z.string().min(1).max(255)).optional(),
  ipAddress: tokenOr(publicAddress).optional(),
  port: tokenOr(z.int().min(1).max(65_535)).optional(),
  intervalSeconds: z.union([z.literal(10), z.literal(30)], "must be 10 or 30").optional(),
  failureThreshold: z.int().min(1).max(10).optional(),
};

const hasEndpoint = (check: { readonly domainName?: unknown; readonly ipAddress?: unknown }): boolean =>
  check.domainName !== undefined || check.ipAddress !== undefined;
const ENDPOINT_MISSING = "must name a domainName or an ipAddress";

/** The schema of a {@link HealthCheckSpec}. Limits: Amazon Route 53 API Reference, HealthCheckConfig. */
export const healthCheckSpecSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.enum(["http", "https"]),
      ...endpoint,
      path: tokenOr(z.string().max(255).regex(/^\//, "must begin with /")).optional(),
      searchString: tokenOr(z.string().min(1).max(255)).optional(),
    })
    .refine(hasEndpoint, ENDPOINT_MISSING),
  z
    .strictObject({ kind: z.literal("tcp"), ...endpoint, port: tokenOr(z.int().min(1).max(65_535)) })
    .refine(hasEndpoint, ENDPOINT_MISSING),
  z.strictObject({
    kind: z.literal("calculated"),
    of: z.array(z.string()).min(1).max(255),
    healthyAtLeast: z.int().min(1).max(255).optional(),
  }),
  z.strictObject({
    kind: z.literal("target-group"),
    targetGroupArnSuffix: tokenOr(
      z
        .string()
        .regex(/^targetgroup\/[^/]+\/[0-9a-f]+$/, "must be an ARN suffix, like targetgroup/web/0123456789abcdef"),
    ),
    loadBalancerArnSuffix: tokenOr(
      z.string().regex(/^(app|net)\/[^/]+\/[0-9a-f]+$/, "must be an ARN suffix, like app/front/0123456789abcdef"),
    ),
    loadBalancer: z.enum(["application", "network"]).optional(),
    healthyHostsAtLeast: z.int().min(1).optional(),
  }),
]);
