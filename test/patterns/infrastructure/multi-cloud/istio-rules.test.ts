import { describe, expect, it } from "@jest/globals";
import { runRules } from "../../../../lib/core/rule";
import { readManifests } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/read-manifests";
import { istioRules } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/rules";

const api = "networking.istio.io/v1";

/** Manifests as YAML: JSON is YAML. */
function stream(...manifests: unknown[]): string {
  return manifests.map((manifest) => JSON.stringify(manifest)).join("\n---\n");
}

function object(kind: string, spec: unknown, name = "x", namespace?: string): unknown {
  return {
    apiVersion: api,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    ...(spec === undefined ? {} : { spec }),
  };
}

const entry = (spec: Record<string, unknown>, name?: string): unknown =>
  object("ServiceEntry", { hosts: ["example.com"], ...spec }, name);
const service = (spec: Record<string, unknown>, name?: string): unknown =>
  object(
    "VirtualService",
    { hosts: ["users"], http: [{ route: [{ destination: { host: "users" } }] }], ...spec },
    name,
  );
const http = (...routes: Record<string, unknown>[]): unknown =>
  service({ http: routes.map((route) => ({ route: [{ destination: { host: "users" } }], ...route })) });
const rule = (spec: Record<string, unknown>): unknown => object("DestinationRule", { host: "users", ...spec });
const gateway = (...servers: Record<string, unknown>[]): unknown =>
  object("Gateway", {
    selector: { istio: "ingressgateway" },
    servers: servers.map((server) => ({
      port: { number: 80, name: "http", protocol: "HTTP" },
      hosts: ["users.example.com"],
      ...server,
    })),
  });
const to = (host: string, more: Record<string, unknown> = {}): unknown => ({ destination: { host }, ...more });
const policy = (trafficPolicy: unknown): unknown => rule({ trafficPolicy });

/** The ids of the rules that found something, each once. */
function found(...manifests: unknown[]): string[] {
  const { manifests: read } = readManifests(stream(...manifests), "test.yaml");
  return [...new Set(runRules(istioRules, { manifests: read }).map((finding) => finding.rule))].sort();
}

