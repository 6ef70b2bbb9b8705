/** What a rename of a construct takes: addresses that move, names that stay, and what is refused. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  App,
  TerraformDataSource,
  TerraformElement,
  TerraformHclModule,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { Construct, type Node } from "constructs";
import { declareRename, namePath, type RenameProps } from "../../lib/core";
import { formerAddress, moveFromFormerId } from "../../lib/core/former-address";
import { addressesBefore } from "../../lib/core/rename";
import { MigrationPart, type MigrationPartProps } from "../../lib/core/migration-part";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { thrown } from "../support/thrown";
import { ToyMigration, type ToyProps } from "../support/toy-migration";
import { unlabelledBlocks } from "../support/unlabelled-blocks";

class Part extends MigrationPart {
  constructor(scope: Construct, id: string, props: MigrationPartProps) {
    super(scope, id, props);
    resource(this, "data");
  }
}

const resource = (scope: Construct, id: string, type = "aws_thing"): TerraformResource =>
  new TerraformResource(scope, id, { terraformResourceType: type });

const newStack = (id = "stack"): TerraformStack => new TerraformStack(Testing.app(), id);

const from = (renamedFrom: string): RenameProps => ({ renamedFrom, namedAfter: renamedFrom });

interface Json {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const synthesized = (stack: TerraformStack): Json => JSON.parse(Testing.synth(stack)) as Json;

const addresses = ({ resource: types }: Json): string[] =>
  Object.entries(types).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));

/** The addresses that a tree has, and those that its renamed twin moves from. */
function twins(build: (stack: TerraformStack, renamed: boolean) => void, make = newStack) {
  const [before, after] = [false, true].map((renamed) => {
    const stack = make();
    build(stack, renamed);
    return synthesized(stack);
  }) as [Json, Json];
  return { before: addresses(before), after: addresses(after), moved: unlabelledBlocks(after.moved) };
}

