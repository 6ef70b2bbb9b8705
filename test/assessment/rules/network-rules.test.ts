import { describe, expect, it } from "@jest/globals";
import type { ChecklistInput } from "../../../lib/assessment/checklist/checklist";
import { addressUndeclared, networkOverlap } from "../../../lib/assessment/rules/network-rules";
import { aServer, checklistWith, seen, subjectWith } from "../fixture";

type Network = Extract<
  ChecklistInput["inventory_current_infrastructure"]["network_configuration"],
  { sources: unknown }
>;

const networks: Network = {
  sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
  targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
};

function subject(changes: Partial<Network>, addresses: string[] = []) {
  return subjectWith({
    inventory: { servers: [aServer({ nics: [{ addresses }] })], databases: [], flows: [], networks: [] },
    checklist: checklistWith({ infrastructure: { network_configuration: { ...networks, ...changes } } }),
  });
}

describe("address-in-no-declared-network", () => {
  it("accepts addresses of sources and container networks, and those that never leave the host", () => {
    const containers = [{ name: "bridge", cidr: "172.18.0.0/16" }];
    const addresses = ["10.10.255.255", "172.18.0.1", "127.0.0.1", "169.254.3.4", "fe80::250:56ff:fe00:1"];
    expect(seen(addressUndeclared, subject({ containers }, addresses))).toEqual([]);
  });

  it("warns of others, IPv6 included", () => {
    expect(seen(addressUndeclared, subject({}, ["10.11.0.1", "10.10.0.1", "2001:db8::5"]))).toEqual([
      "warning web-01: in no declared network: 10.11.0.1, 2001:db8::5",
    ]);
  });

  it("counts the inventory's own networks", () => {
    const inventory = {
      servers: [aServer({ nics: [{ addresses: ["192.168.7.7"] }] })],
      networks: [
        { name: "lab", cidr: "192.168.7.0/24" },
        { name: "unreadable", cidr: "10.0.0.5/8" },
      ],
      databases: [],
      flows: [],
    };
    expect(seen(addressUndeclared, subjectWith({ inventory }))).toEqual([]);
  });
});

describe("network-overlap", () => {
  it("accepts networks that are apart, sources that nest, and container networks that two clusters share", () => {
    const pods = { cidr: "10.244.0.0/16" };
    const sources = [...networks.sources, { name: "rack 1", cidr: "10.10.4.0/24" }];
    const containers = [
      { name: "cluster a", ...pods },
      { name: "cluster b", ...pods },
    ];
    expect(
      seen(networkOverlap, subject({ sources, containers, peers: [{ name: "partner", cidr: "172.16.0.0/24" }] })),
    ).toEqual([]);
  });

  it.each([
    [
      "target",
      { targets: [{ name: "vpc", cidr: "10.10.64.0/20" }] },
      "blocker data centre and vpc: source network data centre (10.10.0.0/16) overlaps target network vpc (10.10.64.0/20)",
    ],
    [
      "peer",
      { peers: [{ name: "partner", cidr: "10.0.0.0/8" }] },
      "blocker partner and data centre: peer network partner (10.0.0.0/8) overlaps source network data centre (10.10.0.0/16)",
    ],
    [
      "container",
      { containers: [{ name: "pods", cidr: "10.10.0.0/17" }] },
      "blocker data centre and pods: source network data centre (10.10.0.0/16) overlaps container network pods (10.10.0.0/17)",
    ],
  ])("blocks a source that overlaps a %s", (_, changes, message) => {
    expect(seen(networkOverlap, subject(changes))).toContain(message);
  });

  it("blocks two targets that overlap", () => {
    const targets = [
      { name: "vpc a", cidr: "10.20.0.0/16" },
      { name: "vpc b", cidr: "10.20.0.0/16" },
    ];
    expect(seen(networkOverlap, subject({ targets }))).toHaveLength(1);
  });
});
