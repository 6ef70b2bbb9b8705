/** The tenancy that the licences of the checklist require. */
import type { LicenseRequirement } from "../../../assessment/checklist/compatibility";
import type { Server } from "../../../inventory/model";
import type { Tenancy } from "./fleet-options";

const STRICTNESS: Readonly<Record<Tenancy, number>> = { shared: 0, dedicated: 1, "dedicated-host": 2 };

/** The licences of the checklist, by the servers and applications that they cover. */
export class LicenceTerms {
  private readonly byName = new Map<string, LicenseRequirement[]>();

  constructor(licences: readonly LicenseRequirement[]) {
    for (const licence of licences) {
      for (const name of licence.servers) {
        const key = name.toLowerCase();
        const same = this.byName.get(key);
        if (same === undefined) this.byName.set(key, [licence]);
        else same.push(licence);
      }
    }
  }

  /** Returns the strictest tenancy that the server's licences are planned for, or undefined where it has none. */
  public tenancyOf(server: Server): Tenancy | undefined {
    let strictest: Tenancy | undefined;
    for (const { tenancy } of this.of(server)) {
      if (strictest === undefined || STRICTNESS[tenancy] > STRICTNESS[strictest]) strictest = tenancy;
    }
    return strictest;
  }

  /** Returns a licence of the server that may not be used under the tenancy, or undefined. */
  public unmetBy(server: Server, tenancy: Tenancy): LicenseRequirement | undefined {
    if (tenancy === "dedicated-host") return undefined;
    return this.of(server).find(needsDedicatedHost);
  }

  private of(server: Server): LicenseRequirement[] {
    const named = this.byName.get(server.name.toLowerCase()) ?? [];
    const shared = server.application === undefined ? [] : (this.byName.get(server.application.toLowerCase()) ?? []);
    return [...named, ...shared];
  }
}

/**
 * Checks whether the licence is counted by hardware that only a dedicated host shows: physical cores, sockets or hosts.
 * License Mobility through active Software Assurance lifts that.
 */
function needsDedicatedHost(licence: LicenseRequirement): boolean {
  if (licence.model !== "byol" || licence.licenseMobility === true) return false;
  return licence.boundTo === "physical-core" || licence.boundTo === "socket" || licence.boundTo === "host";
}
