/** Tests of the data constructs as parts of a migration. */
import { liftAndShiftStageNames } from "../../../lib/patterns/infrastructure/lift-and-shift/stage-names";
import { describe, expect, it } from "@jest/globals";
import type { PartSteps } from "../../../lib/core/migration-part";
import type { RunbookStep } from "../../../lib/core/stage";
import {
  DatabaseMove,
  FileMove,
  type BackupRestoreMethod,
  type DatabaseMoveProps,
  type FileMoveProps,
} from "../../../lib/parts/data";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { stageSteps } from "../../support/toy-migration";
import {
  configuration,
  databaseMoves,
  dmsMethod,
  fileMoves,
  newStack,
  ordersProps,
  reportsProps,
  type Ground,
  type InStage,
} from "./fixtures";

function databaseMove(over: (on: Ground) => Partial<DatabaseMoveProps> & InStage = () => ({})): DatabaseMove {
  const { stack, on } = newStack();
  return new DatabaseMove(stack, "orders", ordersProps(on, over(on)));
}

function fileMove(over: (on: Ground) => Partial<FileMoveProps> & InStage = () => ({})): FileMove {
  const { stack, on } = newStack();
  return new FileMove(stack, "reports", reportsProps(on, over(on)));
}

const titles = (steps: PartSteps["enter"]): string[] => (steps ?? []).map(({ title }) => title);

/** The titles before the deployment, and those after it. */
function around(steps: PartSteps["enter"]): { before: string[]; after: string[] } {
  const at = (steps ?? []).findIndex(({ deploys }) => deploys === true);
  return { before: titles(steps?.slice(0, at)), after: titles(steps?.slice(at + 1)) };
}

