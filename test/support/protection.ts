/**
 * What of a migration holds data, and whether Terraform refuses to destroy it. Whatever the guard's table says holds data is
 * asked for, so that a resource which a part makes tomorrow is missing here until somebody has protected it or said why not.
 */
import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { Migration } from "../../lib/core/migration";
import { MigrationPart } from "../../lib/core/migration-part";
import { dataHoldingTypes } from "../../lib/plan/losses/data-holding-types";

/** Data that no stage protects: by type and path, and why it may go. */
export const DISPOSABLE: readonly (readonly [type: string, path: RegExp, why: string])[] = [
  ["aws_ebs_snapshot_import", /\/images\//, "a copy of a disk that the source still has"],
  ["aws_s3_object", /./, "text of the code itself; the bucket keeps its versions"],
  ["aws_s3_bucket", /\/artifacts\//, "screenshots that expire; S3 refuses to delete it while there are any"],
  ["aws_kms_key", /\/artifacts\//, "of the same screenshots"],
  ["aws_kms_key", /\/(?:alarm|health-check)-topic\//, "encrypts messages on their way, and nothing that stays"],
];

/** A resource that holds data. */
export interface DataHolder {
  readonly path: string;
  readonly type: string;
  readonly prevented: boolean;
  readonly disposable: boolean;
}

/** Returns what holds data at and below a construct, without what is of another migration. */
export function dataHolders(scope: IConstruct, migration?: Migration): DataHolder[] {
  const found: DataHolder[] = [];
  const visit = (construct: IConstruct): void => {
    if (construct !== migration && construct instanceof Migration) return;
    if (construct instanceof MigrationPart && construct.migration !== migration) return;
    if (TerraformResource.isTerraformResource(construct) && construct.terraformResourceType in dataHoldingTypes) {
      const { path } = construct.node;
      const type = construct.terraformResourceType;
      found.push({
        path,
        type,
        prevented: construct.lifecycle?.preventDestroy === true,
        disposable: DISPOSABLE.some(([of, where]) => of === type && where.test(path)),
      });
    }
    construct.node.children.forEach(visit);
  };
  visit(scope);
  return found;
}

/** Returns what holds data of a migration: its own, and that of its parts. */
export function dataHoldersOf(migration: Migration): DataHolder[] {
  const { paths, node } = migration;
  return node.root.node
    .findAll()
    .filter((each) => paths.includes(each.node.path))
    .flatMap((each) => dataHolders(each, migration));
}
