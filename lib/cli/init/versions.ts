/** The versions that a repo pins: those that this library is developed and tested with. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Toolchain } from "./answers";

/** The packages of a tool chain, with what npm is asked for. */
export interface ToolchainPackages {
  /** The command that synthesizes and deploys. */
  readonly command: string;
  /** The versions of Node.js that the command and the library run on. */
  readonly node: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The releases of CDK Terrain under which the library is tested, in `npm run test:compat`, and the Node.js that its command line asks
 * for (`engines` of cdktn-cli).
 */
export const CDK_TERRAIN = { cdktn: "0.24.0", provider: "25.7.0", node: ">=22.19.0" } as const;

/** The Terraform on which everything of the library is tested. */
export const TERRAFORM_VERSION = "1.11.4";

/** Returns the packages of a tool chain. */
export function toolchainPackages(toolchain: Toolchain): ToolchainPackages {
  if (toolchain === "cdktn") {
    return {
      command: "cdktn",
      node: CDK_TERRAIN.node,
      // Under the names that the library imports.
      dependencies: {
        "@cdktf/provider-aws": `npm:@cdktn/provider-aws@${CDK_TERRAIN.provider}`,
        cdktf: `npm:cdktn@${CDK_TERRAIN.cdktn}`,
      },
      devDependencies: { "cdktn-cli": CDK_TERRAIN.cdktn },
    };
  }
  return {
    command: "cdktf",
    node: ownManifest().engines.node,
    dependencies: pinned("@cdktf/provider-aws", "cdktf"),
    devDependencies: pinned("cdktf-cli"),
  };
}

/** Returns the versions of packages that this library is developed with. */
export function pinned(...names: readonly string[]): Record<string, string> {
  const { devDependencies } = ownManifest();
  return Object.fromEntries(
    names.map((name) => {
      const version = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(devDependencies[name] ?? "")?.[0];
      if (version === undefined) throw new TypeError(`package.json names no version of ${name}`);
      return [name, version];
    }),
  );
}

/** The parts of the library's own package.json, which is part of the package, that a repo is made of. */
interface OwnManifest {
  readonly engines: { readonly node: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

function ownManifest(): OwnManifest {
  const file = path.join(__dirname, "..", "..", "..", "package.json");
  return JSON.parse(readFileSync(file, "utf8")) as OwnManifest;
}
