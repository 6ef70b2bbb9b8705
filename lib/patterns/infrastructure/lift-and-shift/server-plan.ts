/**
 * The plan of each server, worked out before any resource is created: type, subnet, address, volumes, tenancy, image. The
 * plan is plain data. The constructs create what it says, the rules check it, and neither works anything out.
 */
import type { LicenseRequirement } from "../../../assessment/checklist/compatibility";
import type { StorageRequirements, VolumeType } from "../../../assessment/checklist/infrastructure";
import { bootDisk } from "../../../assessment/boot-disk";
import { plannedVolumes, type VolumePlanner } from "../../../assessment/planned-volumes";
import { groupBy } from "../../../core/collections";
import type { FileText } from "../../../core/file-text";
import type { Disk, Server } from "../../../inventory/model";
import { constructId, joinIds, slugOf } from "../../../core/construct-ids";
import { compareText } from "../../../core/text";
import { hasToken } from "../../../core/token-text";
import { refuse } from "../../../core/refuse";
import { freeDeviceNames } from "./device-names";
import { inRecordedOrder, matchDisks } from "../../../inventory/estate/identity";
import { formerGroups, keptPlace, type FleetEstate, type KeptPlace } from "./estate/fleet-estate";
import { withFormerNames } from "./estate/former-names";
import type { RecordedServer } from "../../../inventory/estate/estate-record";
import { INSTANCE_TYPE, knownTiers, type FleetSettings, type ServerOverride, type Tenancy } from "./fleet-options";
import { findInstanceType, type InstanceArchitecture } from "./instance-types";
import { LicenceTerms } from "./licences";
import { defaultSubnetTier, Placer, type Placement } from "./placement";
import { architectureOf, rightSize } from "./right-sizing";
import { imageOf, type ServerImage, type ServerImages } from "./server-image";
import type { NetworkSubnet, ServerNetwork, SubnetTier } from "../../../parts/network/server-network";
import { sizeVolume, type VolumePerformance, type VolumeSizing } from "./volumes";

/** The id of a security group: 8 or 17 hexadecimal digits. Amazon EC2 User Guide, "Resource IDs". */
const SECURITY_GROUP_ID = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** The plan of the volume of a disk. */
export interface VolumePlan {
  /** The construct id, from the server's and the disk's name. */
  readonly id: string;
  /** The construct id that it had under its former name, or its server's. @default - it was always called so */
  readonly formerId?: string;
  readonly disk: Disk;
  /**
   * The type that was planned for it. Its sizing may have another, where that one cannot give the size or performance
   * needed.
   */
  readonly plannedType: VolumeType;
  readonly sizing: VolumeSizing;
  /** Whether the peak that was measured over all disks of the server makes it another volume. */
  readonly raisedByPeak: boolean;
}

/** The plan of the volume of a data disk. */
export interface DataVolumePlan extends VolumePlan {
  /** The device name that it is attached by; undefined where the server has more data disks than there are names. */
  readonly deviceName?: string;
}

/** The plan of one server. */
export interface ServerPlan extends Placement {
  readonly server: Server;
  /** The construct id, from the server's name. */
  readonly id: string;
  /** The construct id that it had under its former name. @default - it was always called so */
  readonly formerId?: string;
  /** The id of its security group. */
  readonly groupId: string;
  readonly image?: ServerImage;
  /** The image that it had under its former name. @default - it was always called so, or has none under that name */
  readonly formerImage?: ServerImage;
  /** Its entry in the estate's record. @default - it is not recorded */
  readonly recorded?: RecordedServer;
  /** The place that it keeps because it is recorded, where it would be put in another now. */
  readonly kept?: KeptPlace;
  /** The instance type's name; undefined where none fits, for the reason in `noTypeReason`. */
  readonly instanceType?: string;
  readonly noTypeReason?: string;
  readonly architecture: InstanceArchitecture;
  readonly tenancy: Tenancy;
  /** The licence that its tenancy does not satisfy. */
  readonly unmetLicence?: LicenseRequirement;
  /** The volume it boots from; undefined where its disks are not known, and the image decides. */
  readonly root?: VolumePlan;
  readonly dataVolumes: readonly DataVolumePlan[];
  /** The security groups that the inventory names as its target. */
  readonly targetSecurityGroupIds: readonly FileText[];
  /** The inventory's target security groups that are no ids of security groups. */
  readonly malformedSecurityGroupIds: readonly string[];
  /** Subnets that the inventory names as its target and the network does not have. */
  readonly unknownSubnetIds: readonly string[];
}

