import { describe, expect, it } from "@jest/globals";
import { isMigrationError, MigrationError } from "../../../lib/core/error";
import { stageRecords } from "../../../lib/core/stage-record";
import { parameterStoreError } from "../../../lib/runtime/stage-record/parameter-store-errors";
import { readStageRecords, recordReached } from "../../../lib/runtime/stage-record";
import { MemoryStore } from "./memory-store";

const orders = { app: "shop", name: "orders" };
const reached = "/migration/shop/orders/reached";
const stages = ["expand", "migrate", "contract"];
const mark = { needs: ["migrate", "contract"], while: ["serving", "retired"], stack: "routing", before: "serving" };

/** The error of a call that fails. */
async function refused(call: Promise<unknown>): Promise<MigrationError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MigrationError)) throw new Error(`expected a MigrationError, got ${String(error)}`);
  return error;
}

describe("reading stage records", () => {
  it("gathers the parameters of each migration", async () => {
    const store = new MemoryStore({
      "/migration/shop/orders/reached": "expand",
      "/migration/shop/orders/declared": "migrate",
      "/migration/shop/orders/dependents/web.b.c": JSON.stringify(mark),
      "/migration/shop/orders/dependents/shop.routing": JSON.stringify(mark),
      "/migration/shop/a.b/declared": "replicate",
      "/migration/shop/a.b/lock": "a runner's own",
      "/migration/shopping/other/declared": "replicate",
    });
    expect(await readStageRecords({ app: "shop" }, store)).toEqual([
      { app: "shop", migration: "a.b", declared: "replicate", dependents: [] },
      {
        app: "shop",
        migration: "orders",
        declared: "migrate",
        reached: "expand",
        dependents: [
          { app: "shop", name: "routing", mark },
          { app: "web", name: "b.c", mark },
        ],
      },
    ]);
    expect(await readStageRecords({ app: "shop", migration: "a.b" }, store)).toHaveLength(1);
    expect(await readStageRecords({ app: "absent" }, store)).toEqual([]);
  });

  it.each(["v2", "null", "[]", '{"needs":"migrate"}', '{"needs":[1],"while":[],"stack":"s","before":"b"}'])(
    "keeps a dependent whose mark it does not understand: %s",
    (value) => {
      const [record] = stageRecords([{ name: "/migration/shop/orders/dependents/shop.routing", value }]);
      expect(record?.dependents).toEqual([{ app: "shop", name: "routing" }]);
    },
  );

  it.each([
    "/migration/shop/orders/dependents/routing",
    "/migration/shop/orders/dependents/.routing",
    "/migration/shop/orders/dependents/shop.",
    "/migration/sh op/orders/declared",
    "/migration/shop/orders/declared/more",
    "/elsewhere/migration/shop/orders/declared",
  ])("passes over %s", (name) => {
    expect(stageRecords([{ name, value: "x" }])).toEqual([]);
  });

  it("says when a stage was last written", () => {
    const at = (kind: string, lastModified: string) => ({ name: `/migration/a/b/${kind}`, value: "x", lastModified });
    const [record] = stageRecords([
      at("declared", "2026-11-02T10:00:00.000Z"),
      at("reached", "2026-11-01T10:00:00.000Z"),
      at("dependents/c.d", "2026-11-03T10:00:00.000Z"),
    ]);
    expect(record?.lastModified).toBe("2026-11-02T10:00:00.000Z");
  });

  it.each([
    [{ app: "" }, "app"],
    [{ app: "a/b" }, "app"],
    [{ app: "shop", migration: "" }, "migration"],
    [{ app: "shop", migration: "../other" }, "migration"],
  ])("refuses names that would be another path: %j", async (options, path) => {
    const { code, path: where } = await refused(readStageRecords(options, new MemoryStore({})));
    expect({ code, where }).toEqual({ code: "STAGE_RECORD_NAME", where: path });
  });
});

