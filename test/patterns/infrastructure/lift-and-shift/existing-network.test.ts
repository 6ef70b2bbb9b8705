/** A network that exists, described by tokens: two reads of one attribute are one subnet, and what cannot be compared is said. */
import { describe, expect, it } from "@jest/globals";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn } from "cdktf";
import { runRules } from "../../../../lib/core/rule";
import { fleetRules, fleetSubnetUnknown, LandingNetwork } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { thrown } from "../../../support/thrown";
import { existing, fleetOf, inventoryOf, newStack, resourcesOf, serverInput, synthesize } from "./fixtures";

const servers = inventoryOf([
  serverInput("web-01", { nics: [{ name: "nic", addresses: ["10.10.1.20"] }] }),
  serverInput("web-02"),
]);

describe("a subnet of the same stack", () => {
  const stack = newStack();
  const [first, second] = [1, 2].map(
    (number) => new Subnet(stack, `subnet-${number}`, { vpcId: "vpc-1", cidrBlock: `10.10.${number}.0/24` }),
  );
  const zones = new DataAwsAvailabilityZones(stack, "zones", {});
  const zone = (index: number): string => Fn.element(zones.names, index) as string;
  const network = LandingNetwork.fromExisting({
    vpcId: "vpc-0123456789abcdef0",
    subnets: [first!, second!].map((each, index) => ({
      id: each.id,
      tier: "private",
      availabilityZone: zone(index),
      cidr: each.cidrBlock,
    })),
  });
  const fleet = fleetOf(
    servers,
    { network, overrides: { "web-02": { subnetId: second!.id } }, availabilityZones: [zone(0)] },
    stack,
  );
  const instances = resourcesOf(synthesize(stack), "aws_instance");

  it("is known by its id and by its zone, each of which is another token whenever it is read", () => {
    expect(second!.id).not.toBe(second!.id);
    expect(instances.map((each) => each["subnet_id"])).toEqual([
      "${aws_subnet.subnet-1.id}",
      "${aws_subnet.subnet-2.id}",
    ]);
  });

  it("has a block that is not known, which a note says and nothing blocks", () => {
    const findings = fleetSubnetUnknown(fleet.review);
    expect(findings.map(({ severity, subject, message }) => [severity, subject, message])).toEqual([
      ["info", "private subnet", "its block is not known, so it is uncertain whether it has an address for 1 server"],
      ["info", "private subnet", "its block is not known, so it is uncertain whether it has an address for 1 server"],
    ]);
    const of = (rule: string) => runRules(fleetRules, fleet.review).filter((each) => each.rule === rule);
    expect(of("fleet-subnet-size")).toEqual([]);
    expect(of("fleet-address")[0]?.message).toContain("no subnet whose block is known contains it");
  });

  it("is no other stack's, and no other attribute's", () => {
    const wrong = [first!.vpcId, first!.arn, new Subnet(stack, "third", { vpcId: "vpc-1" }).id];
    for (const subnetId of wrong) {
      const error = thrown(() => fleetOf(servers, { network, overrides: { "web-02": { subnetId } } }, newStack()));
      expect([error.code, error.path]).toEqual(["FLEET_OVERRIDE", 'overrides["web-02"].subnetId']);
    }
  });
});

describe("a subnet whose block is written", () => {
  it("is compared, and nothing is said of it", () => {
    expect(fleetSubnetUnknown(fleetOf(servers, { network: existing }).review)).toEqual([]);
  });

  it("may have none, which is its author's choice", () => {
    const subnets = existing.subnets.map(({ id, tier, availabilityZone }) => ({ id, tier, availabilityZone }));
    expect(fleetSubnetUnknown(fleetOf(servers, { network: { ...existing, subnets } }).review)).toEqual([]);
  });
});
