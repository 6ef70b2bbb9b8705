/**
 * ```ts
 * const configuration = new ConfigurationFiles(this, "configuration", {
 *   stage: "test",
 *   files: { "app.conf": { path: "/etc/shop/app.conf", content: "listen=8080\n", owner: "shop", group: "shop" } },
 *   targets: [{ key: "tag:migration:wave", values: ["wave-1"] }],
 * });
 * new IamRolePolicyAttachment(this, "read", { role: instanceRoleName, policyArn: configuration.readPolicy.arn });
 * ```
 *
 * Files in a bucket that keeps every version, and what puts them on servers. In the stage `replicate` they are uploaded and
 * placed nowhere; from `test` on they are placed. What was there first is kept on the server, for going back.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SsmAssociation } from "@cdktf/provider-aws/lib/ssm-association";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import { z } from "zod";
import type { Assessment } from "../../assessment/assessment";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import { parseProps } from "../../core/props";
import { runRules } from "../../core/rule";
import type { RunbookStep } from "../../core/stage";
import { compareText, constructId } from "../../core/construct-ids";
import { isUnresolved } from "../../core/tokens";
import type { LiftAndShiftPart } from "../part";
import type { ConfigurationFilesReview } from "./configuration/configuration-review";
import {
  configurationFileSchema,
  fileName,
  platformOf,
  sha256Of,
  terraformContent,
  type ConfigurationFile,
} from "./configuration/file-spec";
import { placementDocument } from "./configuration/placement-document";
import { regionOption } from "../../aws/aws-cli";
import { encryptionKey } from "../../aws/encryption-key";
import { deployed, destroyed, type DataStage, type DataSteps } from "./data-stage";
import { lowerName } from "../../aws/names";
import { PrivateBucket } from "../../aws/private-bucket";
import { configurationFilesRules } from "./rules";
import { bucketArn, dataProps, textOrToken, type DataProps } from "./schemas";
import { DeploymentPlace } from "../../aws/deployment-place";

/** How {@link ConfigurationFiles} are made. */
export interface ConfigurationFilesProps extends DataProps {
  /** The files by their names, 1 to 100. A construct reads no file: the content is text, a token, or a path for Terraform. */
  readonly files: Readonly<Record<string, ConfigurationFile>>;
  /**
   * The servers, by their tags. At most 5, all of which must hold.
   * @example [{ key: "tag:migration:wave", values: ["wave-1"] }]
   */
  readonly targets: readonly { readonly key: string; readonly values: readonly string[] }[];
  /**
   * A bucket that exists, versioned. `kmsKeyArn` is then the key of the objects.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly bucket?: { readonly arn: string; readonly name: string };
  /**
   * Where in the bucket the files are, without slashes at its ends.
   * @default "configuration"
   */
  readonly prefix?: string;
  /**
   * Names and addresses of the source that stay right in the files, because servers keep them or something else moves them.
   * @default - none
   */
  readonly validAtTarget?: readonly string[];
  /**
   * When files are placed again where somebody has changed them by hand.
   * @default - only when they change here
   * @example "rate(1 day)"
   */
  readonly schedule?: string;
}

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
    .refine((files) => Object.keys(files).length <= 100, "must have at most 100 files: make two of it"),
  targets: z
    .array(
      z.strictObject({
        key: z.string().regex(/^tag:.{1,128}$/, "must be tag: and the key of a tag, like tag:migration:wave"),
        values: z.array(textOrToken).min(1).max(50),
      }),
    )
    .min(1, "must name the servers")
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
 * Configuration files, and their way onto servers.
 *
 * @throws MigrationError `CONFIGURATION_FILES_PROPS`, `CONFIGURATION_FILES_SAME_PATH`
 */
export class ConfigurationFiles extends Construct implements LiftAndShiftPart {
  public readonly name: string;
  public readonly stage: DataStage;
  /** What the rules look at. */
  public readonly review: ConfigurationFilesReview;
  /** What people do to enter each stage, and to leave it backwards. */
  public readonly stageSteps: DataSteps;
  /** The key, where it is made here. */
  public readonly key?: KmsKey;
  public readonly kmsKeyArn: string;
  /** The bucket, where it is made here. */
  public readonly bucket?: PrivateBucket;
  /** The objects, by the files' names. */
  public readonly objects: ReadonlyMap<string, S3Object>;
  public readonly document: SsmDocument;
  /** What places the files, from the stage `test` on. */
  public readonly association?: SsmAssociation;
  /** What the servers' role needs: attach it. */
  public readonly readPolicy: IamPolicy;

