import { describe, expect, it } from "@jest/globals";
import { TerraformProvider, TerraformStack, Testing } from "cdktf";
import { compileIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/compile";
import { KubernetesManifests } from "../../../../lib/patterns/infrastructure/multi-cloud/kubernetes-manifests";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { catalogIntent } from "./intents";

/** Stands for the provider's class of any package: CDKTF looks at its name only. */
class KubernetesProvider extends TerraformProvider {
  constructor(
    scope: TerraformStack,
    private readonly name?: string,
  ) {
    super(scope, name ?? "kubernetes", {
      terraformResourceType: "kubernetes",
      terraformGeneratorMetadata: { providerName: "kubernetes" },
      terraformProviderSource: "hashicorp/kubernetes",
    });
  }

  public override get alias(): string | undefined {
    return this.name;
  }
}

const manifests = compileIstio(Routing.parse(catalogIntent));

describe("KubernetesManifests", () => {
  it("makes a kubernetes_manifest for each object, in a namespace", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new KubernetesProvider(stack);
    const { resources } = new KubernetesManifests(stack, "istio", { manifests, namespace: "users" });
    expect([...resources.keys()]).toContain("VirtualService multi-cloud-routing");
    const { resource } = JSON.parse(Testing.synth(stack, true)) as {
      resource: Record<string, Record<string, { manifest: unknown }>>;
    };
    const applied = Object.values(resource["kubernetes_manifest"] ?? {}).map((each) => each.manifest);
    expect(applied).toHaveLength(manifests.length);
    for (const manifest of manifests) {
      expect(applied).toContainEqual({ ...manifest, metadata: { namespace: "users", name: manifest.metadata.name } });
    }
  });

  it("uses the provider that it is given", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const provider = new KubernetesProvider(stack, "west");
    new KubernetesManifests(stack, "istio", { manifests: manifests.slice(0, 1), provider });
    expect(Testing.synth(stack, true)).toContain('"provider": "kubernetes.west"');
  });

  it("misses its provider at synthesis", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new KubernetesManifests(stack, "istio", { manifests });
    expect(() => Testing.synth(stack, true)).toThrow(/kubernetes/);
  });
});
