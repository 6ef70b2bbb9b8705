/** The rules about a hybrid connection as a migration, beyond its VPNs. */
import { defineRule, type Rule } from "../../../core/rule";
import { parseAddress } from "../../../network/address";
import { Cidr } from "../../../network/cidr";
import type { HybridCloudStage } from "./stages";

/** The subject of {@link hybridRules}. */
export interface HybridSubject {
  readonly name: string;
  readonly stage: HybridCloudStage;
  readonly hasAlarms: boolean;
  readonly onPremisesNetworks: readonly string[];
  /** On-premises zones and the resolvers that answer for them. */
  readonly forwardedZones: Readonly<Record<string, readonly string[]>>;
}

/** Reports a live connection without alarms. */
export const hybridUnmonitored: Rule<HybridSubject> = defineRule<HybridSubject>({
  id: "hybrid-unmonitored",
  title: "No alarms are configured for a live connection",
  severity: "warning",
  why: "traffic goes on through the other tunnel, so without alarms the failure of one stays unnoticed until the second one fails too",
  remedy: "set alarms, with the topic or the e-mail addresses of the people on call",
  *check({ name, stage, hasAlarms }) {
    if (stage === "live" && !hasAlarms) yield { subject: name, message: "the connection is live and has no alarms" };
  },
});

/** Reports a zone that is forwarded to an address outside the sites' networks. */
export const hybridDnsTargetUnreachable: Rule<HybridSubject> = defineRule<HybridSubject>({
  id: "hybrid-dns-target-unreachable",
  title: "A zone is forwarded to an address that no site declares",
  severity: "blocker",
  why: "the query leaves the VPC by another way than the tunnels or not at all, and every name of the zone fails to resolve after a timeout",
  remedy: "correct the address, or declare the network it is in among the site's networks",
  *check({ forwardedZones, onPremisesNetworks }) {
    const networks = onPremisesNetworks.map((text, index) => Cidr.parse(text, `subject.onPremisesNetworks[${index}]`));
    for (const [zone, targets] of Object.entries(forwardedZones)) {
      for (const target of targets) {
        // An address that is none is refused by the construct, and is in no network.
        if (parseAddress(target) !== undefined && networks.some((network) => network.containsAddress(target))) continue;
        yield { subject: zone, message: `its resolver ${target} is in no network of a site` };
      }
    }
  },
});

/** All rules about a hybrid connection. */
export const hybridRules: readonly Rule<HybridSubject>[] = [hybridUnmonitored, hybridDnsTargetUnreachable];
