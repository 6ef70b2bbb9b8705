/** The moves of data and of configuration, with everything that they take of what exists. */
import type { Construct } from "constructs";
import { ConfigurationCutover } from "../../lib/parts/configuration";
import { ConfigurationFiles, DatabaseMove, FileMove, type DatabaseMoveProps } from "../../lib/parts/data";
import { dmsMethod, ground, shopProps } from "../parts/data/fixtures";
import { inStage } from "../support/toy-migration";

import { ACCOUNT, BUCKET, GROUP, KEY, LOGS, NETWORK, REGION, ROLE, TOPIC, type ExistingCase } from "./existing-case";
import type { Given } from "./given";

const subnets = (given: Given) => [
  { id: given.id("subnet", 1), availabilityZone: "eu-central-1a" },
  { id: given.id("subnet", 2), availabilityZone: "eu-central-1b" },
];

function databaseMove(scope: Construct, given: Given, over: Partial<DatabaseMoveProps>): DatabaseMove {
  const on = ground(scope, "");
  return new DatabaseMove(scope, "orders", {
    migration: inStage(scope, "replicate"),
    name: "orders",
    region: REGION,
    accountId: ACCOUNT,
    vpcId: given.id("vpc"),
    subnets: subnets(given),
    kmsKeyArn: given.id("key"),
    target: { kind: "existing", engine: "postgres", identifier: "orders" },
    method: dmsMethod(on),
    ...over,
  });
}

