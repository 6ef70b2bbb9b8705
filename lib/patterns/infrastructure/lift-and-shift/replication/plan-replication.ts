/** The plan of servers that a replication tool launches, made as the plan of a fleet is. */
import type { LicenseRequirement } from "../../../../assessment/checklist/compatibility";
import { admit } from "../../../../core/door/admit";
import type { Server } from "../../../../inventory/model";
import type { FleetSettings } from "../fleet-options";
import type { ServerNetwork } from "../../../../parts/network/server-network";
import { planServers, type FleetPlan } from "../server-plan";

/** The input of {@link planReplication}. */
export interface ReplicationPlanInput {
  readonly servers: readonly Server[];
  readonly network: ServerNetwork;
  /** The settings of the fleet that the servers become. @default - the default of every setting */
  readonly settings?: FleetSettings;
  /**
   * Licences, which decide the tenancy of their servers: those of the assessment's checklist.
   * @default - none
   */
  readonly licences?: readonly LicenseRequirement[];
  /** The construct's path, for errors. @default "replication" */
  readonly construct?: string;
}

/**
 * Plans the servers that a replication tool is to launch: types, subnets and addresses as `ServerFleet` would choose them,
 * before there is an image of any.
 *
 * @throws MigrationError `FLEET_SERVER_NAME`, `FLEET_OVERRIDE`, `FLEET_TIER`
 */
export function planReplication(input: ReplicationPlanInput): FleetPlan {
  admit("planReplication", { input });
  return planServers({
    servers: input.servers,
    network: input.network,
    settings: input.settings ?? {},
    images: () => undefined,
    licences: input.licences ?? [],
    // The tool makes the volumes, as large as the disks it replicates.
    storage: {},
    findServer: () => undefined,
    construct: input.construct ?? "replication",
  });
}
