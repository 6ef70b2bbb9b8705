/** Names that addresses are made of: each is refused while only Terraform knows it, and where it cannot be an address. */
import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Routing } from "../../lib/patterns/infrastructure";
import { AwsGateway, HybridDns, HybridVpc, VpcRoutes } from "../../lib/patterns/infrastructure/hybrid-cloud";
import { FleetSecurityGroups } from "../../lib/patterns/infrastructure/lift-and-shift";
import { compileDns, DnsRouting, renderManifest } from "../../lib/patterns/infrastructure/multi-cloud";
import { twoClouds } from "../patterns/infrastructure/multi-cloud/intents";
import { thrown } from "../support/thrown";

const stack = new TerraformStack(Testing.app(), "stack");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
const late = new TerraformVariable(stack, "late", { type: "string" }).stringValue;
let made = 0;
const id = (): string => `made-${++made}`;

describe("what a message says of what came", () => {
  const said = (text: string): string => thrown(() => new HybridVpc(stack, id(), { zones: text } as never, {})).message;

  it("is a word, which somebody has mistaken for another", () => {
    expect(said("eu-central-1a")).toContain('zones: received "eu-central-1a", allowed is a list; correct the value');
  });

  it("is no text that may hold a password, wherever it stands", () => {
    for (const text of ["postgres://app:hunter2@db/orders", "Password=hunter2;Server=db", "hunter2!".repeat(5)]) {
      expect(said(text)).toContain('received "a string"');
      expect(said(text)).not.toContain("hunter2");
    }
  });
});

describe("what addresses are made of", () => {
  const gateway = new AwsGateway(stack, "gateway", {
    kind: "transit",
    transitGatewayId: "tgw-1",
    routeTableId: "tgw-rtb-1",
  } as never);

  it.each<[string, string, () => unknown]>([
    ["HYBRID_VPC_ZONES", "vpc.zones[0]", () => new HybridVpc(stack, id(), { cidr: "10.1.0.0/16", zones: [late] }, {})],
    [
      "HYBRID_DNS_NETWORKS",
      "dns.onPremisesNetworks[0]",
      () =>
        new HybridDns(stack, id(), {
          subnetIds: ["subnet-1", "subnet-2"],
          vpcId: "vpc-1",
          inbound: true,
          onPremisesNetworks: [late],
          associated: true,
          tags: {},
        }),
    ],
    [
      "VPC_ROUTES_NETWORKS",
      "networks[0]",
      () => new VpcRoutes(stack, id(), { gateway, routeTables: { main: "rtb-1" }, networks: [""] }),
    ],
    [
      "AWS_GATEWAY_BLACKHOLES",
      "gateway.blackholes[0]",
      () =>
        new AwsGateway(stack, id(), {
          kind: "transit",
          transitGatewayId: "tgw-1",
          routeTableId: "tgw-rtb-1",
          blackholes: [late],
        } as never),
    ],
    [
      "FLEET_SECURITY_GROUPS_ID",
      "access.groups[0].id",
      () =>
        new FleetSecurityGroups(stack, id(), {
          name: "shop",
          vpcId: "vpc-1",
          access: { groups: [{ id: "constructor", title: "web" }], rules: [], unusable: [] },
          exposure: "closed",
          management: { cidrs: [] },
          tags: {},
        } as never),
    ],
    [
      "ROUTING_SET_IDENTIFIER",
      "plan.records[0].setIdentifier",
      () => {
        const plan = compileDns(Routing.parse(twoClouds));
        const records = plan?.records.map((record) => ({ ...record, setIdentifier: late }));
        return new DnsRouting(stack, id(), {
          plan: { ...plan, records },
          zone: { name: "example.com" },
          tags: {},
        } as never);
      },
    ],
    [
      "ROUTING_MANIFEST_SPEC",
      "manifest.spec.hosts",
      () => renderManifest({ apiVersion: "v1", kind: "Some", metadata: { name: "a" }, spec: { hosts: () => [] } }),
    ],
  ])("%s", (code, path, make) => {
    const error = thrown(make);
    expect([error.code, error.path]).toEqual([code, path]);
  });
});
