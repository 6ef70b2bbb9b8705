import { describe, expect, it } from "@jest/globals";
import { upperSnake } from "../../../lib/core/text";
import { runRules } from "../../../lib/core/rule";
import { FileMove, fileMoveRules, type FileMoveProps } from "../../../lib/parts/data";
import { stageSteps } from "../../support/toy-migration";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { fileMoves, newStack, reportsProps, type Ground, type InStage } from "./fixtures";

const synthesizeMove = (props: (on: Ground) => FileMoveProps) => {
  const { stack, on } = newStack();
  const move = new FileMove(stack, "reports", props(on));
  return { move, json: synthesize(stack) };
};
const task = (json: ReturnType<typeof synthesizeMove>["json"]): Json => resourcesOf(json, "aws_datasync_task")[0]!;
const smb = (on: Ground, password = on.password) =>
  ({ kind: "smb", server: "filer", path: "/a", user: "mover", password, agentArns: on.agentArns }) as const;
const fsx = (on: Ground, password = on.password) =>
  ({
    kind: "fsx-windows",
    fileSystemArn: "arn:aws:fsx:eu-central-1:111122223333:file-system/fs-0123456789abcdef0",
    securityGroupIds: ["sg-0123456789abcdef0"],
    user: "mover",
    domain: "EXAMPLE",
    password,
  }) as const;

describe("a withdrawal", () => {
  it("says what it leaves, by the kind of target", () => {
    const left = (over: (on: Ground) => Partial<FileMoveProps> & InStage): string | undefined => {
      const { move } = synthesizeMove((on) => reportsProps(on, over(on)));
      return stageSteps(move).replicate.reverse?.find(({ deploys }) => deploys === true)?.expect;
    };
    expect(left(() => ({}))).toContain("the automatic backups in the vault aws/efs/automatic-backup-vault");
    expect(left(() => ({ target: { kind: "s3" } }))).toBe("only the files of reports at the source are left");
    expect(left((on) => ({ target: { kind: "existing-s3", bucketArn: on.bucketArn } }))).toContain(
      "are still at the existing target",
    );
  });
});

