/**
 * ```ts
 * new KubernetesProvider(this, "kubernetes", { … });
 * new KubernetesManifests(this, "istio", { manifests: routing.manifests });
 * ```
 *
 * Istio's objects applied by Terraform instead of by GitOps. The limitation of that choice: `kubernetes_manifest` asks
 * the cluster for its schemas at plan time, so neither the cluster nor Istio's CRDs may be made in the same stack.
 */
import { TerraformResource, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { literalAroundTokens } from "../../../core/literal";
import { refuseOtherThanData, type Manifest } from "./istio/manifest";

/** Properties of {@link KubernetesManifests}. */
export interface KubernetesManifestsProps {
  readonly manifests: readonly Manifest[];
  /** The namespace of the manifests without one. Terraform, unlike kubectl, has no current namespace. @default "default" */
  readonly namespace?: string;
  /** The Kubernetes provider to use. @default - the stack's own Kubernetes provider */
  readonly provider?: TerraformProvider;
}

/**
 * The resources of Istio's objects, one `kubernetes_manifest` for each. Needs a Kubernetes provider in the stack, `hashicorp/kubernetes` of any package:
 * the resource is written here, so that the library does not depend on one.
 */
export class KubernetesManifests extends Construct {
  /** The resources by kind and name: `VirtualService users`. */
  public readonly resources: ReadonlyMap<string, TerraformResource>;

  constructor(scope: Construct, id: string, props: KubernetesManifestsProps) {
    admitConstruct("KubernetesManifests", scope, id, props);
    for (const [index, { spec }] of props.manifests.entries()) refuseOtherThanData(spec, ["manifests", index, "spec"]);
    super(scope, id);
    const { manifests, namespace = "default", provider } = props;
    this.resources = new Map(
      manifests.map((manifest): [string, TerraformResource] => {
        const { kind, metadata } = manifest;
        const resource = new TerraformResource(this, `${kind.toLowerCase()}-${metadata.name}`, {
          terraformResourceType: "kubernetes_manifest",
          // Named so that CDKTF misses the provider at synthesis, and not Terraform at plan.
          terraformGeneratorMetadata: { providerName: "kubernetes" },
          ...(provider === undefined ? {} : { provider }),
        });
        resource.addOverride("manifest", asLiterals({ ...manifest, metadata: { namespace, ...metadata } }));
        return [`${kind} ${metadata.name}`, resource];
      }),
    );
  }
}

/** Returns the value with every text in it as Terraform's literal, keys too: an intent may come from a file. */
function asLiterals(value: unknown): unknown {
  if (typeof value === "string") return literalAroundTokens(value);
  if (Array.isArray(value)) return value.map(asLiterals);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [literalAroundTokens(key), asLiterals(each)]));
}
