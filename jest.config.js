/** Rungs 1 to 5 of the ladder: everything that needs only npm. The deeper rungs have scripts of their own. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["<rootDir>/test/deploy/", "<rootDir>/test/vpn/", "<rootDir>/test/bench/"],
  // Two: the machines that run this have two cores, and every worker loads the AWS provider's classes anew.
  maxWorkers: 2,
  workerIdleMemoryLimit: "1500MB",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^cdktf-migration-patterns$": "<rootDir>/lib/index.ts",
    "^cdktf-migration-patterns/(infrastructure|database|service|feature-flag)$": "<rootDir>/lib/patterns/$1/index.ts",
    "^cdktf-migration-patterns/infrastructure/(.*)$": "<rootDir>/lib/patterns/infrastructure/$1/index.ts",
    "^cdktf-migration-patterns/(.*)$": "<rootDir>/lib/$1/index.ts",
  },
};
