import { describe, expect, it } from "@jest/globals";
import type { Link } from "../../../lib/core/link";
import type { PlannedNetwork } from "../../../lib/plan/plan-document";
import { networkMap } from "../../../lib/report/plan/network-map";
import { planDocument } from "../../support/plan-document";

const mapOf = (networks: readonly PlannedNetwork[], links: readonly Link[]) =>
  networkMap(planDocument({ servers: 0, over: { networks, links } }));

describe("networkMap", () => {
  it("has an end that is no network once, on the side of its first link", () => {
    const { places, lanes } = mapOf(
      [{ name: "vpc", cidr: "10.64.0.0/16", side: "target" }],
      [
        { from: "fra1", to: "vpc", label: "VPN" },
        { from: "shop", to: "fra1", label: "80 % of the requests" },
        { from: "shop", to: "aws", label: "20 % of the requests" },
        { from: "aws", to: "vpc", label: "peering" },
      ],
    );
    expect(places.map(({ name, side }) => `${name} ${side}`)).toEqual([
      "fra1 source",
      "vpc target",
      "shop source",
      "aws target",
    ]);
    expect(lanes.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [2, 0],
      [2, 3],
      [3, 1],
    ]);
  });

  it("keeps two networks of one name apart, and takes for a link the one of its side", () => {
    const { places, lanes } = mapOf(
      [
        { name: "main", cidr: "10.10.0.0/16", side: "source" },
        { name: "main", cidr: "10.64.0.0/16", side: "target" },
      ],
      [{ from: "main", to: "main", label: "VPN" }],
    );
    expect(places.map(({ cidr, side }) => [cidr, side])).toEqual([
      ["10.10.0.0/16", "source"],
      ["10.64.0.0/16", "target"],
    ]);
    expect(lanes).toEqual([{ from: 0, to: 1, label: "VPN" }]);
  });

  it("leaves a network on its own side, whichever way a link leads", () => {
    const { places } = mapOf(
      [{ name: "vpc", cidr: "10.64.0.0/16", side: "target" }],
      [{ from: "vpc", to: "office", label: "VPN" }],
    );
    expect(places.map(({ name, side }) => [name, side])).toEqual([
      ["vpc", "target"],
      ["office", "target"],
    ]);
  });
});
