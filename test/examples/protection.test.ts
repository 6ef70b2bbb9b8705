/** In every stage of every example's migrations but the first, Terraform refuses to destroy what holds data. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { App } from "cdktf";
import { withDeclaredStage } from "../../lib/core/declared-stage";
import { Migration } from "../../lib/core/migration";
import { exampleMain, exampleNames } from "../support/examples";
import { dataHolders, dataHoldersOf, type DataHolder } from "../support/protection";

/** Data of the examples that is of no migration, has no stage, and so is the user's own to protect. */
const OF_NO_MIGRATION: readonly (readonly [path: RegExp, why: string])[] = [
  [/^booking\/alarms\/key$/, "the key of a topic, whose messages do not stay"],
  [/^landing-zone\/names$/, "the landing zone outlives every wave, and is withdrawn as a whole"],
  [/^landing-zone\/network\/flow-logs\//, "the landing zone outlives every wave, and is withdrawn as a whole"],
  [/^landing-zone\/alarms\/key$/, "the key of a topic, whose messages do not stay"],
];

const make = async (name: string): Promise<App> =>
  ((await import(exampleMain(name))) as { createApp(): App }).createApp();

function migrationsOf(app: App): Migration[] {
  return app.node.findAll().filter((each): each is Migration => each instanceof Migration);
}

/** What holds data in each stage of each migration of the example, by its path and the stage's name. */
async function stagesOf(name: string): Promise<{ migration: string; first: boolean; holders: DataHolder[] }[]> {
  const found = [];
  for (const { node, stages } of migrationsOf(await make(name))) {
    for (const stage of stages.names) {
      const app = await withDeclaredStage({ migration: node.path, stage }, () => make(name));
      const migration = migrationsOf(app).find((each) => each.node.path === node.path);
      if (migration?.stage.name !== stage) throw new Error(`${node.path} is not in the stage ${stage}`);
      found.push({ migration: node.path, first: stage === stages.names[0], holders: dataHoldersOf(migration) });
    }
  }
  return found;
}

describe.each(exampleNames())("examples/%s", (name) => {
  let stages: Awaited<ReturnType<typeof stagesOf>> = [];
  beforeAll(async () => {
    stages = await stagesOf(name);
  }, 600_000);

  it("protects what holds data from the second stage on, and nothing that may go", () => {
    const later = stages.filter(({ first }) => !first).flatMap(({ holders }) => holders);
    const wrong = later.filter(({ prevented, disposable }) => prevented === disposable);
    expect(wrong).toEqual([]);
  });

  it("protects nothing in the first stage, from which it is withdrawn", () => {
    const first = stages.filter((each) => each.first);
    expect(first.length).toBeGreaterThan(0);
    expect(first.flatMap(({ holders }) => holders).filter(({ prevented }) => prevented)).toEqual([]);
  });

  it("has in each stage what it has in the first: the way back destroys nothing", () => {
    for (const { migration, holders } of stages) {
      const first = stages.find((each) => each.migration === migration && each.first);
      expect(holders.map(({ path }) => path)).toEqual(first?.holders.map(({ path }) => path));
    }
  });

  it("names all that holds data outside its migrations", async () => {
    const app = await make(name);
    const free = dataHolders(app);
    expect(free.filter(({ path }) => !OF_NO_MIGRATION.some(([pattern]) => pattern.test(path)))).toEqual([]);
  });
});

describe("the examples together", () => {
  it("have something to protect", async () => {
    const found = await Promise.all(exampleNames().map(async (name) => migrationsOf(await make(name))));
    const types = found.flat().flatMap((migration) => dataHoldersOf(migration).map(({ type }) => type));
    expect([...new Set(types)]).toEqual(
      expect.arrayContaining([
        "aws_instance",
        "aws_ebs_volume",
        "aws_db_instance",
        "aws_efs_file_system",
        "aws_s3_bucket",
        "aws_secretsmanager_secret",
        "aws_kms_key",
        "aws_cloudwatch_log_group",
      ]),
    );
  });
});
