/**
 * The Terraform resources of each server of a fleet: its instance, its volumes and their attachments. What all servers have
 * in common is given once, to {@link FleetServers}; the names of the scopes are part of every address, and so they stay what
 * they are.
 */
import { DataAwsInstance } from "@cdktf/provider-aws/lib/data-aws-instance";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Instance, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import { constructId, tagText } from "../../../core/construct-ids";
import { literal } from "../../../core/literal";
import { isUnresolved } from "../../../core/tokens";
import type { DedicatedHosts } from "./dedicated-hosts";
import type { DiskImages } from "./disk-images";
import { movedFrom } from "./estate/move";
import type { FleetSettings } from "./fleet-options";
import { isEbsOptimized } from "./instance-types";
import type { FleetSecurityGroups } from "./security-groups";
import type { ServerPlan, VolumePlan } from "./server-plan";

/** Properties that all servers of a fleet share. */
export interface FleetServersProps {
  readonly settings: FleetSettings;
  readonly profileName: string;
  readonly securityGroups: FleetSecurityGroups;
  readonly diskImages: DiskImages | undefined;
  readonly dedicatedHosts: DedicatedHosts | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The instance of one server, with its data volumes. */
export interface FleetServer {
  readonly instance: Instance;
  /**
   * The data volumes and their attachments, in the order of the server's disks; none where there are no data disks, or where
   * Terraform leaves them to another tool.
   */
  readonly disks?: { readonly volumes: readonly EbsVolume[]; readonly attachments: readonly VolumeAttachment[] };
}

type CommonConfig = Pick<
  InstanceConfig,
  "iamInstanceProfile" | "monitoring" | "disableApiTermination" | "metadataOptions" | "keyName"
>;

/** The image and the snapshots that a server's instance starts from. */
interface StartsFrom {
  readonly ami: string;
  /** The ids of the snapshots of its data volumes, in the order of its disks. */
  readonly snapshotIds: readonly string[];
}

/**
 * The attributes that made an instance, ignored whatever the image comes from: a newer image, or one that is registered anew
 * with another boot mode, is for the servers that are still to come, and none that is there is made anew for it. So is a
 * throughput of its own for volumes, which the types that are launched now have whether it is said or not.
 */
const MADE_INSTANCE = ["ami", "ebs_optimized", "user_data", "user_data_base64"];
/**
 * The attributes that made a volume, ignored: a snapshot that is imported again is another one, and the volume has been written
 * to since.
 */
const MADE_VOLUME = ["snapshot_id"];

/**
 * The attributes that are ignored on an instance that a replication tool has launched: a change would replace or resize it.
 */
const ADOPTED_AS_THEY_ARE = [
  ...MADE_INSTANCE,
  "availability_zone",
  "ebs_block_device",
  "hibernation",
  "host_id",
  "instance_type",
  "key_name",
  "launch_template",
  "private_ip",
  "root_block_device",
  "subnet_id",
  "tenancy",
];

// A guest's own containers are one hop away from it, and are not to have its role.
const METADATA_OPTIONS = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

/** The servers of a fleet, created one at a time below the fleet's own construct. */
export class FleetServers {
  private readonly instances: Construct;
  private readonly volumes: Construct;
  private readonly attachments: Construct;
  private readonly parameters: Construct;
  private readonly adopted: Construct;
  private readonly parameterValues = new Map<string, string>();
  // Objects that are never changed may be shared: CDKTF copies as it resolves.
  private readonly common: CommonConfig;
  private readonly moreGroups: readonly string[];

