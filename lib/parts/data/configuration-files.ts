/**
 * ```ts
 * const configuration = new ConfigurationFiles(this, "configuration", {
 *   migration: shop,
 *   files: { "app.conf": { path: "/etc/shop/app.conf", content: "listen=8080\n", owner: "shop", group: "shop" } },
 *   targets: [{ key: "tag:migration:wave", values: ["wave-1"] }],
 * });
 * new IamRolePolicyAttachment(this, "read", { role: instanceRoleName, policyArn: configuration.readPolicy.arn });
 * ```
 *
 * Configuration files in a versioned bucket, and the SSM association that places them on servers. In the phase `prepare`
 * they are uploaded and placed nowhere; from the next phase on they are placed. The files that they replace are kept on
 * the server, for the way back.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SsmAssociation } from "@cdktf/provider-aws/lib/ssm-association";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import type { Construct } from "constructs";
import { z } from "zod";
import type { Assessment } from "../../assessment/assessment";
import { sortedEntries } from "../../core/collections";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import { literalAroundTokens } from "../../core/literal";
import {
  MigrationPart,
  ownProps,
  type MigrationHost,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import { parseProps } from "../../core/props";
import { runRules } from "../../core/rule";
import { constructId } from "../../core/construct-ids";
import { namePath } from "../../core/rename";
import type { ConfigurationFilesReview } from "./configuration/configuration-review";
import {
  configurationFileSchema,
  fileName,
  platformOf,
  sha256Of,
  type ConfigurationFile,
} from "./configuration/file-spec";
import { placementDocument } from "./configuration/placement-document";
import { checkRegion } from "../../aws/check-region";
import { encryptionKey } from "../../aws/encryption-key";
import { placementSteps } from "./configuration/placement-steps";
import { lowerName } from "../../aws/names";
import { PrivateBucket } from "../../aws/private-bucket";
import { configurationFilesRules } from "./rules";
import { bucketArn, dataProps, textOrToken, type DataProps } from "./schemas";
import { DeploymentPlace } from "../../aws/deployment-place";

/** Properties of {@link ConfigurationFiles}. */
export interface ConfigurationFilesProps extends DataProps<MigrationHost<Assessment>> {
  /** The files by name, 1 to 100. A construct reads no file: the content is text, a token, or a path for Terraform. */
  readonly files: Readonly<Record<string, ConfigurationFile>>;
  /**
   * The tags that select the servers. At most 5, all of which must match.
   * @example [{ key: "tag:migration:wave", values: ["wave-1"] }]
   */
  readonly targets: readonly { readonly key: string; readonly values: readonly string[] }[];
  /**
   * An existing versioned bucket for the files, which is left as it is. `kmsKeyArn` is then the key of the objects. The policy of
   * a bucket in another account must admit the servers' role, with what `readPolicy` says.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly bucket?: { readonly arn: string; readonly name: string };
  /**
   * The prefix of the files in the bucket, without a slash at either end.
   * @default "configuration"
   */
  readonly prefix?: string;
  /**
   * Names and addresses of the source that remain valid in the files, because servers keep them or something else moves
   * them.
   * @default - none
   */
  readonly validAtTarget?: readonly string[];
  /**
   * The schedule on which files are placed again, to undo changes made by hand.
   * @default - only when they change here
   * @example "rate(1 day)"
   */
  readonly schedule?: string;
}

