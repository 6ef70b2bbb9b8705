/** A connection between two places, for the network diagram: `office` to `vpc`, `users` to `aws`. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** A description of the connection: `VPN, two tunnels`, `80 % of the requests`. */
  readonly label: string;
}
