/**
 * swanctl.conf, strongSwan's description of connections. The two facts that it rests on: a security association whose hard
 * lifetime is not preceded by a rekeying ends the tunnel, so every lifetime here has one; and a proposal without a
 * pseudorandom function is refused where the encryption is AEAD, so phase 1 always names it.
 *
 * Source: strongSwan's manual page swanctl.conf(5) and its page "Algorithm Proposals (Cipher Suites)".
 */
import type { DhGroup, EncryptionAlgorithm, IntegrityAlgorithm } from "../vpn-spec";
import type { CheckedSpec, KeyedTunnel } from "./check-spec";
import { deviceStarts, probeSeconds } from "./liveness";
import { suitesOf, type Suite, type SuiteCapability } from "./suites";

/** The name of strongSwan in messages. */
export const STRONGSWAN = "strongSwan";

const capability: SuiteCapability = {
  device: STRONGSWAN,
  encryption: new Map<EncryptionAlgorithm, string>([
    ["AES128", "aes128"],
    ["AES256", "aes256"],
    ["AES128-GCM-16", "aes128gcm16"],
    ["AES256-GCM-16", "aes256gcm16"],
  ]),
  integrity: new Map<IntegrityAlgorithm, string>([
    ["SHA1", "sha1"],
    ["SHA2-256", "sha256"],
    ["SHA2-384", "sha384"],
    ["SHA2-512", "sha512"],
  ]),
  dhGroups: new Map<DhGroup, string>([
    [2, "modp1024"],
    [5, "modp1536"],
    [14, "modp2048"],
    [15, "modp3072"],
    [16, "modp4096"],
    [17, "modp6144"],
    [18, "modp8192"],
    [19, "ecp256"],
    [20, "ecp384"],
    [21, "ecp521"],
    [22, "modp1024s160"],
    [23, "modp2048s224"],
    [24, "modp2048s256"],
  ]),
};

/** Options of {@link swanctlConf} that the other files of the device share. */
export interface SwanctlOptions {
  /** The address that the device itself has. A literal, a token, or `%any`. */
  readonly localAddress: string;
  /** Returns the number of a tunnel's XFRM interface. */
  readonly interfaceId: (tunnel: KeyedTunnel) => number;
  /**
   * The path of the script that runs when a tunnel goes up or down.
   * @default - none: BGP notices
   */
  readonly updown?: string;
}

/** Returns the name of a tunnel's connection and child: `berlin-t1`. */
export function tunnelName(spec: CheckedSpec, tunnel: KeyedTunnel): string {
  return `${spec.name}-t${tunnel.number}`;
}

/** Returns the text of swanctl.conf. */
export function swanctlConf(spec: CheckedSpec, options: SwanctlOptions): string {
  return `# The on-premises end of VPN connection ${spec.name}. Holds pre-shared keys.
# Install as /etc/swanctl/conf.d/${spec.name}.conf, owner root, mode 0600, then: swanctl --load-all

connections {
${spec.tunnels.map((tunnel) => connection(spec, tunnel, options)).join("\n")}}

secrets {
${spec.tunnels.map((tunnel) => secret(spec, tunnel)).join("\n")}}
`;
}

