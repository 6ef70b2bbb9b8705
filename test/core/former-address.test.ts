import { describe, expect, it } from "@jest/globals";
import { TerraformResource, TerraformStack, Testing, type TerraformElement } from "cdktf";
import { Construct, type Node } from "constructs";
import { formerAddress, logicalIdAt } from "../../lib/core/former-address";

const resource = (scope: Construct, id: string): TerraformResource =>
  new TerraformResource(scope, id, { terraformResourceType: "aws_thing" });

const address = (of: TerraformResource): string => `${of.terraformResourceType}.${of.friendlyUniqueId}`;

class Spelled extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return super.allocateLogicalId(element).toUpperCase();
  }
}

describe("a former address", () => {
  it.each([
    ["with another id", "old"],
    ["hidden from the address", "Default"],
    ["longer than an address", "n".repeat(300)],
    ["that its scope has as well", "scope"],
  ])("is what CDKTF gave a resource %s", (_, old) => {
    const [before, after] = [new TerraformStack(Testing.app(), "stack"), new TerraformStack(Testing.app(), "stack")];
    const was = resource(new Construct(before, "scope"), old);
    expect(formerAddress(resource(new Construct(after, "scope"), "new"), old)).toBe(address(was));
  });

  it("is that below scopes that were called otherwise too", () => {
    const [before, after] = [new TerraformStack(Testing.app(), "stack"), new TerraformStack(Testing.app(), "stack")];
    const was = resource(new Construct(new Construct(before, "a"), "b"), "old");
    const now = resource(new Construct(new Construct(after, "c"), "b"), "new");
    expect(logicalIdAt(now, ["a", "b", "old"])).toBe(was.friendlyUniqueId);
  });

  it("is spelled as the stack spells its addresses", () => {
    const [before, after] = [new Spelled(Testing.app(), "stack"), new Spelled(Testing.app(), "stack")];
    const was = resource(before, "old");
    expect(address(was)).toBe("aws_thing.OLD");
    expect(formerAddress(resource(after, "new"), "old")).toBe("aws_thing.OLD");
  });

  it("leaves the resource what it is", () => {
    const now = resource(new TerraformStack(Testing.app(), "stack"), "new");
    const own = address(now);
    formerAddress(now, "old");
    expect([address(now), now.node.path]).toEqual([own, "stack/new"]);
  });
});
