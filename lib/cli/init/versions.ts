/** The versions that a repo pins: those that this library is developed and tested with. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Toolchain } from "./answers";

/** The packages of a tool chain, with what npm is asked for. */
export interface ToolchainPackages {
  /** The command that synthesizes and deploys. */
  readonly command: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The releases of CDK Terrain under which the library is tested, in `npm run test:compat`. */
export const CDK_TERRAIN = { cdktn: "0.24.0", provider: "25.7.0" } as const;

/** Returns the packages of a tool chain. */
export function toolchainPackages(toolchain: Toolchain): ToolchainPackages {
  if (toolchain === "cdktn") {
    return {
      command: "cdktn",
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
    dependencies: pinned("@cdktf/provider-aws", "cdktf"),
    devDependencies: pinned("cdktf-cli"),
  };
}

/**
 * Returns the versions of packages that this library is developed with. They stand in its own package.json, which is part of the
 * package.
 */
export function pinned(...names: readonly string[]): Record<string, string> {
  const file = path.join(__dirname, "..", "..", "..", "package.json");
  const { devDependencies } = JSON.parse(readFileSync(file, "utf8")) as { devDependencies: Record<string, string> };
  return Object.fromEntries(
    names.map((name) => {
      const version = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(devDependencies[name] ?? "")?.[0];
      if (version === undefined) throw new TypeError(`package.json names no version of ${name}`);
      return [name, version];
    }),
  );
}
