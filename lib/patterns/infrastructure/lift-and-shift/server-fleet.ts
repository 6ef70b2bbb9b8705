/**
 * ```ts
 * new ServerFleet(this, "fleet", {
 *   servers: migratingServers(inventory),
 *   inventory,
 *   network: LandingNetwork.fromExisting({ … }),
 *   images: { byOs: { linux: ServerImage.ssmParameter("/images/linux"), windows: ServerImage.ami("ami-0a1b2c3d4e5f60718") } },
 * });
 * ```
 *
 * Servers as instances. Everything about them is worked out first, as plain data ({@link ServerFleet.plan},
 * {@link ServerFleet.access}); this construct only makes what the data says. `LiftAndShift` runs the rules over the same
 * data: whoever uses a fleet by itself runs `runRules(fleetRules, fleet.review)`.
 */
import { DataAwsInstance } from "@cdktf/provider-aws/lib/data-aws-instance";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Instance, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import type { LicenseRequirement } from "../../../assessment/checklist/compatibility";
import type { StorageRequirements } from "../../../assessment/checklist/infrastructure";
import { partitionOf } from "../../../core/aws/region";
import { MigrationError } from "../../../core/error";
import { parseProps } from "../../../core/props";
import type { Inventory, Server } from "../../../inventory/model";
import { ServerIndex } from "../../../inventory/server-index";
import { planAccess, type AccessPlan } from "./access-plan";
import { constructId, defaultName, tagText } from "../../../core/construct-ids";
import { DedicatedHosts, hostsFor } from "./dedicated-hosts";
import { DiskImages } from "./disk-images";
import { cidrText, fleetSettingsSchema, type FleetSettings } from "./fleet-options";
import { LandingNetwork } from "./landing-network";
import type { FleetReview } from "./fleet-review";
import type { Exposure } from "./exposure";
import { FleetSecurityGroups } from "./security-groups";
import type { ServerImages } from "./server-image";
import { ServerProfile } from "./server-profile";
import { regionOfZone, type ServerNetwork } from "./server-network";
import { planServers, type FleetPlan, type ServerPlan, type VolumePlan } from "./server-plan";
import { isUnresolved } from "../../../core/tokens";

/** How a {@link ServerFleet} is made. */
export interface ServerFleetProps extends FleetSettings {
  /** The servers, each of which becomes an instance. */
  readonly servers: readonly Server[];
  /** The flows, and the servers that are not part of the fleet but talk to it. */
  readonly inventory: Inventory;
  /** Where they go. */
  readonly network: ServerNetwork;
  /** What they start from. */
  readonly images: ServerImages;
  /**
   * What of the outside they are open to.
   * @default "closed"
   */
  readonly exposure?: Exposure;
  /**
   * The blocks of test clients, for the exposure `test`.
   * @default - none
   */
  readonly testClientCidrs?: readonly string[];
  /**
   * The licences, as the checklist has them: they decide about tenancy.
   * @default - none
   */
  readonly licences?: readonly LicenseRequirement[];
  /**
   * Which volume each disk becomes and how much room it has to grow, as the checklist has it.
   * @default - gp3 for every disk, no room to grow
   */
  readonly storage?: Partial<StorageRequirements>;
  /**
   * Tags on every taggable resource.
   * @default - those about the server alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is left as it is on an instance that a replication tool has launched: each would replace or resize it. */
const ADOPTED_AS_THEY_ARE = [
  "ami",
  "availability_zone",
  "ebs_block_device",
  "ebs_optimized",
  "host_id",
  "instance_type",
  "key_name",
  "private_ip",
  "root_block_device",
  "subnet_id",
  "tenancy",
  "user_data",
];

// A guest's own containers are one hop away from it, and are not to have its role.
const METADATA_OPTIONS = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

/**
 * An instance for each server, with its volumes, security groups and instance profile.
 *
 * @throws MigrationError `FLEET_PROPS`, `FLEET_TEST_CLIENTS`, `LANDING_NETWORK_EXISTING`, `FLEET_SERVER_NAME`, `FLEET_OVERRIDE`, `FLEET_TIER`
 */
export class ServerFleet extends Construct {
  /** What becomes of each server. */
  public readonly plan: FleetPlan;
  /** Who may talk to whom. */
  public readonly access: AccessPlan;
  public readonly exposure: Exposure;