/** The cases, by what they are about. */
export const dataCases: Readonly<Record<string, ExistingCase>> = {
  "the configuration of an application": {
    constructs: ["ConfigurationCutover"],
    makesNo: [...KEY, "aws_route53_zone", "aws_route53_health_check"],
    make: (scope, given) => {
      new ConfigurationCutover(scope, "configuration", {
        migration: inStage(scope, "cutover"),
        application: "shop",
        kmsKeyId: given.id("key"),
        connectionStrings: [
          {
            name: "shop/database",
            source: "postgresql://shop:{{password}}@db-01:5432/shop",
            target: { hosts: [{ from: { host: "db-01" }, to: { host: "db.example.com" } }] },
            sourcePassword: { secretId: "shop/database-password" },
          },
        ],
        dnsRecords: [
          {
            fqdn: "shop.example.com",
            zoneId: given.id("zone"),
            source: { type: "A", values: ["203.0.113.10"] },
            target: { type: "A", alias: { dnsName: "front.example.com", zoneId: given.id("zone", 2) } },
          },
        ],
      });
    },
  },
  "configuration files in a bucket": {
    constructs: ["ConfigurationFiles"],
    makesNo: [...KEY, ...BUCKET],
    make: (scope, given) => {
      const bucket = { arn: given.id("bucket"), name: given.id("bucketName") };
      new ConfigurationFiles(scope, "files", {
        ...shopProps(scope, { stage: "test" }),
        accountId: ACCOUNT,
        kmsKeyArn: given.id("key"),
        bucket,
      });
    },
  },
  "a database in what exists": {
    constructs: ["DatabaseMove", "DatabaseServer", "DmsReplication", "ReplicationAlarms"],
    makesNo: [
      ...NETWORK,
      ...KEY,
      ...ROLE,
      ...GROUP,
      ...LOGS,
      ...TOPIC,
      "aws_db_subnet_group",
      "aws_dms_replication_subnet_group",
    ],
    make: (scope, given) => {
      const on = ground(scope, "");
      const { source, targetEndpoint } = dmsMethod(on);
      databaseMove(scope, given, {
        target: {
          kind: "rds",
          engine: "postgres",
          engineVersion: "16.4",
          instanceClass: "db.r7g.large",
          allocatedStorageGiB: 100,
          vpcSecurityGroupIds: [given.id("securityGroup", 1), given.id("securityGroup", 2)],
          dbSubnetGroupName: given.id("dbSubnetGroup"),
          logGroup: "existing",
        },
        method: dmsMethod(on, {
          source: { ...source, secretsManagerAccessRoleArn: given.id("role", 1), secretKmsKeyArn: given.id("key", 2) },
          targetEndpoint: { ...targetEndpoint, secretsManagerAccessRoleArn: given.id("role", 2) },
          vpcSecurityGroupIds: [given.id("securityGroup", 3)],
          replicationSubnetGroupId: given.id("replicationSubnetGroup"),
          logGroup: "existing",
          alarms: { actions: [given.id("topic")] },
        }),
      });
    },
  },
  "a cluster in what exists, and a serverless replication": {
    constructs: ["DatabaseMove", "DatabaseServer", "DmsReplication"],
    makesNo: [...NETWORK, ...KEY, "aws_db_subnet_group"],
    make: (scope, given) => {
      const on = ground(scope, "");
      databaseMove(scope, given, {
        target: {
          kind: "aurora",
          engine: "aurora-postgresql",
          engineVersion: "16.4",
          instanceClass: "db.r7g.large",
          vpcSecurityGroupIds: [given.id("securityGroup", 1)],
          dbSubnetGroupName: given.id("dbSubnetGroup"),
        },
        method: dmsMethod(on, {
          targetEndpoint: { engine: "aurora-postgresql", secretArn: on.targetSecretArn, databaseName: "orders" },
          compute: { kind: "serverless", maxCapacityUnits: 8 },
          serviceEndpointSecurityGroupId: given.id("securityGroup", 2),
        }),
      });
    },
  },
  "a new database that a replication in a given group reaches": {
    constructs: ["DatabaseMove", "DatabaseServer", "DmsReplication"],
    makesNo: [...NETWORK, ...KEY, "aws_vpc_security_group_egress_rule"],
    make: (scope, given) => {
      databaseMove(scope, given, {
        target: {
          kind: "rds",
          engine: "postgres",
          engineVersion: "16.4",
          instanceClass: "db.r7g.large",
          allocatedStorageGiB: 100,
          clientSecurityGroupIds: [given.id("securityGroup", 1)],
        },
        method: dmsMethod(ground(scope, ""), {
          vpcSecurityGroupIds: [given.id("securityGroup", 2), given.id("securityGroup", 3)],
        }),
      });
    },
  },
  "a restore from a bucket, in a role": {
    constructs: ["BackupRestore", "DatabaseMove"],
    makesNo: [...NETWORK, ...KEY, ...BUCKET, ...ROLE],
    make: (scope, given) => {
      databaseMove(scope, given, {
        target: {
          kind: "rds",
          engine: "mysql",
          engineVersion: "8.0.36",
          instanceClass: "db.m7g.large",
          allocatedStorageGiB: 50,
        },
        method: {
          kind: "backup-restore",
          bucket: { arn: given.id("bucket"), kmsKeyArn: given.id("key", 2) },
          mysqlImport: { sourceEngineVersion: "8.0.36" },
          roleArn: given.id("role"),
        },
      });
    },
  },
  "files of a bucket to another": {
    constructs: ["FileMove"],
    makesNo: [...KEY, ...BUCKET, ...ROLE, ...LOGS],
    make: (scope, given) => {
      new FileMove(scope, "media", {
        migration: inStage(scope, "replicate"),
        name: "media",
        region: REGION,
        accountId: ACCOUNT,
        kmsKeyArn: given.id("key", 1),
        source: {
          kind: "s3",
          bucketArn: given.id("bucket", 1),
          kmsKeyArn: given.id("key", 2),
          bucketAccessRoleArn: given.id("role", 1),
        },
        target: {
          kind: "existing-s3",
          bucketArn: given.id("bucket", 2),
          kmsKeyArn: given.id("key", 3),
          bucketAccessRoleArn: given.id("role", 2),
        },
        reportBucket: { arn: given.id("bucket", 3), kmsKeyArn: given.id("key", 4) },
        reportRoleArn: given.id("role", 3),
        cloudwatchLogGroupArn: given.id("logGroup"),
      });
    },
  },
  "files to a file system in a network": {
    constructs: ["FileMove", "SharedFileSystem"],
    makesNo: [...NETWORK, ...KEY, ...GROUP],
    make: (scope, given) => {
      new FileMove(scope, "reports", {
        migration: inStage(scope, "replicate"),
        name: "reports",
        region: REGION,
        accountId: ACCOUNT,
        kmsKeyArn: given.id("key"),
        source: {
          kind: "nfs",
          server: "filer.example.internal",
          path: "/srv/reports",
          agentArns: ground(scope, "").agentArns,
        },
        target: {
          kind: "efs",
          vpcId: given.id("vpc"),
          subnets: subnets(given),
          securityGroupIds: [given.id("securityGroup", 1), given.id("securityGroup", 2)],
        },
      });
    },
  },
  "files to a file system that exists": {
    constructs: ["FileMove"],
    makesNo: [...NETWORK, ...KEY, ...GROUP, "aws_efs_file_system"],
    make: (scope, given) => {
      new FileMove(scope, "reports", {
        migration: inStage(scope, "replicate"),
        name: "reports",
        region: REGION,
        accountId: ACCOUNT,
        kmsKeyArn: given.id("key"),
        source: { kind: "s3", bucketArn: given.id("bucket") },
        target: {
          kind: "existing-efs",
          fileSystemArn: given.id("fileSystem"),
          subnetId: given.id("subnet"),
          securityGroupIds: [given.id("securityGroup")],
        },
      });
    },
  },
};
