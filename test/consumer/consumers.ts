/** The consumers: each is a toolchain and a package manager that somebody has, and the reason why it is here. */
import { cdkTerrain } from "./consumers/cdk-terrain";
import { cdktfInit } from "./consumers/cdktf-init";
import { javascript } from "./consumers/javascript";
import { pnpm } from "./consumers/pnpm";
import { bundler, nodenext, node16, tsx } from "./consumers/typescript";
import { testRunners } from "./consumers/test-runners";
import { workspace } from "./consumers/workspace";
import type { Project } from "./project";
import type { Expected } from "./sources";
import type { Tools } from "./tools";

/** A way to consume the package. */
export interface Consumer {
  readonly name: string;
  /** What is particular about it, as a phrase. */
  readonly what: string;
  /** Whether it is one of the three that CI runs: those that find what no other does. */
  readonly inCi: boolean;
  /** Makes the project in its empty folder, and uses the package there. */
  readonly make: (project: Project, expected: Expected, tools: Tools) => Promise<void>;
}

export const consumers: readonly Consumer[] = [
  cdktfInit,
  nodenext,
  pnpm,
  tsx,
  node16,
  bundler,
  javascript,
  workspace,
  cdkTerrain,
  testRunners,
];
