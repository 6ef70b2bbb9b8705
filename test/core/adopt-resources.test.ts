import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { adoptResources, type AdoptedResources } from "../../lib/core/adopt-resources";
import { thrown } from "../support/thrown";

/** A construct with a VPC and a connection, as it is synthesized when it has adopted. */
function synthesized(resources: AdoptedResources, times = 1) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const construct = new Construct(stack, "hybrid");
  const network = new Construct(construct, "network");
  new Vpc(network, "vpc", {
    cidrBlock: "10.20.0.0/16",
    tags: { Name: "own", "migration:wave": "wave-1" },
    lifecycle: { preventDestroy: true, ignoreChanges: ["cidr_block"] },
  });
  new VpnConnection(construct, "connection", {
    type: "ipsec.1",
    customerGatewayId: "cgw-1",
    tunnel1IkeVersions: ["ikev2", "ikev1"],
    tunnel1Phase1DhGroupNumbers: [20],
    tunnel1DpdTimeoutSeconds: 30,
  });
  for (let time = 0; time < times; time += 1) adoptResources(construct, resources);
  const json = JSON.parse(Testing.synth(stack, true)) as {
    import?: { to: string; id: string }[];
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  const one = (type: string) => Object.values(json.resource[type] ?? {})[0] ?? {};
  return { imports: json.import, vpc: one("aws_vpc"), connection: one("aws_vpn_connection") };
}

describe("adoptResources", () => {
  it("imports at the address that the construct has", () => {
    const { imports } = synthesized({ "network/vpc": { id: "vpc-1" }, connection: { id: "vpn-1" } }, 2);
    expect(imports).toEqual([
      [{ id: "vpc-1", to: expect.stringMatching(/^aws_vpc\.hybrid_network_vpc_[0-9A-F]{8}$/) }],
      [{ id: "vpn-1", to: expect.stringMatching(/^aws_vpn_connection\.hybrid_connection_[0-9A-F]{8}$/) }],
    ]);
    expect(synthesized({ connection: {} }).imports).toBeUndefined();
  });

  it("keeps the tags that are there, as text, and the construct's beside them", () => {
    const tags = { Name: "edge ${aws_vpc.x.id}", "key ${x}": "%{ if true }", "migration:wave": "another" };
    expect(synthesized({ "network/vpc": { tags } }).vpc["tags"]).toEqual({
      Name: 'edge ${"$"}{aws_vpc.x.id}',
      'key ${"$"}{x}': '${"%"}{ if true }',
      "migration:wave": "wave-1",
    });
    expect(synthesized({ connection: { tags: { team: "net" } } }).connection["tags"]).toEqual({ team: "net" });
  });

  it("leaves unset what AWS shows as not set, for as long as the props mean the same", () => {
    const unset = {
      // A set: its order means nothing.
      tunnel1_ike_versions: ["ikev1", "ikev2"],
      tunnel1_phase1_dh_group_numbers: [2, 14],
      tunnel1_dpd_timeout_seconds: 30,
    };
    const { connection } = synthesized({ connection: { unset } });
    expect(connection).not.toHaveProperty("tunnel1_ike_versions");
    expect(connection).not.toHaveProperty("tunnel1_dpd_timeout_seconds");
    // Somebody has changed the props since: it is set.
    expect(connection["tunnel1_phase1_dh_group_numbers"]).toEqual([20]);
  });

  it("ignores changes beside those that the construct ignores", () => {
    const ignoreChanges = ["tags", "cidr_block"];
    expect(synthesized({ "network/vpc": { ignoreChanges } }).vpc["lifecycle"]).toEqual({
      prevent_destroy: true,
      ignore_changes: ["cidr_block", "tags"],
    });
    expect(synthesized({ connection: { ignoreChanges: ["tags"] } }).connection["lifecycle"]).toEqual({
      ignore_changes: ["tags"],
    });
  });

  it("passes over what another stage has, and nothing else", () => {
    expect(synthesized({ "routes/app": { id: "rtb-1_10.0.0.0/8", optional: true } }).imports).toBeUndefined();
    expect(thrown(() => synthesized({ "network/vcp": { id: "vpc-1" } })).message).toBe(
      '[ADOPT_RESOURCES_PATH] resources["network/vcp"]: received "network/vcp", allowed is the path of a resource below the construct; did you mean network/vpc? (in construct stack/hybrid)',
    );
    expect(thrown(() => synthesized({ network: { id: "vpc-1" } })).code).toBe("ADOPT_RESOURCES_PATH");
  });

  it("refuses an argument that the resource has not, or cannot be without", () => {
    for (const argument of ["tunnel3_ike_versions", "customer_gateway_id"]) {
      expect(thrown(() => synthesized({ connection: { unset: { [argument]: 1 } } })).message).toMatch(
        /^\[ADOPT_RESOURCES_ARGUMENT\] resources\.connection\.unset: .*an optional argument of aws_vpn_connection/,
      );
    }
  });

  it("refuses what is no table of resources", () => {
    const wrong = { connection: { id: 1 } } as unknown as AdoptedResources;
    expect(thrown(() => synthesized(wrong)).code).toBe("ADOPT_RESOURCES_RESOURCES");
  });
});
