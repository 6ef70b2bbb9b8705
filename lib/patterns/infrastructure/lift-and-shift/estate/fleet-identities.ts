/** The identities of a fleet's servers and the addresses of what was made of them, as they are recorded. */
import type { TerraformResource } from "cdktf";
import { constructId } from "../../../../core/construct-ids";
import { addressesBefore } from "../../../../core/rename";
import type { Server } from "../../../../inventory/model";
import type { ServerFleet } from "../server-fleet";
import type { ServerPlan, VolumePlan } from "../server-plan";
import type { RecordedDisk, RecordedServer } from "../../../../inventory/estate/estate-record";
import { identifyingKey, identifyingUuids, identityOf } from "../../../../inventory/estate/identity";
import { placeOfSubnet } from "./place";

/** A server of a fleet as it would be recorded. */
export interface FleetIdentity {
  readonly plan: ServerPlan;
  readonly entry: RecordedServer;
  /** The disks of the entry, each with that of the plan; none of an adopted server. */
  readonly disks: readonly { readonly entry: RecordedDisk; readonly volume: VolumePlan }[];
  /** Returns the addresses from which `renamedFrom` with that name would bring the instance here. */
  readonly addressesAs: (formerName: string) => readonly string[];
}

/** The place of a fleet in its app. */
export interface FleetOwner {
  readonly stack: string;
  readonly migration: string;
  /** All servers of the inventory: among them a UUID has to be the only one to tell anything. */
  readonly servers: readonly Server[];
}

/** Returns the identities of the servers that have an instance, in the order of the plan. */
export function fleetIdentities(fleet: ServerFleet, owner: FleetOwner): FleetIdentity[] {
  const identifying = identifyingUuids(owner.servers);
  return fleet.plan.servers.flatMap((plan) => {
    const instance = fleet.instances.get(plan.server.name);
    return instance === undefined ? [] : [identityOfServer(fleet, owner, plan, instance, identifying)];
  });
}

function identityOfServer(
  fleet: ServerFleet,
  { stack, migration }: FleetOwner,
  plan: ServerPlan,
  instance: TerraformResource,
  identifying: ReadonlySet<string>,
): FleetIdentity {
  const { server, groupId, image, subnet, privateAddress } = plan;
  const { name } = server;
  const address = addressOf(instance);
  const uuid = identityOf(server, identifying);
  const adopted = image?.source.kind === "adopt";
  const imported = fleet.diskImages?.servers.get(name);
  const images = imported === undefined ? [] : [...imported.snapshots, imported.ami].map(addressOf);
  const disks = adopted ? [] : disksOf(fleet, plan, address);
  const entry: RecordedServer = {
    ...(uuid === undefined ? {} : { uuid }),
    name,
    stack,
    migration,
    address,
    ...(adopted ? { adopted: true as const } : {}),
    group: groupId,
    ...(subnet === undefined ? {} : { subnet: placeOfSubnet(subnet, fleet.plan.network.subnets) }),
    ...(privateAddress === undefined ? {} : { privateAddress }),
    ...(images.length === 0 ? {} : { images }),
    disks: disks.map((disk) => disk.entry),
  };
  return { plan, entry, disks, addressesAs: (formerName) => addressesBefore(instance, constructId(formerName)) };
}

function disksOf(
  fleet: ServerFleet,
  { server, root, dataVolumes }: ServerPlan,
  instance: string,
): FleetIdentity["disks"] {
  const facts = ({ disk, sizing }: VolumePlan) => {
    const key = identifyingKey(disk, server.disks);
    return {
      ...(key === undefined ? {} : { key }),
      name: disk.name,
      sizeGiB: sizing.size?.sizeGiB ?? 1,
    };
  };
  const volumes = fleet.volumes.get(server.name) ?? [];
  const attachments = fleet.attachments.get(server.name) ?? [];
  // Those that the fleet leaves out, in its order.
  const made = dataVolumes.filter(({ sizing, deviceName }) => sizing.size !== undefined && deviceName !== undefined);
  const data = made.flatMap((volume, index) => {
    const [resource, attachment] = [volumes[index], attachments[index]];
    if (resource === undefined || attachment === undefined) return [];
    const { name, sizeGiB, key } = facts(volume);
    const entry: RecordedDisk = {
      ...(key === undefined ? {} : { key }),
      name,
      address: addressOf(resource),
      attachment: addressOf(attachment),
      ...(volume.deviceName === undefined ? {} : { deviceName: volume.deviceName }),
      sizeGiB,
    };
    return [{ entry, volume }];
  });
  const first = root === undefined ? [] : [{ entry: { ...facts(root), address: instance }, volume: root }];
  return [...first, ...data.sort((a, b) => letterOf(a.entry) - letterOf(b.entry))];
}

function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

function letterOf({ deviceName = "" }: RecordedDisk): number {
  return deviceName.charCodeAt(deviceName.length - 1);
}
