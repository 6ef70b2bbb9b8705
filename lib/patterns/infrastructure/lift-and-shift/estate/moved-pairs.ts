/** The recorded addresses of a server with those that it has now, and the lines of code that lead from the one to the other. */
import { matchDisks } from "../../../../inventory/estate/identity";
import type { RecordedIdentity } from "./estate-review";
import { moveBlock, moveImages } from "./mends";

/** Returns each recorded address with the one that it has now, and with the position of its volume. */
export function pairs({ plan, entry, disks, recorded }: RecordedIdentity) {
  const { entryOf } = matchDisks(plan.server, recorded);
  const volumes = disks.flatMap(({ entry: now, volume }) => {
    const was = entryOf(volume.disk);
    const index = plan.dataVolumes.findIndex((each) => each === volume);
    if (was === undefined || was.attachment === undefined || now.attachment === undefined) return [];
    return [{ was: { ...was, attachment: was.attachment }, now: { ...now, attachment: now.attachment }, index }];
  });
  const images = (recorded.images ?? []).flatMap((was, index): [string, string][] => {
    const now = entry.images?.[index];
    return now === undefined ? [] : [[was, now]];
  });
  return { instance: [recorded.address, entry.address] as const, volumes, images };
}

/** Returns the lines of code that take over all that was made of a server in the same stack. */
export function moveLines(identity: RecordedIdentity): string {
  const { name } = identity.plan.server;
  const { instance, volumes } = pairs(identity);
  return [
    moveBlock(name, "instances", 0, instance[0]),
    ...moveImages(name, identity.recorded.images ?? []),
    ...volumes.flatMap(({ was, index }) => [
      moveBlock(name, "volumes", index, was.address),
      moveBlock(name, "attachments", index, was.attachment),
    ]),
  ].join(" ");
}
