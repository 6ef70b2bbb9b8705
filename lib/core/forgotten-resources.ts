/**
 * ```ts
 * new ForgottenResources(this, "forgotten-db-01", { addresses: ["aws_instance.…", "aws_ebs_volume.…"] });
 * ```
 *
 * Resources that the code gives up and that stay: Terraform forgets them, with a `removed` block for each, and destroys none.
 * Terraform 1.7 or later; below, `terraform state rm` does it. It may go when every state has forgotten them.
 */
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { admitConstruct } from "./door/admit";
import { MigrationError } from "./error";

/** Properties of {@link ForgottenResources}. */
export interface ForgottenResourcesProps {
  /** The addresses in the stack's state, as a plan writes them. */
  readonly addresses: readonly string[];
}

/** The address of a resource in the stack's own module. */
const ADDRESS = /^[A-Za-z_][A-Za-z0-9_-]*\.[A-Za-z_][A-Za-z0-9_-]*$/;

/**
 * Resources that Terraform is to forget and not to destroy.
 *
 * @throws MigrationError `MIGRATION_FORGOTTEN_ADDRESS` where one is not the address of a resource
 */
export class ForgottenResources extends TerraformElement {
  public readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, props: ForgottenResourcesProps) {
    admitConstruct("ForgottenResources", scope, id, props);
    super(scope, id);
    const { addresses } = props;
    addresses.forEach((address, index) => {
      // Without a type of its own, a data source and a module are no resources.
      if (ADDRESS.test(address) && !/^(?:data|module)\./.test(address)) return;
      throw new MigrationError({
        code: "MIGRATION_FORGOTTEN_ADDRESS",
        path: `addresses[${index}]`,
        received: address,
        allowed: "the address of a resource, like aws_instance.web",
        fix: "write it as terraform state list prints it, without an index",
        construct: this.node.path,
      });
    });
    this.addresses = [...addresses];
  }

  public override toTerraform(): unknown {
    if (this.addresses.length === 0) return {};
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }
}
