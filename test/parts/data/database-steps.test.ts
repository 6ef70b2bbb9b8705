/** Tests of the runbook steps of a database move: each can be done where and when the runbook says. */
import { describe, expect, it } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import type { RunbookStep } from "../../../lib/core/stage";
import { DatabaseMove, type BackupRestoreMethod, type DatabaseMoveProps } from "../../../lib/parts/data";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { stageSteps } from "../../support/toy-migration";
import { databaseMoves, dmsMethod, fileMoves, newStack, ordersProps, type Ground, type InStage } from "./fixtures";

function moveOf(over: (on: Ground) => Partial<DatabaseMoveProps> & InStage = () => ({})): DatabaseMove {
  const { stack, on } = newStack();
  return new DatabaseMove(stack, "orders", ordersProps(on, over(on)));
}

const into = (move: DatabaseMove, stage: LiftAndShiftStage): readonly RunbookStep[] =>
  stageSteps(move)[stage].enter ?? [];
const outOf = (move: DatabaseMove, stage: LiftAndShiftStage): readonly RunbookStep[] =>
  stageSteps(move)[stage].reverse ?? [];
const titles = (steps: readonly RunbookStep[]): string[] => steps.map(({ title }) => title);

/** The one step whose title begins so. */
function step(steps: readonly RunbookStep[], begin: string): RunbookStep {
  const found = steps.filter(({ title }) => title.startsWith(begin));
  expect(found).toHaveLength(1);
  return found[0]!;
}

const restore: BackupRestoreMethod = { kind: "backup-restore" };
const target = (of: Record<string, unknown>): DatabaseMoveProps["target"] => of as never;
const sqlServer = target({
  kind: "rds",
  engine: "sqlserver-se",
  engineVersion: "16.00.4105.2.v1",
  instanceClass: "db.r6i.large",
  allocatedStorageGiB: 50,
});
const mysql = target({
  kind: "rds",
  engine: "mysql",
  engineVersion: "8.0.39",
  instanceClass: "db.r6i.large",
  allocatedStorageGiB: 50,
});
const auroraPostgres = target({
  kind: "aurora",
  engine: "aurora-postgresql",
  engineVersion: "16.4",
  instanceClass: "db.serverless",
  serverlessCapacity: { min: 0.5, max: 4 },
});
const toAurora = (on: Ground): Partial<DatabaseMoveProps> & InStage => ({
  target: auroraPostgres,
  method: dmsMethod(on, {
    targetEndpoint: { engine: "aurora-postgresql", secretArn: on.targetSecretArn, databaseName: "orders" },
  }),
});

describe("the way back from the cut-over", () => {
  it("opens the source again before the application is sent back to it, whichever way the rows came", () => {
    for (const move of [moveOf(), moveOf(() => ({ method: restore }))]) {
      const back = titles(outOf(move, "cutover"));
      const opened = back.indexOf("Reopen the source of orders to the application");
      expect(opened).toBeGreaterThan(back.findIndex((title) => title.startsWith("Export what was written")));
      expect(opened).toBeLessThan(outOf(move, "cutover").findIndex(({ deploys }) => deploys === true));
    }
  });
});

