/** A change in place by which data, protection or traffic is lost. */

/**
 * The kind of a cut.
 *
 * - `shrunk`: less room for data, fewer copies or less capacity.
 * - `unprotected`: a protection against loss is taken away.
 * - `re-keyed`: another key, or none, encrypts.
 * - `retention-cut`: what was kept is deleted earlier.
 * - `backup-off`: nothing is backed up, or no earlier version is kept any more.
 * - `key-disabled`: what a key has encrypted can no longer be read.
 * - `tunnel-down`: a tunnel of a VPN goes down.
 * - `traffic-off`: what answers requests is stopped.
 */
export type CutKind =
  | "shrunk"
  | "unprotected"
  | "re-keyed"
  | "retention-cut"
  | "backup-off"
  | "key-disabled"
  | "tunnel-down"
  | "traffic-off";

/** A cut that a change makes in place. */
export interface InPlaceCut {
  readonly kind: CutKind;
  /** The names of the attributes: `backup_retention_period`, `versioning_configuration.status`. */
  readonly attributes: readonly string[];
  /** The effect, as a phrase that follows the resource's address: `sets backup_retention_period to 0`. */
  readonly effect: string;
  /** Whether it is certain: false where the value after is known only when the plan has been applied. */
  readonly certain: boolean;
  /** Whether nothing that exists is lost by it, so that it is worth a warning and blocks nothing. */
  readonly light: boolean;
}
