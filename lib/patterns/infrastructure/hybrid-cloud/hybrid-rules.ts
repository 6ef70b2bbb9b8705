/** What may be wrong with a hybrid connection as a migration, beyond its VPNs. */
import { defineRule, type Rule } from "../../../core/rule";
import { Cidr } from "../../../network/cidr";
import type { HybridCloudStage } from "./stages";

/** What the rules look at. */
export interface HybridSubject {
  readonly name: string;
  readonly stage: HybridCloudStage;
  readonly hasAlarms: boolean;
  readonly onPremisesNetworks: readonly string[];
  /** On-premises zones and the resolvers that answer for them. */
  readonly forwardedZones: Readonly<Record<string, readonly string[]>>;
}

/** A connection that people depend on and nobody watches. */
export const hybridUnmonitored: Rule<HybridSubject> = defineRule<HybridSubject>({
  id: "hybrid-unmonitored",
  title: "A live connection has no alarms",
  severity: "warning",
  why: "when one tunnel is down nothing else shows it, and the day the second one goes down too is the first that anybody hears of it",
  remedy: "set alarms, with the topic or the addresses of those who are on call",
  *check({ name, stage, hasAlarms }) {
    if (stage === "live" && !hasAlarms) yield { subject: name, message: "it is live and has no alarms" };
  },
});

/** A zone that is forwarded to where no tunnel leads. */
export const hybridDnsTargetUnreachable: Rule<HybridSubject> = defineRule<HybridSubject>({
  id: "hybrid-dns-target-unreachable",
  title: "A zone is forwarded to an address that no site declares",
  severity: "blocker",
  why: "the question leaves the VPC by another way than the tunnels or not at all, and every name of the zone fails to resolve after a timeout",
  remedy: "correct the address, or declare the network it is in among the site's networks",
  *check({ forwardedZones, onPremisesNetworks }) {
    const networks = onPremisesNetworks.map((text) => Cidr.parse(text));
    for (const [zone, targets] of Object.entries(forwardedZones)) {
      for (const target of targets) {
        if (networks.some((network) => network.containsAddress(target))) continue;
        yield { subject: zone, message: `its resolver ${target} is in no network of a site` };
      }
    }
  },
});

/** The rules about a hybrid connection. */
export const hybridRules: readonly Rule<HybridSubject>[] = [hybridUnmonitored, hybridDnsTargetUnreachable];