/** The plan of a fleet. */
export interface FleetPlan {
  /** The servers, in the code-unit order of their names. */
  readonly servers: readonly ServerPlan[];
  readonly network: ServerNetwork;
  /** The former ids of security groups by their ids, of those that have had another. */
  readonly formerGroupIds: ReadonlyMap<string, string>;
  /** The disks that the storage requirements name and their servers do not have. */
  readonly unknownDisks: readonly UnknownDisk[];
}

/** A disk that the storage requirements name and its server does not have. */
export interface UnknownDisk {
  readonly server: Server;
  readonly disk: string;
}

/** The input of {@link planServers}. */
export interface FleetPlanInput {
  readonly servers: readonly Server[];
  readonly network: ServerNetwork;
  readonly images: ServerImages;
  readonly settings: FleetSettings;
  readonly licences: readonly LicenseRequirement[];
  readonly storage: Partial<StorageRequirements>;
  /** Finds the server that a name in the storage requirements means. */
  readonly findServer: (name: string) => Server | undefined;
  /**
   * The record of the estate's identities.
   * @default - nothing is recorded
   */
  readonly estate?: FleetEstate;
  /** The construct's path, for errors. */
  readonly construct: string;
}

/**
 * Plans the servers of a fleet.
 *
 * @throws MigrationError `FLEET_SERVER_NAME` where two servers have one name, `FLEET_OVERRIDE` where an override names no
 * server, disk or subnet, `FLEET_TIER` where `tierOf` gives no tier
 */
export function planServers(input: FleetPlanInput): FleetPlan {
  const { network, settings, construct } = input;
  const recordOf = (server: Server): RecordedServer | undefined => input.estate?.entryOf(server);
  const servers = [...input.servers]
    .sort((a, b) => compareText(a.name, b.name))
    .map((server) => withFormerNames(server, settings.overrides))
    .map((server) => inRecordedOrder(server, recordOf(server)));
  const names = new Set<string>();
  for (const { name } of servers) {
    if (names.has(name))
      refuse({
        construct,
        code: "FLEET_SERVER_NAME",
        path: "servers",
        received: name,
        allowed: "each name once",
        fix: "rename or leave out one of the two",
      });
    names.add(name);
  }
  for (const name of Object.keys(settings.overrides ?? {})) {
    if (!names.has(name)) {
      refuse({
        construct,
        code: "FLEET_OVERRIDE",
        path: `overrides["${name}"]`,
        received: name,
        allowed: "the name of a server of this fleet",
        fix: "correct the name, or move it to its own wave",
      });
    }
  }
  const subnetsById = new Map(network.subnets.map((subnet) => [subnet.id, subnet]));
  const licences = new LicenceTerms(input.licences);
  const planned = plannedVolumes(input.storage, input.findServer);
  const placer = new Placer({
    subnets: network.subnets,
    ...(settings.availabilityZones === undefined ? {} : { availabilityZones: settings.availabilityZones }),
    keepAddresses: settings.keepAddresses ?? true,
    tierOf: tierOf(settings.tierOf, construct),
  });
  for (const server of servers) {
    const { privateAddress } = recordOf(server) ?? {};
    if (privateAddress !== undefined) placer.reserve(privateAddress, server);
  }
  const planOne = (server: Server): ServerPlan => {
    const override = settings.overrides?.[server.name] ?? {};
    const id = constructId(server.name);
    const recorded = recordOf(server);
    const formerId = server.renamedFrom === undefined ? id : constructId(server.renamedFrom);
    // An id from a file is no token, even where it is spelled like that of one of the network's subnets.
    const ownTargets = server.target?.subnetIds ?? [];
    const targets = override.subnetId === undefined ? ownTargets : [override.subnetId];
    const groups = server.target?.securityGroupIds ?? [];
    const fixed = targets
      .filter((subnetId) => subnetId === override.subnetId || !hasToken(subnetId))
      .map((subnetId) => subnetsById.get(subnetId))
      .find((subnet) => subnet !== undefined);
    if (override.subnetId !== undefined && fixed === undefined) {
      refuse({
        construct,
        code: "FLEET_OVERRIDE",
        path: `overrides["${server.name}"].subnetId`,
        received: override.subnetId,
        allowed: "a subnet of the network",
        fix: "add it to the network, or choose another",
      });
    }
    const image = imageOf(input.images, server);
    const formerImage = formerImageOf(input.images, server);
    const tenancy = override.tenancy ?? server.target?.tenancy ?? licences.tenancyOf(server) ?? "shared";
    const unmetLicence = licences.unmetBy(server, tenancy);
    return {
      server,
      id,
      ...(formerId === id ? {} : { formerId }),
      groupId: groupIdOf(server),
      ...(image === undefined ? {} : { image }),
      ...(formerImage === undefined ? {} : { formerImage }),
      ...(recorded === undefined ? {} : { recorded }),
      ...typeOf(server, override, settings, tenancy),
      architecture: architectureOf(server) ?? "x86_64",
      tenancy,
      ...(unmetLicence === undefined ? {} : { unmetLicence }),
      ...volumesOf(server, { id, formerId, recorded }, override, planned, construct),
      // An adopted server is where it is, and its address is its own already.
      ...(image?.source.kind === "adopt"
        ? {}
        : keptPlace(placer.place(server, fixed), override.subnetId === undefined ? recorded : undefined, network)),
      targetSecurityGroupIds: groups.filter((groupId) => SECURITY_GROUP_ID.test(groupId)),
      malformedSecurityGroupIds: groups.filter((groupId) => !SECURITY_GROUP_ID.test(groupId)),
      unknownSubnetIds: targets.filter((subnetId) => !subnetsById.has(subnetId)),
    };
  };
  const plans = servers.map(planOne);
  const formerGroupIds = formerGroups(plans, groupIdOf, input.estate);
  return { servers: plans, network, formerGroupIds, unknownDisks: unknownDisksOf(input, names) };
}

