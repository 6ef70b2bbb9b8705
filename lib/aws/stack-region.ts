/** The region of a stack, which is that of its AWS provider. */
import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isUnresolved } from "../core/tokens";

/**
 * Returns the region of the default AWS provider of the construct's stack, which has no alias. Undefined where the provider says
 * none, where only Terraform knows it, and where the stack has no such provider.
 */
export function stackRegion(scope: IConstruct): string | undefined {
  const { node } = TerraformStack.of(scope);
  // Nearly always it stands in the stack itself, and a fleet has thousands of constructs.
  const provider = node.children.find(isDefault) ?? node.findAll().find(isDefault);
  const { region } = (provider ?? {}) as { readonly region?: unknown };
  return typeof region !== "string" || isUnresolved(region) ? undefined : region;
}

function isDefault(construct: IConstruct): boolean {
  return (
    TerraformProvider.isTerraformProvider(construct) &&
    construct.terraformResourceType === "aws" &&
    construct.alias === undefined
  );
}
