import { describe, expect, it } from "@jest/globals";
import type { InventoryInput } from "../../../../lib/inventory/model";
import type { Exposure, ServerFleetProps } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { isPublic } from "../../../../lib/patterns/infrastructure/lift-and-shift/access-plan";
import { existing, fleetOf, inventoryOf, newStack, resourcesOf, serverInput, synthesize } from "./fixtures";

const servers = [
  serverInput("web-01", { application: "shop", tier: "web", fqdn: "web-01.example.internal" }),
  serverInput("web-02", { application: "shop", tier: "web" }),
  serverInput("app-01", { application: "shop", tier: "app", nics: [{ addresses: ["10.50.0.7"] }] }),
  serverInput("tool"),
];
const other = serverInput("legacy", { wave: "wave-9", nics: [{ addresses: ["10.60.0.9", "fe80::9", "2001:db8::9"] }] });

type Flows = NonNullable<InventoryInput["flows"]>;

function fleetWith(flows: Flows, over: Partial<ServerFleetProps> = {}) {
  const inventory = inventoryOf([...servers, other], flows);
  const stack = newStack();
  const fleet = fleetOf(
    inventory,
    { servers: inventory.servers.filter(({ name }) => name !== "legacy"), ...over },
    stack,
  );
  return { fleet, stack };
}

/** `ingress shop--web tcp 443 from 192.0.2.7/32`, of what the plan has. */
function planned(flows: Flows, over: Partial<ServerFleetProps> = {}): string[] {
  return fleetWith(flows, over).fleet.access.rules.map(
    ({ direction, groupId, protocol, fromPort, peerGroupId, peerCidr, purpose }) =>
      [purpose, direction, groupId, protocol, fromPort ?? "-", peerGroupId ?? peerCidr].join(" "),
  );
}

