import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { parseArguments } from "../../../../lib/cli/arguments";
import { runRoute } from "../../../../lib/cli/commands/route";
import { routePage } from "../../../../lib/cli/pages/route";
import { captured, temporaryFolder } from "../../../cli/captured";
import { twoClouds } from "./intents";

const { file } = temporaryFolder();
const config = file("routing.yaml", stringify(twoClouds));

/** What the command writes. */
async function route(...args: string[]): Promise<string> {
  const terminal = captured();
  expect(await runRoute(parseArguments(routePage, ["--config", config, ...args]), terminal)).toBe(0);
  return terminal.stdout.text;
}

describe("migration-patterns route", () => {
  it("says where a request goes", async () => {
    const text = await route("--header", "region=us-east", "--down", "aws", "--stage", "10-percent");
    expect(text).toMatch(/^users at stage 10-percent, down: aws\n/);
    expect(text).toMatch(/gcp +gcp +europe-west1 +100 % +aws/);
  });

  it("says the same to a program", async () => {
    const answer = JSON.parse(await route("--header", "region=us-east", "--down", "aws", "--format", "json")) as {
      mesh: object;
    };
    expect(answer).toMatchObject({ service: "users", stage: null, down: ["aws"] });
    expect(answer.mesh).toMatchObject({
      shares: [{ destination: "gcp", share: "1", percent: 100, insteadOf: ["aws"] }],
      failsPercent: 0,
    });
  });

  it("draws the routes, and writes the manifests", async () => {
    expect(await route("--format", "mermaid")).toMatch(/^flowchart LR/);
    expect(await route("--format", "istio", "--stage", "50-percent")).toContain("weight: 50");
  });

  it("refuses a routing that cannot be, at its line", async () => {
    const wrong = file("wrong.yaml", stringify({ ...twoClouds, default: { to: "azure" } }));
    const call = runRoute(parseArguments(routePage, ["--config", wrong]), captured());
    await expect(call).rejects.toThrow(/\[ROUTING_NAME\] .*wrong\.yaml:\d+:\d+ \(default\.to\)/);
  });
});
