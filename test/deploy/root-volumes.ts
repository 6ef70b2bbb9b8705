/** The root volumes of servers: what terminates an instance leaves them, so that a destroy does, and the runbook deletes them. */
import type { AwsApi } from "./aws";

/** The ARN of a volume. Which of them may be left, {@link strayVolumes} says. */
export const ROOT_VOLUME = /:ec2:.*:volume\/vol-[0-9a-f]+$/;

interface Volume {
  readonly VolumeId: string;
  readonly State: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

async function volumesLeft(ask: AwsApi): Promise<Volume[]> {
  const { Volumes: volumes } = await ask<{ Volumes: Volume[] }>("ec2", "describe_volumes", {
    Filters: [{ Name: "tag-key", Values: ["migration:pattern"] }],
  });
  return volumes;
}

function tagOf({ Tags: tags }: Volume, key: string): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value;
}

/** Says which of the volumes that are left are no root volumes, or are still in use. */
export async function strayVolumes(ask: AwsApi): Promise<string | undefined> {
  const stray = (await volumesLeft(ask)).filter(
    (volume) => volume.State !== "available" || tagOf(volume, "migration:disk") !== undefined,
  );
  return stray.length === 0 ? undefined : `left, and no detached root volumes: ${JSON.stringify(stray)}`;
}

/** Deletes the root volumes as the runbook does. Says what is wrong where they are not those of the servers. */
export async function deleteRootVolumes(ask: AwsApi, servers: readonly string[]): Promise<string | undefined> {
  const stray = await strayVolumes(ask);
  if (stray !== undefined) return stray;
  const volumes = await volumesLeft(ask);
  const found = volumes.map((volume) => tagOf(volume, "migration:server") ?? "").sort();
  if (found.join() !== [...servers].sort().join())
    return `root volumes are left of: ${found.join(", ") || "no server"}`;
  for (const { VolumeId } of volumes) await ask("ec2", "delete_volume", { VolumeId });
  const left = await volumesLeft(ask);
  return left.length === 0 ? undefined : `${left.length} root volumes are left after their deletion`;
}
