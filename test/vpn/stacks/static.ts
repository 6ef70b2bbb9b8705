/** Static routing through a VPN gateway, with the suite that the library takes by default. */
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { strongSwan } from "../../../lib/patterns/infrastructure/hybrid-cloud/device/strongswan";
import type { VpnSpec, VpnTunnelSpec } from "../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";

function createApp(): App {
  const app = new App();
  const stack = new TerraformStack(app, "lab-static");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const vpnGateway = new VpnGateway(stack, "gateway", { vpcId: vpc.id });
  const customerGateway = new CustomerGateway(stack, "customer", {
    type: "ipsec.1",
    bgpAsn: "65000",
    ipAddress: "198.51.100.10",
  });
  const connection = new VpnConnection(stack, "vpn", {
    type: "ipsec.1",
    customerGatewayId: customerGateway.id,
    vpnGatewayId: vpnGateway.id,
    staticRoutesOnly: true,
    tunnel1InsideCidr: "169.254.10.0/30",
    tunnel2InsideCidr: "169.254.11.0/30",
    tunnel1IkeVersions: ["ikev2"],
    tunnel2IkeVersions: ["ikev2"],
    tunnel1Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel2Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel1Phase1IntegrityAlgorithms: ["SHA2-384"],
    tunnel2Phase1IntegrityAlgorithms: ["SHA2-384"],
    tunnel1Phase1DhGroupNumbers: [20],
    tunnel2Phase1DhGroupNumbers: [20],
    tunnel1Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel2Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel1Phase2IntegrityAlgorithms: ["SHA2-384"],
    tunnel2Phase2IntegrityAlgorithms: ["SHA2-384"],
    tunnel1Phase2DhGroupNumbers: [20],
    tunnel2Phase2DhGroupNumbers: [20],
  });
  new VpnConnectionRoute(stack, "route", {
    vpnConnectionId: connection.id,
    destinationCidrBlock: "192.168.0.0/24",
  });
  const common = {
    ikeVersions: ["ikev2"],
    phase1: {
      encryptionAlgorithms: ["AES256-GCM-16"],
      integrityAlgorithms: ["SHA2-384"],
      dhGroups: [20],
      lifetimeSeconds: 28800,
    },
    phase2: {
      encryptionAlgorithms: ["AES256-GCM-16"],
      integrityAlgorithms: ["SHA2-384"],
      dhGroups: [20],
      lifetimeSeconds: 3600,
    },
    rekeyMarginSeconds: 270,
    rekeyFuzzPercent: 100,
    replayWindowPackets: 1024,
    dpdTimeoutSeconds: 30,
    dpdTimeoutAction: "clear",
    startupAction: "add",
  } as const satisfies Partial<VpnTunnelSpec>;
  const spec: VpnSpec = {
    name: "lab-static",
    customerGateway: { address: "198.51.100.10" },
    insideIpVersion: "ipv4",
    onPremisesNetworks: ["192.168.0.0/24"],
    awsNetworks: ["10.0.0.0/16"],
    trafficSelectors: { onPremises: "0.0.0.0/0", aws: "0.0.0.0/0" },
    routing: { type: "static" },
    tunnels: [
      {
        ...common,
        number: 1,
        outsideAddress: connection.tunnel1Address,
        preSharedKey: connection.tunnel1PresharedKey,
        inside: { cidr: "169.254.10.0/30", aws: "169.254.10.1", customer: "169.254.10.2" },
        rank: 0,
      },
      {
        ...common,
        number: 2,
        outsideAddress: connection.tunnel2Address,
        preSharedKey: connection.tunnel2PresharedKey,
        inside: { cidr: "169.254.11.0/30", aws: "169.254.11.1", customer: "169.254.11.2" },
        rank: 1,
      },
    ],
  };
  new TerraformOutput(stack, "device", { value: strongSwan().render(spec), sensitive: true });
  return app;
}

if (require.main === module) createApp().synth();
