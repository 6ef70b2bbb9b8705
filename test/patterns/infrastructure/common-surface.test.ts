/** What the plan reads of a pattern, and what no pattern may leave out of it. */
import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import { HybridCloud } from "../../../lib/patterns/infrastructure/hybrid-cloud";
import { MultiCloudRouting } from "../../../lib/patterns/infrastructure/multi-cloud/multi-cloud-routing";
import { readyAssessment } from "../../support/ready-assessment";
import { emptyStack } from "./hybrid-cloud/synthesize";
import { twoClouds } from "./multi-cloud/intents";

const assessment = readyAssessment();
const rollback = { owner: "migration lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };

function hybrid(stage: "connect" | "live", alarms?: { readonly topicArns: readonly string[] }): HybridCloud {
  return new HybridCloud(emptyStack(), "hybrid", {
    app: "shop",
    assessment,
    rollback,
    stage,
    vpc: { name: "landing zone" },
    sites: [
      {
        name: "office",
        networks: ["192.168.0.0/16"],
        devices: [{ customerGateway: { ipAddress: "198.51.100.10" } }],
      },
    ],
    ...(alarms === undefined ? {} : { alarms }),
  });
}

describe("a hybrid cloud", () => {
  const topicArns = ["arn:aws:sns:eu-central-1:111122223333:alarms"];

  it("says which sites it connects with what", () => {
    expect(hybrid("live").links).toEqual([{ from: "office", to: "landing zone", label: "VPN, 2 tunnels" }]);
  });

  it("is verified by its tunnels' alarms, whose names are known before Terraform runs", () => {
    const { verifications } = hybrid("live", { topicArns });
    expect(verifications.map(({ kind, name, alarm }) => [kind, name, alarm?.name, alarm?.notifies])).toEqual([
      ["connectivity", "tunnel1-state of office", "stack-hybrid-alarms-office-tunnel1-down", true],
      ["connectivity", "tunnel2-state of office", "stack-hybrid-alarms-office-tunnel2-down", true],
      ["connectivity", "traffic of office", "stack-hybrid-alarms-office-no-traffic", true],
    ]);
    expect(verifications.every(({ alarm }) => Token.isUnresolved(alarm?.arn))).toBe(true);
  });

  it("tells nobody before there is something to tell, and is verified by nothing without alarms", () => {
    const early = hybrid("connect", { topicArns }).verifications;
    expect(early.map(({ alarm }) => alarm?.notifies)).toEqual([false, false, false]);
    expect(hybrid("live", { topicArns: [] }).verifications.some(({ alarm }) => alarm?.notifies)).toBe(false);
    expect(hybrid("live").verifications).toEqual([]);
  });

  it("carries no share of production's traffic, which it only connects", () => {
    expect([...hybrid("live").stages].map(({ name, trafficShare }) => [name, trafficShare])).toEqual([
      ["connect", undefined],
      ["verify", undefined],
      ["live", undefined],
    ]);
  });
});

describe("a multi-cloud routing", () => {
  const routing = new MultiCloudRouting(emptyStack(), "users", {
    app: "shop",
    assessment,
    rollback,
    stage: "10-percent",
    intent: twoClouds,
    verifications: [{ kind: "end-to-end-test", name: "log in" }],
  });

  it("says which share goes where in the declared stage", () => {
    const [from] = routing.links.map((link) => link.from);
    expect(from).toBe(twoClouds.service);
    expect(routing.links.map(({ to, label }) => [to, label])).toEqual([
      ["aws", "90 % of the requests"],
      ["gcp", "10 % of the requests"],
    ]);
  });

  it("is verified by what it is given, and by the health checks of its destinations", () => {
    expect(routing.verifications).toEqual([
      { kind: "end-to-end-test", name: "log in" },
      { kind: "health-check", name: "aws" },
      { kind: "health-check", name: "gcp" },
    ]);
  });

  it("says what share of the traffic each stage shifts", () => {
    expect([...routing.stages].map(({ trafficShare }) => trafficShare)).toEqual([0, 0.1, 0.5, 1]);
  });
});
