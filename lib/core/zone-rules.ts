/** The rule about availability zones of another region than the provider's. */
import { defineRule, type Rule } from "./rule";
import { shortList } from "./text";

/** An availability zone in which something is made, with the region of the provider that makes it. */
export interface ZoneInUse {
  /** The name of the zone: `eu-central-1a`, `us-west-2-lax-1a`. */
  readonly zone: string;
  /** The region of the provider. */
  readonly region: string;
  /** The paths of the resources. */
  readonly resources: readonly string[];
}

/** The subject of the rule about zones: those of some stacks. */
export interface ZoneReview {
  readonly zones: readonly ZoneInUse[];
}

/**
 * The pattern of a zone's name, which begins with its region: a letter follows, or the name of a Local or Wavelength Zone
 * (EC2 User Guide, "Regions and Zones").
 */
const ZONE = /^(?<region>[a-z]{2}(?:-[a-z]+)+-\d+)(?<rest>[a-z]|-.+)$/;

/** Reports an availability zone that is not in the region of the provider. */
export const zoneOfOtherRegion: Rule<ZoneReview> = defineRule<ZoneReview>({
  id: "zone-of-other-region",
  title: "An availability zone is of another region than the provider",
  severity: "blocker",
  why: "AWS refuses it when it is deployed, and not before: the plan is accepted, and the deployment ends in the middle",
  remedy: "write a zone of the provider's region, or give the resource a provider of the zone's region",
  *check({ zones }) {
    for (const { zone, region, resources } of zones) {
      const { region: own, rest = "" } = ZONE.exec(zone)?.groups ?? {};
      // A name that no zone can have is left to Terraform: nothing says of which region it would be.
      if (own === undefined || own === region) continue;
      const instead = rest.length === 1 ? `${region}${rest}` : `a zone of ${region}`;
      yield {
        subject: zone,
        message: `${zone} is in ${own}, and the provider's region is ${region}: ${shortList(resources, 3)}`,
        remedy: `write ${instead}; or give ${resources.length === 1 ? "the resource" : "the resources"} a provider of ${own}`,
      };
    }
  },
});

/** The rules about availability zones. */
export const zoneRules: readonly Rule<ZoneReview>[] = [zoneOfOtherRegion];
