/**
 * The schema of a {@link RoutingIntent}, for an intent from a file and for one from JavaScript. It checks only the shape: whether the
 * names in it exist, and whether it can be carried out, is for `routing.ts` and the rules.
 * `Routing.parse` loads it at its first use: do not import it statically.
 */
import { z } from "zod";
import { dnsPolicies } from "./dns-intent";
import type { RoutingIntent } from "./intent";
import { address, domainName, healthCheckId, host, protocol, region, vpcId, zoneId } from "./intent-values";
import { problemOfRe2 } from "./re2";

const nonEmptyText = z.string().min(1);
const percent = z.number().min(0).max(100);
const port = z.int().min(1).max(65_535);
const milliseconds = z.int().min(1);
const textMatch = z
  .union(
    [
      z.strictObject({ exact: z.string() }),
      z.strictObject({ prefix: z.string() }),
      z.strictObject({ regex: z.string() }),
    ],
    { error: "one of exact, prefix and regex with a text" },
  )
  .superRefine((match, context) => {
    const problem = "regex" in match ? problemOfRe2(match.regex) : undefined;
    if (problem === undefined) return;
    context.addIssue({
      code: "custom",
      path: ["regex"],
      message: `must be an RE2 expression, and RE2 says: ${problem}`,
    });
  });
const valueMatch = z.union([textMatch, z.strictObject({ present: z.literal(true) })], {
  error: "one of exact, prefix and regex with a text, or present: true",
});

const requestMatch = z.strictObject({
  headers: z.record(z.string(), valueMatch).optional(),
  withoutHeaders: z.record(z.string(), valueMatch).optional(),
  uri: textMatch.optional(),
  ignoreUriCase: z.boolean().optional(),
  method: textMatch.optional(),
  authority: textMatch.optional(),
  scheme: textMatch.optional(),
  queryParams: z.record(z.string(), valueMatch).optional(),
  sourceLabels: z.record(z.string(), z.string()).optional(),
  sourceNamespace: nonEmptyText.optional(),
  gateways: z.array(nonEmptyText).min(1).optional(),
  port: port.optional(),
});

const weights = z
  .record(z.string(), z.int("a whole number, 0 or more").min(0, "a whole number, 0 or more"))
  .refine((shares) => Object.values(shares).some((weight) => weight > 0), "at least one weight above 0");

const target = {
  to: z.union([nonEmptyText, weights], { error: "a destination's name, or weights by name with a sum above 0" }),
  name: nonEmptyText.optional(),
  residency: nonEmptyText.optional(),
  timeoutMs: milliseconds.optional(),
  retries: z
    .strictObject({
      attempts: z.int().min(0),
      perTryTimeoutMs: milliseconds.optional(),
      retryOn: nonEmptyText.optional(),
    })
    .optional(),
  fault: z
    .strictObject({
      delay: z.strictObject({ fixedMs: milliseconds, percent }).optional(),
      abort: z.strictObject({ httpStatus: z.int().min(200).max(599), percent }).optional(),
    })
    .refine((fault) => fault.delay !== undefined || fault.abort !== undefined, "a delay, an abort or both")
    .optional(),
  mirror: z.strictObject({ to: nonEmptyText, percent }).optional(),
  rewrite: z.strictObject({ uri: nonEmptyText.optional(), authority: nonEmptyText.optional() }).optional(),
};

const outlierDetection = z.strictObject({
  consecutive5xxErrors: z.int().min(0).optional(),
  intervalMs: milliseconds.optional(),
  baseEjectionMs: milliseconds.optional(),
  maxEjectionPercent: z.int().min(0).max(100).optional(),
});

const tls = z.strictObject({
  mode: z.enum(["DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"]),
  sni: nonEmptyText.optional(),
  credentialName: nonEmptyText.optional(),
  caCertificates: nonEmptyText.optional(),
  clientCertificate: nonEmptyText.optional(),
  privateKey: nonEmptyText.optional(),
  subjectAltNames: z.array(nonEmptyText).min(1).optional(),
});

const healthCheck = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.enum(["HTTP", "HTTPS", "TCP"]),
    fqdn: domainName.optional(),
    ipAddress: address.optional(),
    port: port.optional(),
    path: z.string().startsWith("/").max(255).optional(),
    searchString: z.string().min(1).max(255).optional(),
    intervalSeconds: z.literal([10, 30]).optional(),
    failureThreshold: z.int().min(1).max(10).optional(),
    regions: z.array(region).min(3).optional(),
  }),
  z.strictObject({
    type: z.literal("CALCULATED"),
    of: z.array(nonEmptyText).min(1).max(255),
    atLeast: z.int().min(0).max(256),
  }),
  z.strictObject({
    type: z.literal("CLOUDWATCH_METRIC"),
    alarmName: nonEmptyText,
    alarmRegion: region,
    insufficientData: z.enum(["Healthy", "Unhealthy", "LastKnownStatus"]).optional(),
  }),
  z.strictObject({ type: z.literal("EXISTING"), id: healthCheckId }),
]);

