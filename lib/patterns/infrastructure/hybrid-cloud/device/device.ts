/**
 * ```ts
 * new SiteToSiteVpn(this, "vpn", { …, device: strongSwan() });
 * ```
 *
 * The customer's end of a VPN connection, as configuration files. A device is one function from a {@link VpnSpec} to text: implement
 * {@link VpnDevice} to add your own. The text holds Terraform tokens (outside addresses, keys), so a device only ever puts
 * those whole into template literals; Terraform fills them in when it renders the *sensitive* output.
 */
import type { VpnSpec } from "../vpn-spec";

/**
 * The files that a device needs, by file name: `{ "swanctl.conf": "connections { …" }`. File names are relative and literal; contents
 * may hold tokens. As the value of a Terraform output it is an object, so `cdktf output --outputs-file` gives a JSON file
 * with one property for each file.
 */
export type DeviceFiles = Readonly<Record<string, string>>;

/** A kind of customer gateway device. */
export interface VpnDevice {
  /** The name of the device in messages and runbooks: `strongSwan`. */
  readonly name: string;
  /**
   * Writes the files of the customer's end of the connection. Deterministic, and without I/O.
   * @throws MigrationError where the device cannot express what a tunnel asks for
   */
  render(spec: VpnSpec): DeviceFiles;
}
