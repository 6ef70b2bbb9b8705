import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { translateAwsCommand } from "../../../lib/plan/runbook/aws-command";

/** What the patterns' steps have as commands, and what Automation does with each. */
const exact: readonly (readonly [command: string, calls: unknown])[] = [
  [
    "aws ssm describe-instance-information --query 'InstanceInformationList[].[InstanceId,PingStatus]'",
    [{ service: "ssm", api: "DescribeInstanceInformation", inputs: {} }],
  ],
  [
    "aws secretsmanager list-secret-version-ids --secret-id booking/db --query 'Versions[].[VersionId,VersionStages]'",
    [{ service: "secretsmanager", api: "ListSecretVersionIds", inputs: { SecretId: "booking/db" } }],
  ],
  [
    "aws dms describe-replications --filters Name=replication-config-id,Values=orders",
    [
      {
        service: "dms",
        api: "DescribeReplications",
        inputs: { Filters: [{ Name: "replication-config-id", Values: ["orders"] }] },
      },
    ],
  ],
  [
    "aws cloudwatch describe-alarms --alarm-name-prefix orders- --query 'MetricAlarms[].[AlarmName,StateValue]'",
    [{ service: "cloudwatch", api: "DescribeAlarms", inputs: { AlarmNamePrefix: "orders-" } }],
  ],
  [
    "aws ssm list-associations --association-filter-list key=AssociationName,value=booking --query 'Associations[].Overview'",
    [
      {
        service: "ssm",
        api: "ListAssociations",
        inputs: { AssociationFilterList: [{ key: "AssociationName", value: "booking" }] },
      },
    ],
  ],
  [
    "aws rds restore-db-instance-to-point-in-time --use-latest-restorable-time --source-db-instance-identifier orders --target-db-instance-identifier orders-test",
    [
      {
        service: "rds",
        api: "RestoreDBInstanceToPointInTime",
        inputs: {
          UseLatestRestorableTime: true,
          SourceDBInstanceIdentifier: "orders",
          TargetDBInstanceIdentifier: "orders-test",
        },
      },
    ],
  ],
  [
    "aws dms stop-replication-task --replication-task-arn \"$(aws dms describe-replication-tasks --filters Name=replication-task-id,Values=orders --query 'ReplicationTasks[0].ReplicationTaskArn' --output text)\"",
    [
      {
        service: "dms",
        api: "DescribeReplicationTasks",
        inputs: { Filters: [{ Name: "replication-task-id", Values: ["orders"] }] },
        select: "$.ReplicationTasks[0].ReplicationTaskArn",
      },
      { service: "dms", api: "StopReplicationTask", inputs: { ReplicationTaskArn: { call: 0 } } },
    ],
  ],
  [
    "aws cloudwatch describe-alarms --alarm-types MetricAlarm \\\n  --alarm-names a 'b c'",
    [
      {
        service: "cloudwatch",
        api: "DescribeAlarms",
        inputs: { AlarmTypes: ["MetricAlarm"], AlarmNames: ["a", "b c"] },
      },
    ],
  ],
];

const byHand: readonly (readonly [why: string, command: string])[] = [
  ["no AWS CLI", "cdktf deploy network"],
  ["not in the table", "aws ec2 terminate-instances --instance-ids i-1"],
  [
    "an answer with keys in it",
    "aws ec2 describe-vpn-connections --query 'VpnConnections[].VgwTelemetry[].Status' --output table",
  ],
  ["an option that is not in the table", "aws datasync list-agents --profile admin"],
  ["another region", "aws cloudwatch describe-alarms --alarm-names a --region us-east-1"],
  ["a placeholder", "aws secretsmanager list-secret-version-ids --secret-id SECRET"],
  ["a placeholder within a word", "aws secretsmanager list-secret-version-ids --secret-id booking/SECRET_NAME"],
  ["a pipe", "aws datasync list-agents | jq ."],
  ["a second command", "aws datasync list-agents; aws datasync list-agents"],
  ["a second line", "aws datasync list-agents\naws datasync list-agents"],
  ["a variable", 'aws secretsmanager list-secret-version-ids --secret-id "$SECRET"'],
  ["a file", "aws secretsmanager list-secret-version-ids --secret-id file://secret"],
  ["a redirection", "aws datasync list-agents > agents"],
  ["a required option that is missing", "aws dms stop-replication"],
  ["an option twice", "aws cloudwatch describe-alarms --alarm-names a --alarm-names b"],
  ["an option without its value", "aws cloudwatch describe-alarms --alarm-name-prefix"],
  [
    "a flag with a value",
    "aws rds restore-db-instance-to-point-in-time --target-db-instance-identifier a --use-latest-restorable-time yes",
  ],
  ["a filter that is not understood", "aws dms describe-replications --filters Name=a"],
  ["a list as JSON", "aws ssm get-parameters --names '[\"a\"]'"],
  ["two braces, which Automation would replace", "aws secretsmanager list-secret-version-ids --secret-id '{{ x }}'"],
  [
    "an answer that JMESPath computes",
    `aws datasync list-task-executions --task-arn "$(aws datasync list-tasks --query "Tasks[?Name=='x'].TaskArn | [0]" --output text)"`,
  ],
  [
    "an answer that is no text",
    "aws dms stop-replication --replication-config-arn \"$(aws dms describe-replication-configs --query 'ReplicationConfigs[0].ReplicationConfigArn')\"",
  ],
  ["a name of Object's prototype", "aws datasync list-agents --constructor x"],
];

describe("translateAwsCommand", () => {
  it.each(exact)("translates %s", (command, calls) => {
    expect(translateAwsCommand(command)).toEqual(calls);
  });

  it.each(byHand)("leaves %s to a person", (_why, command) => {
    expect(translateAwsCommand(command)).toBeUndefined();
  });

  it("never throws, and never lets a word through that the shell would not", () => {
    const word = fc.constantFrom(
      ...["aws", "dms", "stop-replication", "--replication-config-arn", "arn:aws:dms:1", "'", '"', "$(", ")", ";", "|"],
      ...["\\", "\n", " ", "--query", "`x`", "&&", ">", "<", "*", "~", "#"],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const command = `aws datasync list-agents ${words.join(" ")}`;
        const calls = translateAwsCommand(command);
        if (calls !== undefined) expect(command.trim()).toMatch(/^[a-z0-9 :\-']*(--query[^;|&`<>]*)?$/);
      }),
    );
  });
});
