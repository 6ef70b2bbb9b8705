/**
 * The availability zones in the finished stacks of an app, with the regions of the providers that make something in them,
 * whatever made it: a pattern, a part, or the user's own code.
 */
import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { append, groupBy } from "./collections";
import { MigrationRegistry, type RegisteredMigration } from "./migration-registry";
import { isUnresolved } from "./tokens";
import type { ZoneInUse, ZoneReview } from "./zone-rules";

/**
 * Returns what the rule about zones looks at for a migration: its stack, where it is the first in it, and for the first
 * migration of an app also the stacks without any. So every stack is looked at once.
 */
export function zoneReview(migration: RegisteredMigration): ZoneReview {
  const { all } = MigrationRegistry.of(migration);
  const own = TerraformStack.of(migration);
  const isFirst = all.find((each) => TerraformStack.of(each) === own) === migration;
  const stacks = [...(isFirst ? [own] : []), ...(all[0] === migration ? stacksWithout(all) : [])];
  return { zones: stacks.flatMap(zonesOf) };
}

/** Returns the stacks of the app that have none of these migrations. */
function stacksWithout(migrations: readonly RegisteredMigration[]): TerraformStack[] {
  const known = new Set(migrations.map((each) => TerraformStack.of(each)));
  return (migrations[0]?.node.root.node.findAll() ?? []).filter(
    (each): each is TerraformStack => TerraformStack.isStack(each) && !known.has(each),
  );
}

/** A resource with the attributes that say where it is, as the classes of the AWS provider have them. */
interface PlacedResource extends TerraformResource {
  readonly availabilityZoneInput?: unknown;
  readonly availabilityZonesInput?: unknown;
  /** The resource's own region, from version 6 of the provider on. */
  readonly regionInput?: unknown;
}

function zonesOf(stack: TerraformStack): ZoneInUse[] {
  const elements = elementsOf(stack);
  const standard = elements.find((each) => isAws(each) && each.alias === undefined);
  const found = elements.flatMap((element) => {
    if (!TerraformResource.isTerraformResource(element)) return [];
    const resource: PlacedResource = element;
    if (!("availabilityZoneInput" in resource || "availabilityZonesInput" in resource)) return [];
    const zones = [resource.availabilityZoneInput, resource.availabilityZonesInput].flat().filter(isLiteral);
    if (zones.length === 0) return [];
    const region = resource.regionInput ?? regionOf(resource.provider ?? standard);
    return isLiteral(region) ? zones.map((zone) => ({ zone, region, path: resource.node.path })) : [];
  });
  return [...groupBy(found, ({ zone, region }) => `${region} ${zone}`).values()].map((same) => ({
    zone: same[0].zone,
    region: same[0].region,
    resources: same.map(({ path }) => path),
  }));
}

/** Returns what is in the stack, without what is in a stack below it. */
function elementsOf(stack: TerraformStack): IConstruct[] {
  const found: IConstruct[] = [];
  const visit = ({ node }: IConstruct): void => {
    const inside = node.children.filter((child) => !TerraformStack.isStack(child));
    append(found, inside);
    inside.forEach(visit);
  };
  visit(stack);
  return found;
}

function isAws(construct: IConstruct): construct is TerraformProvider {
  return TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "aws";
}

/** Returns the region of a provider of AWS; undefined where the environment decides. */
function regionOf(provider: IConstruct | undefined): unknown {
  return provider === undefined || !isAws(provider) ? undefined : (provider as { readonly region?: unknown }).region;
}

function isLiteral(value: unknown): value is string {
  return typeof value === "string" && !isUnresolved(value);
}
