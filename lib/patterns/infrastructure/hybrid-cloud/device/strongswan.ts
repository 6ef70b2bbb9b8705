/**
 * ```ts
 * new SiteToSiteVpn(this, "vpn", { …, device: strongSwan() });
 * ```
 *
 * The device for a Linux machine: strongSwan for IPsec, an XFRM interface for each tunnel, FRR for BGP.
 */
import type { DeviceFiles, VpnDevice } from "./device";
import { checkSpec, type KeyedTunnel } from "./check-spec";
import { frrConf } from "./frr";
import { scriptPath, tunnelsScript, tunnelsUnit } from "./linux-tunnels";
import { checkOptions, optionAddress, optionNumber } from "./spec-values";
import { STRONGSWAN, strongswanConf, swanctlConf } from "./swanctl";

/** The largest number of a first interface: the kernel's `if_id` has 32 bits, and the second tunnel takes the next one. */
const LARGEST_INTERFACE_ID = 2 ** 32 - 2;

/** Options of {@link strongSwan}. */
export interface StrongSwanOptions {
  /**
   * The address that the machine itself has, where a translator gives it the public one, or `%any`. May be a token.
   * @default - the customer gateway's address is the machine's own
   */
  readonly localAddress?: string;
  /**
   * The number of the first tunnel's XFRM interface. Raise it where one machine ends several connections.
   * @default 1, which makes interfaces xfrm1 and xfrm2
   */
  readonly firstInterfaceId?: number;
}

/**
 * Returns the device for strongSwan 5.9.6 or later on Linux 4.19 or later, with FRR 8 or later for BGP. Files:
 *
 * - `swanctl.conf`: the connections and their keys.
 * - `strongswan.conf`: the time after which a silent peer counts as dead.
 * - `tunnels.sh`, `tunnels.service`: interfaces, MTU, MSS, and with static routing the routes.
 * - `frr.conf`: with BGP.
 *
 * It supports every algorithm that AWS offers. @see {@link checkSpec} for the errors.
 */
export function strongSwan(options: StrongSwanOptions = {}): VpnDevice {
  checkOptions(STRONGSWAN, options, {
    // swanctl.conf(5): %any is every address that the machine has.
    localAddress: optionAddress("%any"),
    firstInterfaceId: optionNumber(1, LARGEST_INTERFACE_ID),
  });
  const { firstInterfaceId = 1 } = options;
  const interfaceId = (tunnel: KeyedTunnel): number => firstInterfaceId + tunnel.number - 1;
  return {
    name: STRONGSWAN,
    render(spec): DeviceFiles {
      const checked = checkSpec(STRONGSWAN, spec);
      const { routing } = checked;
      const files: Record<string, string> = {
        "swanctl.conf": swanctlConf(checked, {
          localAddress: options.localAddress ?? checked.customerGateway.address,
          interfaceId,
          ...(routing.type === "static" ? { updown: scriptPath(checked) } : {}),
        }),
        "strongswan.conf": strongswanConf(checked),
        "tunnels.sh": tunnelsScript(checked, interfaceId),
        "tunnels.service": tunnelsUnit(checked),
      };
      if (routing.type === "bgp") files["frr.conf"] = frrConf(checked, routing);
      return files;
    },
  };
}
