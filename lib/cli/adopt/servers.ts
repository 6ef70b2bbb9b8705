/**
 * Instances as servers of a `LiftAndShift`, which imports them as they are (`ServerImage.adopt`). What it would change of one in
 * place, and of what somebody's programs may depend, is left as it is by its name, until somebody takes the name out.
 */
import type { AdoptedResource } from "../../core/adopt-resources";
import { groupBy } from "../../core/collections";
import { constructId } from "../../core/construct-ids";
import type { FileText } from "../../core/file-text";
import { compareText, count } from "../../core/text";
import { defineInventory } from "../../inventory/define-inventory";
import type { InventoryInput } from "../../inventory/model";
import { regionOfZone } from "../../parts/network/server-network";
import { findInstanceType } from "../../patterns/infrastructure/lift-and-shift/instance-types";
import type { Described, DescribedInstance, DescribedVolume } from "./described-model";
import type { AdoptedServers, LeftOut } from "./model";
import { keptTags, ownerOf, tagOf } from "./tags";

type ServerInput = NonNullable<InventoryInput["servers"]>[number];

/** The outcome for all instances. */
export interface AdoptedInstances {
  readonly servers?: AdoptedServers;
  readonly left: readonly LeftOut[];
}

/** The path of a fleet's instances below a `LiftAndShift`. */
const SERVERS = "fleet/servers";

const MIB_PER_GIB = 1024;

/** Returns the instances as servers, each called by its Name tag. */
export function adoptInstances({ instances, volumes }: Described): AdoptedInstances {
  const left: LeftOut[] = [];
  const usable = instances.filter((each) => {
    const problem = problemOf(each);
    if (problem !== undefined) left.push({ id: each.InstanceId, ...problem });
    return problem === undefined;
  });
  const named = groupBy(usable, ({ InstanceId, Tags }) => tagOf(Tags, "Name")?.trim() ?? InstanceId);
  const found: [FileText, DescribedInstance][] = [];
  for (const [name, [first, ...others]] of named) {
    if (others.length === 0 && name !== "") found.push([name, first]);
    else {
      for (const { InstanceId: id } of [first, ...others]) {
        left.push({
          code: "ADOPT_INSTANCE_NAME",
          id,
          reason: `its Name tag is that of ${count(others.length, "other instance")}, and a server's name is its address`,
          fix: "give each a Name of its own, and describe them again",
        });
      }
    }
  }
  if (found.length === 0) return { left };
  found.sort(([a], [b]) => compareText(a, b));
  const sizes = new Map(volumes.map((each) => [each.VolumeId, each] as const));
  const resources: Record<string, AdoptedResource> = {};
  for (const [name, instance] of found) {
    resources[`${SERVERS}/${constructId(name)}`] = {
      ...keptTags(instance.Tags),
      ...ignored(instance),
      optional: true,
    };
  }
  const servers: AdoptedServers = {
    inventory: defineInventory({ servers: found.map(([name, each]) => serverOf(name, each, sizes)) }),
    instanceIds: Object.fromEntries(found.map(([name, { InstanceId }]) => [name, InstanceId] as const)),
    resources,
    changes: changesOf(found.map(([, each]) => each)),
  };
  return { servers, left };
}

/** Returns why an instance cannot be adopted; undefined where it can. */
function problemOf(instance: DescribedInstance): Omit<LeftOut, "id"> | undefined {
  const { State, Tags, InstanceLifecycle, Operator, SubnetId, InstanceType } = instance;
  const owned = (owner: string, fix: string) => ({
    code: "ADOPT_INSTANCE_OWNED",
    reason: `it belongs to ${owner}`,
    fix,
  });
  switch (State.Name) {
    case "running":
    case "stopped":
      break;
    case "pending":
    case "stopping":
      return {
        code: "ADOPT_INSTANCE_STATE",
        reason: `its state is ${State.Name}`,
        fix: "wait, and describe it again",
      };
    default:
      return {
        code: "ADOPT_INSTANCE_STATE",
        reason: State.Name === "terminated" ? "it is terminated" : "it is being terminated",
        fix: "nothing: it ends",
      };
  }
  const owner = ownerOf(Tags);
  if (owner !== undefined) return owned(owner.owner, owner.fix);
  if (Operator?.Managed === true) return owned("an AWS service that manages it", "leave it there");
  if (InstanceLifecycle === "spot") {
    return owned("the Spot market, which ends it when it likes", "leave it out, or launch it anew on demand");
  }
  if (SubnetId === undefined || InstanceType === undefined) {
    return {
      code: "ADOPT_INSTANCE_STATE",
      reason: "AWS shows neither its subnet nor its type",
      fix: "describe it again",
    };
  }
  return undefined;
}