/** For each rule: what it finds, and the nearest thing that it does not. */
const cases: [rule: string, wrong: unknown[], right: unknown[]][] = [
  ["istio-spec", [object("ServiceEntry", undefined)], [entry({})]],
  ["istio-export-to", [entry({ exportTo: ["a", "a"] })], [entry({ exportTo: ["a", "."] })]],
  ["istio-export-to", [service({ exportTo: ["~"] })], [entry({ exportTo: ["~"] })]],
  ["istio-export-to", [entry({ exportTo: ["*", "a"] })], [entry({ exportTo: ["*"] })]],
  ["istio-service-entry-hosts", [object("ServiceEntry", {})], [entry({})]],
  ["istio-service-entry-wildcard", [entry({ hosts: ["*"] })], [entry({ hosts: ["*.example.com"] })]],
  ["istio-service-entry-host-name", [entry({ hosts: ["a_b.example.com"] })], [entry({ hosts: ["a-b.example.com"] })]],
  [
    "istio-selector-wildcard",
    [entry({ workloadSelector: { labels: { app: "*" } } })],
    [entry({ workloadSelector: { labels: { app: "a" } } })],
  ],
  [
    "istio-service-entry-selector-and-endpoints",
    [entry({ workloadSelector: {}, endpoints: [{ address: "192.0.2.1" }], resolution: "STATIC" })],
    [entry({ endpoints: [{ address: "192.0.2.1" }], resolution: "STATIC" })],
  ],
  [
    "istio-service-entry-address",
    [entry({ addresses: ["192.0.2.1/99"] })],
    [entry({ addresses: ["192.0.2.1", "2001:db8::/32"] })],
  ],
  [
    "istio-service-entry-cidr",
    [entry({ addresses: ["192.0.2.0/24"], resolution: "DNS" })],
    [entry({ addresses: ["192.0.2.0/24"], resolution: "NONE" })],
  ],
  [
    "istio-service-entry-port-name",
    [
      entry({
        ports: [
          { name: "a", number: 1, protocol: "HTTP" },
          { name: "a", number: 2, protocol: "HTTP" },
        ],
      }),
    ],
    [
      entry({
        ports: [
          { name: "a", number: 1, protocol: "HTTP" },
          { name: "b", number: 2, protocol: "HTTP" },
        ],
      }),
    ],
  ],
  [
    "istio-service-entry-port-name",
    [entry({ ports: [{ name: "a b", number: 1, protocol: "HTTP" }] })],
    [entry({ ports: [{ name: "a-b", number: 1, protocol: "HTTP" }] })],
  ],
  [
    "istio-service-entry-port-number",
    [
      entry({
        ports: [
          { name: "a", number: 1, protocol: "HTTP" },
          { name: "b", number: 1, protocol: "HTTP" },
        ],
      }),
    ],
    [
      entry({
        ports: [
          { name: "a", number: 1, protocol: "HTTP" },
          { name: "b", number: 2, protocol: "HTTP" },
        ],
      }),
    ],
  ],
  [
    "istio-service-entry-port-range",
    [entry({ ports: [{ name: "a", number: 65_536, protocol: "HTTP" }] })],
    [entry({ ports: [{ name: "a", number: 65_535, protocol: "HTTP" }] })],
  ],
  [
    "istio-service-entry-port-range",
    [entry({ ports: [{ name: "a", number: 1, targetPort: 0, protocol: "HTTP" }] })],
    [entry({ ports: [{ name: "a", number: 1, targetPort: 1, protocol: "HTTP" }] })],
  ],
  [
    "istio-service-entry-protocol",
    [entry({ ports: [{ name: "a", number: 1, protocol: "QUIC" }] })],
    [entry({ ports: [{ name: "a", number: 1, protocol: "grpc" }] })],
  ],
  ["istio-service-entry-resolution", [entry({ resolution: "MAGIC" })], [entry({ resolution: "DNS" })]],
  [
    "istio-service-entry-none-endpoints",
    [entry({ endpoints: [{ address: "192.0.2.1" }] })],
    [entry({ endpoints: [{ address: "192.0.2.1" }], resolution: "STATIC" })],
  ],
  [
    "istio-service-entry-round-robin",
    [entry({ endpoints: [{ address: "a.example.com" }, { address: "b.example.com" }], resolution: "DNS_ROUND_ROBIN" })],
    [entry({ endpoints: [{ address: "a.example.com" }], resolution: "DNS_ROUND_ROBIN" })],
  ],
  [
    "istio-service-entry-dns-hosts",
    [entry({ hosts: ["*.example.com"], resolution: "DNS" })],
    [entry({ hosts: ["*.example.com"], resolution: "NONE" })],
  ],
  [
    "istio-service-entry-endpoint",
    [entry({ endpoints: [{ address: "a.example.com" }], resolution: "STATIC" })],
    [entry({ endpoints: [{ address: "a.example.com" }], resolution: "DNS" })],
  ],
  [
    "istio-service-entry-endpoint",
    [entry({ endpoints: [{ address: "a.example.com", ports: { http: 80 } }], resolution: "DNS" })],
    [
      entry({
        endpoints: [{ address: "a.example.com", ports: { http: 80 } }],
        ports: [{ name: "http", number: 8080, protocol: "HTTP" }],
        resolution: "DNS",
      }),
    ],
  ],
  [
    "istio-service-entry-tcp-hosts",
    [
      entry({
        hosts: ["a.example.com", "b.example.com"],
        addresses: ["192.0.2.1"],
        ports: [{ name: "a", number: 1, protocol: "TCP" }],
        resolution: "DNS",
      }),
    ],
    [
      entry({
        hosts: ["a.example.com", "b.example.com"],
        addresses: ["192.0.2.1"],
        ports: [{ name: "a", number: 1, protocol: "TLS" }],
        resolution: "DNS",
      }),
    ],
  ],
  [
    "istio-service-entry-addresses-required",
    [entry({ ports: [{ name: "a", number: 22, protocol: "tcp" }] })],
    [entry({ addresses: ["192.0.2.1"], ports: [{ name: "a", number: 22, protocol: "tcp" }] })],
  ],
  [
    "istio-virtual-service-delegate",
    [service({ hosts: undefined, gateways: ["edge"] })],
    [service({ hosts: undefined })],
  ],
  ["istio-virtual-service-hosts", [service({ hosts: ["*"] })], [service({ hosts: ["*"], gateways: ["edge"] })]],
  [
    "istio-virtual-service-hosts",
    [service({ hosts: ["*.example.com", "a.example.com"] })],
    [service({ hosts: ["*.example.com", "a.example.org"] })],
  ],
  ["istio-virtual-service-hosts", [service({ hosts: ["a_b"] })], [service({ hosts: ["192.0.2.1"] })]],
  ["istio-virtual-service-routes", [service({ http: undefined })], [service({})]],
  ["istio-virtual-service-routes", [service({ http: [null] })], [service({})]],
  ["istio-gateway-reference", [service({ gateways: ["a b"] })], [service({ gateways: ["istio-system/edge", "mesh"] })]],
  [
    "istio-gateway-reference",
    [http({ match: [{ gateways: ["a/b/c"] }] })],
    [http({ match: [{ gateways: ["mesh"] }] })],
  ],
  [
    "istio-tls-route",
    [
      service({
        http: undefined,
        tls: [{ match: [{ port: 443, sniHosts: ["a.example.com"] }], route: [to("users")] }],
      }),
    ],
    [
      service({
        hosts: ["*.example.com"],
        http: undefined,
        tls: [{ match: [{ port: 443, sniHosts: ["a.example.com"] }], route: [to("users")] }],
      }),
    ],
  ],
  [
    "istio-tls-route",
    [service({ http: undefined, tcp: [{ match: [{ port: 1 }] }] })],
    [service({ http: undefined, tcp: [{ match: [{ port: 1 }], route: [to("users")] }] })],
  ],
  ["istio-http-action", [http({ redirect: { uri: "/a" } })], [http({ route: undefined, redirect: { uri: "/a" } })]],
  [
    "istio-http-action",
    [http({ directResponse: { status: 503 } })],
    [http({ route: undefined, directResponse: { status: 503 } })],
  ],
  ["istio-http-action", [http({ route: undefined })], [http({})]],
  ["istio-http-action", [http({ delegate: { name: "a" } })], [http({ route: undefined, delegate: { name: "a" } })]],
  [
    "istio-http-action",
    [service({ hosts: undefined, http: [{ delegate: { name: "a" } }] })],
    [service({ http: [{ delegate: { name: "a" } }] })],
  ],
  [
    "istio-http-action",
    [http({ route: undefined, redirect: { uri: "/a" }, fault: { abort: { httpStatus: 500 } } })],
    [http({ fault: { abort: { httpStatus: 500 } } })],
  ],
  [
    "istio-http-match",
    [http({ match: [{ headers: { region: null } }] })],
    [http({ match: [{ headers: { region: {} } }] })],
  ],
  [
    "istio-http-match",
    [http({ match: [{ headers: { "a b": { exact: "c" } } }] })],
    [http({ match: [{ headers: { "a-b": { exact: "c" } } }] })],
  ],
  ["istio-http-match", [http({ match: [{ method: { prefix: "" } }] })], [http({ match: [{ uri: { prefix: "" } }] })]],
  ["istio-http-match", [http({ match: [{ port: 0 }] })], [http({ match: [{ port: 80 }] })]],
  [
    "istio-http-match",
    [http({ match: [{ sourceNamespace: "a.b" }] })],
    [http({ match: [{ sourceNamespace: "a-b" }] })],
  ],
  ["istio-http-regex", [http({ match: [{ uri: { regex: "(?=a)" } }] })], [http({ match: [{ uri: { regex: "a+" } }] })]],
  [
    "istio-http-regex",
    [http({ match: [{ headers: { a: { regex: "a".repeat(1025) } } }] })],
    [http({ match: [{ headers: { a: { regex: "a".repeat(1024) } } }] })],
  ],
  [
    "istio-http-regex",
    [http({ match: [{ headers: { a: { regex: "*" } } }] })],
    [http({ match: [{ withoutHeaders: { a: { regex: "*" } } }] })],
  ],
  [
    "istio-http-authority",
    [http({ rewrite: { authority: "a" }, headers: { request: { set: { Host: "b" } } } })],
    [http({ rewrite: { authority: "a" }, headers: { request: { set: { "x-host": "b" } } } })],
  ],
  [
    "istio-http-header-operation",
    [http({ headers: { response: { set: { host: "a" } } } })],
    [http({ headers: { request: { set: { host: "a" } } } })],
  ],
  [
    "istio-http-header-operation",
    [http({ headers: { request: { remove: [":path"] } } })],
    [http({ headers: { request: { remove: ["x-a"] } } })],
  ],
  [
    "istio-http-mirror",
    [http({ mirror: { host: "users" }, mirrorPercentage: { value: 101 } })],
    [http({ mirror: { host: "users" }, mirrorPercentage: { value: 100 } })],
  ],
  [
    "istio-http-mirror",
    [http({ mirror: { host: "users" }, mirrors: [{ destination: { host: "users" } }] })],
    [http({ mirrors: [{ destination: { host: "users" } }] })],
  ],
  [
    "istio-http-fault",
    [http({ fault: {} })],
    [http({ fault: { delay: { fixedDelay: "1s", percentage: { value: 0.1 } } } })],
  ],
  [
    "istio-http-fault",
    [http({ fault: { abort: { httpStatus: 99 } } })],
    [http({ fault: { abort: { httpStatus: 503 } } })],
  ],
  [
    "istio-http-fault",
    [http({ fault: { abort: { httpStatus: 503, percentage: { value: 0.000_01 } } } })],
    [http({ fault: { abort: { httpStatus: 503, percentage: { value: 0 } } } })],
  ],
  [
    "istio-http-retries",
    [http({ retries: { attempts: 0, retryOn: "5xx" } })],
    [http({ retries: { attempts: 2, retryOn: "5xx,503,reset" } })],
  ],
  [
    "istio-http-retries",
    [http({ retries: { attempts: 2, retryOn: "bad-luck" } })],
    [http({ retries: { attempts: 0 } })],
  ],
  ["istio-http-rewrite", [http({ rewrite: {} })], [http({ rewrite: { uri: "/" } })]],
  [
    "istio-http-rewrite",
    [http({ route: undefined, redirect: { uri: "/", redirectCode: 200 } })],
    [http({ route: undefined, redirect: { uri: "/", redirectCode: 308 } })],
  ],
  ["istio-duration", [http({ timeout: "0.5ms" })], [http({ timeout: "1.5s" })]],
  ["istio-duration", [http({ timeout: "soon" })], [http({ timeout: "1h30m" })]],
  ["istio-route-destination", [service({ http: [{ route: [{ weight: 1 }] }] })], [service({})]],
  [
    "istio-route-destination",
    [service({ http: [{ route: [to("*")] }] })],
    [service({ http: [{ route: [to("users")] }] })],
  ],
  [
    "istio-route-destination",
    [service({ http: [{ route: [{ destination: { host: "users", port: { number: 0 } } }] }] })],
    [service({ http: [{ route: [{ destination: { host: "users", port: { number: 80 } } }] }] })],
  ],
  [
    "istio-route-weight",
    [service({ http: [{ route: [to("a", { weight: -1 })] }] })],
    [service({ http: [{ route: [to("a", { weight: 0 })] }] })],
  ],
  [
    "istio-route-weight",
    [service({ http: [{ route: [to("a", { weight: 0 }), to("b")] }] })],
    [service({ http: [{ route: [to("a", { weight: 0 }), to("b", { weight: 300 })] }] })],
  ],
  ["istio-route-unreachable", [http({}, {})], [http({ match: [{ uri: { prefix: "/a" } }] }, {})]],
  [
    "istio-route-unreachable",
    [http({ match: [{ uri: { prefix: "/a" } }] }, { match: [{ name: "again", uri: { prefix: "/a" } }] })],
    [http({ match: [{ uri: { prefix: "/a" } }] }, { match: [{ uri: { prefix: "/b" } }] })],
  ],
  [
    "istio-match-ineffective",
    [http({ match: [{ uri: { prefix: "/a" } }] }, { match: [{ uri: { prefix: "/ab" } }, { uri: { exact: "/c" } }] })],
    [http({ match: [{ uri: { prefix: "/ab" } }] }, { match: [{ uri: { prefix: "/a" } }] })],
  ],
  [
    "istio-match-ineffective",
    [http({ match: [{ headers: { a: {} } }] }, { match: [{ headers: { a: { exact: "b" } } }] })],
    [http({ match: [{ headers: { a: { exact: "b" } } }] }, { match: [{ headers: { a: {} } }] })],
  ],
  [
    "istio-match-ineffective",
    [http({ match: [{ uri: { regex: "/v[0-9]" } }] }, { match: [{ uri: { exact: "/v1" } }] })],
    [http({ match: [{ uri: { regex: "/v[0-9]" } }] }, { match: [{ uri: { exact: "/v10" } }] })],
  ],
  [
    "istio-match-ineffective",
    [
      service({
        http: undefined,
        tcp: [
          { match: [{ port: 1 }], route: [to("a")] },
          { match: [{ port: 1 }, { port: 2 }], route: [to("b")] },
        ],
      }),
    ],
    [
      service({
        http: undefined,
        tcp: [
          { match: [{ port: 1 }], route: [to("a")] },
          { match: [{ port: 2 }], route: [to("b")] },
        ],
      }),
    ],
  ],
  [
    "istio-subset-missing",
    [
      service({ http: [{ route: [{ destination: { host: "users", subset: "v2" } }] }] }),
      rule({ subsets: [{ name: "v1" }] }),
    ],
    [
      service({ http: [{ route: [{ destination: { host: "users.default.svc.cluster.local", subset: "v1" } }] }] }),
      rule({ subsets: [{ name: "v1" }] }),
    ],
  ],
  ["istio-subset-missing", [http({ mirror: { host: "users", subset: "v1" } })], [http({ mirror: { host: "users" } })]],
  [
    "istio-host-missing",
    [http({ route: [to("a.example.com")] })],
    [http({ route: [to("a.example.com")] }), entry({ hosts: ["*.example.com"] })],
  ],
  [
    "istio-port-missing",
    [
      http({ route: [to("example.com")] }),
      entry({
        ports: [
          { name: "a", number: 80, protocol: "HTTP" },
          { name: "b", number: 81, protocol: "HTTP" },
        ],
      }),
    ],
    [http({ route: [to("example.com")] }), entry({ ports: [{ name: "a", number: 80, protocol: "HTTP" }] })],
  ],
  [
    "istio-host-conflict",
    [service({}, "a"), service({}, "b")],
    [service({}, "a"), service({ gateways: ["edge"] }, "b")],
  ],
  [
    "istio-host-conflict",
    [service({}, "a"), service({ hosts: ["users.default.svc.cluster.local"] }, "b")],
    [service({}, "a"), service({ hosts: ["orders"] }, "b")],
  ],
  [
    "istio-protocol-conflict",
    [
      entry({ ports: [{ name: "a", number: 80, protocol: "HTTP" }] }, "a"),
      entry({ ports: [{ name: "a", number: 80, protocol: "HTTPS" }] }, "b"),
    ],
    [
      entry({ ports: [{ name: "a", number: 80, protocol: "HTTP" }] }, "a"),
      entry({ ports: [{ name: "b", number: 80, protocol: "http" }] }, "b"),
    ],
  ],
  ["istio-destination-rule-host", [rule({ host: "" })], [rule({ host: "*.example.com" })]],
  [
    "istio-destination-rule-subsets",
    [rule({ subsets: [{ name: "v1" }, { name: "v1" }] })],
    [rule({ subsets: [{ name: "v1" }, { name: "v2" }] })],
  ],
  [
    "istio-outlier-detection",
    [policy({ outlierDetection: { maxEjectionPercent: 101 } })],
    [policy({ outlierDetection: { maxEjectionPercent: 100, interval: "1s" } })],
  ],
  [
    "istio-outlier-detection",
    [policy({ outlierDetection: { consecutiveLocalOriginFailures: 3 } })],
    [policy({ outlierDetection: { consecutiveLocalOriginFailures: 3, splitExternalLocalOriginErrors: true } })],
  ],
  [
    "istio-locality",
    [policy({ loadBalancer: { localityLbSetting: { failover: [{ from: "a", to: "a" }] } }, outlierDetection: {} })],
    [policy({ loadBalancer: { localityLbSetting: { failover: [{ from: "a", to: "b" }] } }, outlierDetection: {} })],
  ],
  [
    "istio-locality",
    [policy({ loadBalancer: { localityLbSetting: { failoverPriority: ["a"] } } })],
    [policy({ loadBalancer: { localityLbSetting: { distribute: [{ from: "a/*", to: { "a/*": 80, "b/*": 20 } }] } } })],
  ],
  [
    "istio-client-tls",
    [policy({ tls: { mode: "MUTUAL" } })],
    [policy({ tls: { mode: "MUTUAL", credentialName: "a" } })],
  ],
  [
    "istio-client-tls",
    [policy({ tls: { mode: "SIMPLE", credentialName: "a", caCertificates: "/b" } })],
    [policy({ tls: { mode: "SIMPLE", caCertificates: "/b" } })],
  ],
  ["istio-gateway-servers", [gateway()], [gateway({})]],
  ["istio-gateway-servers", [gateway({ hosts: ["users"] })], [gateway({ hosts: ["shop/*.example.com", "*"] })]],
  [
    "istio-gateway-servers",
    [gateway({}, {})],
    [gateway({}, { port: { number: 81, name: "http-2", protocol: "HTTP" } })],
  ],
  [
    "istio-gateway-tls",
    [gateway({ port: { number: 443, name: "https", protocol: "HTTPS" } })],
    [
      gateway({
        port: { number: 443, name: "https", protocol: "HTTPS" },
        tls: { mode: "SIMPLE", credentialName: "a" },
      }),
    ],
  ],
  [
    "istio-gateway-tls",
    [gateway({ tls: { mode: "SIMPLE", credentialName: "a" } })],
    [gateway({ tls: { httpsRedirect: true } })],
  ],
];

