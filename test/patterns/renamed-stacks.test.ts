/** A rename of every construct of a stack moves each resource to its new address, and changes nothing else of it. */
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { renamedApp, renamedStacks, type RenamedPattern, type RenameState } from "../support/renamed-stacks";
import { unlabelledBlocks } from "../support/unlabelled-blocks";

interface Json {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

function synthesized(pattern: RenamedPattern, state: RenameState): Json {
  const [stack] = renamedApp(pattern, state).node.children.filter((each) => TerraformStack.isStack(each));
  if (stack === undefined) throw new Error("the app has no stack");
  return JSON.parse(Testing.synth(stack)) as Json;
}

/** The attributes of the resources by their addresses, in which a reference is `there` said: its new address. */
function attributes({ resource }: Json, there: (address: string) => string): ReadonlyMap<string, unknown> {
  const read = (config: unknown): unknown =>
    JSON.parse(
      JSON.stringify(config)
        // Data sources and locals are in no state: that they are computed alike is seen in the plan of the real Terraform.
        .replace(/\b(data\.[a-z0-9_]+|local)\.[A-Za-z0-9_-]+/g, "$1.NAME")
        .replace(/\b(?:aws_[a-z0-9_]+|terraform_data)\.[A-Za-z0-9_-]+/g, there),
    );
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, config]) => [there(`${type}.${name}`), read(config)] as const),
    ),
  );
}

describe.each(Object.keys(renamedStacks) as RenamedPattern[])("a renamed %s", (pattern) => {
  const before = synthesized(pattern, "before");
  const renamed = synthesized(pattern, "renamed");
  const moves = new Map(unlabelledBlocks(renamed.moved).map(({ from, to }) => [from, to]));
  const old = attributes(before, (address) => moves.get(address) ?? address);
  const same = (address: string): string => address;

  it("moves each old address to one of its own", () => {
    expect(moves.size).toBe(renamed.moved?.length);
    expect(new Set(moves.values()).size).toBe(moves.size);
    expect([...moves.keys()].sort()).toEqual([...attributes(before, same).keys()].sort());
    expect([...moves].filter(([from, to]) => from === to)).toEqual([]);
  });

  it("has the resources that it had, with their attributes", () => {
    expect(attributes(renamed, same)).toEqual(old);
  });

  it("has them still when nothing is moved any more", () => {
    const settled = synthesized(pattern, "settled");
    expect(settled).not.toHaveProperty("moved");
    expect(attributes(settled, same)).toEqual(old);
  });

  it("would have had others without its names", () => {
    expect(JSON.stringify(before)).toMatch(/stack[-/]estate/);
    expect(JSON.stringify(renamed.resource)).not.toMatch(/stack[-/]lands/);
  });
});