describe("groups", () => {
  it("are one for each tier of an application, and one for each server without application", () => {
    const { fleet, stack } = fleetWith([]);
    expect([...fleet.securityGroups.groups.keys()]).toEqual(["server--tool", "shop--app", "shop--web"]);
    const groups = resourcesOf(synthesize(stack), "aws_security_group");
    expect(groups.map((group) => group["name"])).toEqual([
      "stack-fleet-server--tool",
      "stack-fleet-shop--app",
      "stack-fleet-shop--web",
    ]);
    for (const group of groups) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  it("keep an application called server apart from a server", () => {
    const inventory = inventoryOf([serverInput("web"), serverInput("x", { application: "server", tier: "web" })]);
    expect(fleetOf(inventory).access.groups).toHaveLength(2);
  });

  it("have names that EC2 takes, whatever the application is called", () => {
    const long = "ä/b ".repeat(200);
    const { stack } = { stack: newStack() };
    fleetOf(inventoryOf([serverInput("a", { application: long, tier: "web <1>" })]), {}, stack);
    const [group] = resourcesOf(synthesize(stack), "aws_security_group");
    expect(group!["name"]).toMatch(/^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    expect(group!["description"]).toMatch(/^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
  });
});

describe("rules", () => {
  it("name the groups on both ends inside the fleet, however the flow names the servers", () => {
    expect(planned([{ source: "WEB-01.example.internal", destination: "10.50.0.7", port: 8080 }])).toEqual([
      "fleet egress shop--web tcp 8080 shop--app",
      "fleet ingress shop--app tcp 8080 shop--web",
    ]);
  });

  it("are made of what is declared as of what was observed, which says first where a rule is from", () => {
    const flows = [{ source: "web-01", destination: "app-01", port: 8080 }];
    const declaredFlows = [
      { source: "web-02", destination: "app-01", port: 8080, protocol: "tcp" },
      { source: "app-01", destination: "10.70.0.9", port: 5432, protocol: "tcp" },
      // An end that nobody knows makes no rule, and no finding either: nobody has seen it fail.
      { source: "app-01", destination: "db.example.internal", port: 5432, protocol: "tcp" },
    ];
    const { access } = fleetWith(flows, { declaredFlows }).fleet;
    expect(access.rules.map(({ id, description }) => `${id}: ${description}`)).toEqual([
      "shop--app--tcp-5432--10-70-0-9-32: shop--app to 10.70.0.9/32: declared in the checklist",
      "shop--web--tcp-8080--shop--app: shop--web to shop--app: observed at the source",
      "shop--app--tcp-8080--shop--web: shop--web to shop--app: observed at the source",
    ]);
    expect(access.unusable).toEqual([]);
  });

  it("are one for many flows between the same tiers", () => {
    const flows = ["web-01", "web-02"].map((source) => ({ source, destination: "app-01", port: 8080 }));
    expect(planned(flows)).toHaveLength(2);
  });

  it("let a tier talk to itself, but not a server", () => {
    expect(planned([{ source: "web-01", destination: "web-02", port: 1 }])).toHaveLength(2);
    expect(planned([{ source: "web-01", destination: "web-01", port: 1 }])).toEqual([]);
  });

  it("name addresses of outside hosts, of servers in other waves and of declared hosts", () => {
    const hostCidrs = { "Partner.example.com": ["198.51.100.0/28"] };
    expect(
      planned(
        [
          { source: "192.0.2.7", destination: "web-01", port: 443 },
          { source: "192.0.2.0/24", destination: "web-01", port: 80 },
          { source: "legacy", destination: "web-01", port: 22 },
          { source: "web-01", destination: "partner.EXAMPLE.com", port: 8443 },
        ],
        { hostCidrs },
      ),
    ).toEqual([
      "outside egress shop--web tcp 8443 198.51.100.0/28",
      "outside ingress shop--web tcp 22 10.60.0.9/32",
      "outside ingress shop--web tcp 22 2001:db8::9/128",
      "outside ingress shop--web tcp 443 192.0.2.7/32",
      "outside ingress shop--web tcp 80 192.0.2.0/24",
    ]);
  });

  it("leave out flows that are not the fleet's", () => {
    expect(planned([{ source: "legacy", destination: "192.0.2.7", port: 1 }])).toEqual([]);
  });

  it.each([
    ["icmp", "outside ingress shop--web icmp -1 192.0.2.7/32"],
    ["any", "outside ingress shop--web -1 - 192.0.2.7/32"],
    ["GRE", "outside ingress shop--web 47 - 192.0.2.7/32"],
    ["50", "outside ingress shop--web 50 - 192.0.2.7/32"],
  ])("know the protocol %s", (protocol, rule) => {
    expect(planned([{ source: "192.0.2.7", destination: "web-01", protocol }])).toEqual([rule]);
  });

  it("are for the IP version of the block", () => {
    const flows = ["192.0.2.7", "2001:db8::7"].map((source) => ({ source, destination: "web-01", port: 443 }));
    const { stack } = fleetWith(flows, { exposure: "open" });
    expect(resourcesOf(synthesize(stack), "aws_vpc_security_group_ingress_rule")).toMatchObject([
      { cidr_ipv4: "192.0.2.7/32" },
      { cidr_ipv6: "2001:db8::7/128" },
    ]);
  });
});

describe("exposure", () => {
  const flows: Flows = [
    { source: "web-01", destination: "app-01", port: 8080 },
    { source: "192.0.2.7", destination: "web-01", port: 443 },
    { source: "app-01", destination: "192.0.2.25", port: 25 },
  ];
  const open = (exposure: Exposure) => {
    const { stack } = fleetWith(flows, { exposure, testClientCidrs: ["10.9.0.0/24"] });
    const json = synthesize(stack);
    const peers = (type: string) => resourcesOf(json, type).map((rule) => rule["cidr_ipv4"] ?? "group");
    return {
      ingress: peers("aws_vpc_security_group_ingress_rule"),
      egress: peers("aws_vpc_security_group_egress_rule"),
    };
  };

  it.each<[Exposure, string[], string[]]>([
    ["closed", ["group"], ["group"]],
    ["test", ["group", "10.9.0.0/24"], ["group"]],
    ["open", ["group", "192.0.2.7/32"], ["192.0.2.25/32", "group"]],
  ])("%s", (exposure, ingress, egress) => {
    expect(open(exposure)).toEqual({ ingress, egress });
  });
});

describe("management", () => {
  it("is one group for all servers, to the network's endpoints and what else is declared", () => {
    const { stack } = fleetWith([], {
      network: { ...existing, endpointSecurityGroupId: "sg-0000000e", s3PrefixListId: "pl-0000000e" },
      managementCidrs: ["0.0.0.0/0"],
    });
    const json = synthesize(stack);
    expect(resourcesOf(json, "aws_vpc_security_group_egress_rule")).toMatchObject([
      { cidr_ipv4: "0.0.0.0/0", from_port: 443 },
      { referenced_security_group_id: "sg-0000000e", from_port: 443 },
      { prefix_list_id: "pl-0000000e", from_port: 443 },
    ]);
    for (const instance of resourcesOf(json, "aws_instance")) {
      expect((instance["vpc_security_group_ids"] as string[])[1]).toContain("management");
    }
  });
});

it.each([
  ["0.0.0.0/0", true],
  ["64.0.0.0/7", true],
  ["10.0.0.0/8", false],
  ["::/0", true],
  ["2001:db8::/32", false],
  ["no block", false],
])("isPublic(%s) is %s", (cidr, expected) => {
  expect(isPublic(cidr)).toBe(expected);
});
