/**
 * ```ts
 * new LiftAndShift(this, "wave-1", {
 *   app: "shop", assessment, stage: "replicate", wave: "wave-1", rollback: { … },
 *   network: { cidr: "10.20.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
 *   images: { byOs: { linux: ServerImage.ssmParameter("/images/linux") } },
 * });
 * ```
 *
 * The catalog's Lift and Shift: the servers of one wave, as they are, on instances that fit them. A stage changes
 * who may talk to them, and nothing that would make a server anew: going forward and back is a matter of seconds. Data,
 * configuration and validation are parts that are given their migration, so that a stack loads what it uses.
 */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Assessment } from "../../../assessment/assessment";
import { entriesOf, evidenceOf } from "../../../assessment/checklist/answer";
import { declaredFlows } from "../../../assessment/declared-flows";
import { admitConstruct } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import type { Stage } from "../../../core/stage";
import { Migration } from "../../../core/migration";
import type { MigrationProps } from "../../../core/migration-props";
import { dataServers } from "../../../inventory/data-servers";
import { migratingServers, type Server } from "../../../inventory/model";
import type { EstateRecord } from "../../../inventory/estate/estate-record";
import { diskSteps } from "./disk-steps";
import { expectedOf } from "./expectations";
import { EstateOfMigration } from "./estate/estate-of-migration";
import { estateRules } from "./estate/estate-rules";
import type { FleetSettings } from "./fleet-options";
import { createdServers } from "./fleet-review";
import { LandingNetwork } from "../../../parts/network/landing-network";
import { isRehosted, liftAndShiftRules } from "./strategy-rules";
import type { LandingNetworkSettings } from "../../../parts/network/landing-network-settings";
import { fleetRules } from "./rules";
import type { Exposure } from "./exposure";
import { ServerFleet } from "./server-fleet";
import type { ServerImages } from "./server-image";
import type { ServerNetwork } from "../../../parts/network/server-network";
import { liftAndShiftPattern } from "./pattern";
import type { LiftAndShiftStage } from "./stage-names";
import { OWN_DISKS, type LiftAndShiftDeclaration } from "./stages";

/**
 * Properties of a {@link LiftAndShift}: its stage, with the evidence that `finalized` demands, and
 * {@link LiftAndShiftSettings}.
 */
export type LiftAndShiftProps = LiftAndShiftSettings & LiftAndShiftDeclaration;

/** Properties of a {@link LiftAndShift} apart from its stage. */
export interface LiftAndShiftSettings extends Omit<MigrationProps<LiftAndShiftStage>, "stage"> {
  /**
   * The outcome of `assess()`: the servers of its inventory are rehosted.
   * @parsedBy Migration
   */
  readonly assessment: Assessment;
  /**
   * The wave whose servers are rehosted: those with this `wave` and the strategy `rehost` or none.
   * @default - all servers that migrate
   */
  readonly wave?: string;
  /**
   * The network that the servers go to.
   *
   * - settings (`cidr` …): a new network of its own.
   * - a network (`vpcId` and `subnets`): one that exists, `LandingNetwork.fromExisting({ … })`, or another wave's `network`.
   */
  readonly network: LandingNetworkSettings | ServerNetwork;
  /** The images that the servers start from. A server without an image blocks the migration. */
  readonly images: ServerImages;
  /**
   * Settings of the servers.
   * @default - the default of every setting
   */
  readonly fleet?: FleetSettings;
  /**
   * The CIDR blocks of the clients that reach the servers in the stage `test`, on the ports that outside hosts use.
   * @default - none, which is a warning in that stage
   * @example ["10.9.0.0/24"]
   */
  readonly testClientCidrs?: readonly string[];
  /**
   * The record of the estate's identities, `estate.lock.json`: with it, a server or disk that was renamed, moved or lost in the
   * inventory is a finding that says what would be destroyed, and the order of the file counts for nothing.
   * @default - nothing is recorded; `migration-patterns lock` writes it
   * @example readEstateRecord(readFileSync("estate.lock.json", "utf8"))
   * @parsedBy checkedEstate
   */
  readonly estate?: EstateRecord;
}

const EXPOSURE: Readonly<Record<LiftAndShiftStage, Exposure>> = {
  replicate: "closed",
  test: "test",
  cutover: "open",
  finalized: "open",
};

/**
 * Servers rehosted on EC2 as they are: network, instances, volumes and security groups.
 *
 * @throws MigrationError `LIFT_AND_SHIFT_NO_SERVERS`, `ESTATE_RECORD_FOREIGN`, and those of `Migration`, `LandingNetwork` and `ServerFleet`
 */
