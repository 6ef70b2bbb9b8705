import { describe, expect, it } from "@jest/globals";
import type { RunbookStep } from "../../../../lib/core/stage";
import { LiftAndShift, ServerImage, type ServerImages } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { readyAssessment } from "../../../support/ready-assessment";
import { AMI, existing, newStack, synthesize } from "./fixtures";

/** The steps into the stage `cutover` between the stop of the source and the deployment, and the Terraform of that stack. */
function stepsWith(images: ServerImages, stage: "replicate" | "test" = "test") {
  const stack = newStack();
  const { procedure } = new LiftAndShift(stack, "wave", {
    app: "shop",
    assessment: readyAssessment(),
    stage,
    rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
    network: existing,
    fleet: { keepAddresses: false },
    images,
    testClientCidrs: ["10.9.0.0/24"],
  });
  const steps: readonly RunbookStep[] = procedure.find(({ name }) => name === "cutover")?.enter ?? [];
  const at = (title: string): number => steps.findIndex((step) => step.title.startsWith(title));
  return { steps: steps.slice(at("Stop the application") + 1, at("Declare the stage cutover")), stack };
}

const exported: ServerImages = ({ name, disks }) =>
  ServerImage.diskImage(
    "exports",
    disks.map((_disk, index) => `${name}/disk-${index}.vmdk`),
  );

describe("the servers' own disks in the cut-over", () => {
  it("are one step, where no server is made of exported disks", () => {
    expect(stepsWith(() => AMI).steps.map(({ title }) => title)).toEqual(["Bring the servers' own disks up to date"]);
  });

  it("go through the stage replicate, where Terraform may make the servers anew", () => {
    const { steps } = stepsWith(exported);
    expect(steps.map(({ title, command }) => [title.split(/[ :]/, 1)[0], command?.split(" \\\n")[0]])).toEqual([
      ["Export", undefined],
      ["Go", "cdktf deploy"],
      ["Bring", "terraform -chdir=cdktf.out/stacks/stack apply"],
    ]);
    // The deployment of the transition is still that of the stage itself.
    expect(steps.filter(({ deploys }) => deploys === true)).toEqual([]);
  });

  it("names what Terraform is to replace, each by the address that it has", () => {
    const { steps, stack } = stepsWith(exported, "replicate");
    const { resource } = synthesize(stack);
    const named = (steps[2]?.command ?? "")
      .split("\n")
      .slice(1)
      .map((line) => /-replace=(\S+)/.exec(line)?.[1]);
    const there = ["aws_ebs_snapshot_import", "aws_instance", "aws_ebs_volume"].flatMap((type) =>
      Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`),
    );
    expect(there.length).toBeGreaterThan(3);
    expect([...named].sort()).toEqual(there.sort());
    // Nothing keeps it from being replaced there, as the stage test would.
    expect(JSON.stringify(resource)).not.toContain('"prevent_destroy":true');
  });

  it("leave the other servers to the step that they had", () => {
    const { steps } = stepsWith((server) => (server.name === "web-01" ? exported(server) : AMI));
    expect(steps.map(({ title }) => title).slice(2)).toEqual([
      expect.stringMatching(/^Bring the servers' own disks up to date: import/),
      "Bring the servers' own disks up to date, of the servers that are made of no exported disks",
    ]);
  });
});
