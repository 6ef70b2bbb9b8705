import { describe, expect, it } from "@jest/globals";
import {
  factoryFieldMissing,
  mgnAddressMissing,
  mgnApplicationInTwoWaves,
  replicationInstanceTypeMissing,
  replicationPlatformUnsupported,
  replicationRules,
  type ReplicationReview,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { inventoryOf, serverInput, type ServerInput } from "../fixtures";
import { serversOf } from "./fixtures";

const good: ReplicationReview = { servers: serversOf(), mgn: true, factory: true };

function of(...servers: readonly ServerInput[]): ReplicationReview {
  return { ...good, servers: serversOf(inventoryOf(servers)) };
}

describe("the rules about replication", () => {
  it("find nothing where nothing is wrong", () => {
    expect(replicationRules.flatMap((rule) => rule(good))).toEqual([]);
  });

  it.each([
    [
      replicationPlatformUnsupported,
      of(serverInput("a", { os: { family: "unix", name: "AIX 7.2" } })),
      "its operating system is AIX 7.2",
    ],
    [mgnAddressMissing, of(serverInput("a")), "the inventory has neither its fqdn nor an IPv4 address"],
    [
      mgnApplicationInTwoWaves,
      of(serverInput("a", { application: "shop", wave: "1" }), serverInput("b", { application: "shop", wave: "2" })),
      "it is in the waves 1, 2",
    ],
    [replicationInstanceTypeMissing, of({ name: "a" }), "neither the inventory nor the plan has a type for it"],
    [
      factoryFieldMissing,
      of(
        serverInput("a", {
          application: "shop",
          wave: "1",
          tier: "web",
          fqdn: "a.example",
          os: { family: "linux", name: "Ubuntu" },
        }),
      ),
      "server_environment is empty",
    ],
  ])("find what a tool would not take: $id", (rule, subject, message) => {
    expect(rule(good)).toEqual([]);
    expect(rule(subject).map((finding) => finding.message)).toEqual([message]);
  });

  it("look only at the tools that are written for", () => {
    const review = { ...of(serverInput("a")), mgn: false, factory: false };
    expect([...mgnAddressMissing(review), ...mgnApplicationInTwoWaves(review), ...factoryFieldMissing(review)]).toEqual(
      [],
    );
  });
});
