/** The app as it is, compared with the one that was deployed last. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, S3Backend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { declareRename } from "../../../lib/core/rename";
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

  it("tells of a whole construct that was renamed, with the props that keep it, whatever is named after it", async () => {
    const under =
      (id: string): Make =>
      (stack) => {
        const scope = new Construct(stack, id);
        resource(scope, "data", "aws_ebs_volume", { availability_zone: "eu-central-1a", size: 8, snapshot_id: id });
        resource(scope, "bucket", "aws_s3_bucket", { bucket: id });
        resource(stack, `beside-${id}`, "aws_sns_topic", { name: id });
      };
    const props = '{ renamedFrom: "stack/estate", namedAfter: "stack/estate" }';
    const found = own(await since({ stack: under("estate") }, { stack: under("lands") }));
    expect(found).toHaveLength(2);
    for (const { message, remedy } of found) {
      expect(message).toMatch(/: everything of stack\/estate is in stack\/lands, so that it looks renamed$/);
      expect(remedy).toContain(`give stack/lands the props ${props}, or call declareRename(…, ${props}) on it`);
    }
    const mended: Make = (stack) => {
      const scope = new Construct(stack, "lands");
      declareRename(scope, { renamedFrom: "stack/estate", namedAfter: "stack/estate" });
      resource(scope, "data", "aws_ebs_volume", { availability_zone: "eu-central-1a", size: 8, snapshot_id: "estate" });
      resource(scope, "bucket", "aws_s3_bucket", { bucket: "estate" });
    };
    expect(own(await since({ stack: under("estate") }, { stack: mended }))).toEqual([]);
  });

  it("takes a construct of which a part is gone for no rename", async () => {
    const make =
      (id: string, ...volumes: string[]): Make =>
      (stack) => {
        const scope = new Construct(stack, id);
        for (const name of volumes) resource(scope, name, "aws_ebs_volume", { size: 8, snapshot_id: `${id}-${name}` });
      };
    const found = own(await since({ stack: make("estate", "a", "b") }, { stack: make("lands", "a", "c") }));
    expect(found).toHaveLength(2);
    for (const { message } of found) expect(message).toMatch(/is gone from the code, and is destroyed$/);
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