describe("Istio's rules", () => {
  it.each(cases)("%s", (id, wrong, right) => {
    expect(found(...wrong)).toContain(id);
    expect(found(...right)).not.toContain(id);
  });

  it("have a case each", () => {
    const tested = new Set(cases.map(([id]) => id));
    expect(istioRules.map((each) => each.id).filter((id) => !tested.has(id))).toEqual([]);
  });

  it("find nothing in a routing that is right", () => {
    const right = [
      entry({
        ports: [{ name: "https", number: 443, protocol: "HTTPS" }],
        location: "MESH_EXTERNAL",
        resolution: "DNS",
      }),
      http({ match: [{ headers: { region: { exact: "us" } } }], route: [to("example.com", { weight: 100 })] }, {}),
    ];
    expect(found(...right)).toEqual([]);
  });

  it("say file, line and path", () => {
    const text = [
      "apiVersion: networking.istio.io/v1",
      "kind: ServiceEntry",
      "metadata:",
      "  name: a",
      "spec:",
      "  hosts:",
      '    - "*"',
    ].join("\n");
    const { manifests } = readManifests(text, "a.yaml");
    const [finding] = runRules(istioRules, { manifests });
    expect(finding?.location).toEqual({ file: "a.yaml", line: 7, character: 7, path: "spec.hosts[0]" });
    expect(finding?.message).toBe("spec.hosts[0]: a host must not be the wildcard *");
  });

  it("survive what is not a manifest", () => {
    const { manifests, findings } = readManifests(
      "- 1\n---\nfoo\n---\nkind: ConfigMap\n---\nkind: List\nitems: [1]\n",
      "a.yaml",
    );
    expect(manifests).toEqual([]);
    expect(findings.map((finding) => finding.rule)).toEqual(Array(4).fill("istio-not-routing"));
    const wild = [
      "spec: 1",
      "spec: [1]",
      "spec: {hosts: 1, http: 2, ports: 3, endpoints: x, servers: 4, subsets: 5}",
      "spec: {http: [1, {route: 2}, {route: [3], match: [4]}]}",
    ];
    for (const kind of ["ServiceEntry", "VirtualService", "DestinationRule", "Gateway"]) {
      for (const spec of wild) {
        const { manifests: read } = readManifests(
          `apiVersion: ${api}\nkind: ${kind}\nmetadata: {name: a}\n${spec}\n`,
          "a.yaml",
        );
        expect(runRules(istioRules, { manifests: read }).map((finding) => finding.rule)).not.toContain("rule-failed");
      }
    }
  });
});
