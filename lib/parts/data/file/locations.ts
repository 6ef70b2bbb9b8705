/**
 * The DataSync locations of the source and the target. They are destroyed when the move is finalized; the storage behind
 * them is kept.
 */
import { DatasyncLocationEfs } from "@cdktf/provider-aws/lib/datasync-location-efs";
import { DatasyncLocationFsxWindowsFileSystem } from "@cdktf/provider-aws/lib/datasync-location-fsx-windows-file-system";
import { DatasyncLocationNfs } from "@cdktf/provider-aws/lib/datasync-location-nfs";
import { DatasyncLocationS3 } from "@cdktf/provider-aws/lib/datasync-location-s3";
import { DatasyncLocationSmb } from "@cdktf/provider-aws/lib/datasync-location-smb";
import type { Construct } from "constructs";
import type { PrivateBucket } from "../../../aws/private-bucket";
import { ServiceRole, type Allow } from "../../../aws/service-role";
import type { DeploymentPlace } from "../../../aws/deployment-place";
import type { FileSource, FileTarget } from "./file-settings";
import type { SharedFileSystem } from "./shared-file-system";

/** Properties common to the locations of a move. */
export interface LocationContext {
  readonly name: string;
  readonly kmsKeyArn: string;
  readonly place: DeploymentPlace;
  readonly tags: Readonly<Record<string, string>>;
}

/** A DataSync location, with the role that it needs if it is a bucket. */
export interface Location {
  readonly resource:
    | DatasyncLocationNfs
    | DatasyncLocationSmb
    | DatasyncLocationS3
    | DatasyncLocationEfs
    | DatasyncLocationFsxWindowsFileSystem;
  readonly arn: string;
  readonly role?: ServiceRole;
}

/** The actions that list a bucket. AWS DataSync User Guide, "Providing DataSync access to S3 buckets". */
const LIST = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"];
const READ = ["s3:GetObject", "s3:GetObjectTagging", "s3:ListMultipartUploadParts"];
const WRITE = [...READ, "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"];

/** Returns the permissions on a bucket and on the key of its objects. */
export function bucketAccess(bucketArn: string, write: boolean, kmsKeyArn: string | undefined): Allow[] {
  return [
    { actions: LIST, resources: [bucketArn] },
    { actions: write ? WRITE : READ, resources: [`${bucketArn}/*`] },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            actions: write ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"],
            resources: [kmsKeyArn],
          },
        ]),
  ];
}

/** Creates the location that files are read from. */
export function sourceLocation(scope: Construct, source: FileSource, context: LocationContext): Location {
  const tags = { ...context.tags, Name: `${context.name}-source` };
  switch (source.kind) {
    case "nfs": {
      const resource = new DatasyncLocationNfs(scope, "source", {
        serverHostname: source.server,
        subdirectory: source.path,
        onPremConfig: { agentArns: [...source.agentArns] },
        mountOptions: { version: source.version ?? "AUTOMATIC" },
        tags,
      });
      return { resource, arn: resource.arn };
    }
    case "smb": {
      const resource = new DatasyncLocationSmb(scope, "source", {
        serverHostname: source.server,
        subdirectory: withSlash(source.path),
        user: source.user,
        ...(source.domain === undefined ? {} : { domain: source.domain }),
        password: source.password,
        agentArns: [...source.agentArns],
        mountOptions: { version: source.version ?? "AUTOMATIC" },
        tags,
      });
      return { resource, arn: resource.arn };
    }
    case "s3":
      return s3Location(scope, "source", { ...source, write: false }, context);
  }
}