describe("recording a stage that was reached", () => {
  it("writes it once", async () => {
    const store = new MemoryStore({ [reached]: "none" });
    expect(await recordReached(orders, "expand", { stages }, store)).toEqual({ before: "none", changed: true });
    expect(await recordReached(orders, "expand", { stages, from: "none" }, store)).toEqual({
      before: "expand",
      changed: false,
    });
    expect(store.written).toEqual([reached]);
  });

  it("goes back as it goes forward", async () => {
    const store = new MemoryStore({ [reached]: "migrate" });
    await recordReached(orders, "expand", { stages, from: "migrate" }, store);
    expect(store.value(reached)).toBe("expand");
  });

  it("leaves a stage alone that it does not know, and says both and how to set it right", async () => {
    const store = new MemoryStore({ [reached]: "shadow" });
    const error = await refused(recordReached(orders, "migrate", { stages }, store));
    expect(error.code).toBe("STAGE_RECORD_UNKNOWN");
    expect(error.message).toContain('received "shadow"');
    expect(error.message).toContain(`aws ssm put-parameter --name ${reached} --value migrate --overwrite`);
    expect(store.written).toEqual([]);
    expect(await recordReached(orders, "migrate", {}, store)).toEqual({ before: "shadow", changed: true });
  });

  it("leaves a stage alone from which it did not start", async () => {
    const store = new MemoryStore({ [reached]: "contract" });
    const error = await refused(recordReached(orders, "migrate", { from: "expand", stages }, store));
    expect(error.code).toBe("STAGE_RECORD_MOVED");
    expect(store.written).toEqual([]);
  });

  it("says that another writer came between", async () => {
    const store = new MemoryStore({ [reached]: "expand" }, (each) => each.put(reached, "contract"));
    const error = await refused(recordReached(orders, "migrate", { from: "expand" }, store));
    expect(error.code).toBe("STAGE_RECORD_RACE");
    expect(error.message).toContain("get-parameter-history");
  });

  it("does not make a record where nothing is deployed: Terraform could not create it any more", async () => {
    const store = new MemoryStore({});
    expect((await refused(recordReached(orders, "expand", {}, store))).code).toBe("STAGE_RECORD_ABSENT");
    expect(store.written).toEqual([]);
  });

  it.each([
    ["none", undefined],
    ["", undefined],
    ["a; b", undefined],
    ["migrte", stages],
  ])("refuses %j as a stage", async (stage, known) => {
    const options = known === undefined ? {} : { stages: known };
    const { code } = await refused(recordReached(orders, stage, options, new MemoryStore({ [reached]: "none" })));
    expect(code).toBe("STAGE_RECORD_STAGE");
  });

  it("refuses names that none can have", async () => {
    const { code } = await refused(recordReached({ app: "shop", name: "a/b" }, "expand", {}, new MemoryStore({})));
    expect(code).toBe("STAGE_RECORD_NAME");
  });
});

describe("an error of AWS", () => {
  const named = (name: string, init: object = {}) => Object.assign(new Error("what AWS said"), { name, ...init });

  it.each([
    [named("CredentialsProviderError"), "STAGE_RECORD_CREDENTIALS", "AWS_PROFILE"],
    [named("ExpiredTokenException"), "STAGE_RECORD_CREDENTIALS", "AWS_PROFILE"],
    [named("AccessDeniedException"), "STAGE_RECORD_ACCESS", "AWS_PROFILE"],
    [named("TimeoutError"), "STAGE_RECORD_UNREACHABLE", "AWS_ENDPOINT_URL"],
    [named("Error", { code: "ENOTFOUND" }), "STAGE_RECORD_UNREACHABLE", "AWS_ENDPOINT_URL"],
    [new AggregateError([named("Error", { code: "ECONNREFUSED" })]), "STAGE_RECORD_UNREACHABLE", "what AWS said"],
    [named("Error", { cause: named("Error", { code: "ECONNRESET" }) }), "STAGE_RECORD_UNREACHABLE", "network"],
    [named("ThrottlingException"), "STAGE_RECORD_SERVICE", "throttled"],
    ["no error at all", "STAGE_RECORD_SERVICE", "no error at all"],
  ])("is explained: %s", (cause, code, says) => {
    const error = parameterStoreError("read /migration/shop", "eu-central-1", cause);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
    expect(error.message).toContain("could not read /migration/shop");
  });
});

describe("an error of another copy of the library", () => {
  it("is one all the same", () => {
    const copy = Object.assign(new Error("[X_Y] do"), { name: "MigrationError", code: "X_Y", fix: "do" });
    expect(isMigrationError(copy)).toBe(true);
    expect(isMigrationError(new MigrationError({ code: "X_Y", fix: "do" }))).toBe(true);
    expect(isMigrationError(Object.assign(new Error("x"), { name: "MigrationError" }))).toBe(false);
    expect(isMigrationError(new Error("x"))).toBe(false);
    expect(isMigrationError("MigrationError")).toBe(false);
  });
});
