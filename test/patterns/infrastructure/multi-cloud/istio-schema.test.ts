/**
 * The compiled manifests against the schemas of Istio's CRDs, as `@kubernetes-models/istio` has them. In a Node of its own,
 * because that package is an ES module from version 3 on, which jest does not load.
 */
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { compileIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/compile";
import type { Manifest } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/manifest";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import type { RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";
import { fullIntent } from "./full-intent";
import { catalogIntent, stranglerIntent, twoClouds } from "./intents";

const script = `
  import { readFileSync } from "node:fs";
  const faults = [];
  for (const manifest of JSON.parse(readFileSync(0, "utf8"))) {
    const version = manifest.apiVersion.split("/")[1];
    const models = await import("@kubernetes-models/istio/networking.istio.io/" + version);
    try {
      new models[manifest.kind](manifest).validate();
    } catch (error) {
      faults.push(manifest.kind + " " + manifest.metadata.name + ": " + error.message);
    }
  }
  process.stdout.write(JSON.stringify(faults));
`;

/** What the schemas say against the manifests. */
function faults(manifests: readonly Manifest[]): string[] {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: path.join(__dirname, "../../../.."),
    input: JSON.stringify(manifests),
    encoding: "utf8",
  });
  return JSON.parse(output) as string[];
}

function compiled(intent: RoutingIntent): Manifest[] {
  return (["v1alpha3", "v1beta1"] as const).flatMap((version) =>
    compileIstio(Routing.parse({ ...intent, mesh: { ...intent.mesh, apiVersion: `networking.istio.io/${version}` } })),
  );
}

describe("the schemas of Istio's CRDs", () => {
  it("accept all that is compiled", () => {
    const manifests = [catalogIntent, stranglerIntent, twoClouds, fullIntent].flatMap(compiled);
    expect(new Set(manifests.map((manifest) => manifest.kind))).toEqual(
      new Set(["ServiceEntry", "DestinationRule", "Gateway", "VirtualService"]),
    );
    expect(faults(manifests)).toEqual([]);
  });

  it("refuse what is not one of theirs", () => {
    const [manifest] = compiled(stranglerIntent);
    const spec = { http: [{ route: [{ destination: { host: "a" }, weight: "10" }] }] };
    expect(faults([{ ...manifest!, spec }])).toEqual([expect.stringMatching(/VirtualService.*weight/)]);
  });
});
