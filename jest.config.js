/** Rungs 1 to 5 of the ladder: everything that needs only npm. The deeper rungs have scripts of their own. */
const { name, exports: subpaths } = require("./package.json");

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["<rootDir>/test/deploy/", "<rootDir>/test/vpn/", "<rootDir>/test/bench/"],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  // What jest compiles is kept with the packages that compile it: its default is the system's temporary directory.
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  setupFiles: process.env.TEST_TODAY === undefined ? [] : ["<rootDir>/test/support/clock.ts"],
  // Two: the machines that run this have two cores, and every worker loads the AWS provider's classes anew.
  maxWorkers: 2,
  // An upper bound against a hang: a machine that is also deploying takes ten times as long, and five seconds are then too few.
  testTimeout: 60_000,
  workerIdleMemoryLimit: "1500MB",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  // The tests import the package as its users do, from the sources: what is no subpath for them is none here.
  moduleNameMapper: Object.fromEntries(
    Object.entries(subpaths)
      .filter(([, target]) => typeof target !== "string")
      .map(([subpath, target]) => [
        `^${name}${subpath.slice(1)}$`,
        target.default.replace("./dist/", "<rootDir>/lib/").replace(/\.js$/, ".ts"),
      ]),
  ),
};