  /** By the server's name. */
  public readonly instances: ReadonlyMap<string, Instance>;
  /** The data volumes by the server's name, in the order of its disks. */
  public readonly volumes: ReadonlyMap<string, readonly EbsVolume[]>;
  /** The attachments of {@link volumes}. */
  public readonly attachments: ReadonlyMap<string, readonly VolumeAttachment[]>;
  public readonly securityGroups: FleetSecurityGroups;
  /** The instance profile and its role, where they are made here. */
  public readonly instanceProfile?: ServerProfile;
  public readonly diskImages?: DiskImages;
  public readonly dedicatedHosts?: DedicatedHosts;

  private readonly testClientCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: ServerFleetProps) {
    super(scope, id);
    const { servers, inventory, network, images, exposure, testClientCidrs, licences, storage, ...rest } = props;
    const { tags = {}, ...settings } = rest;
    parseProps(this, "FLEET_PROPS", fleetSettingsSchema, settings);
    // Whoever implements the interface by a construct of their own has not been through this yet.
    LandingNetwork.fromExisting({ vpcId: network.vpcId, subnets: network.subnets });
    this.exposure = exposure ?? "closed";
    this.testClientCidrs = testClientCidrs ?? [];
    this.checkTestClients();
    const name = settings.name ?? defaultName(this.node.path);

    let index: ServerIndex | undefined;
    this.plan = planServers({
      servers,
      network,
      images,
      settings,
      licences: licences ?? [],
      storage: storage ?? {},
      // Only where a disk of its own is named: the index takes time for every server.
      findServer: (server) => (index ??= ServerIndex.of(inventory)).find(server),
      construct: this.node.path,
    });
    this.access = planAccess({
      plan: this.plan,
      inventory,
      hostCidrs: settings.hostCidrs ?? {},
      testClientCidrs: this.testClientCidrs,
    });
    this.securityGroups = new FleetSecurityGroups(this, "groups", {
      name,
      vpcId: network.vpcId,
      access: this.access,
      exposure: this.exposure,
      management: {
        ...(network.endpointSecurityGroupId === undefined ? {} : { securityGroupId: network.endpointSecurityGroupId }),
        ...(network.s3PrefixListId === undefined ? {} : { prefixListId: network.s3PrefixListId }),
        cidrs: settings.managementCidrs ?? [],
      },
      tags,
    });

    const partition = partitionOf(regionOf(network));
    let profileName = settings.instanceProfileName;
    if (profileName === undefined) {
      this.instanceProfile = new ServerProfile(this, "profile", { name, partition, tags });
      profileName = this.instanceProfile.profileName;
    }

    const buckets = new Set<string>();
    for (const { image } of this.plan.servers)
      if (image?.source.kind === "disk-image") buckets.add(image.source.bucket);
    if (buckets.size > 0) {
      this.diskImages = new DiskImages(this, "images", {
        name,
        partition,
        buckets: [...buckets],
        ...(settings.importRoleName === undefined ? {} : { importRoleName: settings.importRoleName }),
        ...(settings.kmsKeyArn === undefined ? {} : { kmsKeyArn: settings.kmsKeyArn }),
        tags,
      });
    }
    if (settings.dedicatedHosts === undefined) {
      const needs = hostsFor(this.plan.servers.filter(({ image }) => image?.source.kind !== "adopt"));
      if (needs.length > 0) this.dedicatedHosts = new DedicatedHosts(this, "hosts", { needs, name, tags });
    }

    const instances = new Map<string, Instance>();
    const volumes = new Map<string, EbsVolume[]>();
    const attachments = new Map<string, VolumeAttachment[]>();
    const instanceScope = new Construct(this, "servers");
    const volumeScope = new Construct(this, "volumes");
    const attachmentScope = new Construct(this, "attachments");
    const parameters = new Construct(this, "parameters");
    const adopted = new Construct(this, "adopted");
    const parameterValues = new Map<string, string>();
    const { keyName, kmsKeyArn } = settings;
    // What all servers have in common. Objects that are never changed may be shared: CDKTF copies as it resolves.
    const common = {
      iamInstanceProfile: profileName,
      monitoring: settings.detailedMonitoring ?? true,
      disableApiTermination: settings.terminationProtection ?? true,
      metadataOptions: METADATA_OPTIONS,
      ...(keyName === undefined ? {} : { keyName }),
    };
    const { managementId } = this.securityGroups;
    const moreGroups = [...(managementId === undefined ? [] : [managementId]), ...(settings.securityGroupIds ?? [])];

    for (const server of this.plan.servers) {
      const { image, instanceType, subnet, id: serverId } = server;
      // A rule has reported the server; where its finding is waived, the rest of the fleet goes on without it.
      if (image === undefined) continue;
      const { source } = image;
      const serverTags = tagsOf(server, tags);
      const groupId = this.securityGroups.groupIds.get(server.groupId);
      const config = {
        ...common,
        vpcSecurityGroupIds: [
          ...(groupId === undefined ? [] : [groupId]),
          ...moreGroups,
          ...(server.server.target?.securityGroupIds ?? []),
        ],
        tags: serverTags,
      };
      const names = server.server.name;
      if (source.kind === "adopt") {
        // What Terraform insists on is read from the instance itself, so that the import changes none of it.
        const found = new DataAwsInstance(adopted, serverId, { instanceId: source.instanceId });
        const instance = new Instance(instanceScope, serverId, {
          ...config,
          ami: found.ami,
          instanceType: found.instanceType,
          subnetId: found.subnetId,
          lifecycle: { ignoreChanges: ADOPTED_AS_THEY_ARE },
        });
        instance.importFrom(source.instanceId);
        instances.set(names, instance);
        continue;
      }
      if (instanceType === undefined || subnet === undefined) continue;
      let ami: string;
      let snapshotIds: readonly string[] = [];
      switch (source.kind) {
        case "ami":
          ami = source.id;
          break;
        case "ssm-parameter": {
          let value = parameterValues.get(source.name);
          if (value === undefined) {
            const parameterId = isUnresolved(source.name)
              ? `parameter-${parameterValues.size}`
              : constructId(source.name);
            value = new DataAwsSsmParameter(parameters, parameterId, { name: source.name }).value;
            parameterValues.set(source.name, value);
          }
          ami = value;
          break;
        }
        case "disk-image": {
          const imported = this.diskImages?.import(server, source);
          if (imported === undefined) continue;
          ami = imported.ami.id;
          snapshotIds = imported.snapshots.slice(1).map((snapshot) => snapshot.id);
        }
      }
      const rootSize = server.root?.sizing.size;
      const hosts =
        server.tenancy === "dedicated-host"
          ? (this.dedicatedHosts?.of(instanceType, subnet.availabilityZone) ?? [])
          : [];
      const instance = new Instance(instanceScope, serverId, {
        ...config,
        ami,
        instanceType,
        subnetId: subnet.id,
        // Whoever made the subnet may have it give public addresses. Elsewhere there is nothing to turn off.
        ...(subnet.tier === "public" ? { associatePublicIpAddress: false } : {}),
        ...(server.privateAddress === undefined ? {} : { privateIp: server.privateAddress }),
        ...tenancyOf(server, settings),
        rootBlockDevice: {
          encrypted: true,
          volumeType: rootSize?.type ?? "gp3",
          ...(rootSize === undefined ? {} : { volumeSize: rootSize.sizeGiB }),
          ...(rootSize?.iops === undefined ? {} : { iops: rootSize.iops }),
          ...(rootSize?.throughput === undefined ? {} : { throughput: rootSize.throughput }),
          ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
          tags: serverTags,
        },
        ...(source.kind === "ssm-parameter" ? { lifecycle: { ignoreChanges: ["ami"] } } : {}),
        ...(hosts.length === 0 ? {} : { dependsOn: [...hosts] }),
      });
      instances.set(names, instance);
      if (server.dataVolumes.length === 0) continue;
      const instanceId = instance.id;
      const serverVolumes: EbsVolume[] = [];
      const serverAttachments: VolumeAttachment[] = [];
      server.dataVolumes.forEach((volume, index) => {
        const { size } = volume.sizing;
        if (size === undefined || volume.deviceName === undefined) return;
        const snapshotId = snapshotIds[index];
        const resource = new EbsVolume(volumeScope, volume.id, {
          availabilityZone: subnet.availabilityZone,
          encrypted: true,
          type: size.type,
          size: size.sizeGiB,
          ...(size.iops === undefined ? {} : { iops: size.iops }),
          ...(size.throughput === undefined ? {} : { throughput: size.throughput }),
          ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
          ...(snapshotId === undefined ? {} : { snapshotId }),
          tags: volumeTags(volume, serverTags),
        });
        serverVolumes.push(resource);
        serverAttachments.push(
          new VolumeAttachment(attachmentScope, volume.id, {
            deviceName: volume.deviceName,
            instanceId,
            volumeId: resource.id,
            stopInstanceBeforeDetaching: true,
          }),
        );
      });
      volumes.set(names, serverVolumes);
      attachments.set(names, serverAttachments);
    }
    this.instances = instances;
    this.volumes = volumes;
    this.attachments = attachments;
  }