const continent = z.enum(["AF", "AN", "AS", "EU", "NA", "OC", "SA"]);
const dnsTarget = z.strictObject({
  addresses: z.array(address).min(1).optional(),
  alias: z.strictObject({ name: domainName, zoneId, evaluateTargetHealth: z.boolean().optional() }).optional(),
  cname: domainName.optional(),
  healthCheck: healthCheck.optional(),
  awsRegion: region.optional(),
  location: z
    .union([
      z.literal("default"),
      z.strictObject({ continent }),
      z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/),
        subdivision: z
          .string()
          .regex(/^[A-Z0-9]{1,3}$/)
          .optional(),
      }),
    ])
    .optional(),
  coordinates: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
  bias: z.int().min(-99).max(99).optional(),
});

const localities = z.union(
  [
    z.strictObject({
      distribute: z
        .array(z.strictObject({ from: nonEmptyText, to: z.record(nonEmptyText, z.int().min(1).max(100)) }))
        .min(1),
    }),
    z.strictObject({ failover: z.array(z.strictObject({ from: nonEmptyText, to: nonEmptyText })).min(1) }),
  ],
  { error: "either distribute or failover" },
);

const destination = z.strictObject({
  cloud: nonEmptyText,
  host,
  location: z.enum(["mesh", "external"]).optional(),
  region: nonEmptyText.optional(),
  zone: nonEmptyText.optional(),
  jurisdiction: nonEmptyText.optional(),
  port: port.optional(),
  protocol: protocol.optional(),
  subset: nonEmptyText.optional(),
  labels: z.record(z.string(), z.string()).optional(),
  resolution: z.enum(["DNS", "DNS_ROUND_ROBIN", "STATIC", "NONE"]).optional(),
  addresses: z.array(nonEmptyText).min(1).optional(),
  endpoints: z
    .array(
      z.strictObject({ address: nonEmptyText, locality: nonEmptyText.optional(), weight: z.int().min(1).optional() }),
    )
    .min(1)
    .optional(),
  trust: z.enum(["MESH_EXTERNAL", "MESH_INTERNAL"]).optional(),
  tls: tls.optional(),
  authority: nonEmptyText.optional(),
  failover: z.array(nonEmptyText).optional(),
  localities: localities.optional(),
  outlierDetection: outlierDetection.optional(),
  dns: dnsTarget.optional(),
});

const gateway = z.strictObject({
  name: nonEmptyText,
  selector: z.record(z.string(), z.string()).optional(),
  servers: z
    .array(
      z.strictObject({
        port,
        protocol,
        hosts: z.array(nonEmptyText).min(1).optional(),
        tls: z
          .strictObject({ mode: z.enum(["SIMPLE", "MUTUAL", "PASSTHROUGH"]), credentialName: nonEmptyText.optional() })
          .optional(),
      }),
    )
    .min(1),
});

/** The schema of a {@link RoutingIntent}. */
export const routingIntentSchema: z.ZodType<RoutingIntent> = z.strictObject({
  service: nonEmptyText,
  destinations: z
    .record(z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens"), destination)
    .refine((all) => Object.keys(all).length > 0, "at least one destination"),
  routes: z.array(z.strictObject({ match: z.array(requestMatch).min(1), ...target })).optional(),
  default: z.strictObject(target),
  failover: z.array(nonEmptyText).optional(),
  schedule: z
    .strictObject({
      towards: nonEmptyText,
      steps: z.array(z.int("a whole percentage").min(0).max(100)).min(1),
      routes: z.array(nonEmptyText).min(1).optional(),
    })
    .optional(),
  mesh: z
    .strictObject({
      name: nonEmptyText.optional(),
      namespace: nonEmptyText.optional(),
      hosts: z.array(nonEmptyText).optional(),
      gateways: z.array(nonEmptyText).min(1).optional(),
      exportTo: z.array(nonEmptyText).min(1).optional(),
      gateway: gateway.optional(),
      apiVersion: z
        .enum(["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"])
        .optional(),
    })
    .optional(),
  dns: z
    .strictObject({
      name: domainName,
      zone: z.strictObject({
        name: domainName,
        id: zoneId.optional(),
        vpcIds: z.array(vpcId).min(1).optional(),
        private: z.boolean().optional(),
      }),
      policy: z.enum(dnsPolicies),
      ttlSeconds: z.int().min(0).max(2_147_483_647).optional(),
      destinations: z.array(nonEmptyText).min(1).optional(),
      weights: z.record(z.string(), z.int().min(0)).optional(),
      residency: nonEmptyText.optional(),
    })
    .optional(),
});
