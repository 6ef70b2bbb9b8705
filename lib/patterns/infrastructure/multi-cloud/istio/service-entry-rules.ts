/**
 * The rules about ServiceEntries that Istio refuses or warns about. Facts from ValidateServiceEntry in istio/istio pkg/config/validation/validation.go
 * and from the constraints of the CRD (networking/v1alpha3/service_entry.proto).
 */
import type { Rule } from "../../../../core/rule";
import { asArray, asObject, asStrings, asText, formatValue, type Json, type ManifestSet } from "./manifest";
import { manifestRule } from "./manifest-rule";
import * as names from "./names";

const kinds = ["ServiceEntry"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";

function resolutionOf(spec: Json): string {
  return asText(spec["resolution"]) || "NONE";
}

function* ports(spec: Json): Generator<{ port: Json; index: number; name: string; protocol: string }> {
  for (const [index, item] of asArray(spec["ports"]).entries()) {
    const port = asObject(item);
    yield { port, index, name: asText(port["name"]), protocol: asText(port["protocol"]) };
  }
}

function* endpoints(spec: Json): Generator<{ endpoint: Json; index: number }> {
  for (const [index, item] of asArray(spec["endpoints"]).entries()) yield { endpoint: asObject(item), index };
}

/** Reports a ServiceEntry without a host. */
export const serviceEntryHosts = manifestRule({
  id: "istio-service-entry-hosts",
  title: "A ServiceEntry has no host",
  severity,
  why: `${refused}: the hosts are what it registers`,
  remedy: "list at least one DNS name in spec.hosts",
  kinds,
  *checkManifest(spec) {
    if (asArray(spec["hosts"]).length === 0) yield { path: ["spec", "hosts"], message: "required, but missing" };
  },
});

/** Reports the host `*`, and a partial wildcard, which is only a warning. */
export const serviceEntryWildcard = manifestRule({
  id: "istio-service-entry-wildcard",
  title: "A ServiceEntry has a wildcard host",
  severity,
  why: `${refused}: the host * would capture all traffic`,
  remedy: "name the hosts, or a wildcard below a domain such as *.example.com",
  kinds,
  *checkManifest(spec) {
    for (const [index, host] of asStrings(spec["hosts"]).entries()) {
      const path = ["spec", "hosts", index];
      if (host === "*") yield { path, message: "a host must not be the wildcard *" };
      else if (host.includes("*") && !host.startsWith("*.")) {
        yield { path, message: `the partial wildcard ${host} is deprecated`, severity: "warning" };
      }
    }
  },
});

/** Reports a host of a ServiceEntry that is not a DNS name. */
export const serviceEntryHostName = manifestRule({
  id: "istio-service-entry-host-name",
  title: "A host of a ServiceEntry is not a DNS name",
  severity,
  why: `${refused}: a host is looked up and compared as a DNS name (RFC 1123)`,
  remedy: "write a DNS name",
  kinds,
  *checkManifest(spec) {
    for (const [index, host] of asStrings(spec["hosts"]).entries()) {
      const fault = host === "*" ? undefined : names.wildcardDomainFault(host);
      if (fault !== undefined)
        yield { path: ["spec", "hosts", index], message: `${host} is not a host name: ${fault}` };
    }
  },
});

/** Reports a workload selector with a wildcard. */
export const serviceEntrySelectorWildcard = manifestRule({
  id: "istio-selector-wildcard",
  title: "A workload selector has a wildcard",
  severity,
  why: `${refused}: labels are compared literally`,
  remedy: "write the label's value, or leave the label out",
  kinds,
  *checkManifest(spec) {
    for (const [key, value] of Object.entries(asObject(asObject(spec["workloadSelector"])["labels"]))) {
      const path = ["spec", "workloadSelector", "labels", key];
      if (key === "") yield { path, message: "a label's key must not be empty" };
      if (key.includes("*") || asText(value).includes("*")) {
        yield { path, message: "a wildcard is not supported in a selector" };
      }
    }
  },
});

/** Reports a ServiceEntry with both a selector and endpoints. */
export const serviceEntrySelectorOrEndpoints = manifestRule({
  id: "istio-service-entry-selector-and-endpoints",
  title: "A ServiceEntry has both a selector and endpoints",
  severity,
  why: `${refused}: endpoints are either listed or selected`,
  remedy: "keep one of workloadSelector and endpoints",
  kinds,
  *checkManifest(spec) {
    if (spec["workloadSelector"] !== undefined && spec["endpoints"] !== undefined) {
      yield { path: ["spec", "endpoints"], message: "set beside workloadSelector, and only one of the two may be" };
    }
  },
});

/** Reports an address of a ServiceEntry that is neither an IP address nor a CIDR block. */
export const serviceEntryAddress = manifestRule({
  id: "istio-service-entry-address",
  title: "An address of a ServiceEntry is invalid",
  severity,
  why: `${refused}: addresses are IP addresses or CIDR blocks`,
  remedy: "write an IP address or a CIDR block",
  kinds,
  *checkManifest(spec) {
    for (const [index, address] of asStrings(spec["addresses"]).entries()) {
      if (!names.isSubnet(address)) {
        yield { path: ["spec", "addresses", index], message: `${address} is neither an address nor a CIDR block` };
      }
    }
  },
});

/** Reports a CIDR block beside a resolution that does not allow one. */
export const serviceEntryCidr = manifestRule({
  id: "istio-service-entry-cidr",
  title: "The resolution does not allow a CIDR block",
  severity,
  why: `${refused}: a CIDR block is allowed only for the resolutions NONE and STATIC`,
  remedy: "write single addresses, or change the resolution to NONE or STATIC",
  kinds,
  *checkManifest(spec) {
    const resolution = resolutionOf(spec);
    const index = asStrings(spec["addresses"]).findIndex((address) => address.includes("/"));
    if (index >= 0 && resolution !== "NONE" && resolution !== "STATIC") {
      yield { path: ["spec", "addresses", index], message: `a CIDR block, and the resolution is ${resolution}` };
    }
  },
});

/** Reports a port whose name is missing or used twice. */
export const serviceEntryPortName = manifestRule({
  id: "istio-service-entry-port-name",
  title: "A port's name is missing or used twice",
  severity,
  why: `${refused}: endpoints and policies refer to ports by name`,
  remedy: "give every port a name of its own",
  kinds,
  *checkManifest(spec) {
    const seen = new Set<string>();
    for (const { index, name } of ports(spec)) {
      const path = ["spec", "ports", index, "name"];
      if (!names.isDnsLabel(name)) yield { path, message: `"${name}" is not a DNS label` };
      else if (seen.has(name)) yield { path, message: `the name ${name} is a duplicate` };
      seen.add(name);
    }
  },
});

/** Reports a port's number that is used twice. */
export const serviceEntryPortNumber = manifestRule({
  id: "istio-service-entry-port-number",
  title: "A port's number is used twice",
  severity,
  why: `${refused}: one listener cannot be two ports`,
  remedy: "keep one port for each number",
  kinds,
  *checkManifest(spec) {
    const seen = new Set<unknown>();
    for (const { port, index } of ports(spec)) {
      const number = port["number"];
      if (typeof number === "number" && seen.has(number)) {
        yield { path: ["spec", "ports", index, "number"], message: `the port number ${number} is a duplicate` };
      }
      seen.add(number);
    }
  },
});

/** Reports a port that is out of range. */
export const serviceEntryPortRange = manifestRule({
  id: "istio-service-entry-port-range",
  title: "A port is out of range",
  severity,
  why: `${refused}: ports are 1 to 65535`,
  remedy: "write a number from 1 to 65535",
  kinds,
  *checkManifest(spec) {
    for (const { port, index } of ports(spec)) {
      for (const field of ["number", "targetPort"]) {
        const value = port[field];
        if ((field === "targetPort" && value === undefined) || names.isPort(value)) continue;
        yield { path: ["spec", "ports", index, field], message: `${formatValue(value)} is not from 1 to 65535` };
      }
    }
  },
});

/** Reports a port with a protocol that Istio does not know. */
export const serviceEntryProtocol = manifestRule({
  id: "istio-service-entry-protocol",
  title: "A port has a protocol that Istio does not know",
  severity,
  why: `${refused}: the protocol decides which filters Envoy sets up`,
  remedy: "write HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS or MYSQL",
  kinds,
  *checkManifest(spec) {
    for (const { index, protocol } of ports(spec)) {
      if (names.isProtocol(protocol)) continue;
      yield { path: ["spec", "ports", index, "protocol"], message: `${protocol} is not supported` };
    }
  },
});

/** Reports a resolution that is not one of Istio's. */
export const serviceEntryResolution = manifestRule({
  id: "istio-service-entry-resolution",
  title: "The resolution is not one of Istio's",
  severity,
  why: "the CRD's schema refuses it",
  remedy: "write NONE, STATIC, DNS, DNS_ROUND_ROBIN or DYNAMIC_DNS",
  kinds,
  *checkManifest(spec) {
    const resolution = resolutionOf(spec);
    if (["NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"].includes(resolution)) return;
    yield { path: ["spec", "resolution"], message: `${resolution} is not a resolution` };
  },
});

/** Reports endpoints beside the resolution NONE. */
export const serviceEntryNoneEndpoints = manifestRule({
  id: "istio-service-entry-none-endpoints",
  title: "The resolution NONE does not allow endpoints",
  severity,
  why: `${refused}: NONE sends a request to the address that the caller asked for, so endpoints cannot be set`,
  remedy: "remove the endpoints, or choose STATIC or DNS",
  kinds,
  *checkManifest(spec) {
    if (resolutionOf(spec) === "NONE" && asArray(spec["endpoints"]).length > 0) {
      yield { path: ["spec", "endpoints"], message: "set, and the resolution is NONE" };
    }
  },
});

/** Reports several endpoints beside the resolution DNS_ROUND_ROBIN. */
export const serviceEntryRoundRobin = manifestRule({
  id: "istio-service-entry-round-robin",
  title: "The resolution DNS_ROUND_ROBIN allows only one endpoint",
  severity,
  why: `${refused}: DNS_ROUND_ROBIN cannot have more than one endpoint`,
  remedy: "keep one endpoint, or choose the resolution DNS",
  kinds,
  *checkManifest(spec) {
    const count = asArray(spec["endpoints"]).length;
    if (resolutionOf(spec) === "DNS_ROUND_ROBIN" && count > 1) {
      yield { path: ["spec", "endpoints"], message: `${count} endpoints, and the resolution is DNS_ROUND_ROBIN` };
    }
  },
});

/** Reports a host that DNS cannot look up. */
export const serviceEntryDnsHosts = manifestRule({
  id: "istio-service-entry-dns-hosts",
  title: "A host cannot be looked up in DNS",
  severity,
  why: `${refused}: with DNS and no endpoints the hosts themselves are looked up, so they must be fully qualified`,
  remedy: "write full names, or list endpoints",
  kinds,
  *checkManifest(spec) {
    if (!resolutionOf(spec).startsWith("DNS") || asArray(spec["endpoints"]).length > 0) return;
    for (const [index, host] of asStrings(spec["hosts"]).entries()) {
      const fault = names.domainFault(host);
      if (fault !== undefined) {
        yield { path: ["spec", "hosts", index], message: `${host} cannot be looked up: ${fault}` };
      }
    }
  },
});

/** Reports an endpoint that does not fit the resolution. */
export const serviceEntryEndpoint = manifestRule({
  id: "istio-service-entry-endpoint",
  title: "An endpoint does not fit the resolution",
  severity,
  why: `${refused}: STATIC takes IP addresses and unix sockets, DNS takes IP addresses and DNS names`,
  remedy: "correct the address, or change the resolution",
  kinds,
  *checkManifest(spec) {
    const resolution = resolutionOf(spec);
    if (resolution === "NONE") return;
    const portNames = new Set([...ports(spec)].map((port) => port.name));
    for (const { endpoint, index } of endpoints(spec)) {
      const address = asText(endpoint["address"]);
      const path = ["spec", "endpoints", index, "address"];
      const unix = resolution === "STATIC" && address.startsWith("unix://");
      if (address === "" && endpoint["network"] === undefined) yield { path, message: "an address is required" };
      else if (resolution === "STATIC" && !unix && address !== "" && !names.isAddress(address)) {
        yield { path, message: `${address} is not an IP address, and the resolution is STATIC` };
      } else if (resolution !== "STATIC" && !names.isAddress(address) && names.domainFault(address) !== undefined) {
        yield { path, message: `${address} is neither an IP address nor a DNS name` };
      }
      for (const [name, number] of Object.entries(asObject(endpoint["ports"]))) {
        const at = ["spec", "endpoints", index, "ports", name];
        if (unix) yield { path: at, message: "a unix socket has no ports" };
        else if (!portNames.has(name)) yield { path: at, message: `no port of the ServiceEntry is called ${name}` };
        else if (!names.isPort(number)) yield { path: at, message: `${formatValue(number)} is not from 1 to 65535` };
      }
    }
  },
});

/** Reports several hosts that share a port of plain TCP. */
export const serviceEntryTcpHosts = manifestRule({
  id: "istio-service-entry-tcp-hosts",
  title: "Several hosts share a port of plain TCP",
  severity,
  why: `${refused}: plain TCP has neither an authority nor a server name by which hosts could be told apart`,
  remedy: "make one ServiceEntry for each host, or use HTTP or TLS",
  kinds,
  *checkManifest(spec) {
    const count = asArray(spec["hosts"]).length;
    if (count < 2 || resolutionOf(spec) === "NONE") return;
    for (const { index, protocol } of ports(spec)) {
      if (names.isHttp(protocol) || names.isTls(protocol)) continue;
      const message = `${count} hosts, and ${protocol === "" ? "no protocol" : protocol} is neither HTTP nor TLS`;
      yield { path: ["spec", "ports", index, "protocol"], message };
      return;
    }
  },
});

/** Reports a TCP port of a ServiceEntry without addresses. */
export const serviceEntryAddressesRequired = manifestRule({
  id: "istio-service-entry-addresses-required",
  title: "A ServiceEntry with a TCP port has no addresses",
  severity: "warning",
  why: "traffic of plain TCP is told apart by its address alone; without one, and without automatic allocation of addresses, the port captures that of other services (Istio analyser message ServiceEntryAddressesRequired)",
  remedy: "list addresses, or set the protocol to one that names its host",
  kinds,
  *checkManifest(spec) {
    if (spec["addresses"] !== undefined) return;
    for (const { index, protocol } of ports(spec)) {
      if (protocol !== "" && protocol.toUpperCase() !== "TCP") continue;
      const what = protocol === "" ? "no protocol, which is taken for TCP" : protocol;
      yield { path: ["spec", "ports", index, "protocol"], message: `${what}, and the ServiceEntry has no addresses` };
    }
  },
});

/** All rules about ServiceEntries. */
export const serviceEntryRules: readonly Rule<ManifestSet>[] = [
  serviceEntryHosts,
  serviceEntryWildcard,
  serviceEntryHostName,
  serviceEntrySelectorWildcard,
  serviceEntrySelectorOrEndpoints,
  serviceEntryAddress,
  serviceEntryCidr,
  serviceEntryPortName,
  serviceEntryPortNumber,
  serviceEntryPortRange,
  serviceEntryProtocol,
  serviceEntryResolution,
  serviceEntryNoneEndpoints,
  serviceEntryRoundRobin,
  serviceEntryDnsHosts,
  serviceEntryEndpoint,
  serviceEntryTcpHosts,
  serviceEntryAddressesRequired,
];
