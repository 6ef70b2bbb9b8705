/**
 * ```ts
 * volume.moveFromId(formerAddress(volume, "db-01--data")); // as if the last id of its path were still that
 * ```
 *
 * The Terraform address that an element had when its path was another. CDKTF itself makes it, from the old path, so that hashes,
 * hidden ids and a stack that allocates its addresses in its own way are right.
 */
import { TerraformStack, type TerraformElement, type TerraformResource } from "cdktf";

/** Returns the address that the resource would have if its own construct were called `formerId`. */
export function formerAddress(resource: TerraformResource, formerId: string): string {
  const { scopes } = resource.node;
  const above = scopes.slice(TerraformStack.of(resource).node.scopes.length, -1).map(({ node }) => node.id);
  return addressAt(resource, [...above, formerId]);
}

/** Returns the address that the resource would have at another path, whose ids below its stack are given. */
export function addressAt(resource: TerraformResource, ids: readonly string[]): string {
  return `${resource.terraformResourceType}.${logicalIdAt(resource, ids)}`;
}

const formerIds = new WeakMap<TerraformResource, string>();

/**
 * Has Terraform take the resource over from the address that it had when its own construct was called `formerId`. Where a construct
 * above it is renamed as well, that one's `moved` blocks bring it to that address first.
 */
export function moveFromFormerId(resource: TerraformResource, formerId: string): void {
  formerIds.set(resource, formerId);
  resource.moveFromId(formerAddress(resource, formerId));
}

/** Returns the former id that was said with {@link moveFromFormerId}; undefined where none was. */
export function formerIdOf(resource: TerraformResource): string | undefined {
  return formerIds.get(resource);
}

/** Returns the logical id that the element would have at another path, whose ids below its stack are given. */
export function logicalIdAt(element: TerraformElement, ids: readonly string[]): string {
  const stack = TerraformStack.of(element);
  const above = ids.slice(0, -1).map((id) => ({ node: { id } }));
  // Stands before the element, which answers for all else: CDKTF reads nothing but the scopes and their ids.
  const former: TerraformElement = inFrontOf(element, {
    node: inFrontOf(element.node, {
      id: ids.at(-1),
      scopes: [...stack.node.scopes, ...above, { node: { id: ids.at(-1) } }],
      path: [stack.node.path, ...ids].join("/"),
    }),
  });
  return stack.getLogicalId(former);
}

/** Returns an object that is like another but for some properties, which getters of the other do not hide. */
function inFrontOf<Value extends object>(value: Value, properties: object): Value {
  const entries = Object.entries(properties).map(([key, own]) => [key, { value: own as unknown }]);
  return Object.create(value, Object.fromEntries(entries) as PropertyDescriptorMap) as Value;
}
