import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Artifact } from "cdktf-migration-patterns/core";
import { synthesize } from "cdktf-migration-patterns/testing";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { thrown } from "../support/thrown";

/** Two stacks, of which the second refers to the first. */
function twoStacks(config: ConstructorParameters<typeof App>[0] = {}) {
  const app = new App({ outdir: path.join(makeTemporaryFolder("app"), "cdktf.out"), ...config });
  const first = new TerraformStack(app, "first");
  const second = new TerraformStack(app, "second");
  for (const stack of [first, second]) new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const bucket = new S3Bucket(first, "bucket", { bucket: "exports" });
  new TerraformOutput(second, "name", { value: bucket.bucket });
  new Artifact(first, "notes", { fileName: "notes/read.md", content: () => "read me\n" });
  return { app, first, second };
}

describe("synthesize", () => {
  it("returns what a synthesis writes, and writes nothing into the app's own folder", () => {
    const { app } = twoStacks();
    const { outdir } = app;
    // A temporary directory of its own: other tests make folders in theirs meanwhile.
    const temporary = makeTemporaryFolder("synthesize");
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
    const { stacks } = synthesize(app);
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    expect(stacks.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(stacks[0]?.files).toEqual({ "notes/read.md": "read me\n" });
    expect(app.outdir).toBe(outdir);
    expect(existsSync(path.join(outdir, "stacks/first"))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("takes the outputs along that another stack reads, also where it is asked for one stack", () => {
    const { first, second } = twoStacks();
    expect(Object.keys(synthesize(first).terraform)).toContain("output");
    expect(synthesize(second).terraform.data).toHaveProperty("terraform_remote_state");
  });

  it("finds resources by the name of their type and by their class", () => {
    const stack = synthesize(twoStacks().app).stack("first");
    expect(stack.resources("aws_s3_bucket")).toEqual({ bucket: { bucket: "exports" } });
    expect(stack.resources(S3Bucket)).toEqual(stack.resources("aws_s3_bucket"));
    expect(stack.resources("aws_instance")).toEqual({});
  });

  it("serves CDKTF's own matchers, without its metadata", () => {
    const { json } = synthesize(twoStacks().first);
    expect(Testing.toHaveResourceWithProperties(json, S3Bucket.tfResourceType, { bucket: "exports" })).toBe(true);
    expect(json).not.toContain('"//"');
  });

  it("gives the same again, and what the app itself would write afterwards", () => {
    const { app } = twoStacks();
    const once = synthesize(app);
    expect(synthesize(app)).toEqual(once);
    app.synth();
    expect(existsSync(path.join(app.outdir, "stacks/first/cdk.tf.json"))).toBe(true);
  });

  it("validates also where the app would not", () => {
    const { app, second } = twoStacks({ skipValidation: true });
    second.node.addValidation({ validate: () => ["no way"] });
    expect(() => synthesize(app)).toThrow("[second] no way");
    expect(app.skipValidation).toBe(true);
  });

  it("reads an app that writes HCL", () => {
    expect(synthesize(twoStacks({ hclOutput: true }).first).resources(S3Bucket)).toEqual({
      bucket: { bucket: "exports" },
    });
  });

  it("names the stacks where there is none of that name", () => {
    const error = thrown(() => synthesize(twoStacks().app).stack("frist"));
    expect(error).toMatchObject({
      code: "TESTING_STACK",
      received: "frist",
      allowed: "a stack of the app: first and second",
    });
  });

  it("refuses what is neither an app nor a stack", () => {
    expect(thrown(() => synthesize(Promise.resolve(twoStacks().app) as never))).toMatchObject({
      code: "TESTING_SUBJECT",
      received: "a promise",
    });
  });
});
