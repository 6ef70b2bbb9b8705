/** What a rename with `moved` blocks changes: nothing by itself, and whatever else changes with it is still seen. */
import { describe, expect, it } from "@jest/globals";
import { TerraformDataSource, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { moveFromFormerId } from "../../../lib/core/former-address";
import { declareRename } from "../../../lib/core/rename";
import { dataHoldingTypes } from "../../../lib/plan/losses/data-holding-types";
import { compareSyntheses } from "../../../lib/plan/rehearsal/comparison";
import type { ComparedResources } from "../../../lib/plan/rehearsal/rehearsal";
import { synthesize } from "../../../lib/plan/rehearsal/synthesis";
import { renamedApp, renamedStacks, type RenamedPattern } from "../../support/renamed-stacks";
import { emptyApp, resource } from "./toy";

const options = { discards: [], holds: dataHoldingTypes };
const nothing: ComparedResources = {
  created: [],
  changed: [],
  replaced: [],
  destroyed: [],
  retagged: [],
  recorded: [],
  uncertain: [],
};

class Found extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly query: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, { terraformResourceType: "aws_ami" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.query };
  }
}

interface Change {
  readonly size?: number;
  readonly filter?: string;
  readonly moves?: boolean;
}

/** A server of a looked-up image with a volume, and in another stack what refers to it; `renamed` by its scope. */
function app(renamed: boolean, { size = 8, filter = "amazon", moves = true }: Change = {}) {
  const made = emptyApp();
  const stack = new TerraformStack(made, "stack");
  const scope = new Construct(stack, renamed ? "lands" : "estate");
  if (renamed && moves) declareRename(scope, { renamedFrom: "stack/estate", namedAfter: "stack/estate" });
  const image = new Found(scope, "image", { owners: [filter] });
  const zone = new TerraformLocal(scope, "zone", "eu-central-1a");
  const all = new TerraformLocal(scope, "zones", [zone.asString]);
  const volume = resource(scope, "data", "aws_ebs_volume", { size, availability_zone: zone.asString });
  resource(scope, "web", "aws_instance", { ami: image.getStringAttribute("id"), user_data: all.fqn });
  const other = new TerraformStack(made, "other");
  resource(other, "attached", "aws_volume_attachment", { volume_id: volume.getStringAttribute("id") });
  return synthesize(made);
}

const addresses = (changes: ComparedResources["changed"]): string[] => changes.map(({ address }) => address);

describe("a rename with moved blocks", () => {
  it.each(Object.keys(renamedStacks) as RenamedPattern[])("changes nothing of %s", (pattern) => {
    const [before, after] = (["before", "renamed"] as const).map((state) => synthesize(renamedApp(pattern, state)));
    expect(compareSyntheses(before!, after!, options)).toEqual(nothing);
  });

  it("changes nothing of what data sources, locals and other stacks' outputs name", () => {
    expect(compareSyntheses(app(false), app(true), options)).toEqual(nothing);
  });

  it("changes nothing where a resource was called otherwise as well, whichever rename was first", () => {
    const made = (scopeId: string, id: string, formers: { readonly scope?: string; readonly own?: string } = {}) => {
      const tree = emptyApp();
      const scope = new Construct(new TerraformStack(tree, "stack"), scopeId);
      const { scope: renamedFrom, own } = formers;
      if (renamedFrom !== undefined) declareRename(scope, { renamedFrom, namedAfter: renamedFrom });
      const volume = resource(scope, id, "aws_ebs_volume", { size: 8 });
      if (own !== undefined) moveFromFormerId(volume, own);
      return synthesize(tree);
    };
    const after = made("lands", "data", { scope: "stack/estate", own: "disk" });
    for (const before of [made("estate", "disk"), made("estate", "data"), made("lands", "disk"), after]) {
      expect(compareSyntheses(before, after, options)).toEqual(nothing);
    }
    expect(compareSyntheses(made("elsewhere", "disk"), after, options).destroyed).toHaveLength(1);
  });

  it("is the rename of everything where no resource moves", () => {
    const { destroyed, created } = compareSyntheses(app(false), app(true, { moves: false }), options);
    expect([destroyed.length, created.length]).toEqual([2, 2]);
  });

  it("hides no change of a moved resource", () => {
    const { changed, replaced, destroyed } = compareSyntheses(app(false), app(true, { size: 16 }), options);
    expect([addresses(changed).length, replaced, destroyed]).toEqual([1, [], []]);
    expect(changed[0]).toMatchObject({ type: "aws_ebs_volume", attributes: ["size"] });
    expect(changed[0]?.address).toMatch(/^stack\/aws_ebs_volume\.lands_data_/);
  });

  it("hides no change of what a moved resource refers to", () => {
    const { changed, replaced, destroyed } = compareSyntheses(app(false), app(true, { filter: "self" }), options);
    expect([changed, destroyed]).toEqual([[], []]);
    expect(replaced).toEqual([
      expect.objectContaining({
        type: "aws_instance",
        attributes: [expect.stringMatching(/^ami \(with stack\/data\.aws_ami\.lands_image_\w+\)$/)],
      }),
    ]);
  });

  it("counts no more once the state has what is moved to", () => {
    const both = app(true);
    expect(compareSyntheses(both, both, options)).toEqual(nothing);
  });
});