  constructor(
    scope: Construct,
    private readonly shared: FleetServersProps,
  ) {
    this.instances = new Construct(scope, "servers");
    this.volumes = new Construct(scope, "volumes");
    this.attachments = new Construct(scope, "attachments");
    this.parameters = new Construct(scope, "parameters");
    this.adopted = new Construct(scope, "adopted");
    const { settings, profileName, securityGroups } = shared;
    const { keyName } = settings;
    this.common = {
      iamInstanceProfile: profileName,
      monitoring: settings.detailedMonitoring ?? true,
      disableApiTermination: settings.terminationProtection ?? true,
      metadataOptions: METADATA_OPTIONS,
      ...(keyName === undefined ? {} : { keyName }),
    };
    const { managementId } = securityGroups;
    this.moreGroups = [...(managementId === undefined ? [] : [managementId]), ...(settings.securityGroupIds ?? [])];
  }

  /**
   * Creates the resources of a server. Returns undefined where the plan lacks an image, a type or a subnet for it: a rule
   * has reported that, and the other servers go on without it.
   */
  public make(server: ServerPlan): FleetServer | undefined {
    const { image, instanceType, subnet, id: serverId } = server;
    if (image === undefined) return undefined;
    const serverTags = tagsOf(server, this.shared.tags);
    const config = { ...this.common, vpcSecurityGroupIds: this.groupsOf(server), tags: serverTags };
    if (image.source.kind === "adopt") {
      const adopted = this.adopt(serverId, image.source.instanceId, config);
      movedFrom(adopted, server.formerId);
      return { instance: adopted };
    }
    if (instanceType === undefined || subnet === undefined) return undefined;
    const from = this.startOf(server);
    if (from === undefined) return undefined;
    const { settings, dedicatedHosts } = this.shared;
    const { kmsKeyArn } = settings;
    const rootSize = server.root?.sizing.size;
    const hosts =
      server.tenancy === "dedicated-host"
        ? (dedicatedHosts?.hostsFor(instanceType, subnet.availabilityZone) ?? [])
        : [];
    const instance = new Instance(this.instances, serverId, {
      ...config,
      ami: from.ami,
      instanceType,
      ...(isEbsOptimized(instanceType) ? { ebsOptimized: true } : {}),
      subnetId: subnet.id,
      // Whoever made the subnet may have it give public addresses. Elsewhere there is nothing to turn off.
      ...(subnet.tier === "public" ? { associatePublicIpAddress: false } : {}),
      ...(server.privateAddress === undefined ? {} : { privateIp: server.privateAddress }),
      ...tenancyOf(server, settings),
      rootBlockDevice: {
        encrypted: true,
        volumeType: rootSize?.type ?? "gp3",
        // A server's own disk is data like any other: what terminates the instance leaves it.
        deleteOnTermination: false,
        ...(rootSize === undefined ? {} : { volumeSize: rootSize.sizeGiB }),
        ...(rootSize?.iops === undefined ? {} : { iops: rootSize.iops }),
        ...(rootSize?.throughput === undefined ? {} : { throughput: rootSize.throughput }),
        ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
        tags: serverTags,
      },
      lifecycle: { ignoreChanges: MADE_INSTANCE },
      ...(hosts.length === 0 ? {} : { dependsOn: [...hosts] }),
    });
    movedFrom(instance, server.formerId);
    if (server.dataVolumes.length === 0) return { instance };
    return { instance, disks: this.attach(server, subnet.availabilityZone, instance, from.snapshotIds, serverTags) };
  }

  private groupsOf(server: ServerPlan): string[] {
    const groupId = this.shared.securityGroups.groupIds.get(server.groupId);
    return [
      ...(groupId === undefined ? [] : [groupId]),
      ...this.moreGroups,
      ...server.targetSecurityGroupIds.map(literal),
    ];
  }

  /**
   * Adopts a launched instance. Terraform's required arguments are read from the instance itself, so that the import changes
   * none.
   */
  private adopt(
    serverId: string,
    instanceId: string,
    config: CommonConfig & Pick<InstanceConfig, "vpcSecurityGroupIds" | "tags">,
  ): Instance {
    const found = new DataAwsInstance(this.adopted, serverId, { instanceId });
    const instance = new Instance(this.instances, serverId, {
      ...config,
      ami: found.ami,
      instanceType: found.instanceType,
      subnetId: found.subnetId,
      lifecycle: { ignoreChanges: ADOPTED_AS_THEY_ARE },
    });
    instance.importFrom(instanceId);
    return instance;
  }