describe("the moved blocks of a renamed construct", () => {
  it("lead from every old address below it to the new one, also of what is made last", () => {
    const { before, after, moved } = twins((stack, renamed) => {
      const scope = new Construct(stack, renamed ? "lands" : "estate");
      const migration = new ToyMigration(scope, renamed ? "web" : "shop", renamed ? from("stack/estate/shop") : {});
      resource(new Construct(migration, "Default"), "Resource");
      const long = resource(new Construct(migration, "n".repeat(250)), "disk");
      resource(stack, "beside");
      resource(long, "below");
    });
    expect(before).toHaveLength(6);
    expect(moved.map((each) => each.from).sort()).toEqual(before.filter((each) => each !== "aws_thing.beside").sort());
    expect(moved.map(({ to }) => to).sort()).toEqual(after.filter((each) => each !== "aws_thing.beside").sort());
    expect(moved.find((each) => each.from.startsWith("aws_ssm_parameter.estate_shop_record_reached"))?.to).toMatch(
      /^aws_ssm_parameter\.lands_web_record_reached/,
    );
  });

  it("are none where nothing was renamed, nor for names alone", () => {
    const stack = newStack();
    new ToyMigration(stack, "web", { namedAfter: "stack/shop" });
    expect(synthesized(stack)).not.toHaveProperty("moved");
  });

  it("follow the stack's own way of allocating ids", () => {
    class Own extends TerraformStack {
      protected override allocateLogicalId(element: TerraformElement | Node): string {
        const { path: whole } = element instanceof TerraformElement ? element.node : element;
        return whole.replaceAll("/", "__");
      }
    }
    const { before, moved } = twins(
      (stack, renamed) => new ToyMigration(stack, renamed ? "web" : "shop", renamed ? from("stack/shop") : {}),
      () => new Own(Testing.app(), "stack"),
    );
    expect(moved.map((each) => each.from).sort()).toEqual([...before].sort());
    expect(moved[0]?.to).toMatch(/^aws_ssm_parameter\.stack__web__record__/);
  });

  it("leave out what has no address in the state, an id of its own, or a move of its own", () => {
    const stack = newStack();
    const migration = new ToyMigration(stack, "web", from("stack/shop"));
    new TerraformDataSource(migration, "found", { terraformResourceType: "aws_thing" });
    resource(migration, "named").overrideLogicalId("shop-named");
    resource(migration, "moved-by-hand").moveFromId("aws_thing.elsewhere");
    const moved = unlabelledBlocks(synthesized(stack).moved);
    expect(moved.map((each) => each.from).filter((each) => !each.startsWith("aws_ssm_parameter"))).toEqual([
      "aws_thing.elsewhere",
    ]);
  });

  it("are a chain for what was called otherwise itself, from each of the addresses that a state may have", () => {
    const stack = newStack();
    const migration = new ToyMigration(stack, "web", from("stack/shop"));
    const volume = resource(new Construct(migration, "volumes"), "data");
    moveFromFormerId(volume, "disk");
    const of = (json: Json) => unlabelledBlocks(json.moved).filter((each) => each.from.startsWith("aws_thing"));
    const chain = of(synthesized(stack)).map((each) =>
      [each.from, each.to].map((at) => at.replace(/_[0-9A-F]{8}$/, "")),
    );
    expect(chain.sort()).toEqual([
      ["aws_thing.shop_volumes_data", "aws_thing.web_volumes_disk"],
      ["aws_thing.shop_volumes_disk", "aws_thing.shop_volumes_data"],
      ["aws_thing.web_volumes_disk", "aws_thing.web_volumes_data"],
    ]);
    const [old] = of(synthesized(stack)).filter((each) => each.from.startsWith("aws_thing.shop_volumes_disk"));
    expect(addressesBefore(volume, "disk")).toEqual([formerAddress(volume, "disk"), old?.from]);
    expect(addressesBefore(resource(stack, "beside"), "disk")).toEqual(["aws_thing.disk"]);
  });

  it("move calls of modules", () => {
    const { moved } = twins((stack, renamed) => {
      const migration = new ToyMigration(stack, renamed ? "web" : "shop", renamed ? from("stack/shop") : {});
      new TerraformHclModule(migration, "network", { source: "terraform-aws-modules/vpc/aws" });
    });
    expect(moved.filter(({ to }) => to.startsWith("module."))).toEqual([
      { from: expect.stringMatching(/^module\.shop_network_/), to: expect.stringMatching(/^module\.web_network_/) },
    ]);
  });

  it("of a part are its own, wherever it is", () => {
    const { before, after, moved } = twins((stack, renamed) => {
      const migration = new ToyMigration(stack, renamed ? "web" : "shop", renamed ? from("stack/shop") : {});
      new Part(migration, renamed ? "files" : "data", {
        migration,
        ...(renamed ? from("stack/shop/data") : {}),
      });
      new Part(stack, renamed ? "records" : "orders", { migration, ...(renamed ? from("stack/orders") : {}) });
      new Part(migration, "kept", { migration, ...(renamed ? { namedAfter: "stack/kept" } : {}) });
    });
    expect(before).toHaveLength(5);
    expect(moved.map((each) => each.from).sort()).toEqual([...before].sort());
    expect(moved.map(({ to }) => to).sort()).toEqual([...after].sort());
  });

  it("of a scope move what is below it", () => {
    const { before, moved } = twins((stack, renamed) => {
      const scope = new Construct(stack, renamed ? "lands" : "estate");
      if (renamed) declareRename(scope, from("stack/estate"));
      new ToyMigration(scope, "shop");
      resource(scope, "vpc");
    });
    expect(moved.map((each) => each.from).sort()).toEqual([...before].sort());
  });

  it("lead into a scope that was put between, and has the old path", () => {
    const { before, moved } = twins((stack, renamed) => {
      const scope = renamed ? new Construct(stack, "shop") : stack;
      const migration = new ToyMigration(scope, renamed ? "servers" : "shop", renamed ? from("stack/shop") : {});
      resource(migration, "data");
    });
    expect(moved.map((each) => each.from).sort()).toEqual([...before].sort());
  });
});

describe("names made of a path", () => {
  it("follow what the nearest construct above is named after", () => {
    const stack = newStack();
    const migration = new ToyMigration(stack, "web", { namedAfter: "stack/estate/shop" });
    const inside = new Construct(new Construct(migration, "a"), "b");
    const part = new Part(migration, "files", { migration, namedAfter: "stack/orders" });
    expect(namePath(migration)).toBe("stack/estate/shop");
    expect(namePath(inside)).toBe("stack/estate/shop/a/b");
    expect(namePath(new Construct(part, "c"))).toBe("stack/orders/c");
    expect(namePath(new Construct(stack, "beside"))).toBe("stack/beside");
  });

  it("are the parameters of the stages too, but for a name that was given", () => {
    expect(new ToyMigration(newStack(), "web", { namedAfter: "old/estate/shop" }).identity.name).toBe(
      "old-estate-shop",
    );
    expect(new ToyMigration(newStack(), "web", { namedAfter: "stack/shop", name: "shop" }).identity.name).toBe("shop");
  });
});

