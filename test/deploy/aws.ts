/**
 * `aws(env, region)("route53", "list_hosted_zones")`: one call of the AWS API, answered as JSON, so that the lab can look at what a
 * deploy made with other eyes than Terraform's. Services, operations and parameters are boto3's; the emulator brings it.
 */
import { run } from "../support/terraform";

/** Asks the AWS API. Throws what AWS refused, in AWS's words. */
export type AwsApi = <Answer>(service: string, operation: string, parameters?: object) => Promise<Answer>;

const CALL = `
import boto3, json, sys
service, operation, parameters = sys.argv[1:]
answer = getattr(boto3.client(service), operation)(**json.loads(parameters))
answer.pop("ResponseMetadata", None)
print(json.dumps(answer, default=str))
`;

/** The AWS API of a region, at the endpoint of `env`. */
export function aws(env: NodeJS.ProcessEnv, region: string): AwsApi {
  return async <Answer>(service: string, operation: string, parameters: object = {}): Promise<Answer> => {
    const words = ["-c", CALL, service, operation, JSON.stringify(parameters)];
    const { code, stdout, stderr } = await run("python3", words, {
      env: { ...env, AWS_DEFAULT_REGION: region },
      timeout: 60_000,
    });
    if (code !== 0) throw new Error(`${service} ${operation}: ${stderr.trim().split("\n").pop() ?? ""}`);
    return JSON.parse(stdout) as Answer;
  };
}

/**
 * What AWS goes on showing after its deletion: as deleted or terminated, or in the days of its recovery window. For these the
 * provider's own wait for the deletion must do.
 */
const LINGERS =
  /:ec2:.*:(instance|vpn-connection|customer-gateway|transit-gateway-attachment)\/|:kms:|:secretsmanager:/;

/** What still has the library's tags. */
export async function leftBehind(ask: AwsApi): Promise<string[]> {
  const { ResourceTagMappingList: found } = await ask<{ ResourceTagMappingList: { ResourceARN: string }[] }>(
    "resourcegroupstaggingapi",
    "get_resources",
    { TagFilters: [{ Key: "migration:pattern" }] },
  );
  return found.map(({ ResourceARN: arn }) => arn).filter((arn) => !LINGERS.test(arn));
}
