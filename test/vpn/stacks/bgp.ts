/**
 * BGP through a transit gateway, where each tunnel differs: the first proposes several suites of both kinds, the second is
 * the primary, and AWS starts it.
 */
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { strongSwan } from "../../../lib/patterns/infrastructure/hybrid-cloud/device/strongswan";
import type { VpnSpec } from "../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";

function createApp(): App {
  const app = new App();
  const stack = new TerraformStack(app, "lab-bgp");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new Vpc(stack, "vpc1", { cidrBlock: "10.0.0.0/16" });
  new Vpc(stack, "vpc2", { cidrBlock: "10.1.0.0/16" });
  const transitGateway = new Ec2TransitGateway(stack, "gateway", { amazonSideAsn: 64600 });
  const customerGateway = new CustomerGateway(stack, "customer", {
    type: "ipsec.1",
    bgpAsn: "65010",
    ipAddress: "203.0.113.20",
  });
  const connection = new VpnConnection(stack, "vpn", {
    type: "ipsec.1",
    customerGatewayId: customerGateway.id,
    transitGatewayId: transitGateway.id,
    tunnel1InsideCidr: "169.254.20.4/30",
    tunnel2InsideCidr: "169.254.21.0/30",
    tunnel1IkeVersions: ["ikev2"],
    tunnel2IkeVersions: ["ikev2"],
    tunnel1Phase1EncryptionAlgorithms: ["AES256", "AES256-GCM-16"],
    tunnel1Phase1IntegrityAlgorithms: ["SHA2-512", "SHA2-256"],
    tunnel1Phase1DhGroupNumbers: [14, 19],
    tunnel1Phase1LifetimeSeconds: 7200,
    tunnel1Phase2EncryptionAlgorithms: ["AES128", "AES128-GCM-16"],
    tunnel1Phase2IntegrityAlgorithms: ["SHA2-256"],
    tunnel1Phase2DhGroupNumbers: [24, 14],
    tunnel1Phase2LifetimeSeconds: 1800,
    tunnel2Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel2Phase1IntegrityAlgorithms: ["SHA2-384"],
    tunnel2Phase1DhGroupNumbers: [21],
    tunnel2Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
    tunnel2Phase2IntegrityAlgorithms: ["SHA2-384"],
    tunnel2Phase2DhGroupNumbers: [16],
    tunnel2StartupAction: "start",
    tunnel2DpdTimeoutAction: "restart",
  });
  const common = {
    ikeVersions: ["ikev2"],
    rekeyMarginSeconds: 270,
    rekeyFuzzPercent: 100,
    replayWindowPackets: 1024,
    dpdTimeoutSeconds: 30,
  } as const;
  const spec: VpnSpec = {
    name: "lab-bgp",
    customerGateway: { address: "203.0.113.20" },
    insideIpVersion: "ipv4",
    onPremisesNetworks: ["192.168.0.0/24", "192.168.10.0/23"],
    awsNetworks: ["10.0.0.0/16", "10.1.0.0/16"],
    trafficSelectors: { onPremises: "0.0.0.0/0", aws: "0.0.0.0/0" },
    routing: { type: "bgp", customerAsn: 65010, amazonAsn: 64600, holdTimeSeconds: 30 },
    tunnels: [
      {
        ...common,
        number: 1,
        outsideAddress: connection.tunnel1Address,
        preSharedKey: connection.tunnel1PresharedKey,
        inside: { cidr: "169.254.20.4/30", aws: "169.254.20.5", customer: "169.254.20.6" },
        phase1: {
          encryptionAlgorithms: ["AES256", "AES256-GCM-16"],
          integrityAlgorithms: ["SHA2-512", "SHA2-256"],
          dhGroups: [14, 19],
          lifetimeSeconds: 7200,
        },
        phase2: {
          encryptionAlgorithms: ["AES128", "AES128-GCM-16"],
          integrityAlgorithms: ["SHA2-256"],
          dhGroups: [24, 14],
          lifetimeSeconds: 1800,
        },
        dpdTimeoutAction: "clear",
        startupAction: "add",
        rank: 1,
      },
      {
        ...common,
        number: 2,
        outsideAddress: connection.tunnel2Address,
        preSharedKey: connection.tunnel2PresharedKey,
        inside: { cidr: "169.254.21.0/30", aws: "169.254.21.1", customer: "169.254.21.2" },
        phase1: {
          encryptionAlgorithms: ["AES256-GCM-16"],
          integrityAlgorithms: ["SHA2-384"],
          dhGroups: [21],
          lifetimeSeconds: 28800,
        },
        phase2: {
          encryptionAlgorithms: ["AES256-GCM-16"],
          integrityAlgorithms: ["SHA2-384"],
          dhGroups: [16],
          lifetimeSeconds: 3600,
        },
        dpdTimeoutAction: "restart",
        startupAction: "start",
        rank: 0,
      },
    ],
  };
  new TerraformOutput(stack, "device", { value: strongSwan({ firstInterfaceId: 11 }).render(spec), sensitive: true });
  return app;
}

if (require.main === module) createApp().synth();