export class LiftAndShift extends Migration<LiftAndShiftStage> {
  declare public readonly assessment: Assessment;
  /** The servers that are rehosted. */
  public readonly servers: readonly Server[];
  /** The servers of the wave that migrate by another strategy. No resource is created for them, and a finding names each. */
  public readonly serversLeftOut: readonly Server[];
  /** The network of the servers: pass it to the next wave. */
  public readonly network: ServerNetwork;
  /** The network, where it is created here. */
  public readonly landingNetwork?: LandingNetwork;
  public readonly fleet: ServerFleet;

  constructor(scope: Construct, id: string, props: LiftAndShiftProps) {
    admitConstruct("LiftAndShift", scope, id, props);
    super(scope, id, props, liftAndShiftPattern);
    const { assessment, wave, network } = props;
    const migrating = migratingServers(assessment.inventory);
    const inWave = migrating.filter((server) => wave === undefined || server.wave === wave);
    this.servers = inWave.filter(isRehosted);
    this.serversLeftOut = inWave.filter((server) => !isRehosted(server));
    if (this.servers.length === 0) throw this.noServers(wave, migrating.filter(isRehosted));
    if ("vpcId" in network) {
      this.network = network;
    } else {
      this.landingNetwork = new LandingNetwork(this, "network", { ...network, tags: this.tags });
      this.network = this.landingNetwork;
    }
    const estate = new EstateOfMigration({
      scope: this,
      app: this.identity.app,
      migration: this.identity.name,
      seeding: this.stage.phase === "prepare",
      servers: assessment.inventory.servers,
      overrides: props.fleet?.overrides,
      record: props.estate,
    });
    const fleet = new ServerFleet(this, "fleet", {
      ...props.fleet,
      ...(estate.ofFleet === undefined ? {} : { estate: estate.ofFleet }),
      servers: this.servers,
      inventory: assessment.inventory,
      declaredFlows: declaredFlows(assessment.inventory, assessment.checklist),
      network: this.network,
      images: props.images,
      exposure: EXPOSURE[this.stage.name],
      testClientCidrs: props.testClientCidrs ?? [],
      licences: entriesOf(assessment.checklist.assess_compatibility.license_requirements),
      storage: evidenceOf(assessment.checklist.inventory_current_infrastructure.storage_requirements) ?? {},
      tags: this.tags,
    });
    this.fleet = fleet;
    this.protectData();
    this.check(liftAndShiftRules, () => ({
      serversLeftOut: this.serversLeftOut,
      serversReaddressed: createdServers(fleet.plan).flatMap(({ server, privateAddress }) =>
        privateAddress === undefined ? server : [],
      ),
      namesSwitched: this.namesSwitched,
    }));
    this.check(fleetRules, () => fleet.review);
    this.check(estateRules, () => estate.review(fleet));
    estate.write(fleet);
  }

  public override get moves(): readonly string[] {
    return this.servers.map(({ name }) => name);
  }

  /**
   * The stages, with the steps by which the disks of this fleet's servers are brought up to date. They expect only such rules as
   * the fleet has.
   */
  public override get procedure(): readonly Stage<LiftAndShiftStage>[] {
    const stack = TerraformStack.of(this).node.id;
    return super.procedure.map((stage) => {
      const enter = stage.enter.flatMap((step) =>
        step.title === OWN_DISKS.title ? diskSteps(step, this.fleet, stack) : [step],
      );
      return expectedOf({ ...stage, enter }, this.fleet.access);
    });
  }

  /** The names of the rehosted servers that hold data, and of the data that the parts move. */
  public override get dataMoved(): readonly string[] {
    const holding = [...dataServers(this.assessment.inventory, this.servers)];
    return [...new Set([...holding.map(({ name }) => name), ...super.dataMoved])];
  }

  /**
   * Protects the servers, their volumes and the records of the flows. Images and snapshots are copies of what the source still
   * has, made to start servers from, and a corrected firmware makes an image anew: they are not protected.
   */
  private protectData(): void {
    const { instances, volumes } = this.fleet;
    for (const instance of instances.values()) this.protect(instance);
    for (const each of volumes.values()) this.protect(...each);
    const { flowLogs } = this.landingNetwork ?? {};
    this.protect(flowLogs?.key, flowLogs?.logGroup);
  }

  private noServers(wave: string | undefined, all: readonly Server[]): MigrationError {
    const waves = [...new Set(all.flatMap((server) => server.wave ?? []))];
    const allowed =
      all.length === 0
        ? "an inventory with a server whose strategy is rehost or not given"
        : waves.length === 0
          ? "no wave: no server of the inventory is in one"
          : `a wave with servers to rehost: ${waves.join(", ")}`;
    return new MigrationError({
      code: "LIFT_AND_SHIFT_NO_SERVERS",
      path: "wave",
      ...(wave === undefined ? {} : { received: wave }),
      allowed,
      fix: "correct the wave, or the servers' wave and strategy in the inventory or the checklist",
      construct: this.node.path,
    });
  }
}