describe("NFS to a file system of its own", () => {
  const { move, json } = synthesizeMove((on) => reportsProps(on));

  it("is encrypted at rest and on the way, and backed up", () => {
    expect(resourcesOf(json, "aws_efs_file_system")[0]).toMatchObject({ encrypted: true });
    expect(resourcesOf(json, "aws_efs_backup_policy")[0]).toMatchObject({ backup_policy: { status: "ENABLED" } });
    expect(resourcesOf(json, "aws_datasync_location_efs")[0]).toMatchObject({ in_transit_encryption: "TLS1_2" });
    expect(resourcesOf(json, "aws_efs_file_system_policy")[0]!["policy"]).toContain("aws:SecureTransport");
  });

  it("has a mount target in each zone, and an access point to begin at", () => {
    expect(resourcesOf(json, "aws_efs_mount_target")).toHaveLength(2);
    expect(resourcesOf(json, "aws_efs_access_point")[0]).toMatchObject({
      root_directory: { path: "/data", creation_info: { permissions: "0755" } },
    });
    expect(resourcesOf(json, "aws_efs_access_point")[0]).not.toHaveProperty("posix_user");
  });

  it("compares everything, keeps owners, filters, and reports each file", () => {
    expect(task(json)).toMatchObject({
      options: {
        verify_mode: "POINT_IN_TIME_CONSISTENT",
        preserve_deleted_files: "PRESERVE",
        posix_permissions: "PRESERVE",
        uid: "INT_VALUE",
        log_level: "TRANSFER",
      },
      includes: { value: "/2025|/2026" },
      excludes: { value: "*.tmp" },
      schedule: { schedule_expression: "rate(6 hours)" },
      task_report_config: {
        report_overrides: { transferred_override: "SUCCESSES_AND_ERRORS", verified_override: "SUCCESSES_AND_ERRORS" },
        s3_object_versioning: "INCLUDE",
      },
    });
  });

  it("logs into an encrypted group that DataSync of this account may write to", () => {
    expect(resourcesOf(json, "aws_cloudwatch_log_group")[0]).toMatchObject({ name: "/aws/datasync/reports" });
    expect(resourcesOf(json, "aws_cloudwatch_log_group")[0]).toHaveProperty("kms_key_id");
    const policy = resourcesOf(json, "aws_cloudwatch_log_resource_policy")[0]!["policy_document"] as string;
    expect(policy).toContain("aws:SourceAccount");
  });

  it("writes no token into the steps", () => {
    expect(JSON.stringify(stageSteps(move))).not.toMatch(/\$\{|TfToken/);
  });
});

describe("the schedule", () => {
  it("ends when production writes to the target", () => {
    for (const stage of ["replicate", "test"] as const) {
      expect(task(synthesizeMove((on) => reportsProps(on, { stage })).json)).toHaveProperty("schedule");
    }
    expect(task(synthesizeMove((on) => reportsProps(on, { stage: "cutover" })).json)).not.toHaveProperty("schedule");
  });
});

describe("a finalized move", () => {
  const { move, json } = synthesizeMove((on) => reportsProps(on, { stage: "finalized" }));

  it("keeps the files, the log and the reports, and nothing that copies", () => {
    expect(Object.keys(json.resource).filter((type) => type.includes("datasync"))).toEqual([]);
    expect(resourcesOf(json, "aws_iam_role")).toEqual([]);
    expect(resourcesOf(json, "aws_efs_file_system")).toHaveLength(1);
    expect(resourcesOf(json, "aws_s3_bucket")).toHaveLength(1);
    expect(resourcesOf(json, "aws_cloudwatch_log_group")).toHaveLength(1);
    expect(move.task).toBeUndefined();
  });
});

describe("other ends", () => {
  it("SMB to a bucket keeps no POSIX owner and takes the password as a token", () => {
    const { json, move } = synthesizeMove((on) =>
      reportsProps(on, {
        source: { ...smb(on), domain: "EXAMPLE", version: "SMB3" },
        target: { kind: "s3", path: "/x" },
      }),
    );
    expect(resourcesOf(json, "aws_datasync_location_smb")[0]).toMatchObject({
      password: "${var.share_password}",
      domain: "EXAMPLE",
      mount_options: { version: "SMB3" },
    });
    expect(task(json)["options"]).toMatchObject({
      posix_permissions: "NONE",
      uid: "NONE",
      gid: "NONE",
      object_tags: "NONE",
    });
    expect(resourcesOf(json, "aws_datasync_location_s3")[0]).toMatchObject({ subdirectory: "/x" });
    expect(JSON.stringify(stageSteps(move).finalized)).toContain("Change the password");
  });

  it("SMB to FSx for Windows keeps owners and permissions", () => {
    const { json } = synthesizeMove((on) => reportsProps(on, { source: smb(on), target: fsx(on) }));
    expect(task(json)["options"]).toMatchObject({ security_descriptor_copy_flags: "OWNER_DACL" });
    const [location] = resourcesOf(json, "aws_datasync_location_fsx_windows_file_system");
    expect(location).toMatchObject({ subdirectory: "/share/", domain: "EXAMPLE" });
    expect(String((location!["security_group_arns"] as string[])[0])).toContain("security-group/sg-0123456789abcdef0");
  });

  it("S3 to S3 keeps tags, and reads no more than it must", () => {
    const { json } = synthesizeMove((on) =>
      reportsProps(on, {
        source: { kind: "s3", bucketArn: on.bucketArn, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" },
        target: { kind: "existing-s3", bucketArn: on.bucketArn },
        reportBucket: { arn: on.bucketArn },
        bytesPerSecond: 10_485_760,
        deleteAtTarget: true,
        verification: "transferred",
      }),
    );
    expect(task(json)["options"]).toMatchObject({
      object_tags: "PRESERVE",
      bytes_per_second: 10_485_760,
      preserve_deleted_files: "REMOVE",
      verify_mode: "ONLY_FILES_TRANSFERRED",
    });
    expect(resourcesOf(json, "aws_s3_bucket")).toEqual([]);
    const policies = resourcesOf(json, "aws_iam_role_policy").map((each) => each["policy"] as string);
    expect(policies.filter((policy) => !policy.includes("s3:PutObject"))).toHaveLength(1);
  });

  it("takes an EFS file system that exists", () => {
    const { json } = synthesizeMove((on) =>
      reportsProps(on, {
        target: {
          kind: "existing-efs",
          fileSystemArn: "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0",
          accessPointArn: "arn:aws:elasticfilesystem:eu-central-1:111122223333:access-point/fsap-0123456789abcdef0",
          subnetId: "subnet-0000000a",
          securityGroupIds: ["sg-0123456789abcdef0"],
          path: "/in",
        },
      }),
    );
    expect(resourcesOf(json, "aws_efs_file_system")).toEqual([]);
    expect(resourcesOf(json, "aws_datasync_location_efs")[0]).toMatchObject({ subdirectory: "/in" });
  });
});

describe("what a file move refuses", () => {
  const plain = (text: string): Partial<FileMoveProps> & InStage => {
    const { on } = newStack();
    return { source: smb(on, text), target: { kind: "s3" } };
  };

  it("refuses a password that is written down, without repeating it", () => {
    const error = thrown(() => synthesizeMove((on) => reportsProps(on, plain("hunter22"))));
    expect(error.code).toBe("FILE_MOVE_PLAIN_PASSWORD");
    expect(error.path).toBe("source.password");
    expect(error.message).not.toContain("hunter22");
    const other = thrown(() =>
      synthesizeMove((on) => reportsProps(on, { source: smb(on), target: fsx(on, "hunter22") })),
    );
    expect(other).toMatchObject({ code: "FILE_MOVE_PLAIN_PASSWORD", path: "target.password" });
  });

  it("refuses NFS to FSx for Windows", () => {
    expect(thrown(() => synthesizeMove((on) => reportsProps(on, { target: fsx(on) }))).code).toBe("FILE_MOVE_PAIR");
  });

  it.each<[string, (on: Ground) => Partial<FileMoveProps> & InStage, RegExp]>([
    ["minutes", () => ({ schedule: "rate(5 minutes)" }), /an hour or more/],
    ["a bar in a filter", () => ({ include: ["/a|/b"] }), /bar/],
    [
      "a relative path",
      (on) => ({ source: { kind: "nfs", server: "f", path: "srv", agentArns: on.agentArns } }),
      /slash/,
    ],
    ["no agent", () => ({ source: { kind: "nfs", server: "f", path: "/srv", agentArns: [] } }), /agentArns/],
    [
      "two mount targets in one zone",
      (on) => ({
        target: {
          kind: "efs",
          vpcId: on.vpcId,
          subnets: on.subnets.map((each) => ({ ...each, availabilityZone: "a" })),
        },
      }),
      /different zones/,
    ],
    [
      "permissions that are none",
      (on) => ({ target: { kind: "efs", vpcId: on.vpcId, subnets: on.subnets, permissions: "rwx" } }),
      /octal/,
    ],
  ])("refuses %s", (_what, over, message) => {
    let prop = "";
    const error = thrown(() =>
      synthesizeMove((on) => {
        const changed = over(on);
        prop = Object.keys(changed)[0] ?? "";
        return reportsProps(on, changed);
      }),
    );
    expect(error.code).toBe(`FILE_MOVE_${upperSnake(prop)}`);
    expect(error.message).toMatch(message);
  });
});

describe("file moves of every kind", () => {
  it.each(["replicate", "test", "cutover", "finalized"] as const)("have no blocker in %s", (stage) => {
    const { stack, on } = newStack();
    for (const move of fileMoves(stack, on, stage)) {
      expect(runRules(fileMoveRules, move.review).filter(({ severity }) => severity === "blocker")).toEqual([]);
      const { enter = [], reverse = [] } = stageSteps(move)[stage];
      expect(enter.filter(({ deploys }) => deploys === true)).toHaveLength(1);
      expect(reverse.filter(({ deploys }) => deploys === true)).toHaveLength(stage === "finalized" ? 0 : 1);
    }
  });
});
