/**
 * ```ts
 * migration.protect(database, ...volumes);
 * ```
 *
 * No correction destroys what holds data: from a migration's second stage on, Terraform refuses a plan that would. The
 * refusal is `prevent_destroy`, a literal of the configuration, which does nothing once its block has left the code. So there
 * are two ways out, and both are a deployment of their own before the one that destroys: the first stage, and
 * `unprotected` with a reason, a name and a last day.
 */
import type { TerraformResource } from "cdktf";
import { z } from "zod";
import { isoDate, type IsoDate } from "./iso-date";
import { defineRule, type Rule } from "./rule";
import { waiverSchema } from "./waiver";

/** The schema of an exception from the protection: who accepted it, why, and until when. */
export const unprotectedSchema = z.strictObject({
  reason: waiverSchema.shape.reason.describe("Why data may be destroyed, in at least 10 characters"),
  approvedBy: waiverSchema.shape.approvedBy.describe("Who accepted it"),
  until: isoDate.describe("The last day on which nothing is protected, YYYY-MM-DD"),
});

/** An exception from the protection of what holds data: why, by whom and until when. */
export type Unprotected = Readonly<z.infer<typeof unprotectedSchema>>;

/** A migration as the rules about its protection see it. */
export interface ProtectionReview {
  /** The path of the migration. */
  readonly migration: string;
  readonly unprotected: Unprotected | undefined;
  readonly asOf: IsoDate;
}

/** Checks whether the exception still holds on the day. Past its last day everything is protected again. */
export function isInForce(unprotected: Unprotected | undefined, asOf: IsoDate): boolean {
  return unprotected !== undefined && unprotected.until >= asOf;
}

/** Makes Terraform refuse to destroy the resource. Attributes that it ignores stay ignored. */
export function preventDestroy(resource: TerraformResource): void {
  resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
}

/** Reports a migration whose data is not protected. */
export const unprotectedInForce: Rule<ProtectionReview> = defineRule<ProtectionReview>({
  id: "unprotected",
  title: "Nothing that holds data is protected from being destroyed",
  severity: "warning",
  why: "any correction that replaces a server, a volume or a database is deployed without opposition while this holds",
  remedy: "destroy what is to be destroyed, and remove `unprotected` in the next deployment",
  *check({ migration, unprotected, asOf }) {
    if (unprotected === undefined || !isInForce(unprotected, asOf)) return;
    const { reason, approvedBy, until } = unprotected;
    yield {
      subject: migration,
      message: `nothing of ${migration} that holds data is protected until ${until}, approved by ${approvedBy}: ${reason}`,
    };
  },
});

/** Reports an exception from the protection whose last day has passed. */
export const unprotectedExpired: Rule<ProtectionReview> = defineRule<ProtectionReview>({
  id: "unprotected-expired",
  title: "The time in which data was not protected is over",
  severity: "blocker",
  why: "whoever approved it meant the work to be done by then, and what is live may not stay open to destruction because a line was forgotten",
  remedy: "remove `unprotected`, which protects everything again; or have it approved anew with a later day",
  *check({ migration, unprotected, asOf }) {
    if (unprotected === undefined || isInForce(unprotected, asOf)) return;
    const { reason, approvedBy, until } = unprotected;
    yield {
      subject: migration,
      message: `${migration} was unprotected until ${until}, approved by ${approvedBy} (assessed as of ${asOf}): ${reason}`,
    };
  },
});

/** The rules about the protection of what holds data. */
export const protectionRules: readonly Rule<ProtectionReview>[] = [unprotectedInForce, unprotectedExpired];