  private startOf(server: ServerPlan): StartsFrom | undefined {
    const source = server.image?.source;
    switch (source?.kind) {
      case "ami":
        return { ami: source.id, snapshotIds: [] };
      case "ssm-parameter":
        return { ami: this.parameterValue(source.name), snapshotIds: [] };
      case "disk-image": {
        const imported = this.shared.diskImages?.import(server, source);
        if (imported === undefined) return undefined;
        return { ami: imported.ami.id, snapshotIds: imported.snapshots.slice(1).map((snapshot) => snapshot.id) };
      }
      default:
        return undefined;
    }
  }

  private parameterValue(name: string): string {
    const known = this.parameterValues.get(name);
    if (known !== undefined) return known;
    const id = isUnresolved(name) ? `parameter-${this.parameterValues.size}` : constructId(name);
    const { value } = new DataAwsSsmParameter(this.parameters, id, { name });
    this.parameterValues.set(name, value);
    return value;
  }

  private attach(
    server: ServerPlan,
    availabilityZone: string,
    instance: Instance,
    snapshotIds: readonly string[],
    serverTags: Readonly<Record<string, string>>,
  ): Required<FleetServer>["disks"] {
    const { kmsKeyArn } = this.shared.settings;
    const instanceId = instance.id;
    const volumes: EbsVolume[] = [];
    const attachments: VolumeAttachment[] = [];
    server.dataVolumes.forEach((volume, index) => {
      const { size } = volume.sizing;
      if (size === undefined || volume.deviceName === undefined) return;
      const snapshotId = snapshotIds[index];
      const resource = new EbsVolume(this.volumes, volume.id, {
        availabilityZone,
        encrypted: true,
        type: size.type,
        size: size.sizeGiB,
        ...(size.iops === undefined ? {} : { iops: size.iops }),
        ...(size.throughput === undefined ? {} : { throughput: size.throughput }),
        ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
        ...(snapshotId === undefined ? {} : { snapshotId }),
        lifecycle: { ignoreChanges: MADE_VOLUME },
        tags: volumeTags(volume, serverTags),
      });
      const attachment = new VolumeAttachment(this.attachments, volume.id, {
        deviceName: volume.deviceName,
        instanceId,
        volumeId: resource.id,
        stopInstanceBeforeDetaching: true,
      });
      for (const each of [resource, attachment]) movedFrom(each, volume.formerId);
      volumes.push(resource);
      attachments.push(attachment);
    });
    return { volumes, attachments };
  }
}

function tenancyOf(
  server: ServerPlan,
  settings: FleetSettings,
): Pick<InstanceConfig, "tenancy" | "hostId" | "hostResourceGroupArn"> {
  if (server.tenancy === "shared") return {};
  if (server.tenancy === "dedicated") return { tenancy: "dedicated" };
  const { hostResourceGroupArn, hostIds } = settings.dedicatedHosts ?? {};
  const zone = server.subnet?.availabilityZone;
  const hostId = zone === undefined || hostIds === undefined ? undefined : hostIds[zone];
  return {
    tenancy: "host",
    ...(hostResourceGroupArn === undefined ? {} : { hostResourceGroupArn }),
    ...(hostId === undefined ? {} : { hostId }),
  };
}

function tagsOf(plan: ServerPlan, tags: Readonly<Record<string, string>>): Record<string, string> {
  const { name, application, tier } = plan.server;
  return {
    ...tags,
    Name: tagText(name),
    "migration:server": tagText(name),
    ...(application === undefined ? {} : { "migration:application": tagText(application) }),
    ...(tier === undefined ? {} : { "migration:tier": tagText(tier) }),
  };
}

function volumeTags(volume: VolumePlan, serverTags: Readonly<Record<string, string>>): Record<string, string> {
  return { ...serverTags, "migration:disk": tagText(volume.disk.name) };
}
