/**
 * Writes `dist/sbom.cdx.json`: the package's own dependencies, what comes with it wherever it is installed, as a CycloneDX list
 * (ECMA-424). npm writes the list of everything in the lock file; what serves development, and the peers that a user brings, are
 * left out here, because npm 11 drops two of three dependencies with them (`npm sbom --omit dev`). Without a time and a serial
 * number, so that one commit has one list.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "./generate/folders";

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
}

interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Returns the references of a component and of all that it depends on. */
function closure(bill: Bill, refs: readonly string[], known: Set<string> = new Set()): Set<string> {
  for (const ref of refs) {
    if (known.has(ref)) continue;
    known.add(ref);
    closure(bill, bill.dependencies.find((each) => each.ref === ref)?.dependsOn ?? [], known);
  }
  return known;
}

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
};
const printed = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: MOST_BYTES,
});
const { serialNumber: _serial, ...bill } = JSON.parse(printed) as Bill;
const { timestamp: _time, component, ...metadata } = bill.metadata;
const own = bill.dependencies
  .find(({ ref }) => ref === component["bom-ref"])
  ?.dependsOn.filter((ref) => Object.hasOwn(manifest.dependencies, ref.slice(0, ref.lastIndexOf("@"))));
if (own?.length !== Object.keys(manifest.dependencies).length) {
  throw new Error(
    `npm sbom lists ${String(own)} of ${Object.keys(manifest.dependencies).join(", ")}: is the lock file whole?`,
  );
}
const kept = closure(bill, own);
const written = {
  ...bill,
  // npm names the component after the folder.
  metadata: { ...metadata, component: { ...component, name: manifest.name } },
  components: bill.components.filter((each) => kept.has(each["bom-ref"])),
  dependencies: bill.dependencies.flatMap((each) => {
    if (each.ref === component["bom-ref"]) return [{ ...each, dependsOn: own }];
    return kept.has(each.ref) ? [each] : [];
  }),
};
writeFileSync(path.join(root, "dist/sbom.cdx.json"), `${JSON.stringify(written, undefined, 2)}\n`);
