/**
 * The import of exported disks as snapshots and AMIs. The service that imports them reads the bucket in a role of this
 * account; the first disk is registered as an image, the others become snapshots of data volumes.
 */
import { Ami } from "@cdktf/provider-aws/lib/ami";
import { EbsSnapshotImport } from "@cdktf/provider-aws/lib/ebs-snapshot-import";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import { constructId, cut, joinIds, tagText } from "../../../core/construct-ids";
import { admitConstruct } from "../../../core/door/admit";
import { literal, literalAroundTokens } from "../../../core/literal";
import { onlyForMove } from "../../../core/only-for-move";
import { looksLikeToken } from "../../../core/token-text";
import { ROOT_DEVICE_NAME } from "./device-names";
import { movedFrom } from "./estate/move";
import type { ImageSource } from "./server-image";
import type { ServerPlan } from "./server-plan";

/**
 * The attributes in which a snapshot import names its source. It says so when it is made; a server that is renamed, or its export, would
 * have the disk imported again. Another export has another key, and so another address.
 */
const NAMES_OF_THE_SOURCE = [
  "disk_container[0].description",
  "disk_container[0].user_bucket[0].s3_key",
  // Another wave has another role, and takes over what this one has imported.
  "role_name",
];

/** Properties of {@link DiskImages}. */
export interface DiskImagesProps {
  readonly name: string;
  readonly partition: string;
  /**
   * The buckets that hold disk images of the fleet.
   * @knownLength
   */
  readonly buckets: readonly string[];
  /**
   * Name of the role that imports the disks.
   * @default - one of its own that may read the buckets
   */
  readonly importRoleName?: string;
  /**
   * ARN of the KMS key of the snapshots.
   * @default - the account's default key for EBS
   */
  readonly kmsKeyArn?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The image and the snapshots of a server whose disks are imported. */
export interface ImportedServer {
  readonly ami: Ami;
  /** The snapshots in the order of the keys, the root disk's first. */
  readonly snapshots: readonly EbsSnapshotImport[];
}

/** The imports of the disks of a fleet's servers, with the role that runs them. */
export class DiskImages extends Construct {
  /** The role that imports, where it is created here. */
  public readonly role?: IamRole;
  public readonly policy?: IamRolePolicy;
  private readonly roleName: string;
  private readonly imported = new Map<string, ImportedServer>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DiskImagesProps,
  ) {
    admitConstruct("DiskImages", scope, id, props);
    super(scope, id);
    if (props.importRoleName !== undefined) {
      this.roleName = props.importRoleName;
      return;
    }
    const { partition, buckets, kmsKeyArn, tags } = props;
    const { accountId } = new DataAwsCallerIdentity(this, "account");
    this.role = new IamRole(this, "role", {
      namePrefix: "vmimport-",
      description: "Imports exported disks as snapshots",
      // VM Import/Export User Guide, "Required service role".
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vmie.amazonaws.com" },
            Action: "sts:AssumeRole",
            // "To prevent the confused deputy problem", on the same page.
            Condition: {
              StringEquals: { "sts:Externalid": "vmimport", "aws:SourceAccount": accountId },
              ArnLike: { "aws:SourceArn": `arn:${partition}:vmie:*:${accountId}:*` },
            },
          },
        ],
      }),
      tags: { ...tags, Name: `${props.name}-vmimport` },
    });
    const arns = buckets.map((bucket) => `arn:${partition}:s3:::${bucket}`);
    this.policy = new IamRolePolicy(this, "policy", {
      name: "import-disks",
      role: this.role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
            Resource: arns.flatMap((arn) => [arn, `${arn}/*`]),
          },
          {
            Effect: "Allow",
            Action: ["ec2:CopySnapshot", "ec2:DescribeSnapshotAttribute", "ec2:ModifySnapshotAttribute"],
            // The region of a copy is its own, and the ARN of a snapshot has an account in some places and none in others.
            Resource: `arn:${partition}:ec2:*:*:snapshot/*`,
          },
          {
            Effect: "Allow",
            Action: ["ec2:RegisterImage"],
            Resource: [`arn:${partition}:ec2:*:*:image/*`, `arn:${partition}:ec2:*:*:snapshot/*`],
          },
          {
            Effect: "Allow",
            // These know no resource (Service Authorization Reference, "Actions defined by Amazon EC2").
            Action: ["ec2:DescribeImages", "ec2:DescribeSnapshots", "ec2:DescribeTags"],
            Resource: "*",
          },
          ...(kmsKeyArn === undefined
            ? []
            : [
                {
                  Effect: "Allow",
                  Action: [
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:ReEncrypt*",
                  ],
                  Resource: kmsKeyArn,
                },
              ]),
        ],
      }),
    });
    onlyForMove(this.role, this.policy);
    this.roleName = this.role.name;
  }

  /** The images and snapshots, by the server's name. */
  public get servers(): ReadonlyMap<string, ImportedServer> {
    return this.imported;
  }

  /** Imports the disks of one server. */
  public import(server: ServerPlan, source: Extract<ImageSource, { kind: "disk-image" }>): ImportedServer {
    const { name, tags, kmsKeyArn } = this.props;
    const { policy, roleName } = this;
    const idOf = snapshotIds(server.id);
    const formerIdOf = snapshotIds(server.formerId ?? server.id);
    const former = server.formerImage?.source;
    const formerKeys = former?.kind === "disk-image" ? former.keys : [];
    // A key may hold a token, and it may be made of the server's name, which holds none whatever it looks like.
    const write = looksLikeToken(JSON.stringify(server.server)) ? literal : (text: string) => literalAroundTokens(text);
    const snapshots = source.keys.map((key, index) => {
      const id = idOf(key);
      const snapshot = new EbsSnapshotImport(this, id, {
        roleName,
        encrypted: true,
        // EC2 answers with its own description of the snapshot, and with the default key where none was named. The provider
        // would take either for a change, and import the disk again on every deploy.
        ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
        lifecycle: { ignoreChanges: [...(kmsKeyArn === undefined ? ["kms_key_id"] : []), ...NAMES_OF_THE_SOURCE] },
        diskContainer: {
          description: literal(cut(`${server.server.name}: ${key}`, 255)),
          format: source.format,
          userBucket: { s3Bucket: source.bucket, s3Key: write(key) },
        },
        tags: { ...tags, Name: tagText(`${server.server.name} ${key}`) },
        // The role is of no use to the import before it may read the bucket.
        ...(policy === undefined ? {} : { dependsOn: [policy] }),
      });
      movedFrom(snapshot, formerIdOf(formerKeys[index] ?? key));
      return snapshot;
    });
    const [root] = snapshots;
    const ami = new Ami(this, joinIds(server.id, "image"), {
      name: cut(`${name}-${server.id}`, 128),
      description: literal(cut(`${server.server.name}, imported`, 255)),
      architecture: server.architecture,
      virtualizationType: "hvm",
      enaSupport: true,
      imdsSupport: "v2.0",
      rootDeviceName: ROOT_DEVICE_NAME,
      ...(server.server.firmware === undefined
        ? {}
        : { bootMode: server.server.firmware === "efi" ? "uefi" : "legacy-bios" }),
      ebsBlockDevice: [
        {
          deviceName: ROOT_DEVICE_NAME,
          ...(root === undefined ? {} : { snapshotId: root.id }),
          volumeType: "gp3",
          deleteOnTermination: true,
        },
      ],
      tags: { ...tags, Name: tagText(`${server.server.name} imported`) },
      // EC2 answers with what it took from the snapshot (encryption, IOPS), which Terraform would take for a change.
      lifecycle: {
        // Its name is that of the server, which may be renamed, and would make the image anew.
        ignoreChanges: ["ebs_block_device", "name"],
        // As text: CDKTF writes a reference with ${}, which Terraform does not take here. The id, because the whole resource
        // would stand for any change of it: a new stage changes a tag, and that must not make the server anew.
        ...(root === undefined
          ? {}
          : { replaceTriggeredBy: [`${root.terraformResourceType}.${root.friendlyUniqueId}.id`] }),
      },
    });
    movedFrom(ami, server.formerId === undefined ? undefined : joinIds(server.formerId, "image"));
    const imported = { ami, snapshots };
    this.imported.set(server.server.name, imported);
    return imported;
  }
}

/** Returns a function that gives the snapshots of a server's disks their ids, in the order in which it is asked. */
function snapshotIds(serverId: string): (key: string) => string {
  const names = new Map<string, number>();
  return (key) => {
    const label = constructId(key);
    const times = names.get(label) ?? 0;
    names.set(label, times + 1);
    return times === 0 ? joinIds(serverId, label) : joinIds(serverId, label, String(times + 1));
  };
}
