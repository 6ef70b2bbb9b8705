/**
 * The rules about Gateways that Istio refuses. Facts from ValidateGateway in istio/istio
 * pkg/config/validation/validation.go.
 */
import type { Rule } from "../../../../core/rule";
import { asArray, asObject, asStrings, asText, formatValue, type ManifestSet } from "./manifest";
import { manifestRule } from "./manifest-rule";
import * as names from "./names";

const kinds = ["Gateway"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";

/** Reports a Gateway's server without a valid host or port. */
export const gatewayServers = manifestRule({
  id: "istio-gateway-servers",
  title: "A Gateway's server lacks a host or a port",
  severity,
  why: `${refused}: a gateway has servers, each with full host names, a port with a name of its own and a known protocol`,
  remedy: "complete the server",
  kinds,
  *checkManifest(spec, manifest) {
    const servers = asArray(spec["servers"]);
    if (!names.isDnsLabel(manifest.metadata.name)) {
      yield { path: ["metadata", "name"], message: `${manifest.metadata.name} is not a DNS label` };
    }
    if (servers.length === 0) yield { path: ["spec", "servers"], message: "at least one server is required" };
    const seen = new Set<string>();
    for (const [index, item] of servers.entries()) {
      const server = asObject(item);
      const port = asObject(server["port"]);
      const path = ["spec", "servers", index];
      const name = asText(port["name"]);
      if (name === "") yield { path: [...path, "port", "name"], message: "a name is required" };
      else if (seen.has(name))
        yield { path: [...path, "port", "name"], message: `the port name ${name} is a duplicate` };
      seen.add(name);
      if (!names.isPort(port["number"])) {
        yield { path: [...path, "port", "number"], message: `${formatValue(port["number"])} is not from 1 to 65535` };
      }
      const protocol = asText(port["protocol"]);
      if (protocol === "" || !names.isProtocol(protocol)) {
        yield { path: [...path, "port", "protocol"], message: `"${protocol}" is not supported` };
      }
      const hosts = asStrings(server["hosts"]);
      if (hosts.length === 0) yield { path: [...path, "hosts"], message: "at least one host is required" };
      for (const [number, entry] of hosts.entries()) {
        const host = entry.includes("/") ? entry.slice(entry.indexOf("/") + 1) : entry;
        const at = [...path, "hosts", number];
        const fault = names.wildcardDomainFault(host);
        if (host !== "*" && !host.includes("."))
          yield { path: at, message: `${host} is a short name, and a full one is required` };
        else if (fault !== undefined && !names.isAddress(host))
          yield { path: at, message: `${host} is not a host: ${fault}` };
        else if (host.includes("*") && host !== "*" && !host.startsWith("*.")) {
          yield { path: at, message: `the partial wildcard ${host} is not allowed` };
        }
      }
    }
  },
});

/** Reports TLS settings of a Gateway that do not fit its protocol. */
export const gatewayTls = manifestRule({
  id: "istio-gateway-tls",
  title: "A Gateway's TLS does not fit its protocol",
  severity,
  why: `${refused}: HTTPS and TLS need TLS settings, others must have none but a redirect, and SIMPLE and MUTUAL need a certificate`,
  remedy: "set tls with a mode and a credentialName, or change the protocol",
  kinds,
  *checkManifest(spec) {
    for (const [index, item] of asArray(spec["servers"]).entries()) {
      const server = asObject(item);
      const protocol = asText(asObject(server["port"])["protocol"]);
      const path = ["spec", "servers", index, "tls"];
      const tls = asObject(server["tls"]);
      const mode = asText(tls["mode"]);
      if (names.isTls(protocol) && server["tls"] === undefined) {
        yield { path, message: `missing, and the protocol is ${protocol}` };
      }
      const redirectOnly =
        names.isHttp(protocol) && tls["httpsRedirect"] === true && (mode === "" || mode === "PASSTHROUGH");
      if (!names.isTls(protocol) && server["tls"] !== undefined && !redirectOnly) {
        yield { path, message: `set, and the protocol is ${protocol}` };
      }
      const certified = ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"].includes(mode);
      const files = tls["serverCertificate"] !== undefined && tls["privateKey"] !== undefined;
      if (certified && tls["credentialName"] === undefined && !files) {
        yield { path, message: `${mode} without credentialName, or serverCertificate and privateKey` };
      }
      if (mode === "ISTIO_MUTUAL" && (tls["credentialName"] !== undefined || files)) {
        yield { path, message: "ISTIO_MUTUAL has the mesh's own certificates, and others are set" };
      }
    }
  },
});

/** All rules about Gateways. */
export const gatewayRules: readonly Rule<ManifestSet>[] = [gatewayServers, gatewayTls];
