/**
 * The dedicated hosts for servers whose licences are counted by hardware: as many as the servers fill, by zone and family,
 * or by zone and type where a host of the family takes one type alone. Instances are placed on them by EC2, not by us, so
 * that one more server does not move the others.
 */
import { Ec2Host } from "@cdktf/provider-aws/lib/ec2-host";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { compareText } from "../../../core/text";
import { isUnresolved } from "../../../core/tokens";
import { constructId, joinIds } from "../../../core/construct-ids";
import { dedicatedHostVcpus, hostTakesSizes } from "./instance-types";
import { familyOf, vcpusOf, type ServerPlan } from "./server-plan";

/** A dedicated host that the servers of a fleet need. */
export interface HostNeed {
  readonly family: string;
  /**
   * The one instance type that the host takes.
   * @default - all sizes of the family
   */
  readonly instanceType?: string;
  readonly availabilityZone: string;
  /** The number of the host, counted from 1 within the zone and the family or type. */
  readonly number: number;
}

type HostKind = Pick<HostNeed, "family" | "instanceType">;

function kindOf(instanceType: string): HostKind {
  const family = familyOf(instanceType);
  return hostTakesSizes(family) ? { family } : { family, instanceType };
}

/** Returns the hosts that the servers need: first-fit of the largest first, which fills hosts of such sizes completely. */
export function hostsFor(servers: readonly ServerPlan[]): HostNeed[] {
  const sizes = new Map<string, { kind: HostKind; availabilityZone: string; vcpus: number[] }>();
  for (const { tenancy, instanceType, subnet } of servers) {
    if (tenancy !== "dedicated-host" || instanceType === undefined || subnet === undefined) continue;
    const kind = kindOf(instanceType);
    const key = placeOf(kind, subnet.availabilityZone);
    const entry = sizes.get(key) ?? { kind, availabilityZone: subnet.availabilityZone, vcpus: [] };
    // A type that the table does not have is taken to fill a host: one too many is waste, one too few does not start.
    entry.vcpus.push(vcpusOf(instanceType) ?? Number.POSITIVE_INFINITY);
    sizes.set(key, entry);
  }
  return [...sizes.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { kind, availabilityZone, vcpus }]) => {
      const capacity = dedicatedHostVcpus(kind.family) ?? 0;
      const free: number[] = [];
      for (const need of vcpus.sort((a, b) => b - a)) {
        const host = free.findIndex((left) => left >= need);
        if (host === -1) free.push(capacity - need);
        else free[host] = (free[host] ?? 0) - need;
      }
      return free.map((_, index) => ({ ...kind, availabilityZone, number: index + 1 }));
    });
}

/** The dedicated hosts of a fleet. */
export class DedicatedHosts extends Construct {
  /** The hosts by zone, family (and size, where a host takes one alone) and number: `eu-central-1a--m7i--1`. */
  public readonly hosts: ReadonlyMap<string, Ec2Host>;
  private readonly byPlace = new Map<string, Ec2Host[]>();

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly needs: readonly HostNeed[];
      readonly name: string;
      readonly tags: Readonly<Record<string, string>>;
    },
  ) {
    admitConstruct("DedicatedHosts", scope, id, props);
    super(scope, id);
    const zones = [...new Set(props.needs.map((need) => need.availabilityZone))];
    this.hosts = new Map(
      props.needs.map(({ family, instanceType, availabilityZone, number }) => {
        // A zone may be a token, of which no address can be made.
        const zone = isUnresolved(availabilityZone) ? `zone-${zones.indexOf(availabilityZone)}` : availabilityZone;
        // A type is its family and its size: the dot may not be in an address.
        const kind = instanceType === undefined ? [family] : instanceType.split(".");
        const key = joinIds(constructId(zone), ...kind, String(number));
        const host = new Ec2Host(this, key, {
          availabilityZone,
          ...(instanceType === undefined ? { instanceFamily: family } : { instanceType }),
          autoPlacement: "on",
          tags: { ...props.tags, Name: `${props.name}-${kind.join("-")}-${number}` },
        });
        const place = placeOf({ family, ...(instanceType === undefined ? {} : { instanceType }) }, availabilityZone);
        const same = this.byPlace.get(place);
        if (same === undefined) this.byPlace.set(place, [host]);
        else same.push(host);
        return [key, host];
      }),
    );
  }

  /** Returns the hosts that take instances of the type in the zone. */
  public hostsFor(instanceType: string, availabilityZone: string): readonly Ec2Host[] {
    return this.byPlace.get(placeOf(kindOf(instanceType), availabilityZone)) ?? [];
  }
}

function placeOf({ family, instanceType }: HostKind, availabilityZone: string): string {
  return `${instanceType ?? family} ${availabilityZone}`;
}