  constructor(scope: Construct, id: string, props: ConfigurationFilesProps) {
    super(scope, id);
    const parsed = parseProps(
      this,
      "CONFIGURATION_FILES_PROPS",
      configurationFilesSchema,
      props,
    ) as ConfigurationFilesProps;
    const { stage, files, tags = {}, prefix = "configuration", validAtTarget } = parsed;
    this.checkPaths(files);
    this.stage = stage;
    const name = (this.name = parsed.name ?? lowerName(this.node.path, 40));
    this.review = { name, stage, files, ...(validAtTarget === undefined ? {} : { validAtTarget }) };
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
    const bucketName = parsed.bucket?.name ?? this.bucket?.name ?? "";
    const arn = parsed.bucket?.arn ?? this.bucket?.arn ?? "";
    const sorted = Object.entries(files).sort(([a], [b]) => compareText(a, b));
    const objects = new Map<string, S3Object>();
    for (const [file, spec] of sorted) {
      objects.set(
        file,
        new S3Object(this, constructId(file), {
          bucket: bucketName,
          key: `${prefix}/${platformOf(spec)}/${file}`,
          ...(spec.source === undefined
            ? { content: terraformContent(spec.content ?? "") }
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
    if (stage !== "replicate") {
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
    this.stageSteps = placementSteps(name, parsed.targets, parsed.region);
  }

  /** What the rules find in the files, in the light of the inventory. */
  public findings({ inventory }: Pick<Assessment, "inventory">): readonly Finding[] {
    return runRules(configurationFilesRules, { ...this.review, inventory });
  }

  private checkPaths(files: Readonly<Record<string, ConfigurationFile>>): void {
    const seen = new Map<string, string>();
    for (const [name, { path }] of Object.entries(files).sort(([a], [b]) => compareText(a, b))) {
      // Windows does not tell upper from lower case.
      const place = path.startsWith("/") ? path : path.toLowerCase();
      const other = seen.get(place);
      seen.set(place, name);
      if (other === undefined) continue;
      throw new MigrationError({
        code: "CONFIGURATION_FILES_SAME_PATH",
        path: `files["${name}"].path`,
        received: path,
        allowed: `a path that no other file has; "${other}" has this one`,
        fix: "give one of the two another path, or leave it out",
        construct: this.node.path,
      });
    }
  }
}

function placementSteps(
  name: string,
  targets: ConfigurationFilesProps["targets"],
  region: string | undefined,
): DataSteps {
  const document = `${name}-configuration`;
  const owner = "platform engineer";
  const check = (title: string): RunbookStep => ({
    title,
    owner,
    command: `aws ssm list-associations --association-filter-list key=AssociationName,value=${document} --query 'Associations[].Overview'${regionOption(region)}`,
    expect: "the status is Success on every server",
    minutes: 30,
  });
  return {
    replicate: {
      enter: [
        {
          title: `Review the files that ${document} would place`,
          owner: "application owner",
          command: "cdktf diff",
          expect: "every file names the target, none the source, and none holds a secret",
          minutes: 60,
        },
        deployed("replicate", `the files of ${document} are in its bucket and on no server`),
      ],
      reverse: [destroyed(`${document}, its bucket and its files are gone`)],
    },
    test: {
      enter: [
        deployed("test", `the association ${document} is made`),
        check(`Check that ${document} has placed its files on the test servers`),
      ],
      reverse: [
        // First the association, which would place the files again.
        deployed("replicate", `the association ${document} is destroyed`),
        {
          title: `Put back what was there before ${document}`,
          owner,
          command: `aws ssm send-command --document-name ${document} --parameters Action=restore --targets ${targetsArgument(targets)}${regionOption(region)}`,
          expect: "each file is as it was before the first placement",
          minutes: 30,
        },
      ],
    },
    cutover: {
      enter: [
        deployed("cutover", `the files of ${document} are placed as before`),
        check(`Check that ${document} has placed its files on every server`),
      ],
    },
    finalized: {
      enter: [
        deployed("finalized", `the files of ${document} are placed as before`),
        {
          title: "Delete the files that were kept on the servers",
          owner,
          expect: `/var/lib/${name} and C:\\ProgramData\\${name} hold no backup`,
          minutes: 30,
        },
      ],
    },
  };
}

/** The servers, as the AWS CLI takes them. A tag's value may be a token, which is no text to type. */
function targetsArgument(targets: ConfigurationFilesProps["targets"]): string {
  const shown = targets.map(({ key, values }) => ({
    Key: key,
    Values: values.map((value) => (isUnresolved(value) ? "VALUE" : value)),
  }));
  // AWS CLI User Guide, "Using shorthand syntax": commas, quotes and white space separate.
  const isPlain = (text: string): boolean => /^[\w.:/@+-]+$/.test(text);
  if (shown.every(({ Key, Values }) => isPlain(Key) && Values.every(isPlain))) {
    return shown.map(({ Key, Values }) => `Key=${Key},Values=${Values.join(",")}`).join(" ");
  }
  return `'${JSON.stringify(shown).replaceAll("'", "'\\''")}'`;
}
