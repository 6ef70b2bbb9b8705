/**
 * ```ts
 * inPlaceCuts("aws_db_instance", { backup_retention_period: 7 }, { backup_retention_period: 0 });
 * // [{ kind: "backup-off", attributes: ["backup_retention_period"], … }]
 * ```
 *
 * Changes that Terraform makes in place, that destroy no resource, and that lose data, protection or traffic all the same. Before
 * and after are plain objects: the values of a plan, or the configuration of synthesized Terraform. Only names of attributes come
 * out, never a value.
 */
import { admit } from "../../core/door/admit";
import { member } from "./block-values";
import type { InPlaceCut } from "./cut";
import { cutTable, type CutEntry } from "./in-place-cut-table";
import { objectExpiryCuts } from "./object-expiry";
import { tunnelCuts } from "./tunnel-cuts";

/** Returns the cuts between two configurations of one resource, in the order of the table. */
export function inPlaceCuts(type: string, before: unknown, after: unknown): InPlaceCut[] {
  admit("inPlaceCuts", { type });
  const own = cutTable.filter(
    ({ types, attribute }) => (types === undefined || types.includes(type)) && has(attribute, before, after),
  );
  return [
    ...own.flatMap((entry) => cutsOf(entry, before, after)),
    ...(type === "aws_s3_bucket_lifecycle_configuration" ? objectExpiryCuts(before, after) : []),
    ...(type === "aws_vpn_connection" ? tunnelCuts(before, after) : []),
  ];
}

function cutsOf(entry: CutEntry, before: unknown, after: unknown): InPlaceCut[] {
  const found = entry.compare(before, after);
  if (found === undefined) return [];
  const { kind, effect, certain } = { kind: entry.kind, certain: true, ...found };
  return [{ kind, attributes: [entry.attribute], effect, certain, light: entry.light }];
}

/** Checks whether one side says anything of the attribute or its block: most types have few that are in the table. */
function has(attribute: string, before: unknown, after: unknown): boolean {
  const [name = ""] = attribute.split(".", 1);
  return member(before, name) !== undefined || member(after, name) !== undefined;
}
