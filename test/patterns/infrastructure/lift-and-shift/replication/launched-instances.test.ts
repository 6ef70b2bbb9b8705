import { describe, expect, it } from "@jest/globals";
import { imageOf } from "../../../../../lib/patterns/infrastructure/lift-and-shift";
import {
  adoptedImages,
  launchedInstances,
  replicationServers,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { thrown } from "../../../../support/thrown";
import { fleetOf, inventoryOf, newStack, serverInput, synthesize } from "../fixtures";

const { servers } = inventoryOf([
  serverInput("web-01"),
  serverInput("web-02", { fqdn: "web-02.example.internal" }),
  serverInput("db-01", { uuid: "564d1234-0000-0000-0000-000000000001" }),
  serverInput("app-01"),
]);

function sourceServer(id: string, over: Readonly<Record<string, unknown>> = {}) {
  return {
    sourceServerID: id,
    arn: `arn:aws:mgn:eu-central-1:123456789012:source-server/${id}`,
    launchedInstance: { ec2InstanceID: "i-0123456789abcdef0", firstBoot: "SUCCEEDED" },
    lifeCycle: { state: "CUTOVER" },
    ...over,
  };
}

const hints = (identificationHints: Readonly<Record<string, string>>) => ({
  sourceProperties: { identificationHints },
});

describe("what Application Migration Service has launched", () => {
  const answer = {
    items: [
      sourceServer("s-1", { userProvidedID: "WEB-01" }),
      sourceServer("s-2", {
        ...hints({ fqdn: "web-02.example.internal", hostname: "x" }),
        lifeCycle: { state: "CUTTING_OVER" },
        launchedInstance: { ec2InstanceID: "i-0123456789abcdef2" },
      }),
      sourceServer("s-3", {
        ...hints({ vmWareUuid: "564D1234-0000-0000-0000-000000000001" }),
        lifeCycle: { state: "TESTING" },
      }),
      sourceServer("s-4", { ...hints({ hostname: "app-01" }), launchedInstance: undefined }),
      sourceServer("s-5", { userProvidedID: "of another wave", ...hints({ hostname: "web-01" }) }),
      sourceServer("s-6", { userProvidedID: "web-01", isArchived: true }),
    ],
  };

  it("is found by the id that was given, else by what is known of the source", () => {
    expect(launchedInstances(answer, servers)).toEqual({
      instanceIds: { "web-01": "i-0123456789abcdef0", "web-02": "i-0123456789abcdef2" },
      notLaunched: [
        { server: "app-01", reason: "no instance is launched" },
        {
          server: "db-01",
          reason: "its lifecycle state is TESTING, so the instance is one for a test, which the cut-over terminates",
        },
      ],
    });
  });

  it("has the instances of a test where they are asked for", () => {
    expect(launchedInstances(answer, servers, { includeTestInstances: true }).instanceIds).toHaveProperty("db-01");
  });

  it.each<[string, unknown]>([
    ["MGN_SOURCE_SERVERS", {}],
    ["MGN_SOURCE_SERVERS", "An error occurred"],
    ["MGN_SOURCE_SERVERS", { items: [{ userProvidedID: "web-01" }] }],
    [
      "MGN_SOURCE_SERVER_TWICE",
      { items: [sourceServer("s-1", { userProvidedID: "web-01" }), sourceServer("s-2", { userProvidedID: "web-01" })] },
    ],
  ])("is refused with %s where it makes no sense", (code, given) => {
    expect(thrown(() => launchedInstances(given, servers)).code).toBe(code);
  });
});

describe("images that adopt launched instances", () => {
  it("become import blocks of a fleet", () => {
    const inventory = inventoryOf([serverInput("web-01"), serverInput("web-02")]);
    const images = adoptedImages({ "web-02": "i-0123456789abcdef2", "web-01": "i-0123456789abcdef0" });
    const stack = newStack();
    fleetOf(inventory, { images }, stack);
    expect(
      synthesize(stack)
        .import?.map((block) => block["id"])
        .sort(),
    ).toEqual(["i-0123456789abcdef0", "i-0123456789abcdef2"]);
  });

  it("take the instances as they were read", () => {
    const images = adoptedImages({ instanceIds: { "web-01": "i-0123456789abcdef0" }, notLaunched: [] });
    expect(imageOf(images, servers[0]!)?.source).toEqual({ kind: "adopt", instanceId: "i-0123456789abcdef0" });
    expect(imageOf(images, servers[1]!)).toBeUndefined();
  });

  it("take their servers out of the next export", () => {
    const images = adoptedImages({ "web-01": "i-0123456789abcdef0" });
    const { plan } = fleetOf(inventoryOf(servers), { images });
    expect(replicationServers(plan).map((each) => each.server.name)).toEqual(["app-01", "db-01", "web-02"]);
  });

  it("are refused where two servers are one instance, or an id is none", () => {
    const twice = { a: "i-0123456789abcdef0", b: "i-0123456789abcdef0" };
    expect(thrown(() => adoptedImages(twice)).code).toBe("ADOPTED_INSTANCE_TWICE");
    expect(thrown(() => adoptedImages({ a: "web-01" })).code).toBe("SERVER_IMAGE_INSTANCE");
  });
});
