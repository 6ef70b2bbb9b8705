/** The AWS constructs and the parts, but those of data, with everything that they take of what exists. */
import { AlarmTopic, DeploymentPlace, PrivateBucket, ServiceRole } from "../../lib/aws";
import { LandingNetwork, VpcEndpoints, VpcFlowLogs } from "../../lib/parts/network";
import { ValidationSuite } from "../../lib/parts/validation";
import { balancer, checkout, latency, web } from "../parts/validation/fixtures";
import { inStage } from "../support/toy-migration";

import {
  ACCOUNT,
  BUCKET,
  GROUP,
  KEY,
  LOGS,
  NETWORK,
  REGION,
  ROLE,
  TOPIC,
  type ExistingCase,
  usEast1,
} from "./existing-case";

const tags = {};

/** The cases, by what they are about. */
export const partCases: Readonly<Record<string, ExistingCase>> = {
  "the key of a topic": {
    constructs: ["AlarmTopic"],
    makesNo: KEY,
    make: (scope, given) => {
      new AlarmTopic(scope, "alarms", { name: "alarms", region: REGION, kmsKeyId: given.id("key"), tags });
    },
  },
  "the role of a service": {
    constructs: ["DeploymentPlace", "ServiceRole"],
    makesNo: ROLE,
    make: (scope, given) => {
      const place = new DeploymentPlace(scope, "place", { region: REGION, accountId: ACCOUNT });
      const { arn } = new ServiceRole(scope, "role", {
        service: "datasync.amazonaws.com",
        namePrefix: "copy-",
        description: "Copies",
        allow: [{ actions: ["s3:GetObject"], resources: ["*"] }],
        place,
        roleArn: given.id("role"),
        tags,
      });
      new PrivateBucket(scope, "bucket", { namePrefix: "copies-", kmsKeyArn: given.id("key"), tags: { arn } });
    },
  },
  "the key of a bucket": {
    constructs: ["PrivateBucket"],
    makesNo: KEY,
    make: (scope, given) => {
      new PrivateBucket(scope, "bucket", { namePrefix: "copies-", kmsKeyArn: given.id("key"), tags });
    },
  },
  "flow logs to a group, in a role": {
    constructs: ["VpcFlowLogs"],
    makesNo: [...NETWORK, ...KEY, ...LOGS, ...ROLE],
    make: (scope, given) => {
      new VpcFlowLogs(scope, "flow-logs", {
        name: "shop",
        vpcId: given.id("vpc"),
        region: REGION,
        logGroupArn: given.id("logGroup"),
        iamRoleArn: given.id("role"),
        tags,
      });
    },
  },
  "flow logs with a key": {
    constructs: ["VpcFlowLogs"],
    makesNo: [...NETWORK, ...KEY],
    make: (scope, given) => {
      new VpcFlowLogs(scope, "flow-logs", {
        name: "shop",
        vpcId: given.id("vpc"),
        region: REGION,
        kmsKeyArn: given.id("key"),
        tags,
      });
    },
  },
  "endpoints in a network": {
    constructs: ["VpcEndpoints"],
    makesNo: [...NETWORK, ...GROUP],
    make: (scope, given) => {
      new VpcEndpoints(scope, "endpoints", {
        name: "shop",
        vpcId: given.id("vpc"),
        region: REGION,
        routeTableIds: [given.id("routeTable", 1), given.id("routeTable", 2)],
        subnetIds: [given.id("subnet", 1), given.id("subnet", 2)],
        clientCidrs: [],
        securityGroupIds: [given.id("securityGroup")],
        gateways: ["s3"],
        interfaces: ["ssm"],
        tags,
      });
    },
  },
  "a network whose flow logs have what exists": {
    constructs: ["LandingNetwork"],
    makesNo: [...KEY, ...LOGS, ...ROLE],
    make: (scope, given) => {
      new LandingNetwork(scope, "network", {
        cidr: "10.20.0.0/16",
        availabilityZones: ["eu-central-1a"],
        flowLogs: { logGroupArn: given.id("logGroup"), iamRoleArn: given.id("role") },
      });
    },
  },
  "checks with topics, a bucket and roles": {
    constructs: [
      "ApplicationHealthChecks",
      "Canary",
      "EndToEndTest",
      "PerformanceValidation",
      "Probe",
      "ValidationSuite",
    ],
    makesNo: [...NETWORK, ...GROUP, ...KEY, ...BUCKET, ...ROLE, ...TOPIC],
    make: (scope, given) => {
      const provider = usEast1(scope);
      new ValidationSuite(scope, "validation", {
        migration: inStage(scope, "cutover"),
        region: REGION,
        topicArns: [given.id("topic")],
        healthCheckAlarms: { provider, topicArns: [given.id("topicInUsEast1")] },
        healthChecks: { web, balancer },
        endToEndTests: {
          checkout: {
            ...checkout,
            network: { subnetIds: [given.id("subnet")], securityGroupIds: [given.id("securityGroup")] },
            artifactBucket: { name: given.id("bucketName"), prefix: "shop" },
            kmsKeyArn: given.id("key"),
            executionRoleArn: given.id("role", 1),
          },
          build: { kind: "code-build", projectName: "smoke", roleArn: given.id("role", 2) },
          ping: {
            kind: "lambda",
            functionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:ping`,
            roleArn: given.id("role", 3),
          },
        },
        performance: { latency },
      });
    },
  },
  "checks with keys": {
    constructs: ["ApplicationHealthChecks", "Canary", "CanaryArtifacts", "EndToEndTest", "ValidationSuite"],
    makesNo: KEY,
    make: (scope, given) => {
      const provider = usEast1(scope);
      new ValidationSuite(scope, "validation", {
        migration: inStage(scope, "cutover"),
        region: REGION,
        kmsKeyId: given.id("key", 1),
        // A literal of another region would be refused: the key of a topic is where the topic is.
        healthCheckAlarms: { provider, kmsKeyId: "alias/alarms" },
        healthChecks: { web, balancer },
        endToEndTests: { checkout: { ...checkout, kmsKeyArn: given.id("key", 2) } },
      });
    },
  },
};