function connection(spec: CheckedSpec, tunnel: KeyedTunnel, options: SwanctlOptions): string {
  const { phase1, phase2, rekeyMarginSeconds: margin } = tunnel;
  const name = tunnelName(spec, tunnel);
  const ifId = options.interfaceId(tunnel);
  const starts = deviceStarts(tunnel);
  const ikeRekey = phase1.lifetimeSeconds - margin;
  const childRekey = phase2.lifetimeSeconds - margin;
  // AWS restarts by itself where it is told to; where it does not, nobody else would.
  const restarts = starts || tunnel.dpdTimeoutAction !== "restart";
  return `  ${name} {
    version = 2
    local_addrs = ${options.localAddress}
    remote_addrs = ${tunnel.outsideAddress}
    proposals = ${suitesOf(tunnel, "phase1", capability).map(ikeProposal).join(", ")}
    mobike = no
    # AWS advises against unique IKE identities: the second association would delete the first in the middle of a rekeying.
    unique = never
${spec.accelerated === true ? "    # Global Accelerator carries IPsec only inside UDP.\n    encap = yes\n" : ""}    keyingtries = 0
    dpd_delay = ${probeSeconds(tunnel)}s
    rekey_time = ${ikeRekey}s
    rand_time = ${jitter(tunnel, ikeRekey)}s
    over_time = ${margin}s
    local {
      auth = psk
      id = ${spec.customerGateway.address}
    }
    remote {
      auth = psk
      id = ${tunnel.outsideAddress}
    }
    children {
      ${name} {
        mode = tunnel
        local_ts = ${spec.trafficSelectors.onPremises}
        remote_ts = ${spec.trafficSelectors.aws}
        esp_proposals = ${suitesOf(tunnel, "phase2", capability).map(espProposal).join(", ")}
        rekey_time = ${childRekey}s
        rand_time = ${jitter(tunnel, childRekey)}s
        life_time = ${phase2.lifetimeSeconds}s
        replay_window = ${tunnel.replayWindowPackets}
        # AWS advises to clear the "don't fragment" flag of what is sent through the tunnel.
        copy_df = no
        if_id_in = ${ifId}
        if_id_out = ${ifId}
${starts ? "        # Start alone would give up after a refusal: the trap policy tries again with the next packet.\n" : ""}        start_action = ${starts ? "trap|start" : "none"}
        close_action = ${starts ? "start" : "none"}
        dpd_action = ${restarts ? "restart" : "clear"}
${options.updown === undefined ? "" : `        updown = ${options.updown}\n`}      }
    }
  }
`;
}

function secret(spec: CheckedSpec, tunnel: KeyedTunnel): string {
  return `  ike-${tunnelName(spec, tunnel)} {
    id-1 = ${spec.customerGateway.address}
    id-2 = ${tunnel.outsideAddress}
    secret = "${tunnel.preSharedKey}"
  }
`;
}

/** Returns AWS's random widening of the margin, and never so wide that a rekeying could begin at once. */
function jitter(tunnel: KeyedTunnel, rekeySeconds: number): number {
  const wanted = Math.floor((tunnel.rekeyMarginSeconds * tunnel.rekeyFuzzPercent) / 100);
  return Math.min(wanted, Math.floor(rekeySeconds / 2));
}

function ikeProposal({ aead, encryption, integrity, dhGroups }: Suite): string {
  // Without AEAD, strongSwan derives the pseudorandom functions from the integrity algorithms.
  const middle = aead ? integrity.map((each) => `prf${each}`) : integrity;
  return [...encryption, ...middle, ...dhGroups].join("-");
}

function espProposal({ aead, encryption, integrity, dhGroups }: Suite): string {
  return [...encryption, ...(aead ? [] : integrity), ...dhGroups].join("-");
}

/**
 * Returns the text of strongswan.conf for the daemon. IKEv2 has no DPD timeout of its own: a peer is dead when a request has been retransmitted
 * in vain, so the timeout is spread over the probe's delay and four attempts. One daemon has one such setting; the
 * connection's most impatient tunnel decides.
 */
export function strongswanConf(spec: CheckedSpec): string {
  const attempts = 4;
  const seconds = Math.min(...spec.tunnels.map((tunnel) => tunnel.dpdTimeoutSeconds - probeSeconds(tunnel)));
  return `# How soon strongSwan gives up a peer that does not answer, for VPN connection ${spec.name}.
# Install as /etc/strongswan.d/${spec.name}.conf, then: systemctl restart strongswan
charon-systemd {
  retransmit_base = 1.0
  retransmit_timeout = ${(seconds / attempts).toFixed(1)}
  retransmit_tries = ${attempts - 1}
}
`;
}