/** The schema of the props without the migration, which MigrationPart checks. */
const configurationFilesSchema = z.strictObject({
  ...dataProps,
  files: z
    .record(z.string(), configurationFileSchema)
    .check(({ value, issues }) => {
      // As the record's own key it would only be called invalid.
      for (const name of Object.keys(value)) {
        const message = fileName.safeParse(name).error?.issues[0]?.message;
        if (message !== undefined) issues.push({ code: "custom", path: [name], message, input: name });
      }
    })
    .refine((files) => Object.keys(files).length > 0, "must have at least one file")
    // Each file takes some 200 bytes of a document of 64 KB (AWS Systems Manager User Guide, "Service quotas").
    .refine(
      (files) => Object.keys(files).length <= 100,
      "must have at most 100 files: split them between two constructs",
    ),
  targets: z
    .array(
      z.strictObject({
        key: z.string().regex(/^tag:.{1,128}$/, "must be tag: and the key of a tag, like tag:migration:wave"),
        values: z.array(textOrToken).min(1).max(50),
      }),
    )
    .min(1, "must select the servers by at least one tag")
    .max(5),
  bucket: z.strictObject({ arn: bucketArn, name: textOrToken }).optional(),
  prefix: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
      "must be a prefix without slashes at its ends, like configuration",
    )
    .optional(),
  validAtTarget: z.array(z.string().min(1)).optional(),
  schedule: z
    .string()
    .regex(/^(?:cron|rate)\([^)]+\)$/, "must be rate(1 day) or a cron expression")
    .optional(),
});

/**
 * Configuration files that are stored in S3 and placed on servers by Systems Manager.
 *
 * @throws MigrationError `CONFIGURATION_FILES_FILES` and its like for each prop, `CONFIGURATION_FILES_SAME_PATH`, and those of `MigrationPart`
 */
export class ConfigurationFiles extends MigrationPart<MigrationHost<Assessment>> {
  public readonly name: string;
  /** The subject of {@link configurationFilesRules}. */
  public readonly review: ConfigurationFilesReview;
  /** The KMS key, if this construct creates it. */
  public readonly key?: KmsKey;
  public readonly kmsKeyArn: string;
  /** The bucket of the files, if this construct creates it. */
  public readonly bucket?: PrivateBucket;
  /** The S3 objects, by file name. */
  public readonly objects: ReadonlyMap<string, S3Object>;
  public readonly document: SsmDocument;
  /** The SSM association that places the files; undefined in the phase `prepare`. */
  public readonly association?: SsmAssociation;
  /** The policy to attach to the servers' role, so that they may read the files. */
  public readonly readPolicy: IamPolicy;

  private readonly targets: ConfigurationFilesProps["targets"];
  private readonly region?: string;

