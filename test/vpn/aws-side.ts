/**
 * AWS's end of each tunnel, played by strongSwan and FRR: configured from an {@link AwsConnection} and nothing else. The
 * tables of keywords are the lab's own.
 */
import type { AwsConnection, AwsPhase, AwsTunnel } from "./aws-connection";

const ENCRYPTION: Readonly<Record<string, { keyword: string; listed: string; bits: string }>> = {
  AES128: { keyword: "aes128", listed: "AES_CBC", bits: "128" },
  AES256: { keyword: "aes256", listed: "AES_CBC", bits: "256" },
  "AES128-GCM-16": { keyword: "aes128gcm16", listed: "AES_GCM_16", bits: "128" },
  "AES256-GCM-16": { keyword: "aes256gcm16", listed: "AES_GCM_16", bits: "256" },
};

const INTEGRITY: Readonly<Record<string, { keyword: string; listed: string; prf: string }>> = {
  SHA1: { keyword: "sha1", listed: "HMAC_SHA1_96", prf: "PRF_HMAC_SHA1" },
  "SHA2-256": { keyword: "sha256", listed: "HMAC_SHA2_256_128", prf: "PRF_HMAC_SHA2_256" },
  "SHA2-384": { keyword: "sha384", listed: "HMAC_SHA2_384_192", prf: "PRF_HMAC_SHA2_384" },
  "SHA2-512": { keyword: "sha512", listed: "HMAC_SHA2_512_256", prf: "PRF_HMAC_SHA2_512" },
};

const DH_GROUP: Readonly<Record<number, { keyword: string; listed: string }>> = {
  2: { keyword: "modp1024", listed: "MODP_1024" },
  5: { keyword: "modp1536", listed: "MODP_1536" },
  14: { keyword: "modp2048", listed: "MODP_2048" },
  15: { keyword: "modp3072", listed: "MODP_3072" },
  16: { keyword: "modp4096", listed: "MODP_4096" },
  17: { keyword: "modp6144", listed: "MODP_6144" },
  18: { keyword: "modp8192", listed: "MODP_8192" },
  19: { keyword: "ecp256", listed: "ECP_256" },
  20: { keyword: "ecp384", listed: "ECP_384" },
  21: { keyword: "ecp521", listed: "ECP_521" },
  22: { keyword: "modp1024s160", listed: "MODP_1024_160" },
  23: { keyword: "modp2048s224", listed: "MODP_2048_224" },
  24: { keyword: "modp2048s256", listed: "MODP_2048_256" },
};

function known<Entry>(table: Readonly<Record<string | number, Entry>>, key: string | number): Entry {
  const entry = table[key];
  if (entry === undefined) throw new Error(`AWS offers no algorithm ${key}`);
  return entry;
}

/** Every combination that AWS accepts, each as a proposal of its own. */
function proposals(phase: AwsPhase, ike: boolean): string {
  return phase.encryption
    .flatMap((encryption) => {
      const aead = encryption.includes("GCM");
      const middles = aead && !ike ? [""] : phase.integrity.map((each) => known(INTEGRITY, each).keyword);
      return middles.flatMap((middle) =>
        phase.dhGroups.map((group) =>
          [known(ENCRYPTION, encryption).keyword, aead && ike ? `prf${middle}` : middle, known(DH_GROUP, group).keyword]
            .filter((part) => part !== "")
            .join("-"),
        ),
      );
    })
    .join(",");
}

/** The suites of a phase as `swanctl --list-sas --raw` would show them. */
export function acceptedSuites(phase: AwsPhase, ike: boolean): Set<string> {
  return new Set(
    phase.encryption.flatMap((encryption) => {
      const aead = encryption.includes("GCM");
      const { listed, bits } = known(ENCRYPTION, encryption);
      const integrities = aead && !ike ? [""] : phase.integrity;
      return integrities.flatMap((integrity) =>
        phase.dhGroups.map((group) =>
          [
            `${listed}-${bits}`,
            aead ? "" : known(INTEGRITY, integrity).listed,
            ike ? known(INTEGRITY, integrity).prf : "",
            known(DH_GROUP, group).listed,
          ]
            .filter((part) => part !== "")
            .join("/"),
        ),
      );
    }),
  );
}

/** swanctl.conf of AWS's end of one tunnel. */
export function awsSwanctl(connection: AwsConnection, tunnel: AwsTunnel, updown: string | undefined): string {
  const version = tunnel.ikeVersions.includes("ikev2") ? (tunnel.ikeVersions.includes("ikev1") ? 0 : 2) : 1;
  const starts = tunnel.startupAction === "start";
  return `connections { aws${tunnel.number} {
  version = ${version}
  local_addrs = ${tunnel.outsideAddress}
  remote_addrs = ${connection.customerAddress}
  proposals = ${proposals(tunnel.phase1, true)}
  mobike = no
  unique = never
  dpd_delay = 10s
  keyingtries = 0
  rekey_time = ${tunnel.phase1.lifetime - tunnel.rekeyMargin}s
  over_time = ${tunnel.rekeyMargin}s
  local { auth = psk
    id = ${tunnel.outsideAddress} }
  remote { auth = psk
    id = ${connection.customerAddress} }
  children { aws${tunnel.number} {
    local_ts = ${connection.selectors.aws}
    remote_ts = ${connection.selectors.onPremises}
    esp_proposals = ${proposals(tunnel.phase2, false)}
    rekey_time = ${tunnel.phase2.lifetime - tunnel.rekeyMargin}s
    life_time = ${tunnel.phase2.lifetime}s
    start_action = ${starts ? "start" : "none"}
    dpd_action = ${tunnel.dpdAction === "restart" ? "restart" : "clear"}
${updown === undefined ? "" : `    updown = ${updown}\n`}  } }
} }
secrets { ike${tunnel.number} {
  id-1 = ${tunnel.outsideAddress}
  id-2 = ${connection.customerAddress}
  secret = "${tunnel.preSharedKey}"
} }
`;
}

/** AWS's BGP speaker: advertises the VPCs, and accepts whatever the customer advertises. */
export function awsFrr(connection: AwsConnection): string {
  const peers = connection.tunnels.map(({ customerInside }) => customerInside);
  return `frr defaults traditional
router bgp ${connection.amazonAsn}
 no bgp ebgp-requires-policy
 no bgp network import-check
${peers.map((peer) => ` neighbor ${peer} remote-as ${connection.customerAsn}\n neighbor ${peer} timers 10 30\n neighbor ${peer} timers connect 5\n`).join("")} address-family ipv4 unicast
${connection.awsNetworks.map((network) => `  network ${network}\n`).join("")}  maximum-paths ${connection.ecmp ? 2 : 1}
`;
}

/** AWS's static routing: towards whichever tunnel is up, the first if both are. */
export function awsUpdown(connection: AwsConnection, tunnel: AwsTunnel, device: string): string {
  const routes = (verb: string): string =>
    connection.staticRoutes
      .map((route) => `ip route ${verb} ${route} dev ${device} metric ${100 + tunnel.number}`)
      .join("\n");
  return `#!/bin/sh
case "$PLUTO_VERB" in
up-client)
${routes("replace")}
;;
down-client)
${routes("del")}
;;
esac
exit 0
`;
}
