import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { runRules } from "../../../../lib/core/rule";
import { fleetRules, ServerImage, type Exposure } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { AMI, fleetOf, inventoryOf, newStack, resourcesOf, serverInput, synthesize } from "./fixtures";

// Few characters, so that names collide once they are sanitised; each of them is trouble somewhere.
const name = fc
  .array(fc.constantFrom("a", "b", "1", "-", "_", " ", ".", "/", "(", "é", "倉"), { minLength: 1, maxLength: 5 })
  .map((characters) => characters.join(""))
  .filter((text) => text.trim() === text && text !== "");
const word = fc.option(fc.oneof(name, fc.constantFrom("server", "untiered", "Default", "test", "ingress")), {
  nil: undefined,
});
const address = fc.constantFrom("10.10.1.1", "10.10.1.20", "10.10.3.20", "10.99.0.1", "fe80::1", "2001:db8::1", "x");
const server = fc.record({
  name,
  application: word,
  tier: word,
  disks: fc.array(fc.record({ name, capacityMiB: fc.integer({ min: 0, max: 100_000_000 }), root: fc.boolean() }), {
    maxLength: 4,
  }),
  cpus: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  memoryMiB: fc.option(fc.integer({ min: 0, max: 5_000_000 }), { nil: undefined }),
  nics: fc.array(fc.record({ addresses: fc.array(address, { maxLength: 2 }) }), { maxLength: 2 }),
  os: fc.record({
    family: fc.constantFrom("linux" as const, "windows" as const, "unknown" as const),
    architecture: fc.constantFrom("x86_64" as const, "arm64" as const, "x86" as const),
  }),
});
const end = fc.oneof(name, address, fc.constantFrom("0.0.0.0/0", "192.0.2.0/24", "192.0.2.1/24", "any"));
const flow = fc.record({
  source: end,
  destination: end,
  port: fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined }),
  protocol: fc.constantFrom("tcp", "UDP", "icmp", "47", "-1", "tls"),
});

describe("a fleet of any inventory", () => {
  it("is planned, judged and synthesized without an error, one instance for each server that can be made", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(server, { selector: (each) => each.name, minLength: 1, maxLength: 12 }),
        fc.array(flow, { maxLength: 20 }),
        fc.constantFrom<Exposure>("closed", "test", "open"),
        fc.boolean(),
        (servers, flows, exposure, imported) => {
          const stack = newStack();
          const inventory = inventoryOf(
            servers.map((each) => serverInput(each.name, each)),
            flows,
          );
          const fleet = fleetOf(
            inventory,
            {
              exposure,
              testClientCidrs: ["10.9.0.0/24", "2001:db8::/64"],
              images: () => (imported ? ServerImage.diskImage("exports", ["a.vmdk", "a.vmdk", "b c.vmdk"]) : AMI),
            },
            stack,
          );
          const findings = runRules(fleetRules, fleet.review);
          expect(findings.filter(({ rule }) => rule === "rule-failed")).toEqual([]);
          const json = synthesize(stack);
          const made = fleet.plan.servers.filter((plan) => plan.instanceType !== undefined);
          expect(resourcesOf(json, "aws_instance")).toHaveLength(made.length);
          const untyped = new Set(
            findings.flatMap(({ rule, subject }) => (rule === "fleet-instance-type" ? [subject] : [])),
          );
          expect(untyped.size).toBe(servers.length - made.length);
          const addresses = made.flatMap((plan) => plan.privateAddress ?? []);
          expect(new Set(addresses).size).toBe(addresses.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the same in whatever order the servers come", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(server, { selector: (each) => each.name, minLength: 2, maxLength: 6 }),
        fc.array(flow, { maxLength: 10 }),
        (servers, flows) => {
          const json = (order: typeof servers) => {
            const stack = newStack();
            const inventory = inventoryOf(
              order.map((each) => serverInput(each.name, { ...each, nics: [] })),
              flows,
            );
            fleetOf(inventory, { exposure: "open" }, stack);
            return synthesize(stack);
          };
          expect(json([...servers].reverse())).toEqual(json(servers));
        },
      ),
      { numRuns: 30 },
    );
  });
});
