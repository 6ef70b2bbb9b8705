/** The exact versions that consumers install beside ours, so that a run differs from the last one by our own changes alone. */
export const versions = {
  "@actions/expressions": "0.3.61",
  "@actions/workflow-parser": "0.3.61",
  "@arethetypeswrong/cli": "0.18.5",
  "@cdktf/provider-aws": "21.22.1",
  "@cyclonedx/cyclonedx-library": "10.3.0",
  "@jest/globals": "30.5.2",
  "@types/jest": "30.0.0",
  "@types/node": "20.19.43",
  ajv: "8.20.0",
  "ajv-formats": "3.0.1",
  "ajv-formats-draft2019": "1.6.1",
  cdktf: "0.21.0",
  constructs: "10.8.1",
  esbuild: "0.28.2",
  // The last that runs on Node.js 20.
  "gitlab-ci-local": "4.62.0",
  jest: "30.5.2",
  "packageurl-js": "2.0.1",
  // In JavaScript: pnpm 12 is a binary that an install script puts in place.
  pnpm: "10.34.8",
  publint: "0.3.25",
  "spdx-expression-parse": "5.0.0",
  tsx: "4.23.15",
  typescript: "5.9.3",
  vitest: "4.1.12",
  zod: "4.6.7",
} as const;

/** The compiler that `npm install typescript` brings: no `node10` any more, and `ts-node` does not start with it. */
export const LATEST_TYPESCRIPT = "typescript@7.0.2";

/** The last Node.js that is refused. */
export const REFUSED_NODE = "18.20.8";

/** Names as npm takes them, with the versions: `zod@4.6.7`. */
export function pinned(...names: readonly (keyof typeof versions)[]): string[] {
  return names.map((name) => `${name}@${versions[name]}`);
}

/** What every consumer installs beside ours. */
export const peers = pinned("cdktf", "constructs", "zod", "@cdktf/provider-aws");
