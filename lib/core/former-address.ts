/**
 * ```ts
 * volume.moveFromId(formerAddress(volume, "db-01--data")); // as if the last id of its path were still that
 * ```
 *
 * The Terraform address that a resource had when a construct of its path had another id. CDKTF itself makes it, from the old
 * path, so that a stack that allocates its addresses in its own way is asked too.
 */
import { TerraformStack, type TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Returns the address that the resource would have if its own construct were called `formerId`.
 *
 * @param formerIds the former ids of scopes above it; others are called as they are
 */
export function formerAddress(
  resource: TerraformResource,
  formerId: string,
  formerIds: ReadonlyMap<IConstruct, string> = new Map(),
): string {
  const stack = TerraformStack.of(resource);
  const scopes = resource.node.scopes.map((scope) => {
    const id = scope === resource ? formerId : formerIds.get(scope);
    return id === undefined ? scope : called(scope, id);
  });
  const path = scopes.map(({ node }) => node.id).filter((id) => id !== "");
  // Stands before the resource, which answers for all else: CDKTF reads nothing but the scopes and their ids.
  const former = inFrontOf(resource, {
    node: inFrontOf(resource.node, { id: formerId, scopes, path: path.join("/") }),
  });
  return `${resource.terraformResourceType}.${stack.getLogicalId(former)}`;
}

function called(scope: IConstruct, id: string): IConstruct {
  return inFrontOf(scope, { node: inFrontOf(scope.node, { id }) });
}

/** Returns an object that is like another but for some properties, which getters of the other do not hide. */
function inFrontOf<Value extends object>(value: Value, properties: object): Value {
  const entries = Object.entries(properties).map(([key, own]) => [key, { value: own as unknown }]);
  return Object.create(value, Object.fromEntries(entries) as PropertyDescriptorMap) as Value;
}
