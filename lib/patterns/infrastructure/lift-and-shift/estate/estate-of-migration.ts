/** The estate's record as one migration uses it: for its fleet, for the rules, and written anew beside its stack. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Artifact } from "../../../../core/artifact";
import type { Server } from "../../../../inventory/model";
import type { ServerFleet } from "../server-fleet";
import type { ServerOverride } from "../fleet-options";
import { checkedEstate, checkKnown, type EstateHolder } from "./check-estate";
import { formatIdentities } from "./identities-file";
import { withFormerNames } from "./former-names";
import { isHere, type EstateReview } from "./estate-review";
import type { EstateRecord } from "../../../../inventory/estate/estate-record";
import type { FleetEstate } from "./fleet-estate";
import { fleetIdentities } from "./fleet-identities";
import { matchServers, type EstateMatch } from "../../../../inventory/estate/identity";
import { stackBlocks, type StackBlocks } from "./stack-blocks";

/** Properties of an {@link EstateOfMigration}. */
export interface EstateOfMigrationProps {
  /** The construct of the migration. */
  readonly scope: Construct;
  readonly app: string;
  readonly migration: string;
  /** Whether the declared stage is the first. */
  readonly seeding: boolean;
  /** All servers of the inventory. */
  readonly servers: readonly Server[];
  readonly overrides: Readonly<Record<string, ServerOverride>> | undefined;
  readonly record: EstateRecord | undefined;
}

/**
 * The record of one migration.
 *
 * @throws MigrationError `ESTATE_RECORD_FOREIGN`, `ESTATE_RECORD_VERSION`, `ESTATE_RECORD_SHAPE`, `ESTATE_RECORD_DUPLICATE`
 */
export class EstateOfMigration {
  /** The record for the migration's fleet; undefined where none is given. */
  public readonly ofFleet?: FleetEstate;
  private readonly record: EstateRecord | undefined;
  private readonly match: EstateMatch;
  private readonly holder: EstateHolder;
  private blocks?: StackBlocks;

  constructor(private readonly props: EstateOfMigrationProps) {
    const { scope, app, migration, overrides, record } = props;
    const servers = props.servers
      .filter(({ template, placeholder }) => !template && !placeholder)
      .map((server) => withFormerNames(server, overrides));
    const stack = TerraformStack.of(scope).node.id;
    this.holder = { app, migration, stack, servers, construct: scope.node.path };
    this.record = record === undefined ? undefined : checkedEstate(record, this.holder);
    this.match = matchServers(this.record, servers);
    if (this.record === undefined) return;
    checkKnown(this.record, this.match, this.holder);
    this.ofFleet = { entryOf: this.match.entryOf, isHere: (entry) => isHere(this.holder, entry) };
  }

  /** Returns the subject of `estateRules` for the migration's fleet. */
  public review(fleet: ServerFleet): EstateReview {
    const { record, match, holder, props } = this;
    const { stack, migration, servers } = holder;
    return {
      ...(record === undefined ? {} : { record }),
      match,
      stack,
      migration,
      seeding: props.seeding,
      servers,
      identities: fleetIdentities(fleet, holder),
      blocks: () => (this.blocks ??= stackBlocks(props.scope)),
    };
  }

  /** Writes the identities of the fleet beside its stack's Terraform, where `migration-patterns lock` reads them. */
  public write(fleet: ServerFleet): Artifact {
    const { app, migration } = this.holder;
    return new Artifact(this.props.scope, "estate", {
      fileName: `estate/${migration}.json`,
      content: () => formatIdentities(app, fleetIdentities(fleet, this.holder)),
    });
  }
}
