/**
 * The policies of VPC endpoints: who may call AWS through them. AWS's own default lets anybody's credentials through, also those
 * with which data leaves for somebody else's bucket. Here the account's own identities may, those that are trusted beside them, and
 * AWS's services; what Amazon publishes in buckets of its own, such as packages and agents, is read by everybody, because it is
 * read without credentials.
 */

/** The callers that may use the endpoints of a network beside the identities of its own account. */
export interface EndpointTrust {
  /**
   * The ids of other accounts whose identities may call through the endpoints.
   * @default - none
   */
  readonly accountIds?: readonly string[];
  /**
   * The id of an organization whose identities may call through the endpoints.
   * @default - none
   * @example "o-a1b2c3d4e5"
   */
  readonly organizationId?: string;
  /**
   * The names of buckets of others from which objects may be read by whoever can, for example a vendor's packages, or what
   * a link that somebody else has signed leads to.
   * @default - those that Amazon publishes
   */
  readonly readableBuckets?: readonly string[];
}

/** The place and the trust for which policies are made. */
export interface EndpointPolicyProps {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly trust: EndpointTrust;
}

/**
 * The services whose endpoints take a policy like these: AWS PrivateLink Guide, "AWS services that integrate with AWS PrivateLink",
 * column "VPC endpoint policies". What is not among them keeps AWS's default, since some refuse a policy, and others are called
 * without credentials.
 */
const WITH_POLICY = [
  ...["dynamodb", "ec2", "ec2messages", "ecr.api", "ecr.dkr", "events", "kms", "lambda", "logs", "monitoring", "s3"],
  ...["secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts"],
];

/**
 * The buckets of Amazon that servers read, mostly without credentials: repositories of Amazon Linux, and what Systems Manager,
 * Application Migration Service, CodeDeploy and the CloudWatch agent download. Systems Manager User Guide, "SSM Agent communications
 * with AWS managed S3 buckets"; `s3_endpoint_policy.json` of AWS's data perimeter policy examples.
 */
function publishedBuckets(region: string): string[] {
  return [
    `al2023-repos-${region}-de612dc2`,
    `al2023-${region}`,
    `amazonlinux-2-repos-${region}`,
    `amazonlinux.${region}.amazonaws.com`,
    `packages.${region}.amazonaws.com`,
    `repo.${region}.amazonaws.com`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `aws-ssm-${region}`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `aws-windows-downloads-${region}`,
    `patch-baseline-snapshot-${region}`,
    `${region}-birdwatcher-prod`,
    "amazoncloudwatch-agent",
    `amazoncloudwatch-agent-${region}`,
    `aws-codedeploy-${region}`,
    `aws-application-migration-service-${region}`,
    `aws-application-migration-service-hashes-${region}`,
    `aws-mgn-clients-${region}`,
    `aws-mgn-clients-hashes-${region}`,
    `aws-mgn-internal-${region}`,
    `aws-mgn-internal-hashes-${region}`,
    `prod-${region}-starport-layer-bucket`,
  ];
}

/** Returns the policy of a service's endpoint as JSON; undefined for a service that is left with AWS's default. */
export function endpointPolicy(service: string, props: EndpointPolicyProps): string | undefined {
  const name = service.replace(/^(?:cn\.)?com\.amazonaws\.(?:[a-z]{2}(?:-[a-z]+)+-\d+)\./, "");
  if (!WITH_POLICY.includes(name)) return undefined;
  const { partition, region, accountId, trust } = props;
  const { accountIds = [], organizationId, readableBuckets = [] } = trust;
  const allow = (sid: string, of: { Action: string | string[]; Resource: string | string[]; Condition?: object }) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    ...of,
  });
  const everything = { Action: "*", Resource: "*" };
  const buckets = name === "s3" ? [...publishedBuckets(region), ...readableBuckets] : [];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      allow("IdentitiesOfTrustedAccounts", {
        ...everything,
        Condition: { StringEquals: { "aws:PrincipalAccount": [accountId, ...accountIds] } },
      }),
      ...(organizationId === undefined
        ? []
        : [
            allow("IdentitiesOfTheOrganization", {
              ...everything,
              Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
            }),
          ]),
      allow("ServicesOfAws", { ...everything, Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } }),
      ...(buckets.length === 0
        ? []
        : [
            allow("ObjectsThatAnybodyReads", {
              Action: ["s3:GetObject"],
              Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
            }),
          ]),
      // Nobody is known before they have a role: these two are called without credentials.
      ...(name === "sts"
        ? [
            allow("FederatedSignIn", {
              Action: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
              Resource: `arn:${partition}:iam::${accountId}:role/*`,
            }),
          ]
        : []),
    ],
  });
}
