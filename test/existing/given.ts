/**
 * What a platform repo has already, as its constructs are given it: by a literal id, by a token of a resource in the same stack, by
 * a variable, by an output of another state.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { Ec2TransitGatewayRouteTable } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { DataTerraformRemoteStateS3, TerraformVariable, type TerraformStack } from "cdktf";

/** The ways in which an id is given. */
export const ways = ["a literal", "a resource of the stack", "a variable", "an output of another state"] as const;
/** A way in which an id is given. */
export type Way = (typeof ways)[number];

interface Kind {
  /** The literal, of a number that tells several of a kind apart. */
  readonly literal: (number: number) => string;
  /** The part of the literal that stands wherever it is used. @default - all of it */
  readonly part?: (number: number) => string;
  readonly resource: (stack: TerraformStack, id: string, given: Others) => string;
  /** The resource's type and attribute, as Terraform writes a reference to it. */
  readonly type: string;
  readonly attribute: string;
}

/** What something that exists is in. */
interface Others {
  id(kind: "vpc" | "subnet" | "transitGateway" | "roleName"): string;
}

const ACCOUNT = "111122223333";
const hex = (prefix: string) => (number: number) => `${prefix}-0123456789abcdef${number}`;
const arn =
  (service: string, resource: string, region = "eu-central-1") =>
  (number: number) =>
    `arn:aws:${service}:${region}:${ACCOUNT}:${resource}${number}`;
const role = (stack: TerraformStack, id: string): IamRole => new IamRole(stack, id, { assumeRolePolicy: "{}" });

const kinds = {
  vpc: {
    literal: hex("vpc"),
    resource: (stack, id) => new Vpc(stack, id, { cidrBlock: "10.10.0.0/16" }).id,
    type: "aws_vpc",
    attribute: "id",
  },
  subnet: {
    literal: hex("subnet"),
    resource: (stack, id, given) => new Subnet(stack, id, { vpcId: given.id("vpc"), cidrBlock: "10.10.9.0/24" }).id,
    type: "aws_subnet",
    attribute: "id",
  },
  routeTable: {
    literal: hex("rtb"),
    resource: (stack, id, given) => new RouteTable(stack, id, { vpcId: given.id("vpc") }).id,
    type: "aws_route_table",
    attribute: "id",
  },
  securityGroup: {
    literal: hex("sg"),
    resource: (stack, id, given) => new SecurityGroup(stack, id, { vpcId: given.id("vpc") }).id,
    type: "aws_security_group",
    attribute: "id",
  },
  vpnGateway: {
    literal: hex("vgw"),
    resource: (stack, id) => new VpnGateway(stack, id, {}).id,
    type: "aws_vpn_gateway",
    attribute: "id",
  },
  customerGateway: {
    literal: hex("cgw"),
    resource: (stack, id) =>
      new CustomerGateway(stack, id, { type: "ipsec.1", bgpAsn: "65000", ipAddress: "198.51.100.10" }).id,
    type: "aws_customer_gateway",
    attribute: "id",
  },
  transitGateway: {
    literal: hex("tgw"),
    resource: (stack, id) => new Ec2TransitGateway(stack, id, {}).id,
    type: "aws_ec2_transit_gateway",
    attribute: "id",
  },
  transitGatewayRouteTable: {
    // No part of it may be the id of a VPC's route table.
    literal: (number) => `tgw-rtb-fedcba9876543210${number}`,
    resource: (stack, id, given) =>
      new Ec2TransitGatewayRouteTable(stack, id, { transitGatewayId: given.id("transitGateway") }).id,
    type: "aws_ec2_transit_gateway_route_table",
    attribute: "id",
  },
  zone: {
    literal: (number) => `Z0123456789ABCDEF${number}`,
    resource: (stack, id) => new Route53Zone(stack, id, { name: "example.com" }).zoneId,
    type: "aws_route53_zone",
    attribute: "zone_id",
  },
  key: {
    literal: arn("kms", "key/12345678-1234-1234-1234-12345678901"),
    resource: (stack, id) => new KmsKey(stack, id, {}).arn,
    type: "aws_kms_key",
    attribute: "arn",
  },
  topic: {
    literal: arn("sns", "Automation-and-alarms-"),
    resource: (stack, id) => new SnsTopic(stack, id, {}).arn,
    type: "aws_sns_topic",
    attribute: "arn",
  },
  topicInUsEast1: {
    literal: arn("sns", "alarms-", "us-east-1"),
    resource: (stack, id) => new SnsTopic(stack, id, {}).arn,
    type: "aws_sns_topic",
    attribute: "arn",
  },
  bucket: {
    literal: (number) => `arn:aws:s3:::given-by-arn-${number}`,
    // Where AWS wants the name, it is taken from the ARN.
    part: (number) => `given-by-arn-${number}`,
    resource: (stack, id) => new S3Bucket(stack, id, {}).arn,
    type: "aws_s3_bucket",
    attribute: "arn",
  },
  bucketName: {
    literal: (number) => `given-by-name-${number}`,
    resource: (stack, id) => new S3Bucket(stack, id, {}).bucket,
    type: "aws_s3_bucket",
    attribute: "bucket",
  },
  logGroup: {
    literal: arn("logs", "log-group:/platform/"),
    resource: (stack, id) => new CloudwatchLogGroup(stack, id, {}).arn,
    type: "aws_cloudwatch_log_group",
    attribute: "arn",
  },
  role: {
    literal: (number) => `arn:aws:iam::${ACCOUNT}:role/platform-${number}`,
    resource: (stack, id) => role(stack, id).arn,
    type: "aws_iam_role",
    attribute: "arn",
  },
  roleName: {
    literal: (number) => `platform-by-name-${number}`,
    resource: (stack, id) => role(stack, id).name,
    type: "aws_iam_role",
    attribute: "name",
  },
  instanceProfile: {
    literal: (number) => `platform-profile-${number}`,
    resource: (stack, id, given) => new IamInstanceProfile(stack, id, { role: given.id("roleName") }).name,
    type: "aws_iam_instance_profile",
    attribute: "name",
  },
  dbSubnetGroup: {
    literal: (number) => `platform-databases-${number}`,
    resource: (stack, id, given) => new DbSubnetGroup(stack, id, { subnetIds: [given.id("subnet")] }).name,
    type: "aws_db_subnet_group",
    attribute: "name",
  },
  replicationSubnetGroup: {
    literal: (number) => `platform-replication-${number}`,
    resource: (stack, id, given) =>
      new DmsReplicationSubnetGroup(stack, id, {
        replicationSubnetGroupId: "platform",
        replicationSubnetGroupDescription: "of the platform",
        subnetIds: [given.id("subnet")],
      }).replicationSubnetGroupId,
    type: "aws_dms_replication_subnet_group",
    attribute: "replication_subnet_group_id",
  },
  fileSystem: {
    literal: arn("elasticfilesystem", "file-system/fs-0123456789abcdef"),
    resource: (stack, id) => new EfsFileSystem(stack, id, {}).arn,
    type: "aws_efs_file_system",
    attribute: "arn",
  },
} satisfies Readonly<Record<string, Kind>>;

