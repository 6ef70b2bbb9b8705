/**
 * The copy of a target database for testers, who must not write to the target of a replication. It is created and deleted
 * by hand, so that Terraform never has a second database in its plans. RDS puts a restored database into the default VPC's
 * network and groups unless it is told otherwise, so the command says where: beside the target, with the target's own
 * groups.
 */
import { shellWord } from "../../../core/shell";
import { isUnresolved } from "../../../core/tokens";
import type { RunbookStep } from "../../../core/stage";
import { regionOption } from "../../../aws/aws-cli";
import type { DatabaseTarget } from "./target-settings";

const DATABASE_OWNER = "database administrator";

/** The runbook steps of a copy for testers. */
export interface TestCopy {
  /** The steps that create the copy. */
  readonly make: readonly RunbookStep[];
  /** The command that deletes the copy, with or without its instance. */
  readonly deleteCommand: string;
}

/**
 * Returns the steps of the copy. Amazon RDS API reference, RestoreDBInstanceToPointInTime, RestoreDBClusterToPointInTime
 * and CreateDBInstance.
 */
export function testCopy(name: string, target: DatabaseTarget, region: string | undefined): TestCopy {
  // A name that only Terraform knows is no name to type.
  const source = target.kind !== "existing" ? name : isUnresolved(target.identifier) ? "TARGET" : target.identifier;
  const there = regionOption(region);
  const copy = `${source}-test`;
  const title = `Create a copy of ${name} for the testers, who must not write to the target of the replication`;
  const use = "the testers' connection string names the copy; a write to the target itself would fail its validation";
  if (!target.engine.startsWith("aurora-")) {
    const ask = (query: string): string =>
      `$(aws rds describe-db-instances --db-instance-identifier ${source} --query 'DBInstances[0].${query}' --output text${there})`;
    const made = target.kind !== "existing";
    const command =
      "aws rds restore-db-instance-to-point-in-time --use-latest-restorable-time" +
      ` --source-db-instance-identifier ${source} --target-db-instance-identifier ${copy}` +
      ` --db-subnet-group-name ${knownSubnetGroup(name, target) ?? `"${ask("DBSubnetGroup.DBSubnetGroupName")}"`}` +
      ` --vpc-security-group-ids ${ask("VpcSecurityGroups[].VpcSecurityGroupId")}` +
      ` --db-parameter-group-name ${made ? name : `"${ask("DBParameterGroups[0].DBParameterGroupName")}"`}` +
      ` --no-publicly-accessible --no-deletion-protection${there}`;
    return {
      make: [{ title, owner: DATABASE_OWNER, command, expect: use, minutes: 90 }],
      deleteCommand: `aws rds delete-db-instance --db-instance-identifier ${copy} --skip-final-snapshot${there}`,
    };
  }
  const ask = (query: string): string =>
    `$(aws rds describe-db-clusters --db-cluster-identifier ${source} --query 'DBClusters[0].${query}' --output text${there})`;
  const aurora = target.kind === "aurora" ? target : undefined;
  const capacity = aurora?.serverlessCapacity;
  const clone =
    "aws rds restore-db-cluster-to-point-in-time --restore-type copy-on-write --use-latest-restorable-time" +
    ` --source-db-cluster-identifier ${source} --db-cluster-identifier ${copy}` +
    ` --db-subnet-group-name ${knownSubnetGroup(name, target) ?? `"${ask("DBSubnetGroup")}"`}` +
    ` --vpc-security-group-ids ${ask("VpcSecurityGroups[].VpcSecurityGroupId")}` +
    ` --db-cluster-parameter-group-name ${aurora === undefined ? `"${ask("DBClusterParameterGroup")}"` : name}` +
    (capacity === undefined
      ? ""
      : ` --serverless-v2-scaling-configuration MinCapacity=${capacity.min},MaxCapacity=${capacity.max}`) +
    ` --no-deletion-protection${there}`;
  const instanceClass =
    aurora?.instanceClass ??
    `"$(aws rds describe-db-instances --filters Name=db-cluster-id,Values=${source} --query 'DBInstances[0].DBInstanceClass' --output text${there})"`;
  return {
    make: [
      { title, owner: DATABASE_OWNER, command: clone, expect: "the status of the copy is available", minutes: 90 },
      {
        title: `Add an instance to the copy of ${name}: a cluster is restored without any`,
        owner: DATABASE_OWNER,
        command:
          `aws rds create-db-instance --db-instance-identifier ${copy}-1 --db-cluster-identifier ${copy}` +
          ` --engine ${target.engine} --db-instance-class ${instanceClass} --no-publicly-accessible${there}`,
        expect: use,
        minutes: 30,
      },
    ],
    deleteCommand:
      `aws rds delete-db-instance --db-instance-identifier ${copy}-1${there} &&` +
      ` aws rds delete-db-cluster --db-cluster-identifier ${copy} --skip-final-snapshot${there}`,
  };
}

/** Returns the name of the target's subnet group; undefined where AWS has to be asked, because only it or Terraform knows. */
function knownSubnetGroup(name: string, target: DatabaseTarget): string | undefined {
  if (target.kind === "existing") return undefined;
  const given = target.dbSubnetGroupName;
  if (given === undefined) return name;
  return isUnresolved(given) ? undefined : shellWord(given);
}
