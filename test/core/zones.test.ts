import { describe, expect, it } from "@jest/globals";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { Lazy, TerraformStack, Testing } from "cdktf";
import { LandingNetwork } from "cdktf-migration-patterns/parts/network";
import { assessmentOf, synthesize } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import { zoneOfOtherRegion, type ZoneInUse } from "../../lib/core/zone-rules";
import { ToyMigration } from "../support/toy-migration";

/** A stack with a migration, and another one without, both with this provider. */
function stacks(config: AwsProviderConfig = { region: "eu-central-1" }) {
  const app = Testing.app();
  const own = new TerraformStack(app, "wave-1");
  const other = new TerraformStack(app, "landing-zone");
  for (const stack of [own, other]) new AwsProvider(stack, "aws", config);
  const migration = new ToyMigration(own, "servers", { assessment: assessmentOf() });
  return { app, own, other, migration };
}

const volume = (scope: TerraformStack, id: string, availabilityZone: string, more: object = {}) =>
  new EbsVolume(scope, id, { availabilityZone, size: 1, ...more });

describe("an availability zone of another region than the provider's", () => {
  it("blocks the synthesis, whatever made it, and says which zone is meant", () => {
    const { app, own } = stacks();
    const availabilityZones = ["eu-west-1a", "eu-west-1b"];
    new LandingNetwork(own, "network", { cidr: "10.64.0.0/16", availabilityZones, tiers: ["private", "isolated"] });
    for (const zone of availabilityZones) expect(app).toBeBlockedBy(zoneOfOtherRegion, { subject: zone });
    expect(app).toBeBlockedBy(zoneOfOtherRegion, {
      message:
        /^eu-west-1a is in eu-west-1, and the provider's region is eu-central-1: wave-1\/network\/\S+ and wave-1\/\S+$/,
    });
    expect(() => synthesize(app)).toThrow("remedy: write eu-central-1a; or give the resources a provider of eu-west-1");
  });

  it("is found in a stack without a migration, once", () => {
    const { app, other, migration } = stacks();
    new ToyMigration(new TerraformStack(app, "wave-2"), "servers", {
      assessment: migration.assessment,
      name: "second",
    });
    volume(other, "data", "us-east-1a");
    expect(app).toBeBlockedBy(zoneOfOtherRegion, { subject: "us-east-1a", message: "landing-zone/data" });
    expect(migration.evaluate().findings).toHaveLength(1);
  });

  it("is found in a list of zones", () => {
    const { app, own } = stacks();
    new RdsCluster(own, "orders", {
      engine: "aurora-postgresql",
      availabilityZones: ["eu-central-1a", "eu-central-2a"],
    });
    expect(app).toBeBlockedBy(zoneOfOtherRegion, { subject: "eu-central-2a" });
    expect(app).not.toHaveFinding(zoneOfOtherRegion, { subject: "eu-central-1a" });
  });

  it("is judged by the provider of the resource, and by the resource's own region", () => {
    const { app, own } = stacks();
    const provider = new AwsProvider(own, "virginia", { region: "us-east-1", alias: "virginia" });
    volume(own, "there", "us-east-1a", { provider });
    // As the classes of version 6 of the provider have it.
    Object.assign(volume(own, "own", "eu-west-1a"), { regionInput: "eu-west-1" });
    expect(app).toBeReady();
    volume(own, "here", "eu-central-1a", { provider });
    expect(app).toBeBlockedBy(zoneOfOtherRegion, {
      subject: "eu-central-1a",
      message: "region is us-east-1: wave-1/here",
    });
  });

  it.each([
    ["the environment says the region", {}, "eu-west-1a"],
    ["only Terraform knows the region", { region: Lazy.stringValue({ produce: () => "eu-central-1" }) }, "eu-west-1a"],
    ["only Terraform knows the zone", { region: "eu-central-1" }, Lazy.stringValue({ produce: () => "eu-west-1a" })],
  ])("is not looked for where %s", (_what, config, zone) => {
    const { app, own } = stacks(config);
    volume(own, "data", zone);
    expect(app).toBeReady();
  });

  it.each(["eu-central-1a", "eu-central-1-ham-1a", "eu-central-1-wl1-ber-wlz-1", "somewhere"])("is not %s", (zone) => {
    const { app, own } = stacks();
    volume(own, "data", zone);
    expect(app).not.toHaveFinding(zoneOfOtherRegion);
  });

  it.each<[string, Partial<ZoneInUse>, string]>([
    [
      "a Local Zone",
      { zone: "us-west-2-lax-1a", region: "us-west-1" },
      "write a zone of us-west-1; or give the resource",
    ],
    ["another partition", { zone: "us-gov-west-1b", region: "us-west-1" }, "write us-west-1b; or give the resource"],
  ])("may be %s", (_what, zone, remedy) => {
    const zones = [{ zone: "", region: "", resources: ["wave-1/data"], ...zone }];
    expect(zoneOfOtherRegion({ zones })[0]?.remedy).toContain(remedy);
  });
});
