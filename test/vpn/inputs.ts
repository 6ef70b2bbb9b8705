/**
 * What the lab proves: apps that are synthesized here and now as a user would, and what their authors declared about the
 * on-premises side, which AWS's JSON does not hold.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { exampleMain } from "../support/examples";
import { run } from "./process";
import { SynthesizedStack } from "./synthesized";
import { makeTemporaryFolder } from "../support/temporary-folder";

export interface LabInput {
  readonly name: string;
  /** The file that synthesizes the app when it is run. */
  readonly main: string;
  /** The on-premises networks declared in it. */
  readonly onPremises: readonly string[];
  /**
   * The tunnel that carries the traffic while both are up.
   * @default - they share it
   */
  readonly primary?: 1 | 2;
}

function labStack(name: string): string {
  return path.join(__dirname, "stacks", `${name}.ts`);
}

export const inputs: readonly LabInput[] = [
  { name: "hybrid-vpn", main: exampleMain("hybrid-vpn"), onPremises: ["192.168.0.0/20"], primary: 1 },
  {
    name: "hybrid-vpn-bgp",
    main: exampleMain("hybrid-vpn-bgp"),
    onPremises: ["172.16.0.0/16", "172.18.0.0/16"],
    primary: 1,
  },
  { name: "lab-static", main: labStack("static"), onPremises: ["192.168.0.0/24"], primary: 1 },
  { name: "lab-bgp", main: labStack("bgp"), onPremises: ["192.168.0.0/24", "192.168.10.0/23"], primary: 2 },
  { name: "lab-construct", main: labStack("construct"), onPremises: ["192.168.0.0/24"] },
];

/** The stacks of the app, synthesized in a process of its own. */
export function synthesize(input: LabInput): SynthesizedStack[] {
  const outdir = makeTemporaryFolder("vpn-lab-synth");
  try {
    run([process.execPath, require.resolve("tsx/cli"), input.main], {
      timeoutMs: 120_000,
      env: { CDKTF_OUTDIR: outdir },
    });
    const stacks = path.join(outdir, "stacks");
    return readdirSync(stacks)
      .sort()
      .map((name) => new SynthesizedStack(readFileSync(path.join(stacks, name, "cdk.tf.json"), "utf8")));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
