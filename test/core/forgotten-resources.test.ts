import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { ForgottenResources } from "../../lib/core";
import { thrown } from "../support/thrown";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

describe("forgotten resources", () => {
  it("are a removed block each, beside one another, that destroys nothing", () => {
    const stack = newStack();
    new ForgottenResources(stack, "one", { addresses: ["aws_instance.a", "aws_ebs_volume.a"] });
    new ForgottenResources(stack, "other", { addresses: ["aws_instance.b"] });
    new ForgottenResources(stack, "none", { addresses: [] });
    const { removed } = JSON.parse(Testing.synth(stack)) as { removed: unknown };
    expect(removed).toEqual(
      ["aws_instance.a", "aws_ebs_volume.a", "aws_instance.b"].map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  });

  it.each(["data.aws_instance", "module.web", "aws_instance", "aws_instance.a[0]", "aws_instance.${a}", ""])(
    "refuse %j, which is not the address of a resource",
    (address) => {
      const error = thrown(() => new ForgottenResources(newStack(), "a", { addresses: ["aws_instance.a", address] }));
      expect(error).toMatchObject({ code: "MIGRATION_FORGOTTEN_ADDRESS", path: "addresses[1]", received: address });
    },
  );
});