/** A kind of what exists. */
export type GivenKind = keyof typeof kinds;

/** The beginning of the ids of everything that stands for what exists. */
export const GIVEN = "given";

/** What exists in one stack, made as it is asked for. */
export class Given {
  private readonly made = new Map<string, { readonly value: string; readonly text: string }>();
  private platform?: DataTerraformRemoteStateS3;

  constructor(
    private readonly stack: TerraformStack,
    private readonly way: Way,
  ) {}

  /** Returns the id of something that exists. The number tells several of a kind apart. */
  public id(kind: GivenKind, number = 1): string {
    const name = `${kind} ${number}`;
    const known = this.made.get(name);
    if (known !== undefined) return known.value;
    const made = this.make(kind, number);
    this.made.set(name, made);
    return made.value;
  }

  /** The texts by which Terraform's JSON names what was given, by kind and number. */
  public get texts(): ReadonlyMap<string, string> {
    return new Map([...this.made].map(([name, { text }]) => [name, text]));
  }

  private make(kind: GivenKind, number: number): { readonly value: string; readonly text: string } {
    const { literal, part = literal, resource, type, attribute }: Kind = kinds[kind];
    const id = `${GIVEN}_${kind}_${number}`;
    switch (this.way) {
      case "a literal":
        return { value: literal(number), text: part(number) };
      case "a resource of the stack":
        return { value: resource(this.stack, id, this), text: `\${${type}.${id}.${attribute}}` };
      case "a variable":
        return { value: new TerraformVariable(this.stack, id, { type: "string" }).stringValue, text: `\${var.${id}}` };
      case "an output of another state": {
        this.platform ??= new DataTerraformRemoteStateS3(this.stack, GIVEN, {
          bucket: "states",
          key: "platform",
          region: "eu-central-1",
        });
        return {
          value: this.platform.getString(id),
          text: `\${data.terraform_remote_state.${GIVEN}.outputs.${id}}`,
        };
      }
    }
  }
}