/** Returns the image that the server had under its former names. A function that does not know them any more may say so. */
function formerImageOf(images: ServerImages, server: Server): ServerImage | undefined {
  const former = {
    ...server,
    name: server.renamedFrom ?? server.name,
    disks: server.disks.map((disk) => ({ ...disk, name: disk.renamedFrom ?? disk.name })),
  };
  if (former.name === server.name && server.disks.every(({ renamedFrom }) => renamedFrom === undefined))
    return undefined;
  try {
    return imageOf(images, former);
  } catch {
    return undefined;
  }
}

/** Returns the unknown disks of this fleet's servers alone: those of another wave are another fleet's matter. */
function unknownDisksOf({ storage, findServer }: FleetPlanInput, names: ReadonlySet<string>): UnknownDisk[] {
  return (storage.volumes ?? []).flatMap(({ server: name, disk }) => {
    const server = disk === undefined ? undefined : findServer(name);
    if (disk === undefined || server === undefined || !names.has(server.name)) return [];
    return server.disks.some((each) => each.name === disk) ? [] : [{ server, disk }];
  });
}

/**
 * Returns the id of the security group that servers of one application and tier share. A server without application has one
 * of its own.
 */
function groupIdOf(server: Server): string {
  const { application, tier } = server;
  if (application === undefined || application === "") return joinIds("server", constructId(server.name));
  // The two words of our own are kept apart from an application or a tier that is called so.
  const first = application === "server" ? constructId(`${application} `) : constructId(application);
  if (tier === undefined || tier === "") return joinIds(first, "untiered");
  return joinIds(first, tier === "untiered" ? constructId(`${tier} `) : constructId(tier));
}

/** Returns the server's disks in their order, the one it boots from first. */
function orderedDisks(server: Server): readonly Disk[] {
  const root = bootDisk(server);
  return root === undefined ? [] : [root, ...server.disks.filter((disk) => disk !== root)];
}

function typeOf(
  server: Server,
  override: ServerOverride,
  settings: FleetSettings,
  tenancy: Tenancy,
): Pick<ServerPlan, "instanceType" | "noTypeReason"> {
  const target = server.target?.instanceType;
  if (override.instanceType !== undefined) return { instanceType: override.instanceType };
  if (target !== undefined) {
    if (INSTANCE_TYPE.test(target)) return { instanceType: target };
    return { noTypeReason: `its target ${target} is not the name of an instance type, like m7i.large` };
  }
  // A burstable type on a dedicated host saves nothing: the host is paid for whole.
  const sizing = rightSize(server, tenancy === "shared" ? settings : { ...settings, burstable: false });
  return sizing.type === undefined ? { noTypeReason: sizing.reason } : { instanceType: sizing.type.name };
}

