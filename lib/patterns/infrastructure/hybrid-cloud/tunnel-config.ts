/**
 * A tunnel as the arguments of `aws_vpn_connection`: the same options twice, prefixed `tunnel1` and `tunnel2`. All of them are
 * written, defaults included, so that a default that AWS changes has no effect.
 */
import type { VpnConnectionConfig } from "@cdktf/provider-aws/lib/vpn-connection";
import type { SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import type { ConnectionTunnel } from "./connection-tunnel";
import type { VpnLogs } from "./vpn-logs";

/** Returns the connection's arguments for one tunnel. */
export function tunnelConfig(
  tunnel: ConnectionTunnel,
  key: string | undefined,
  logs: VpnLogs | undefined,
): Partial<VpnConnectionConfig> {
  const { phase1, phase2 } = tunnel;
  const options: Record<string, unknown> = {
    InsideCidr: tunnel.insideCidr.toString(),
    IkeVersions: [...tunnel.ikeVersions],
    Phase1EncryptionAlgorithms: [...phase1.encryptionAlgorithms],
    Phase1IntegrityAlgorithms: [...phase1.integrityAlgorithms],
    Phase1DhGroupNumbers: [...phase1.dhGroups],
    Phase1LifetimeSeconds: phase1.lifetimeSeconds,
    Phase2EncryptionAlgorithms: [...phase2.encryptionAlgorithms],
    Phase2IntegrityAlgorithms: [...phase2.integrityAlgorithms],
    Phase2DhGroupNumbers: [...phase2.dhGroups],
    Phase2LifetimeSeconds: phase2.lifetimeSeconds,
    RekeyMarginTimeSeconds: tunnel.rekeyMarginSeconds,
    RekeyFuzzPercentage: tunnel.rekeyFuzzPercent,
    ReplayWindowSize: tunnel.replayWindowPackets,
    DpdTimeoutSeconds: tunnel.dpdTimeoutSeconds,
    DpdTimeoutAction: tunnel.dpdTimeoutAction,
    StartupAction: tunnel.startupAction,
  };
  if (tunnel.insideIpv6Cidr !== undefined) options["InsideIpv6Cidr"] = tunnel.insideIpv6Cidr.toString();
  if (tunnel.lifecycleControl) options["EnableTunnelLifecycleControl"] = true;
  if (key !== undefined) options["PresharedKey"] = key;
  if (logs !== undefined) {
    options["LogOptions"] = {
      cloudwatchLogOptions: { logEnabled: true, logGroupArn: logs.logGroupArn, logOutputFormat: logs.format },
    };
  }
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [`tunnel${tunnel.number}${name}`, value]));
}

/** Returns the options that only version 6 of the provider has, as paths and values for `addOverride`. */
export function providerSixOverrides(
  props: SiteToSiteVpnProps,
  vpnConcentratorId: string | undefined,
  logs: VpnLogs | undefined,
): [string, unknown][] {
  const overrides: [string, unknown][] = [];
  if (vpnConcentratorId !== undefined) overrides.push(["vpn_concentrator_id", vpnConcentratorId]);
  if (props.tunnelBandwidth !== undefined) overrides.push(["tunnel_bandwidth", props.tunnelBandwidth]);
  if (logs !== undefined && props.logs?.bgp === true) {
    for (const tunnel of ["tunnel1", "tunnel2"]) {
      const path = `${tunnel}_log_options.cloudwatch_log_options`;
      overrides.push(
        [`${path}.bgp_log_enabled`, true],
        [`${path}.bgp_log_group_arn`, logs.logGroupArn],
        [`${path}.bgp_log_output_format`, logs.format],
      );
    }
  }
  return overrides;
}