describe("a rename is refused", () => {
  const made = (props: ToyProps, id = "web") =>
    thrown(() => new ToyMigration(new Construct(newStack("wave-1"), "estate"), id, props));

  it("where the path is none", () => {
    const token = new TerraformVariable(newStack(), "path", { type: "string" }).stringValue;
    for (const renamedFrom of ["shop", "", "/wave-1/shop", "wave-1//shop", "wave-1/shop/", token, 7 as never]) {
      expect(made({ namedAfter: renamedFrom })).toMatchObject({ code: "MIGRATION_NAMED_AFTER", path: "namedAfter" });
      const refused = made({ renamedFrom, namedAfter: "wave-1/shop" });
      expect(refused).toMatchObject({
        code: "MIGRATION_RENAMED_FROM",
        path: "renamedFrom",
        construct: "wave-1/estate/web",
      });
      expect(refused.message).toContain("wave-1/ID, or wave-1/SCOPE/ID");
    }
    expect(made(from(token)).message).toContain("a value that only Terraform knows");
  });

  it("where it is the construct's own path", () => {
    const refused = made(from("wave-1/estate/web"));
    expect(refused).toMatchObject({ code: "MIGRATION_RENAMED_FROM", received: "wave-1/estate/web" });
    expect(refused.message).toContain("write the path of the earlier commit");
  });

  it("where the stack was another, with what to do instead", () => {
    const refused = made(from("wave-2/estate/shop"));
    expect(refused.code).toBe("MIGRATION_RENAMED_STACK");
    expect(refused.message).toContain("a moved block crosses no state");
    expect(refused.message).toContain('write namedAfter: "wave-2/estate/shop" alone');
    expect(refused.message).toContain("removed block with destroy = false for each resource in wave-2");
    // A stack whose id begins with another's is another.
    expect(made(from("wave-10/shop")).code).toBe("MIGRATION_RENAMED_STACK");
  });

  it("where names would change, with the line to write", () => {
    const refused = made({ renamedFrom: "wave-1/shop" });
    expect(refused).toMatchObject({ code: "MIGRATION_RENAMED_NAMES", path: "namedAfter" });
    expect(refused.message).toContain('write namedAfter: "wave-1/shop"');
  });

  it("where two come from one path", () => {
    const stack = newStack();
    new ToyMigration(stack, "one", from("stack/shop"));
    const refused = thrown(
      () => new ToyMigration(stack, "two", { renamedFrom: "stack/shop", namedAfter: "stack/other" }),
    );
    expect(refused).toMatchObject({ code: "MIGRATION_RENAMED_TWICE", construct: "stack/two" });
    expect(refused.message).toContain("stack/one is renamed from it as well");
  });

  it("where two are named after one path, or after that of another construct", () => {
    const stack = newStack();
    new ToyMigration(stack, "one", { namedAfter: "stack/shop" });
    for (const id of ["two", "shop"]) {
      const refused = thrown(
        () => new ToyMigration(stack, id, { name: id, ...(id === "two" ? { namedAfter: "stack/shop" } : {}) }),
      );
      expect(refused).toMatchObject({
        code: "MIGRATION_NAMED_AFTER",
        received: "stack/shop",
        construct: `stack/${id}`,
      });
      expect(refused.message).toContain("stack/one is");
    }
  });

  it("where a construct of the old path is still there, before anything is written", () => {
    const outdir = makeTemporaryFolder("renamed");
    try {
      const app = new App({ outdir, skipValidation: true });
      new TerraformStack(app, "first");
      const stack = new TerraformStack(app, "stack");
      new ToyMigration(stack, "web", from("stack/shop"));
      new Construct(stack, "shop");
      const refused = thrown(() => {
        app.synth();
      });
      expect(refused).toMatchObject({ code: "MIGRATION_RENAMED_TAKEN", construct: "stack/web" });
      expect(refused.message).toContain("stack/shop is in the tree beside stack/web");
      expect(existsSync(path.join(outdir, "stacks")) ? readdirSync(path.join(outdir, "stacks")) : []).toEqual([]);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  it("where a resource still has the old address", () => {
    const stack = newStack();
    const scope = new Construct(stack, "shop");
    resource(new ToyMigration(scope, "servers", from("stack/shop")), "data");
    resource(scope, "data");
    const refused = thrown(() => synthesized(stack));
    expect(refused.code).toBe("MIGRATION_RENAMED_TAKEN");
    expect(refused.message).toMatch(/stack\/shop\/data is in the tree .* still has the address aws_thing\.shop_data_/);
  });
});
