/** An EFS file system for moved files: encrypted at rest and in transit, backed up, with an access point as its root. */
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import type { EfsTarget } from "./file-settings";

const NFS_PORT = 2049;

/** The EFS file system that files are moved to, encrypted and backed up. */
export class SharedFileSystem extends Construct {
  public readonly fileSystem: EfsFileSystem;
  public readonly accessPoint: EfsAccessPoint;
  public readonly mountTargets: readonly EfsMountTarget[];
  public readonly backupPolicy: EfsBackupPolicy;
  public readonly policy: EfsFileSystemPolicy;
  /** The security group of the mount targets, if this construct creates it. */
  public readonly securityGroup?: SecurityGroup;
  /** The security group in which DataSync reaches the mount targets, if this construct creates it. */
  public readonly writerSecurityGroup?: SecurityGroup;
  /** The id of the mount targets' security group; of several existing ones, the first. */
  public readonly securityGroupId: string;
  public readonly fileSystemId: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly name: string;
      readonly target: EfsTarget;
      readonly kmsKeyArn: string;
      readonly tags: Readonly<Record<string, string>>;
    },
  ) {
    admitConstruct("SharedFileSystem", scope, id, props);
    super(scope, id);
    const { name, target, tags } = props;
    const { userId, groupId } = target.owner ?? { userId: 0, groupId: 0 };
    this.fileSystem = new EfsFileSystem(this, "file-system", {
      encrypted: true,
      kmsKeyId: props.kmsKeyArn,
      throughputMode: "elastic",
      tags: { ...tags, Name: name },
    });
    const fileSystemId = (this.fileSystemId = this.fileSystem.id);
    this.backupPolicy = new EfsBackupPolicy(this, "backup", { fileSystemId, backupPolicy: { status: "ENABLED" } });
    const fileSystemArn = this.fileSystem.arn;
    this.policy = new EfsFileSystemPolicy(this, "policy", {
      fileSystemId,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            // With a policy, nobody may who is not named: those who come through a mount target may, as without one.
            Sid: "ThroughMountTargets",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: [
              "elasticfilesystem:ClientMount",
              "elasticfilesystem:ClientWrite",
              "elasticfilesystem:ClientRootAccess",
            ],
            Resource: fileSystemArn,
            Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
          },
          {
            Sid: "OnlyWithTls",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "*",
            Resource: fileSystemArn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    });
    const given = target.securityGroupIds;
    const group = (groupId_: string, description: string): SecurityGroup =>
      new SecurityGroup(this, groupId_, {
        namePrefix: `${name}-${groupId_}-`,
        description,
        vpcId: target.vpcId,
        tags: { ...tags, Name: `${name}-${groupId_}` },
      });
    if (given === undefined) {
      this.securityGroup = group("efs", `File system ${name}`);
      this.writerSecurityGroup = group("datasync", `DataSync writes to ${name}`);
      this.securityGroupId = this.securityGroup.id;
      this.admit(this.securityGroupId, this.writerSecurityGroup.id, props);
    } else {
      this.securityGroupId = given[0] ?? "";
    }
    const securityGroups = given ?? [this.securityGroupId];
    this.mountTargets = target.subnets.map(
      ({ id: subnetId }, index) =>
        new EfsMountTarget(this, `mount-target-${index + 1}`, {
          fileSystemId,
          subnetId,
          securityGroups: [...securityGroups],
        }),
    );
    this.accessPoint = new EfsAccessPoint(this, "access-point", {
      fileSystemId,
      // No posixUser: it would make every file the user's own, and the move keeps owners.
      rootDirectory: {
        path: target.path ?? "/data",
        creationInfo: { ownerUid: userId, ownerGid: groupId, permissions: target.permissions ?? "0755" },
      },
      tags: { ...tags, Name: name },
    });
  }

  /** Admits DataSync and the clients to the mount targets. */
  private admit(
    securityGroupId: string,
    writerId: string,
    {
      name,
      target,
      tags,
    }: { readonly name: string; readonly target: EfsTarget; readonly tags: Readonly<Record<string, string>> },
  ): void {
    const nfs = { ipProtocol: "tcp", fromPort: NFS_PORT, toPort: NFS_PORT };
    [writerId, ...(target.clientSecurityGroupIds ?? [])].forEach((referencedSecurityGroupId, index) => {
      const ruleId = index === 0 ? "from-datasync" : `from-group-${index}`;
      new VpcSecurityGroupIngressRule(this, ruleId, {
        securityGroupId,
        description: `${index === 0 ? "DataSync" : "Clients"} to the file system: NFS`,
        ...nfs,
        referencedSecurityGroupId,
        tags: { ...tags, Name: `${name}-${ruleId}` },
      });
    });
    new VpcSecurityGroupEgressRule(this, "to-efs", {
      securityGroupId: writerId,
      description: "DataSync to the file system: NFS",
      ...nfs,
      referencedSecurityGroupId: securityGroupId,
      tags: { ...tags, Name: `${name}-to-efs` },
    });
  }
}