describe("the copy for the testers", () => {
  it("stands beside the target, with its groups, and is not public", () => {
    const { command } = step(into(moveOf(), "test"), "Create a copy of orders");
    for (const option of [
      "--source-db-instance-identifier orders --target-db-instance-identifier orders-test ",
      "--db-subnet-group-name orders ",
      "--db-parameter-group-name orders ",
      "--no-publicly-accessible",
      "--region eu-central-1",
    ]) {
      expect(command).toContain(option);
    }
    expect(command).toMatch(
      /--vpc-security-group-ids \$\(aws rds describe-db-instances --db-instance-identifier orders --query 'DBInstances\[0\]\.VpcSecurityGroups/,
    );
  });

  it("of a cluster is a cluster, which is then given an instance", () => {
    const enter = into(moveOf(toAurora), "test");
    const { command } = step(enter, "Create a copy of orders");
    expect(command).toContain("--db-subnet-group-name orders ");
    expect(command).toContain("--db-cluster-parameter-group-name orders ");
    expect(command).toContain("--serverless-v2-scaling-configuration MinCapacity=0.5,MaxCapacity=4");
    expect(command).toContain("describe-db-clusters");
    expect(step(enter, "Add an instance to the copy of orders").command).toContain(
      "create-db-instance --db-instance-identifier orders-test-1 --db-cluster-identifier orders-test" +
        " --engine aurora-postgresql --db-instance-class db.serverless --no-publicly-accessible",
    );
  });

  it("of a target that exists asks that target for its groups, and names nothing that Terraform alone knows", () => {
    const existing = { kind: "existing", engine: "postgres", identifier: "shared" } as const;
    const { command } = step(
      into(
        moveOf(() => ({ target: existing })),
        "test",
      ),
      "Create a copy of orders",
    );
    expect(command).toContain("--target-db-instance-identifier shared-test");
    for (const asked of ["DBSubnetGroup.DBSubnetGroupName", "VpcSecurityGroups", "DBParameterGroups"]) {
      expect(command).toContain(asked);
    }
    const cluster = moveOf((on) => ({
      ...toAurora(on),
      target: { kind: "existing", engine: "aurora-postgresql", identifier: "shared" },
    }));
    expect(step(into(cluster, "test"), "Create a copy of orders").command).toContain("DBClusterParameterGroup");
    expect(step(into(cluster, "test"), "Add an instance to the copy").command).toContain(
      "Name=db-cluster-id,Values=shared",
    );

    const { stack, on } = newStack();
    const identifier = new TerraformVariable(stack, "identifier", { type: "string" }).stringValue;
    const unknown = new DatabaseMove(stack, "orders", ordersProps(on, { target: { ...existing, identifier } }));
    expect(step(into(unknown, "test"), "Create a copy of orders").command).toContain("TARGET-test");
  });

  it("is deleted on the way forward, and on the way back", () => {
    const instance = "aws rds delete-db-instance --db-instance-identifier orders-test --skip-final-snapshot";
    const rds = moveOf();
    expect(step(into(rds, "cutover"), "Delete the copy of orders").command).toContain(instance);
    expect(step(outOf(rds, "test"), "End the test of orders").command).toContain(instance);
    const { command } = step(into(moveOf(toAurora), "cutover"), "Delete the copy of orders");
    expect(command).toMatch(
      /delete-db-instance --db-instance-identifier orders-test-1 .*&& aws rds delete-db-cluster --db-cluster-identifier orders-test --skip-final-snapshot/,
    );
  });

  it("is spoken of only where there is one", () => {
    const restored = moveOf(() => ({ method: restore }));
    expect(outOf(restored, "test")[0]).not.toHaveProperty("command");
    expect(JSON.stringify(stageSteps(restored))).not.toMatch(/delete-db|the copy/);
  });
});

describe("the key of what a withdrawal leaves", () => {
  const KEEP = "Cancel the deletion of the key of orders, for the backups that are left";

  it("is kept after the destroy, where the move made it", () => {
    const back = outOf(moveOf(), "replicate");
    expect(titles(back).indexOf(KEEP)).toBeGreaterThan(back.findIndex(({ deploys }) => deploys === true));
    const { command } = step(back, KEEP);
    expect(command).toMatch(
      /^aws kms enable-key .*aws kms cancel-key-deletion .*--db-snapshot-identifier orders-final /,
    );
    expect(step(outOf(moveOf(toAurora), "replicate"), KEEP).command).toContain(
      "--db-cluster-snapshot-identifier orders-final ",
    );
    expect(
      titles(
        outOf(
          moveOf(() => ({ method: restore })),
          "replicate",
        ),
      ),
    ).toContain(KEEP);
  });

  it("needs nothing where it is somebody else's, or where nothing is left", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(
      titles(
        outOf(
          moveOf(() => ({ kmsKeyArn })),
          "replicate",
        ),
      ),
    ).not.toContain(KEEP);
    const existing = moveOf(() => ({ target: { kind: "existing", engine: "postgres", identifier: "shared" } }));
    expect(titles(outOf(existing, "replicate"))).not.toContain(KEEP);
  });
});

