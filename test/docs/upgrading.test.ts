/** What the page "Upgrading" says of a release that calls a resource otherwise, and the check that it shows. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { formerAddress, moveFromFormerId } from "../../lib/core/former-address";
import type { RenameProps } from "../../lib/core/rename";
import { synthesize } from "../../lib/testing/synthesize";
import { blockOf } from "../support/page-block";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { ToyMigration, type ToyProps } from "../support/toy-migration";

interface Upgrade {
  readonly safe: boolean;
  readonly created: readonly string[];
  readonly destroyed: readonly string[];
}

const { upgrade } = blockOf("docs/upgrading.md", "upgrade") as {
  upgrade: (createApp: () => App, deployed: string) => Promise<Upgrade>;
};

/** How a release calls the volume of its pattern, and what it was called before. */
interface Release {
  readonly id: string;
  readonly formerId?: string;
}

/** A pattern with a volume. */
class Store extends ToyMigration {
  constructor(scope: Construct, id: string, { id: volumeId, formerId }: Release, props: ToyProps) {
    super(scope, id, props);
    const volume = new EbsVolume(this, volumeId, { availabilityZone: "eu-central-1a", size: 10 });
    this.protect(volume);
    if (formerId !== undefined) moveFromFormerId(volume, formerId);
  }
}

const OLD: Release = { id: "data" };
const MOVED: Release = { id: "volume", formerId: "data" };

interface Changes extends RenameProps {
  readonly id?: string;
  readonly outdir?: string;
}

function createApp(release: Release, { id = "store", outdir, ...rename }: Changes = {}): App {
  const app = new App(outdir === undefined ? {} : { outdir });
  const stack = new TerraformStack(app, "shop");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new Store(stack, id, release, { stage: "serve", ...rename });
  return app;
}

describe("an upgrade", () => {
  let deployed: string;

  beforeAll(() => {
    deployed = makeTemporaryFolder("deployed");
    createApp(OLD, { outdir: deployed }).synth();
  });

  afterAll(() => {
    rmSync(deployed, { recursive: true, force: true });
  });

  it("that changes nothing is safe", async () => {
    expect(await upgrade(() => createApp(OLD), deployed)).toEqual({ safe: true, created: [], destroyed: [] });
  });

  it("that changes an address and says nothing is not", async () => {
    const found = await upgrade(() => createApp({ id: "volume" }), deployed);
    expect(found.safe).toBe(false);
    expect(found.destroyed).toEqual([expect.stringMatching(/^shop\/aws_ebs_volume\.store_data_/)]);
    expect(found.created).toEqual([expect.stringMatching(/^shop\/aws_ebs_volume\.store_volume_/)]);
  });

  it("that moves the address is, and the user writes nothing", async () => {
    const app = createApp(MOVED);
    const volume = app.node.findAll().find((each) => each instanceof EbsVolume) as EbsVolume;
    expect(synthesize(app).stack("shop").terraform["moved"]).toEqual([
      [{ from: formerAddress(volume, "data"), to: `aws_ebs_volume.${volume.friendlyUniqueId}` }],
    ]);
    expect(await upgrade(() => createApp(MOVED), deployed)).toEqual({ safe: true, created: [], destroyed: [] });
  });

  it("moves below a construct that the user has renamed in the same commit", async () => {
    const rename = { renamedFrom: "shop/store", namedAfter: "shop/store" };
    const found = await upgrade(() => createApp(MOVED, { id: "depot", ...rename }), deployed);
    expect(found).toEqual({ safe: true, created: [], destroyed: [] });
  });
});