/** Returns the arguments in which the instance differs from what a fleet sets. */
function ignored({
  IamInstanceProfile,
  Monitoring,
  MetadataOptions,
  SourceDestCheck,
}: DescribedInstance): Pick<AdoptedResource, "ignoreChanges"> {
  const { HttpTokens, HttpEndpoint, HttpPutResponseHopLimit } = MetadataOptions ?? {};
  const sealed = HttpTokens === "required" && HttpEndpoint === "enabled" && HttpPutResponseHopLimit === 1;
  const ignoreChanges = [
    ...(IamInstanceProfile === undefined ? [] : ["iam_instance_profile"]),
    ...(sealed ? [] : ["metadata_options"]),
    ...(Monitoring?.State === "enabled" ? [] : ["monitoring"]),
    // Off in what routes for others: to turn it on ends their traffic.
    ...(SourceDestCheck === false ? ["source_dest_check"] : []),
  ];
  return ignoreChanges.length === 0 ? {} : { ignoreChanges };
}

function changesOf(instances: readonly DescribedInstance[]): string[] {
  const without = instances.filter(({ IamInstanceProfile }) => IamInstanceProfile === undefined).length;
  const data = instances.reduce((sum, { BlockDeviceMappings }) => sum + Math.max(0, BlockDeviceMappings.length - 1), 0);
  return [
    "every instance gets the migration's tags and its fleet's security groups beside its own, and protection from termination",
    ...(without === 0 ? [] : [`the fleet's instance profile is attached to ${count(without, "instance")} without one`]),
    ...(data === 0
      ? []
      : [`${count(data, "data volume")} and all root volumes stay as they are: Terraform takes over none of them`]),
  ];
}

function serverOf(
  name: FileText,
  instance: DescribedInstance,
  volumes: ReadonlyMap<string, DescribedVolume>,
): ServerInput {
  const { InstanceType, SubnetId, SecurityGroups, Placement, OwnerId, PrivateIpAddress, State } = instance;
  const cpus = cpusOf(instance);
  const type = InstanceType === undefined ? undefined : findInstanceType(InstanceType);
  const region = regionOfZone(Placement.AvailabilityZone ?? "");
  return {
    name,
    powerState: State.Name === "running" ? "on" : "off",
    os: osOf(instance),
    ...(cpus === undefined ? {} : { cpus }),
    ...(type === undefined ? {} : { memoryMiB: type.memoryMiB }),
    disks: disksOf(instance, volumes),
    ...(PrivateIpAddress === undefined ? {} : { nics: [{ addresses: [PrivateIpAddress] }] }),
    target: {
      ...(region === undefined ? {} : { region }),
      ...(OwnerId === undefined ? {} : { accountId: OwnerId }),
      ...(InstanceType === undefined ? {} : { instanceType: InstanceType }),
      tenancy: tenancyOf(Placement.Tenancy),
      ...(SubnetId === undefined ? {} : { subnetIds: [SubnetId] }),
      securityGroupIds: SecurityGroups.map(({ GroupId }) => GroupId),
    },
  };
}

function cpusOf({ CpuOptions, InstanceType }: DescribedInstance): number | undefined {
  const { CoreCount, ThreadsPerCore } = CpuOptions ?? {};
  if (CoreCount !== undefined && CoreCount > 0) return CoreCount * (ThreadsPerCore ?? 1);
  return InstanceType === undefined ? undefined : findInstanceType(InstanceType)?.vcpus;
}

function tenancyOf(tenancy: string | undefined): "shared" | "dedicated" | "dedicated-host" {
  return tenancy === "dedicated" ? "dedicated" : tenancy === "host" ? "dedicated-host" : "shared";
}

function osOf({ Platform, PlatformDetails, Architecture }: DescribedInstance): ServerInput["os"] {
  const architecture = architectures.get(Architecture ?? "");
  const details = PlatformDetails ?? "";
  const family =
    Platform?.toLowerCase() === "windows" ? "windows" : /linux|unix|suse|ubuntu/i.test(details) ? "linux" : "unknown";
  return {
    family,
    // What EC2 bills for, where that is a system and not only its family.
    ...(details === "" || details === "Linux/UNIX" ? {} : { name: details }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

const architectures = new Map([
  ["x86_64", "x86_64"],
  ["arm64", "arm64"],
  ["i386", "x86"],
] as const) as ReadonlyMap<string, "x86_64" | "arm64" | "x86">;

function disksOf(
  { BlockDeviceMappings, RootDeviceName }: DescribedInstance,
  volumes: ReadonlyMap<string, DescribedVolume>,
): NonNullable<ServerInput["disks"]> {
  return BlockDeviceMappings.flatMap(({ DeviceName, Ebs }) => {
    const volume = volumes.get(Ebs?.VolumeId ?? "");
    if (volume === undefined || DeviceName === undefined || DeviceName.trim() === "") return [];
    return [
      {
        name: DeviceName,
        key: volume.VolumeId,
        capacityMiB: volume.Size * MIB_PER_GIB,
        ...(DeviceName === RootDeviceName ? { root: true } : {}),
      },
    ];
  });
}
