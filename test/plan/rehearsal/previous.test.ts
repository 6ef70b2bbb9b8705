/** The app as it is, compared with the one that was deployed last. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, S3Backend, TerraformStack } from "cdktf";
import { rehearsalMarkdown } from "../../../lib/plan/rehearsal/rehearsal-markdown";
import { rehearsalText } from "../../../lib/plan/rehearsal/rehearsal-text";
import { rehearse, type Rehearsal } from "../../../lib/plan/rehearsal/rehearse";
import { readSynthesizedApp } from "../../../lib/plan/synthesized-app";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { emptyApp, resource, stage, Toy } from "./toy";

type Make = (stack: TerraformStack) => void;
type Stacks = Readonly<Record<string, Make>>;

const stages = [stage("a"), stage("b")];

function build(app: App, stacks: Stacks): App {
  for (const [name, make] of Object.entries(stacks)) {
    const stack = new TerraformStack(app, name);
    if (name === "stack") new Toy(stack, "toy", stages, "a", () => undefined);
    make(stack);
  }
  return app;
}

/** Synthesizes the one app into a folder, reads it, and rehearses the other. */
async function since(before: Stacks, after: Stacks): Promise<Rehearsal> {
  const outdir = makeTemporaryFolder("previous");
  build(new App({ outdir }), before).synth();
  return rehearse(() => build(emptyApp(), after), { previous: readSynthesizedApp(outdir) });
}

const volume =
  (id: string, size = 8): Make =>
  (stack) => {
    resource(stack, id, "aws_ebs_volume", { availability_zone: "eu-central-1a", size, tags: { Name: id } });
  };

const own = (rehearsal: Rehearsal) =>
  rehearsal.findings
    .filter(({ rule }) => ["rehearsal-previous-lost", "rehearsal-uncertain"].includes(rule))
    .map(({ severity, message, remedy }) => ({ severity, message, remedy }));

describe("the previous synthesis", () => {
  it("is the same as the app that was not changed", async () => {
    const rehearsal = await since({ stack: volume("data") }, { stack: volume("data") });
    expect(own(rehearsal)).toEqual([]);
    const { created, changed, replaced, destroyed, uncertain } = rehearsal.sincePrevious!;
    expect([created, changed, replaced, destroyed, uncertain]).toEqual([[], [], [], [], []]);
    expect(rehearsalText(rehearsal)).toContain("since the previous synthesis\n  changes nothing\n");
    expect(rehearsalMarkdown(rehearsal)).toContain("## Since the previous synthesis\n\n- changes nothing\n");
  });

  it("tells of a construct that was renamed, and how to keep what it made", async () => {
    const rehearsal = await since({ stack: volume("data") }, { stack: volume("records") });
    expect(own(rehearsal)).toEqual([
      {
        severity: "blocker",
        message:
          "since the previous synthesis stack/aws_ebs_volume.data, which holds the data of a volume, is gone from the code, and is destroyed: stack/aws_ebs_volume.records is configured alike, so that it looks renamed",
        remedy: expect.stringMatching(
          /^call moveFromId\("aws_ebs_volume.data"\) on the resource aws_ebs_volume.records, which writes a moved block;/,
        ) as unknown,
      },
    ]);
  });

  it("accepts the moved block that it asks for", async () => {
    const moved: Make = (stack) => {
      const made = resource(stack, "records", "aws_ebs_volume", { availability_zone: "eu-central-1a", size: 8 });
      made.moveFromId("aws_ebs_volume.data");
    };
    expect(own(await since({ stack: volume("data") }, { stack: moved }))).toEqual([]);
  });

  it("tells of a resource that went to another stack, where moved does not reach", async () => {
    const nothing: Make = () => undefined;
    const [finding] = own(
      await since({ stack: volume("data"), other: nothing }, { stack: nothing, other: volume("data") }),
    );
    expect(finding?.message).toContain("other/aws_ebs_volume.data is configured alike");
    expect(finding?.remedy).toMatch(
      /^add a removed block for aws_ebs_volume.data without destroy to the stack stack \(Terraform 1.7\), and an import block/,
    );
  });

  it("says of a stack that is gone that nothing is destroyed, and that nobody looks after it", async () => {
    const nothing: Make = () => undefined;
    const rehearsal = await since({ stack: nothing, other: volume("data") }, { stack: nothing });
    expect(rehearsal.sincePrevious?.destroyed).toEqual([]);
    expect(own(rehearsal)).toMatchObject([
      {
        severity: "warning",
        message: expect.stringMatching(
          /^since the previous synthesis, other is uncertain: it is gone from the code/,
        ) as unknown,
      },
    ]);
  });

  it("does not guess between two that are alike", async () => {
    const both: Make = (stack) => {
      for (const id of ["one", "two"]) volume(id)(stack);
    };
    const [finding] = own(await since({ stack: volume("data") }, { stack: both }));
    expect(finding?.message).toMatch(/is gone from the code, and is destroyed$/);
  });

  it("tells of what is replaced, and of another backend", async () => {
    const key: Make = (stack) => {
      resource(stack, "data", "aws_ebs_volume", { availability_zone: "eu-central-1b", size: 8 });
    };
    expect(own(await since({ stack: volume("data") }, { stack: key })).map(({ message }) => message)).toEqual([
      "since the previous synthesis stack/aws_ebs_volume.data, which holds the data of a volume, is replaced because of availability_zone",
    ]);
    const away: Make = (stack) => {
      new S3Backend(stack, { bucket: "states", key: "a", region: "eu-central-1" });
    };
    expect(own(await since({ stack: () => undefined }, { stack: away }))).toEqual([
      {
        severity: "warning",
        message: expect.stringMatching(
          /^since the previous synthesis, stack is uncertain: its backend changes/,
        ) as unknown,
        remedy: expect.stringContaining("have the guard read Terraform's own plan") as unknown,
      },
    ]);
  });

  it("is not compared where it is not given, and the text says so", async () => {
    const rehearsal = await rehearse(() => build(emptyApp(), { stack: volume("data") }));
    expect(rehearsal).not.toHaveProperty("sincePrevious");
    expect(rehearsalText(rehearsal)).toContain("not compared: no previous synthesis was given");
    expect(rehearsalMarkdown(rehearsal)).toContain("not compared: no previous synthesis was given");
  });

  it("is refused where the folder has none", () => {
    const folder = makeTemporaryFolder("previous");
    expect(() => readSynthesizedApp(folder)).toThrow("[PLAN_SYNTHESIZED_APP] folder: ");
    mkdirSync(path.join(folder, "broken"));
    writeFileSync(path.join(folder, "broken", "manifest.json"), "{");
    expect(() => readSynthesizedApp(path.join(folder, "broken"))).toThrow("run cdktf synth again");
  });
});
