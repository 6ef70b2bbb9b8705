/** The real AWS provider in a folder of Terraform's, without an account: it plans, looks nothing up and makes nothing. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { ResourceSchema } from "../../scripts/generate/replacing-attributes/schema";
import { run } from "./terraform";

/** The version of the provider that is asked. */
export const providerVersion = "5.100.0";

/** The provider's address, as states name it. */
export const PROVIDER = "registry.terraform.io/hashicorp/aws";

// Nobody listens there: what the provider asks all the same, it is refused at once.
const NOWHERE = "http://127.0.0.1:9";

/** Writes the provider's configuration into the folder, starts the provider, and returns the schemas of all resource types. */
export async function startAwsProvider(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, ResourceSchema>>> {
  writeFileSync(
    path.join(folder, "provider.tf.json"),
    JSON.stringify({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: providerVersion } } },
      provider: {
        aws: {
          region: "eu-central-1",
          access_key: "none",
          secret_key: "none",
          skip_credentials_validation: true,
          skip_metadata_api_check: "true",
          skip_region_validation: true,
          skip_requesting_account_id: true,
          max_retries: 1,
          endpoints: [{ ec2: NOWHERE, sts: NOWHERE }],
        },
      },
    }),
  );
  const terraform = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run("terraform", [`-chdir=${folder}`, ...args], { env });
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${stderr}${stdout}`);
    return stdout;
  };
  await terraform("init", "-input=false");
  const { provider_schemas: schemas } = JSON.parse(await terraform("providers", "schema", "-json")) as {
    provider_schemas: Record<string, { resource_schemas: Record<string, ResourceSchema> }>;
  };
  return schemas[PROVIDER]?.resource_schemas ?? {};
}