describe("a backup and restore", () => {
  it.each([
    ["SQL Server", sqlServer, "rds_drop_database"],
    ["MySQL", mysql, "DROP DATABASE"],
    ["Aurora PostgreSQL", auroraPostgres, "TRUNCATE TABLE"],
  ])("empties %s before the second restore", (_engine, of, command) => {
    const move = moveOf(() => ({ target: of, method: restore }));
    const enter = into(move, "cutover");
    expect(step(enter, "Empty the target of orders").command).toContain(command);
    const order = ["Close the source", "Back up the source", "Empty the target", "Restore the backup", "Compare"].map(
      (begin) => titles(enter).findIndex((title) => title.startsWith(begin)),
    );
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(titles(into(move, "replicate")).some((title) => title.startsWith("Empty"))).toBe(false);
  });

  it("that imports has the backup in the bucket before the instance is made, and restores a dump at the cut-over", () => {
    const move = moveOf((on) => ({
      target: mysql,
      method: { ...restore, bucket: { arn: on.bucketArn }, mysqlImport: { sourceEngineVersion: "8.0.36" } },
    }));
    const [first, second] = into(move, "replicate");
    expect(first?.title).toContain("with Percona XtraBackup");
    expect(first?.command).toContain("aws s3 cp");
    expect(second?.deploys).toBe(true);
    expect(titles(into(move, "replicate"))).not.toContain("Restore the backup of orders");
    const enter = into(move, "cutover");
    expect(step(enter, "Dump the source of orders").command).toContain("mysqldump");
    expect(step(enter, "Restore the backup of orders").command).toContain(
      "mysql --ssl-mode=VERIFY_IDENTITY < dump.sql",
    );
    // Nothing but the one deployment deploys: the instance stays what it is.
    expect(enter.filter(({ command }) => command?.startsWith("cdktf"))).toHaveLength(1);
  });
});

describe("a replication", () => {
  it("is stopped only where it does not stop by itself", () => {
    const STOP = "Stop the replication of orders";
    const changing = moveOf();
    expect(titles(into(changing, "cutover"))).toContain(STOP);
    expect(titles(outOf(changing, "replicate"))).toContain(STOP);
    const once = moveOf((on) => ({ method: dmsMethod(on, { migrationType: "full-load" }) }));
    expect(titles(into(once, "cutover"))).not.toContain(STOP);
    expect(titles(outOf(once, "replicate"))).not.toContain(STOP);
    expect(step(outOf(once, "cutover"), "Replicate orders anew").expect).toContain("100 % and stopped");
  });

  it("is drained once the alarms are OK for longer than they let a change wait", () => {
    const drained = step(into(moveOf(), "cutover"), "Wait until all changes of orders are applied");
    expect(drained.command).toContain(
      "--alarm-names orders-source-latency orders-target-latency orders-validation-failures ",
    );
    expect(drained.expect).toBe(
      "all three alarms are OK 8 minutes or more after the source was closed: every earlier change has been applied",
    );
    const patient = moveOf((on) => ({ method: dmsMethod(on, { alarms: { targetLatencySeconds: 601 } }) }));
    expect(step(into(patient, "cutover"), "Wait until").expect).toContain("OK 18 minutes or more");
  });

  it("is looked at by a person where there are no alarms to ask", () => {
    const serverless = (alarmDimensions?: Record<string, string>) =>
      moveOf((on) => ({
        method: dmsMethod(on, {
          compute: {
            kind: "serverless",
            maxCapacityUnits: 8,
            ...(alarmDimensions === undefined ? {} : { alarmDimensions }),
          },
        }),
      }));
    expect(step(into(serverless(), "cutover"), "Wait until")).not.toHaveProperty("command");
    expect(step(into(serverless({ A: "b" }), "cutover"), "Wait until").command).toContain("--alarm-names");
  });
});

describe("the commands of all moves", () => {
  const commandsOf = (steps: ReturnType<typeof stageSteps>): string[] =>
    Object.values(steps).flatMap(({ enter = [], reverse = [] }) =>
      [...enter, ...reverse].flatMap(({ command }) => (command === undefined ? [] : [command])),
    );
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

  it("act in the move's region, in every call that they make", () => {
    const { stack, on } = newStack();
    const commands = [...databaseMoves(stack, on, "test"), ...fileMoves(stack, on, "test")].flatMap((move) =>
      commandsOf(stageSteps(move)),
    );
    for (const command of commands) {
      const calls = count(command, /aws (cloudwatch|datasync|dms|kms|rds) /g);
      expect([command, count(command, /--region eu-central-1/g)]).toEqual([command, calls]);
    }
    expect(commands.filter((command) => command.includes("--region")).length).toBeGreaterThan(40);
  });

  it("leave the region out where only Terraform knows it", () => {
    const { stack, on } = newStack();
    const region = new TerraformVariable(stack, "region", { type: "string" }).stringValue;
    const unknown = new DatabaseMove(stack, "orders", ordersProps(on, { region, accountId: "111122223333" }));
    expect(commandsOf(stageSteps(unknown)).join("\n")).not.toMatch(/--region|TfToken|\$\{/);
  });
});
