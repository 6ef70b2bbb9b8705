import { describe, expect, it } from "@jest/globals";
import { inventorySchema, type InventoryInput } from "../../../lib/inventory/model";
import {
  inventoryMoves,
  planWaves,
  waveOversized,
  wavePinBroken,
  waveRules,
  type WaveSubject,
} from "../../../lib/plan";

const moves = (input: InventoryInput) => inventoryMoves(inventorySchema.parse(input));

describe("inventoryMoves", () => {
  it("takes the servers that migrate, and no template, placeholder or retired one", () => {
    const servers = [
      { name: "web01" },
      { name: "tpl", template: true },
      { name: "dr", placeholder: true },
      { name: "fax", strategy: "retire" as const },
      { name: "dongle", strategy: "retain" as const },
    ];
    expect(moves({ servers }).moves.map((move) => move.name)).toEqual(["web01"]);
  });

  it.each([
    ["low", { environment: "test", tier: "db" }],
    ["high", { environment: "prod", tier: "db" }],
    ["medium", { environment: "prod", tier: "web" }],
    ["medium", {}],
  ])("calls the risk %s of %j", (risk, server) => {
    expect(moves({ servers: [{ name: "s", ...server }] }).moves[0]?.risk).toBe(risk);
  });

  it("calls the risk of a server with a database high, whatever its tier", () => {
    const databases = [{ name: "orders", engine: "postgresql", server: "app01" }];
    expect(moves({ servers: [{ name: "app01", tier: "app" }], databases }).moves[0]?.risk).toBe("high");
  });

  it("finds the two ends of a flow by name, fqdn and address, and leaves out the outside", () => {
    const { dependencies } = moves({
      servers: [
        { name: "app01", nics: [{ addresses: ["10.0.0.5"] }] },
        { name: "db01", fqdn: "db01.corp.example" },
      ],
      flows: [
        { source: "10.0.0.5", destination: "DB01.corp.example", port: 5432 },
        { source: "app01", destination: "api.partner.example", port: 443 },
        { source: "app01", destination: "app01", port: 80 },
      ],
    });
    expect(dependencies).toEqual([{ from: "app01", to: "db01", synchronous: true, label: "tcp/5432" }]);
  });

  it.each([
    [true, { port: 443 }],
    [false, { port: 5672 }],
    [false, { port: 514, protocol: "udp" }],
    [false, { protocol: "icmp" }],
  ])("synchronous is %s for %j", (synchronous, flow) => {
    const servers = [{ name: "a" }, { name: "b" }];
    const { dependencies } = moves({ servers, flows: [{ source: "a", destination: "b", ...flow }] });
    expect(dependencies[0]?.synchronous).toBe(synchronous);
  });

  it("pins a server to the wave that it names by number", () => {
    const servers = [
      { name: "a", wave: "wave-3" },
      { name: "b", wave: "Wave 2" },
      { name: "c", wave: "after Easter" },
    ];
    expect(moves({ servers }).moves.map((move) => move.pinnedTo)).toEqual([3, 2, undefined]);
  });

  it("keeps the servers of an application together", () => {
    const servers = [
      { name: "a", application: "shop" },
      { name: "b", application: "shop" },
      { name: "c", application: "wiki" },
    ];
    expect(moves({ servers }).together).toEqual([["a", "b"]]);
  });
});

describe("the rules about waves", () => {
  const found = (input: InventoryInput, limit = 1): string[] => {
    const plan = planWaves({ ...moves(input), limits: { moves: limit } });
    const subject: WaveSubject = { plan, roundTripMilliseconds: 18 };
    return waveRules.flatMap((rule) => rule(subject)).map((each) => `${each.rule}: ${each.subject}: ${each.message}`);
  };
  const servers = [{ name: "app01" }, { name: "db01" }];

  it("name the flow that crosses a wave, and what it will cost", () => {
    expect(found({ servers, flows: [{ source: "app01", destination: "db01", port: 5432 }] })).toEqual([
      "wave-synchronous-crossing: app01 → db01 tcp/5432: from wave-1 to wave-2 each call takes at least 18 ms over the VPN",
    ]);
  });

  it("say nothing where it does not cross, or nobody waits", () => {
    expect(found({ servers, flows: [{ source: "app01", destination: "db01", port: 5432 }] }, 2)).toEqual([]);
    expect(found({ servers, flows: [{ source: "app01", destination: "db01", port: 5672 }] })).toEqual([]);
  });

  it("name a group that no wave can hold", () => {
    const together = servers.map((server) => ({ ...server, application: "shop" }));
    expect(found({ servers: together })).toEqual([
      "wave-oversized: wave-1: 2 moves go together, and a wave holds at most 1: app01, db01",
    ]);
    expect(found({ servers: together }, 2)).toEqual([]);
  });

  it("name a pin that the dependencies did not allow", () => {
    const flows = [{ source: "app01", destination: "db01", port: 5672 }];
    const pinned = [
      { name: "app01", wave: "wave-1" },
      { name: "db01", wave: "wave-3" },
    ];
    expect(found({ servers: pinned, flows }, 2)).toEqual([
      "wave-pin-broken: app01: it is pinned to wave-1, and can move in wave-3 at the earliest",
    ]);
  });

  it("name a pin for which the wave is full, and how a wave holds more", () => {
    const pinned = servers.map((server) => ({ ...server, wave: "wave-1" }));
    expect(found({ servers: pinned })).toEqual([
      "wave-pin-broken: db01: it is pinned to wave-1, and can move in wave-2 at the earliest",
    ]);
    expect(wavePinBroken.why).toContain("or the wave is full");
    for (const { remedy } of [wavePinBroken, waveOversized]) {
      for (const limit of ["waves.limits.moves", "--max-moves", "waves.window", "--window"]) {
        expect(remedy).toContain(limit);
      }
    }
  });

  it("name a cut-over that the change window cannot hold", () => {
    const calendar = { firstDay: "2027-01-16", everyDays: 7 };
    const plan = planWaves({
      moves: [{ name: "ledger", risk: "high", minutes: 600 }],
      dependencies: [],
      limits: { windowMinutes: 480 },
      calendar,
    });
    expect(waveOversized({ plan, roundTripMilliseconds: 18 }).map(({ message }) => message)).toEqual([
      "the cut-over takes 600 minutes, and the change window of wave-1 (2027-01-16) has 480: ledger",
    ]);
  });
});
