import { describe, expect, it } from "@jest/globals";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { writeParsableBlocks } from "../../lib/core/parsable-blocks";

type Terraform = Readonly<Record<string, unknown>>;

/** A stack with two resources that were moved and imported with CDKTF's own calls, as a user would. */
function writtenBy(change: (stack: TerraformStack, first: Vpc, second: Vpc) => void): Terraform {
  const stack = new TerraformStack(new App(), "stack");
  const [first, second] = ["first", "second"].map((id) => new Vpc(stack, id)) as [Vpc, Vpc];
  change(stack, first, second);
  return stack.toTerraform() as Terraform;
}

describe("the blocks without a label", () => {
  it("have their bodies in lists, whoever adds them, once", () => {
    const terraform = writtenBy((stack, first, second) => {
      first.importFrom("vpc-1");
      writeParsableBlocks(first);
      writeParsableBlocks(stack);
      second.importFrom("vpc-2");
      second.moveFromId("aws_vpc.old");
      stack.addOverride("removed", [{ from: "aws_vpc.gone", lifecycle: { destroy: false } }]);
    });
    expect(terraform["import"]).toEqual([
      [{ id: "vpc-1", to: "aws_vpc.first" }],
      [{ id: "vpc-2", to: "aws_vpc.second" }],
    ]);
    expect(terraform["moved"]).toEqual([[{ from: "aws_vpc.old", to: "aws_vpc.second" }]]);
    expect(terraform["removed"]).toEqual([[{ from: "aws_vpc.gone", lifecycle: { destroy: false } }]]);
  });

  it("are not there where nobody adds one, and a block alone becomes a list", () => {
    const plain = writtenBy((stack) => {
      writeParsableBlocks(stack);
    });
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(["import"]));
    const alone = writtenBy((stack) => {
      writeParsableBlocks(stack);
      stack.addOverride("import", { to: "aws_vpc.first", id: "vpc-1" });
    });
    expect(alone["import"]).toEqual([[{ to: "aws_vpc.first", id: "vpc-1" }]]);
  });
});