/** Creates the location that files are written to. */
export function targetLocation(
  scope: Construct,
  target: FileTarget,
  made: { readonly fileSystem?: SharedFileSystem; readonly bucket?: PrivateBucket },
  context: LocationContext,
): Location {
  const { place } = context;
  const tags = { ...context.tags, Name: `${context.name}-target` };
  const groupArns = (ids: readonly string[]): string[] => ids.map((id) => place.arn("ec2", `security-group/${id}`));
  switch (target.kind) {
    case "efs": {
      const { fileSystem } = made;
      const subnet = target.subnets[0];
      if (fileSystem === undefined || subnet === undefined)
        throw new Error("a file system is made before its location");
      const resource = new DatasyncLocationEfs(scope, "target", {
        efsFileSystemArn: fileSystem.fileSystem.arn,
        accessPointArn: fileSystem.accessPoint.arn,
        inTransitEncryption: "TLS1_2",
        ec2Config: {
          subnetArn: place.arn("ec2", `subnet/${subnet.id}`),
          securityGroupArns:
            fileSystem.writerSecurityGroup === undefined
              ? groupArns(target.securityGroupIds ?? [])
              : [fileSystem.writerSecurityGroup.arn],
        },
        tags,
        // DataSync mounts it when the location is made.
        dependsOn: [...fileSystem.mountTargets, fileSystem.policy],
      });
      return { resource, arn: resource.arn };
    }
    case "existing-efs": {
      const resource = new DatasyncLocationEfs(scope, "target", {
        efsFileSystemArn: target.fileSystemArn,
        ...(target.accessPointArn === undefined ? {} : { accessPointArn: target.accessPointArn }),
        inTransitEncryption: "TLS1_2",
        ...(target.path === undefined ? {} : { subdirectory: target.path }),
        ec2Config: {
          subnetArn: place.arn("ec2", `subnet/${target.subnetId}`),
          securityGroupArns: groupArns(target.securityGroupIds),
        },
        tags,
      });
      return { resource, arn: resource.arn };
    }
    case "fsx-windows": {
      const resource = new DatasyncLocationFsxWindowsFileSystem(scope, "target", {
        fsxFilesystemArn: target.fileSystemArn,
        user: target.user,
        ...(target.domain === undefined ? {} : { domain: target.domain }),
        password: target.password,
        securityGroupArns: groupArns(target.securityGroupIds),
        subdirectory: withSlash(target.path ?? "/share"),
        tags,
      });
      return { resource, arn: resource.arn };
    }
    case "s3": {
      const { bucket } = made;
      if (bucket === undefined) throw new Error("a bucket is made before its location");
      const settings = { bucketArn: bucket.arn, kmsKeyArn: context.kmsKeyArn, write: true };
      return s3Location(
        scope,
        "target",
        {
          ...settings,
          ...(target.path === undefined ? {} : { path: target.path }),
          ...(target.bucketAccessRoleArn === undefined ? {} : { bucketAccessRoleArn: target.bucketAccessRoleArn }),
        },
        context,
      );
    }
    case "existing-s3":
      return s3Location(scope, "target", { ...target, write: true }, context);
  }
}

/**
 * Returns the path with a final slash, as DataSync returns it: the provider ignores a missing one for NFS, EFS and S3, but
 * not for SMB and FSx.
 */
function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function s3Location(
  scope: Construct,
  id: "source" | "target",
  of: {
    readonly bucketArn: string;
    readonly path?: string;
    readonly kmsKeyArn?: string;
    readonly bucketAccessRoleArn?: string;
    readonly write: boolean;
  },
  context: LocationContext,
): Location {
  const { name, place } = context;
  const role = new ServiceRole(scope, `${id}-access`, {
    service: "datasync.amazonaws.com",
    namePrefix: "datasync-s3-",
    description: `DataSync ${of.write ? "writes" : "reads"} the ${id} of ${name}`,
    allow: bucketAccess(of.bucketArn, of.write, of.kmsKeyArn),
    place,
    ...(of.bucketAccessRoleArn === undefined ? {} : { roleArn: of.bucketAccessRoleArn }),
    tags: { ...context.tags, Name: `${name}-${id}` },
  });
  const resource = new DatasyncLocationS3(scope, id, {
    s3BucketArn: of.bucketArn,
    subdirectory: of.path ?? "/",
    s3Config: { bucketAccessRoleArn: role.arn },
    tags: { ...context.tags, Name: `${name}-${id}` },
    // DataSync tries the role when the location is made.
    ...(role.policy === undefined ? {} : { dependsOn: [role.policy] }),
  });
  return { resource, arn: resource.arn, role };
}