  /** What the rules look at. */
  public get review(): FleetReview {
    return {
      plan: this.plan,
      access: this.access,
      exposure: this.exposure,
      testClientCidrs: this.testClientCidrs,
    };
  }

  /**
   * The id of the security group that the server is in, for what is made beside the fleet.
   * @throws MigrationError `FLEET_SERVER_UNKNOWN`
   */
  public securityGroupIdOf(server: string): string {
    const groupId = this.plan.servers.find((each) => each.server.name === server)?.groupId;
    const found = groupId === undefined ? undefined : this.securityGroups.groupIds.get(groupId);
    if (found === undefined) throw this.unknown(server);
    return found;
  }

  /**
   * The server's private address, which Terraform knows once there is an instance.
   * @throws MigrationError `FLEET_SERVER_UNKNOWN`
   */
  public privateAddressOf(server: string): string {
    const instance = this.instances.get(server);
    if (instance === undefined) throw this.unknown(server);
    return instance.privateIp;
  }

  private unknown(server: string): MigrationError {
    return new MigrationError({
      code: "FLEET_SERVER_UNKNOWN",
      path: "server",
      received: server,
      allowed: "the name of a server of this fleet that an instance is made of",
      fix: "correct the name, or look at plan.servers for what becomes of the server",
      construct: this.node.path,
    });
  }

  private checkTestClients(): void {
    this.testClientCidrs.forEach((cidr, index) => {
      if (cidrText.safeParse(cidr).success) return;
      throw new MigrationError({
        code: "FLEET_TEST_CLIENTS",
        path: `testClientCidrs[${index}]`,
        received: cidr,
        allowed: "a block without host bits, known at synthesis",
        fix: "write the block of the test clients, like 10.9.0.0/24",
        construct: this.node.path,
      });
    });
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

/** The network's region: what it says, or what its first zone begins with. */
function regionOf(network: ServerNetwork): string | undefined {
  if (network.region !== undefined && !isUnresolved(network.region)) return network.region;
  const zone = network.subnets[0]?.availabilityZone;
  return zone === undefined || isUnresolved(zone) ? undefined : regionOfZone(zone);
}