function volumesOf(
  server: Server,
  { id: serverId, formerId, recorded }: { id: string; formerId: string; recorded: RecordedServer | undefined },
  override: ServerOverride,
  planned: VolumePlanner,
  construct: string,
): Pick<ServerPlan, "root" | "dataVolumes"> {
  const [root, ...data] = orderedDisks(server);
  for (const name of Object.keys(override.disks ?? {})) {
    if (server.disks.some((disk) => disk.name === name)) continue;
    refuse({
      construct,
      code: "FLEET_OVERRIDE",
      path: `overrides["${server.name}"].disks["${name}"]`,
      received: name,
      allowed: `a disk of ${server.name}`,
      fix: "correct the disk's name",
    });
  }
  if (root === undefined) return { dataVolumes: [] };
  // The measured peak is of all disks together, and nobody knows which one had it: the largest data disk most likely.
  const busiest = data.reduce<Disk>((a, b) => (a === root || b.capacityMiB > a.capacityMiB ? b : a), root);
  const { diskIops, diskMiBps } = server.utilisation ?? {};
  const measured: VolumePerformance = {
    ...(diskIops === undefined ? {} : { iops: diskIops }),
    ...(diskMiBps === undefined ? {} : { mibps: diskMiBps }),
  };
  const peakDisk = diskIops === undefined && diskMiBps === undefined ? undefined : busiest;
  const idOf = volumeIds(serverId);
  const formerIdOf = volumeIds(formerId);
  const plan = (disk: Disk): VolumePlan => {
    const id = idOf(disk.name);
    const former = formerIdOf(disk.renamedFrom ?? disk.name);
    const choice = { ...planned(server, disk), root: disk === root };
    const { iops, mibps } = override.disks?.[disk.name] ?? {};
    const stated = iops === undefined && mibps === undefined ? undefined : override.disks?.[disk.name];
    const unmeasured = sizeVolume(disk, stated, choice);
    const sizing = disk === peakDisk && stated === undefined ? sizeVolume(disk, measured, choice) : unmeasured;
    return {
      id,
      ...(former === id ? {} : { formerId: former }),
      disk,
      plannedType: choice.volumeType,
      sizing,
      raisedByPeak: !sameVolume(sizing, unmeasured),
    };
  };
  const { entryOf } = matchDisks(server, recorded);
  const taken = recorded?.disks.flatMap(({ deviceName }) => deviceName ?? []) ?? [];
  const free = freeDeviceNames(server.os.family, taken);
  return {
    root: plan(root),
    dataVolumes: data.map((disk) => {
      const deviceName = entryOf(disk)?.deviceName ?? free.shift();
      return { ...plan(disk), ...(deviceName === undefined ? {} : { deviceName }) };
    }),
  };
}

/** Returns a function that gives the disks of a server their ids, in the order in which it is asked. */
function volumeIds(serverId: string): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    // Without the hash that other names get: a server's disks are few, and `Hard disk 2` is what most of them are called.
    const label = slugOf(name) || "disk";
    const times = seen.get(label) ?? 0;
    seen.set(label, times + 1);
    return times === 0 ? joinIds(serverId, label) : joinIds(serverId, label, String(times + 1));
  };
}

function sameVolume({ size: a }: VolumeSizing, { size: b }: VolumeSizing): boolean {
  return a?.type === b?.type && a?.sizeGiB === b?.sizeGiB && a?.iops === b?.iops && a?.throughput === b?.throughput;
}

function tierOf(given: FleetSettings["tierOf"], construct: string): (server: Server) => SubnetTier {
  if (given === undefined) return defaultSubnetTier;
  return (server) => {
    const tier = given(server);
    // A JavaScript caller's function may answer anything.
    if (!knownTiers.has(tier))
      refuse({
        construct,
        code: "FLEET_TIER",
        path: "tierOf",
        received: tier,
        allowed: "public, private or isolated",
        fix: `answer one of them for ${server.name}`,
      });
    return tier;
  };
}

/** Returns the family of an instance type: `m7i` of `m7i.large`. */
export function familyOf(instanceType: string): string {
  return instanceType.slice(0, instanceType.indexOf("."));
}

/** Returns the vCPUs of an instance type, or undefined where the table does not have it. */
export function vcpusOf(instanceType: string): number | undefined {
  return findInstanceType(instanceType)?.vcpus;
}

/** Returns the servers of the plan by their subnets. */
export function serversBySubnet(plan: FleetPlan): ReadonlyMap<NetworkSubnet, readonly ServerPlan[]> {
  return groupBy(plan.servers, ({ subnet }) => subnet);
}