describe("the steps of every kind of move", () => {
  it("have an owner, a budget, what is expected, and no token", () => {
    const { stack, on } = newStack();
    const parts = [...databaseMoves(stack, on, "test"), ...fileMoves(stack, on, "test"), configuration(stack, "test")];
    for (const part of parts) {
      const steps = stageSteps(part);
      for (const stage of liftAndShiftStageNames) {
        const { enter = [], reverse = [] } = steps[stage];
        expect(stage === "finalized" ? reverse : []).toEqual([]);
        for (const step of [...enter, ...reverse]) {
          expect(step.title).not.toMatch(/\.$/);
          expect(step.owner).not.toBe("");
          expect(step.expect).not.toBe("");
          expect(step.minutes).toBeGreaterThan(0);
        }
      }
      expect(JSON.stringify(steps)).not.toMatch(/\$\{|TfToken/);
    }
  });

  it("bring the source to a stand before the cut-over deploys, and replicate anew after the way back has", () => {
    const { cutover } = stageSteps(databaseMove());
    expect(around(cutover.enter)).toEqual({
      before: [
        "Delete the copy of orders that the testers worked on",
        "Close the source of orders to all writers",
        "Wait until all changes of orders are applied",
        "Check that every table of orders is validated",
        "Stop the replication of orders",
        "Set sequences and identity columns of orders beyond the highest value, and enable triggers and constraints",
      ],
      after: [],
    });
    expect(around(cutover.reverse)).toEqual({
      before: [
        "Export what was written to the target of orders since the cut-over and apply it to the source",
        "Reopen the source of orders to the application",
      ],
      after: [
        "Disable triggers and constraints of orders at the target, as before the first load",
        "Replicate orders anew, once the exported rows have been verified at the source",
      ],
    });
  });

  it("file the evidence before what replicates is destroyed, and revoke the credentials after", () => {
    const { before, after } = around(stageSteps(databaseMove()).finalized.enter);
    expect(before[0]).toContain("File the evidence of orders");
    expect(after).toEqual(["Revoke the credentials that moved orders and delete their secrets"]);
  });

  it("have the schema made, unless DMS makes the tables anew", () => {
    const made = "Create the schema of orders at the target with the engine's own tools";
    expect(titles(stageSteps(databaseMove()).replicate.enter)).toContain(made);
    const dropping = databaseMove((on) => ({
      method: dmsMethod(on, { settings: { targetTables: "drop-and-create" } }),
    }));
    expect(titles(stageSteps(dropping).replicate.enter)).not.toContain(made);
  });

  it("switch off the deletion protection before a withdrawal, where there is any", () => {
    const protection = (steps: PartSteps): RunbookStep[] =>
      (steps.reverse ?? []).filter(({ title }) => title.startsWith("Switch off the deletion protection"));
    expect(protection(stageSteps(databaseMove()).replicate)).toHaveLength(1);
    const off = databaseMove((on) => ({
      target: { ...ordersProps(on).target, deletionProtection: false } as DatabaseMoveProps["target"],
    }));
    expect(protection(stageSteps(off).replicate)).toEqual([]);
    const existing = databaseMove(() => ({ target: { kind: "existing", engine: "postgres", identifier: "orders" } }));
    expect(protection(stageSteps(existing).replicate)).toEqual([]);
  });

  it("empty the buckets that are made here before a withdrawal", () => {
    const emptied = (steps: PartSteps): string[] => titles(steps.reverse).filter((title) => title.startsWith("Empty"));
    expect(emptied(stageSteps(fileMove()).replicate)).toEqual([
      "Empty the bucket with the reports of reports, all versions",
    ]);
    const toBucket = fileMove((on) => ({
      source: { kind: "s3", bucketArn: on.bucketArn },
      target: { kind: "s3" },
    }));
    expect(emptied(stageSteps(toBucket).replicate)).toEqual([
      "Empty the bucket with the copied files and the one with the reports of reports, all versions",
    ]);
    const elsewhere = fileMove((on) => ({ reportBucket: { arn: on.bucketArn } }));
    expect(emptied(stageSteps(elsewhere).replicate)).toEqual([]);
  });

  it("place files again where they were only once nothing places ours any more", () => {
    const { stack } = newStack();
    const { reverse } = stageSteps(configuration(stack, "test")).test;
    expect(around(reverse)).toEqual({ before: [], after: ["Restore the files that shop-configuration replaced"] });
  });
});

describe("what says that the data is the source's", () => {
  const restore: BackupRestoreMethod = { kind: "backup-restore" };

  it("is DMS's validation, with its alarm, until the move is finalized", () => {
    const stages: LiftAndShiftStage[] = ["replicate", "test", "cutover"];
    for (const stage of stages) {
      expect(databaseMove(() => ({ stage })).verifications).toMatchObject([
        {
          kind: "data-comparison",
          name: "rows of orders",
          alarm: { name: "orders-validation-failures", notifies: true },
        },
      ]);
    }
    expect(databaseMove(() => ({ stage: "finalized" })).verifications).toEqual([]);
  });

  it("tells nobody where the alarms have no actions", () => {
    const [silent] = databaseMove((on) => ({ method: dmsMethod(on, { alarms: {} }) })).verifications;
    expect(silent?.alarm?.notifies).toBe(false);
  });

  it("is nothing where validation is off", () => {
    const off = databaseMove((on) => ({ method: dmsMethod(on, { settings: { validation: false } }) }));
    expect(off.verifications).toEqual([]);
    expect(off.findings().map(({ rule }) => rule)).toContain("database-move-without-validation");
  });

  it("is somebody's look where no alarm can tell", () => {
    const look = [{ kind: "data-comparison", name: "rows of orders" }];
    expect(databaseMove(() => ({ method: restore })).verifications).toEqual(look);
    const serverless = databaseMove((on) => ({
      method: dmsMethod(on, { compute: { kind: "serverless", maxCapacityUnits: 8 } }),
    }));
    expect(serverless.verifications).toEqual(look);
    expect(fileMove().verifications).toEqual([{ kind: "data-comparison", name: "files of reports" }]);
  });

  it("is nothing where DataSync compares nothing, or copies no more", () => {
    expect(fileMove(() => ({ verification: "none" })).verifications).toEqual([]);
    expect(fileMove(() => ({ stage: "finalized" })).verifications).toEqual([]);
  });
});

describe("what is moved", () => {
  it("is known by its name", () => {
    expect(databaseMove().dataMoved).toEqual(["orders"]);
    expect(fileMove().dataMoved).toEqual(["reports"]);
  });
});
