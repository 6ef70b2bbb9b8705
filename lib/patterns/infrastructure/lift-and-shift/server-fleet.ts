/**
 * ```ts
 * new ServerFleet(this, "fleet", {
 *   servers: migratingServers(inventory),
 *   inventory,
 *   network: LandingNetwork.fromExisting({ … }),
 *   images: { byOs: { linux: ServerImage.ssmParameter("/images/linux"), windows: ServerImage.ami("ami-0a1b2c3d4e5f60718") }
 * }, });
 * ```
 *
 * A fleet of servers as EC2 instances. Everything about them is worked out first, as plain data ({@link ServerFleet.plan},
 * {@link ServerFleet.access}); this construct only makes what the data says. `LiftAndShift` runs the rules over the same
 * data: whoever uses a fleet by itself runs `runRules(fleetRules, fleet.review)`.
 */
import type { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import type { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import type { LicenseRequirement } from "../../../assessment/checklist/compatibility";
import type { StorageRequirements } from "../../../assessment/checklist/infrastructure";
import { partitionOf } from "../../../aws/region";
import { admitConstruct } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import { parseProps } from "../../../core/props";
import type { Flow, Inventory, Server } from "../../../inventory/model";
import { ServerIndex } from "../../../inventory/server-index";
import { planAccess, type AccessPlan } from "./access-plan";
import { defaultName } from "../../../core/construct-ids";
import { namePath } from "../../../core/rename";
import { DedicatedHosts, hostsFor } from "./dedicated-hosts";
import { DiskImages } from "./disk-images";
import { cidrText, fleetSettingsSchema, type FleetSettings } from "./fleet-options";
import { FleetServers } from "./fleet-server";
import { LandingNetwork } from "../../../parts/network/landing-network";
import type { FleetReview } from "./fleet-review";
import type { Exposure } from "./exposure";
import { FleetSecurityGroups } from "./security-groups";
import type { ServerImages } from "./server-image";
import { ServerProfile } from "./server-profile";
import { regionOfZone, type ServerNetwork } from "../../../parts/network/server-network";
import { planServers, type FleetPlan } from "./server-plan";
import type { FleetEstate } from "./estate/fleet-estate";
import { knownAs } from "../../../core/same-token";
import { isUnresolved } from "../../../core/tokens";

/** Properties of a {@link ServerFleet}. */
export interface ServerFleetProps extends FleetSettings {
  /** The servers, each of which becomes an instance. */
  readonly servers: readonly Server[];
  /** The inventory with the flows, and with the servers that are not part of the fleet but talk to it. */
  readonly inventory: Inventory;
  /**
   * Connections that somebody has declared, which become rules as the inventory's flows do.
   * @default - the inventory's flows alone
   */
  readonly declaredFlows?: readonly Flow[];
  /** The network that the servers go to. */
  readonly network: ServerNetwork;
  /** The images that the servers start from. */
  readonly images: ServerImages;
  /**
   * The exposure of the servers to hosts outside the fleet.
   * @default "closed"
   */
  readonly exposure?: Exposure;
  /**
   * The CIDR blocks of test clients, for the exposure `test`.
   * @default - none
   */
  readonly testClientCidrs?: readonly string[];
  /**
   * The licences, as the checklist has them: they decide the tenancy.
   * @default - none
   */
  readonly licences?: readonly LicenseRequirement[];
  /**
   * The volume type of each disk and its room to grow, as the checklist has them.
   * @default - gp3 for every disk, no room to grow
   */
  readonly storage?: Partial<StorageRequirements>;
  /**
   * The record of the estate's identities, as this fleet sees it: `LiftAndShift` passes its own.
   * @default - nothing is recorded
   */
  readonly estate?: FleetEstate;
  /**
   * Tags on every taggable resource.
   * @default - those about the server alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * An instance for each server, with its volumes, security groups and instance profile.
 *
 * @throws MigrationError `SERVER_FLEET_HEADROOM_PERCENT` and its like for each setting, `FLEET_TEST_CLIENTS`, `LANDING_NETWORK_EXISTING`, `FLEET_SERVER_NAME`,
 * `FLEET_OVERRIDE`, `FLEET_TIER`
 */
export class ServerFleet extends Construct {
  /** The plan of every server: type, subnet, address, volumes, tenancy and image. */
  public readonly plan: FleetPlan;
  /** The security groups and their rules, as plain data. */
  public readonly access: AccessPlan;
  public readonly exposure: Exposure;

  /** The instances, by the server's name. */
  public readonly instances: ReadonlyMap<string, Instance>;
  /** The data volumes by the server's name, in the order of its disks. */
  public readonly volumes: ReadonlyMap<string, readonly EbsVolume[]>;
  /** The attachments of {@link volumes}. */
  public readonly attachments: ReadonlyMap<string, readonly VolumeAttachment[]>;
  public readonly securityGroups: FleetSecurityGroups;
  /** The instance profile and its role, where they are created here. */
  public readonly instanceProfile?: ServerProfile;
  public readonly diskImages?: DiskImages;
  public readonly dedicatedHosts?: DedicatedHosts;

  private readonly testClientCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: ServerFleetProps) {
    admitConstruct("ServerFleet", scope, id, props);
    super(scope, id);
    const { servers, inventory, network, images, exposure, testClientCidrs, licences, storage, ...rest } = props;
    const { tags = {}, estate, declaredFlows = [], ...given } = rest;
    parseProps(this, "SERVER_FLEET_PROPS", fleetSettingsSchema, given);
    const settings = this.inNetwork(given, network);
    // Whoever implements the interface by a construct of their own has not been through this yet.
    LandingNetwork.fromExisting({ vpcId: network.vpcId, subnets: network.subnets });
    this.exposure = exposure ?? "closed";
    this.testClientCidrs = testClientCidrs ?? [];
    this.checkTestClients();
    const name = settings.name ?? defaultName(namePath(this));

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
      ...(estate === undefined ? {} : { estate }),
      construct: this.node.path,
    });
    this.access = planAccess({
      plan: this.plan,
      inventory,
      declaredFlows,
      hostCidrs: settings.hostCidrs ?? {},
      testClientCidrs: this.testClientCidrs,
    });
    this.securityGroups = new FleetSecurityGroups(this, "groups", {
      name,
      vpcId: network.vpcId,
      access: this.access,
      exposure: this.exposure,
      formerIds: this.plan.formerGroupIds,
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
    const volumes = new Map<string, readonly EbsVolume[]>();
    const attachments = new Map<string, readonly VolumeAttachment[]>();
    const fleetServers = new FleetServers(this, {
      settings,
      profileName,
      securityGroups: this.securityGroups,
      diskImages: this.diskImages,
      dedicatedHosts: this.dedicatedHosts,
      tags,
    });
    for (const server of this.plan.servers) {
      const made = fleetServers.make(server);
      if (made === undefined) continue;
      const { name: serverName } = server.server;
      instances.set(serverName, made.instance);
      if (made.disks === undefined) continue;
      volumes.set(serverName, made.disks.volumes);
      attachments.set(serverName, made.disks.attachments);
    }
    this.instances = instances;
    this.volumes = volumes;
    this.attachments = attachments;
  }

  /** The subject of `fleetRules`. */
  public get review(): FleetReview {
    return {
      plan: this.plan,
      access: this.access,
      exposure: this.exposure,
      testClientCidrs: this.testClientCidrs,
    };
  }

  /**
   * Returns the id of the security group that the server is in, for resources beside the fleet.
   * @throws MigrationError `FLEET_SERVER_UNKNOWN`
   */
  public securityGroupIdOf(server: string): string {
    const groupId = this.plan.servers.find((each) => each.server.name === server)?.groupId;
    const found = groupId === undefined ? undefined : this.securityGroups.groupIds.get(groupId);
    if (found === undefined) throw this.unknown(server);
    return found;
  }

  /**
   * Returns the server's private address, which Terraform knows once there is an instance.
   * @throws MigrationError `FLEET_SERVER_UNKNOWN`
   */
  public privateAddressOf(server: string): string {
    const instance = this.instances.get(server);
    if (instance === undefined) throw this.unknown(server);
    return instance.privateIp;
  }

  /** Returns the settings with the network's own tokens for its subnets and zones: each read of an attribute gives another. */
  private inNetwork(settings: FleetSettings, { subnets }: ServerNetwork): FleetSettings {
    const ids = subnets.map(({ id }) => id);
    const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    const { overrides, availabilityZones } = settings;
    return {
      ...settings,
      ...(availabilityZones === undefined
        ? {}
        : { availabilityZones: availabilityZones.map((zone) => knownAs(this, zone, zones)) }),
      ...(overrides === undefined
        ? {}
        : {
            overrides: Object.fromEntries(
              Object.entries(overrides).map(([name, override]) => [
                name,
                override.subnetId === undefined
                  ? override
                  : { ...override, subnetId: knownAs(this, override.subnetId, ids) },
              ]),
            ),
          }),
    };
  }

  private unknown(server: string): MigrationError {
    return new MigrationError({
      code: "FLEET_SERVER_UNKNOWN",
      path: "server",
      received: server,
      allowed: "the name of a server of this fleet that has an instance",
      fix: "correct the name, or look up the server in plan.servers",
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
        allowed: "a CIDR block without host bits, known at synthesis",
        fix: "write the block of the test clients, like 10.9.0.0/24",
        construct: this.node.path,
      });
    });
  }
}

/** Returns the network's region: the one it states, or the one that its first zone is in. */
function regionOf(network: ServerNetwork): string | undefined {
  if (network.region !== undefined && !isUnresolved(network.region)) return network.region;
  const zone = network.subnets[0]?.availabilityZone;
  return zone === undefined || isUnresolved(zone) ? undefined : regionOfZone(zone);
}
