/** A connection whose keys and outside addresses are tokens, as in a stack. Each test says only what it is about. */
import { ref, Token } from "cdktf";
import type {
  DhGroup,
  EncryptionAlgorithm,
  IntegrityAlgorithm,
  VpnPhase,
  VpnSpec,
  VpnTunnelSpec,
} from "../../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";

/** A value that only Terraform will know. */
export function token(expression: string): string {
  return Token.asString(ref(expression));
}

export const key1 = token("aws_vpn_connection.vpn.tunnel1_preshared_key");
export const key2 = token("aws_vpn_connection.vpn.tunnel2_preshared_key");
export const outside1 = token("aws_vpn_connection.vpn.tunnel1_address");
export const outside2 = token("aws_vpn_connection.vpn.tunnel2_address");

export function phase(
  encryptionAlgorithms: readonly EncryptionAlgorithm[],
  integrityAlgorithms: readonly IntegrityAlgorithm[],
  dhGroups: readonly DhGroup[],
  lifetimeSeconds: number,
): VpnPhase {
  return { encryptionAlgorithms, integrityAlgorithms, dhGroups, lifetimeSeconds };
}

export const strongPhase1 = phase(["AES256-GCM-16"], ["SHA2-384"], [20], 28800);
export const strongPhase2 = phase(["AES256-GCM-16"], ["SHA2-384"], [20], 3600);

const common = {
  ikeVersions: ["ikev2"],
  phase1: strongPhase1,
  phase2: strongPhase2,
  rekeyMarginSeconds: 540,
  rekeyFuzzPercent: 100,
  replayWindowPackets: 1024,
  dpdTimeoutSeconds: 30,
  dpdTimeoutAction: "clear",
  startupAction: "add",
} as const;

/** The first tunnel, with the given differences. */
export function tunnel1(change: Partial<VpnTunnelSpec> = {}): VpnTunnelSpec {
  return {
    ...common,
    number: 1,
    outsideAddress: outside1,
    preSharedKey: key1,
    inside: { cidr: "169.254.10.0/30", aws: "169.254.10.1", customer: "169.254.10.2" },
    rank: 0,
    ...change,
  };
}

/** The second tunnel, with the given differences. */
export function tunnel2(change: Partial<VpnTunnelSpec> = {}): VpnTunnelSpec {
  return {
    ...common,
    number: 2,
    outsideAddress: outside2,
    preSharedKey: key2,
    inside: { cidr: "169.254.11.0/30", aws: "169.254.11.1", customer: "169.254.11.2" },
    rank: 1,
    ...change,
  };
}

/** A connection with static routing, with the given differences. */
export function connection(change: Partial<VpnSpec> = {}): VpnSpec {
  return {
    name: "berlin",
    customerGateway: { address: "198.51.100.10" },
    insideIpVersion: "ipv4",
    onPremisesNetworks: ["192.168.0.0/24", "192.168.10.0/23"],
    awsNetworks: ["10.0.0.0/16"],
    trafficSelectors: { onPremises: "0.0.0.0/0", aws: "0.0.0.0/0" },
    routing: { type: "static" },
    tunnels: [tunnel1(), tunnel2()],
    ...change,
  };
}

export const bgp = { type: "bgp", customerAsn: 65010, amazonAsn: 64512, holdTimeSeconds: 30 } as const;

/** The lines of the text between the line that holds `from` and the one that holds `to`, trimmed. */
export function linesBetween(text: string, from: string, to: string): string[] {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => line.includes(from));
  const end = lines.findIndex((line, index) => index > begin && line.includes(to));
  return lines.slice(begin, end === -1 ? undefined : end).map((line) => line.trim());
}

/** The code of the error that the action throws, and its message. */
export function refusal(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  throw new Error("nothing was refused");
}
