import type { TerraformResource } from "cdktf";
import { moveFromFormerId } from "../../../../core/former-address";

/** Has Terraform take the resource over from the address that it had when its construct was called otherwise. */
export function movedFrom(resource: TerraformResource, formerId: string | undefined): void {
  if (formerId === undefined || formerId === resource.node.id) return;
  moveFromFormerId(resource, formerId);
}