  constructor(scope: Construct, id: string, props: ConfigurationFilesProps) {
    // A file with a secret is a blocker, `configuration-file-secret`: somebody may know that it is none.
    admitConstruct("ConfigurationFiles", scope, id, props, ([list, , text]) => list === "files" && text === "content");
    super(scope, id, props);
    const { migration } = props;
    const own = ownProps(props);
    const parsed = parseProps(this, "CONFIGURATION_FILES_PROPS", configurationFilesSchema, own) as Omit<
      ConfigurationFilesProps,
      "migration"
    >;
    const { files, prefix = "configuration", validAtTarget } = parsed;
    const { phase } = migration.stage;
    const tags = { ...migration.tags, ...parsed.tags };
    this.checkPaths(files);
    const name = (this.name = parsed.name ?? lowerName(namePath(this), 40));
    this.review = {
      name,
      phase,
      files,
      inventory: migration.assessment.inventory,
      ...(validAtTarget === undefined ? {} : { validAtTarget }),
    };
    this.targets = parsed.targets;
    if (parsed.region !== undefined) this.region = parsed.region;
    checkRegion(parsed.kmsKeyArn, parsed.region, {
      code: "CONFIGURATION_FILES_KMS_KEY_ARN",
      path: "kmsKeyArn",
      construct: this.node.path,
      what: "a KMS key",
    });
    const place = new DeploymentPlace(this, "aws", parsed);
    if (parsed.kmsKeyArn === undefined) {
      this.key = encryptionKey(this, "key", {
        description: `Configuration of ${name}`,
        place,
        logGroupNames: [],
        tags: { ...tags, Name: name },
      });
    }
    const kmsKeyId = (this.kmsKeyArn = parsed.kmsKeyArn ?? this.key?.arn ?? "");
    if (parsed.bucket === undefined) {
      this.bucket = new PrivateBucket(this, "bucket", {
        namePrefix: `${name.slice(0, 22).replace(/-$/, "")}-configuration-`,
        kmsKeyArn: kmsKeyId,
        tags: { ...tags, Name: name },
      });
    }
    // The versions in the bucket are the way back of every file; the objects themselves are this code's own text.
    migration.protect(this.key, this.bucket?.bucket);
    const bucketName = parsed.bucket?.name ?? this.bucket?.name ?? "";
    const arn = parsed.bucket?.arn ?? this.bucket?.arn ?? "";
    const sorted = sortedEntries(files);
    const objects = new Map<string, S3Object>();
    for (const [file, spec] of sorted) {
      objects.set(
        file,
        new S3Object(this, constructId(file), {
          bucket: bucketName,
          key: `${prefix}/${platformOf(spec)}/${file}`,
          ...(spec.source === undefined
            ? { content: literalAroundTokens(spec.content ?? "") }
            : { source: spec.source, sourceHash: sha256Of(spec) }),
          serverSideEncryption: "aws:kms",
          kmsKeyId,
          bucketKeyEnabled: true,
          tags: { ...tags, Name: file },
          // A version is only made once the bucket keeps versions.
          ...(this.bucket === undefined ? {} : { dependsOn: [this.bucket.versioning, this.bucket.encryption] }),
        }),
      );
    }
    this.objects = objects;
    this.document = new SsmDocument(this, "document", {
      name: `${name}-configuration`,
      documentType: "Command",
      documentFormat: "JSON",
      targetType: "/AWS::EC2::Instance",
      content: placementDocument({
        name,
        region: place.region,
        dnsSuffix: place.dnsSuffix,
        bucketName,
        prefix,
        files: new Map(sorted),
      }),
      tags: { ...tags, Name: `${name}-configuration` },
    });
    this.readPolicy = new IamPolicy(this, "read-policy", {
      namePrefix: `${name}-configuration-`,
      description: `Reads the configuration files of ${name}`,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: `${arn}/${prefix}/*` },
          {
            Effect: "Allow",
            Action: ["s3:ListBucket"],
            Resource: arn,
            Condition: { StringLike: { "s3:prefix": `${prefix}/*` } },
          },
          { Effect: "Allow", Action: ["kms:Decrypt"], Resource: kmsKeyId },
        ],
      }),
      tags: { ...tags, Name: `${name}-configuration` },
    });
    if (phase !== "prepare") {
      this.association = new SsmAssociation(this, "association", {
        name: this.document.name,
        associationName: `${name}-configuration`,
        // The version rather than $LATEST: a changed document changes the association, which then runs at once.
        documentVersion: this.document.latestVersion,
        parameters: { Action: "place" },
        targets: parsed.targets.map(({ key, values }) => ({ key, values: [...values] })),
        // A wrong file is noticed on a few servers, not on all.
        maxConcurrency: "20%",
        maxErrors: "0",
        complianceSeverity: "HIGH",
        ...(parsed.schedule === undefined ? {} : { scheduleExpression: parsed.schedule }),
        dependsOn: [...objects.values()],
      });
    }
  }

  /** Returns the findings of the rules about the files, which compare them with the inventory. */
  public override findings(): readonly Finding[] {
    return runRules(configurationFilesRules, this.review);
  }

  protected override stepsInto(phase: Phase, names: TransitionNames, transition: StageTransition): PartSteps {
    const { name, targets, region } = this;
    return placementSteps({ name, targets, region }, { phase, names, transition });
  }

  private checkPaths(files: Readonly<Record<string, ConfigurationFile>>): void {
    const seen = new Map<string, string>();
    for (const [name, { path }] of sortedEntries(files)) {
      // Windows does not tell upper from lower case.
      const place = path.startsWith("/") ? path : path.toLowerCase();
      const other = seen.get(place);
      seen.set(place, name);
      if (other === undefined) continue;
      throw new MigrationError({
        code: "CONFIGURATION_FILES_SAME_PATH",
        path: `files["${name}"].path`,
        received: path,
        allowed: `a path that is not used by another file; "${other}" uses this one`,
        fix: "give one of the two another path, or leave it out",
        construct: this.node.path,
      });
    }
  }
}
