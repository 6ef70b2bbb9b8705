/** The construct itself, with its defaults, a generated key, and both tunnels sharing the traffic. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { strongSwan } from "../../../lib/patterns/infrastructure/hybrid-cloud/device/strongswan";
import { PreSharedKey } from "../../../lib/patterns/infrastructure/hybrid-cloud/pre-shared-key";
import { SiteToSiteVpn } from "../../../lib/patterns/infrastructure/hybrid-cloud/site-to-site-vpn";

function createApp(): App {
  const app = new App();
  const stack = new TerraformStack(app, "lab-construct");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  new SiteToSiteVpn(stack, "berlin", {
    gateway: { kind: "transit", amazonSideAsn: 64600 },
    customerGateway: { ipAddress: "198.51.100.10", asn: 65010 },
    onPremisesNetworks: ["192.168.0.0/24"],
    awsNetworks: ["10.0.0.0/16"],
    routing: "bgp",
    loadSharing: true,
    tunnel1: { preSharedKey: PreSharedKey.generated() },
    device: strongSwan(),
  });
  return app;
}

if (require.main === module) createApp().synth();
