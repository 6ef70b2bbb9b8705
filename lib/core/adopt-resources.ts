/**
 * ```ts
 * const hybrid = new HybridCloud(this, "hybrid", { …, ...props });
 * adoptResources(hybrid, { "gateway/vpn-gateway": { id: "vgw-0a1b2c3d4e5f60718" } });
 * ```
 *
 * The adoption of what is in AWS already, as the resources of a construct: by import blocks at the addresses that the construct gives them,
 * wherever in the tree it stands. `migration-patterns adopt` writes the table from what AWS prints. An import itself changes
 * nothing; what would change it afterwards is a difference between the construct and AWS, and those that are no decision of
 * anybody's (a tag that the construct does not know, an option that AWS shows as not set) are levelled here.
 */
import { TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { admit } from "./door/admit";
import type { FileText } from "./file-text";
import { literal } from "./literal";
import { writeParsableBlocks } from "./parsable-blocks";
import { refuse } from "./refuse";
import { nearest } from "./suggest";

/** A resource that exists already, and how the construct's own differs from it. */
export interface AdoptedResource {
  /**
   * The import id.
   * @default - the construct imports it itself, or it is in the state already
   */
  readonly id?: string;
  /**
   * The tags that it has, as text and not as a template. They stay, and win over those of the construct but for `migration:…`:
   * a tag that is taken out of here is the construct's again.
   * @default - the construct's tags alone, and Terraform removes all others
   */
  readonly tags?: Readonly<Record<string, FileText>>;
  /**
   * The arguments, by Terraform's names, that AWS shows as not set, each with the value of the props that means the same. They
   * are left unset for as long as the props have that value, because setting them is a change of the resource.
   * @default - all arguments are set as the construct has them
   */
  readonly unset?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  /**
   * The arguments, by Terraform's names, that stay as they are in AWS, whatever the construct says.
   * @default - none
   */
  readonly ignoreChanges?: readonly string[];
  /**
   * Whether the construct may lack it: in another stage, or in another wave.
   * @default false
   */
  readonly optional?: boolean;
}

/** Resources that exist already, by their paths below the construct that adopts them: `sites/office/device-1/connection`. */
export type AdoptedResources = Readonly<Record<string, AdoptedResource>>;

/**
 * Has a construct adopt resources that exist already. To be called once, when the construct has been made.
 *
 * @throws MigrationError `ADOPT_RESOURCES_PATH` where nothing is at a path or it is no resource, `ADOPT_RESOURCES_ARGUMENT`
 * where the resource has no such argument
 */
export function adoptResources(construct: Construct, resources: AdoptedResources): void {
  admit("adoptResources", { construct, resources });
  writeParsableBlocks(construct);
  for (const [path, adopted] of Object.entries(resources)) {
    const resource = find(construct, path);
    if (resource === undefined) {
      if (adopted.optional === true) continue;
      refuse({
        code: "ADOPT_RESOURCES_PATH",
        path: `resources${written(path)}`,
        construct: construct.node.path,
        allowed: "the path of a resource below the construct",
        fix: hint(construct, path),
        received: path,
      });
    }
    adopt(resource, path, adopted);
  }
}

/** Returns a name as it is written behind an object. */
function written(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `["${name}"]`;
}

function adopt(resource: TerraformResource, path: string, adopted: AdoptedResource): void {
  const { id, tags, unset = {}, ignoreChanges = [] } = adopted;
  if (id !== undefined) resource.importFrom(id);
  if (tags !== undefined) keepTags(resource, tags);
  for (const [argument, value] of Object.entries(unset)) {
    const has = readArgument(resource, argument);
    if (has === undefined) {
      refuse({
        code: "ADOPT_RESOURCES_ARGUMENT",
        path: `resources${written(path)}.unset`,
        construct: resource.node.path,
        received: argument,
        allowed: `an optional argument of ${resource.terraformResourceType}`,
        fix: "correct the name, or leave it out",
      });
    }
    if (sameValue(has.value, value)) has.reset();
  }
  if (ignoreChanges.length === 0) return;
  const before = resource.lifecycle?.ignoreChanges ?? [];
  if (before === "all") return;
  resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...new Set([...before, ...ignoreChanges])] };
}

/** Keeps the tags that AWS has. Keys are templates in Terraform's JSON as values are. */
function keepTags(resource: TerraformResource, tags: Readonly<Record<string, FileText>>): void {
  const tagged = resource as TerraformResource & {
    tags?: unknown;
    readonly tagsInput?: Readonly<Record<string, string>>;
  };
  const own = tagged.tagsInput ?? {};
  const kept = Object.entries(tags).filter(([key]) => !(key.startsWith("migration:") && key in own));
  tagged.tags = { ...own, ...Object.fromEntries(kept.map(([key, value]) => [literal(key), literal(value)])) };
}

/** Finds the argument by the members that every resource of a provider has for it. */
function readArgument(
  resource: TerraformResource,
  argument: string,
): { readonly value: unknown; readonly reset: () => void } | undefined {
  const name = argument.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const reset: unknown = Reflect.get(resource, `reset${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  if (typeof reset !== "function") return undefined;
  return {
    value: Reflect.get(resource, `${name}Input`),
    reset: () => {
      Reflect.apply(reset, resource, []);
    },
  };
}

/** Checks whether two arguments are the same. The order of a list does not count: these are sets to the provider. */
function sameValue(a: unknown, b: unknown): boolean {
  const text = (value: unknown): string =>
    JSON.stringify(Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : [value]);
  return text(a) === text(b);
}

function find(construct: IConstruct, path: string): TerraformResource | undefined {
  let found: IConstruct | undefined = construct;
  for (const id of path.split("/")) found = found?.node.tryFindChild(id);
  return found !== undefined && TerraformResource.isTerraformResource(found) ? found : undefined;
}

function hint(construct: IConstruct, path: string): string {
  const above = construct.node.path.length + 1;
  const paths = construct.node
    .findAll()
    .filter((each) => TerraformResource.isTerraformResource(each))
    .map(({ node }) => node.path.slice(above));
  const meant = nearest(path, paths);
  return meant === undefined
    ? "pass the construct that the table was written for, or correct the path"
    : `did you mean ${meant}?`;
}
