import {
  GetParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
  type Parameter,
} from "@aws-sdk/client-ssm";
import { parameterStoreError, regionUnknownError } from "./parameter-store-errors";
import type { ParameterStore, VersionedParameter } from "./parameter-store";

/** The largest number of parameters in one page of GetParametersByPath. */
const PAGE = 10;

/**
 * The time limit for connecting. The SDK waits for ever by default; a network without a route to AWS shall be reported within
 * seconds.
 */
const CONNECTION_MILLISECONDS = 5_000;
const REQUEST_MILLISECONDS = 20_000;

/**
 * Returns the Parameter Store of AWS Systems Manager. Credentials, endpoint (`AWS_ENDPOINT_URL`) and the retries of what was
 * throttled are the SDK's.
 */
export function ssmParameterStore(region?: string): ParameterStore {
  const client = new SSMClient({
    ...(region === undefined ? {} : { region }),
    requestHandler: {
      connectionTimeout: CONNECTION_MILLISECONDS,
      requestTimeout: REQUEST_MILLISECONDS,
      throwOnRequestTimeout: true,
    },
  });
  return {
    async below(path) {
      const parameters: VersionedParameter[] = [];
      let token: string | undefined;
      do {
        const page = await asked(client, `read ${path}`, () =>
          client.send(
            new GetParametersByPathCommand({ Path: path, Recursive: true, MaxResults: PAGE, NextToken: token }),
          ),
        );
        parameters.push(...(page?.Parameters ?? []).flatMap(parameterOf));
        token = page?.NextToken;
      } while (token !== undefined && token !== "");
      return parameters;
    },
    async get(name) {
      const answer = await asked(client, `read ${name}`, () => client.send(new GetParameterCommand({ Name: name })));
      return answer?.Parameter === undefined ? undefined : parameterOf(answer.Parameter)[0];
    },
    async overwrite(name, value) {
      const answer = await asked(client, `write ${name}`, () =>
        client.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true })),
      );
      return answer?.Version;
    },
  };
}

/** Sends the request and returns its answer; undefined where there is no such parameter. */
async function asked<Answer>(
  client: SSMClient,
  what: string,
  request: () => Promise<Answer>,
): Promise<Answer | undefined> {
  let region: string;
  try {
    region = await client.config.region();
  } catch (cause) {
    throw regionUnknownError(what, cause);
  }
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof Error && cause.name === "ParameterNotFound") return undefined;
    throw parameterStoreError(what, region, cause);
  }
}

function parameterOf({ Name, Value, LastModifiedDate, Version }: Parameter): VersionedParameter[] {
  if (Name === undefined || Value === undefined) return [];
  return [
    {
      name: Name,
      value: Value,
      ...(LastModifiedDate === undefined ? {} : { lastModified: LastModifiedDate.toISOString() }),
      ...(Version === undefined ? {} : { version: Version }),
    },
  ];
}
