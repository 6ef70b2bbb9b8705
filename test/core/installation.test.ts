import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { installationProblem, thisInstallation } from "../../lib/core/installation";
import { makeTemporaryFolder } from "../support/temporary-folder";

const own = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8")) as Record<string, unknown>;

/** A consumer's folder with packages at the given places: `{ "node_modules/zod": "4.1.0" }`, or a name and a version. */
function consumer(packages: Readonly<Record<string, string>>): { root: string; ours: string } {
  const root = realpathSync(makeTemporaryFolder("installation"));
  const ours = path.join(root, "node_modules/cdktf-migration-patterns");
  mkdirSync(ours, { recursive: true });
  writeFileSync(path.join(ours, "package.json"), JSON.stringify(own));
  for (const [folder, identity] of Object.entries(packages)) {
    const [version = "", name = folder.split("node_modules/").pop()] = identity.split("@").reverse();
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, "package.json"), JSON.stringify({ name, version }));
  }
  return { root, ours };
}

const supported = {
  "node_modules/cdktf": "0.21.0",
  "node_modules/constructs": "10.8.1",
  "node_modules/zod": "4.6.7",
  "node_modules/@cdktf/provider-aws": "21.22.1",
};

interface Process {
  readonly node?: string;
  readonly loaded?: readonly string[];
  readonly app?: readonly string[];
}

const problem = (folder: string, { node = "20.15.0", loaded = [], app = [] }: Process = {}) =>
  installationProblem({ folder, node, loaded, app });

describe("an installation", () => {
  it("fits with supported peers and one copy of constructs", () => {
    const { ours, root } = consumer(supported);
    const loaded = [path.join(root, "node_modules/constructs/lib/construct.js"), path.join(root, "main.js")];
    expect(problem(ours, { loaded })).toBeUndefined();
  });

  it("fits under the names of CDK Terrain", () => {
    const aliased = {
      ...supported,
      "node_modules/cdktf": "cdktn@0.24.0",
      "node_modules/cdktn": "0.24.0",
      "node_modules/@cdktf/provider-aws": "provider-aws@25.7.0",
    };
    expect(problem(consumer(aliased).ours)).toBeUndefined();
  });

  it("fits where this repo is worked on", () => {
    expect(installationProblem(thisInstallation())).toBeUndefined();
  });

  it("on a Node.js that is too old is refused in one line, with both versions", () => {
    const refused = problem(consumer(supported).ours, { node: "18.20.8" });
    expect(refused?.code).toBe("INSTALLATION_NODE");
    expect(refused?.message).toBe(
      '[INSTALLATION_NODE] Node.js: received "18.20.8", allowed is >=20.15; run cdktf-migration-patterns with a newer Node.js',
    );
  });

  it.each([
    ["cdktf", "0.20.12", ">=0.21.0 <1"],
    ["constructs", "10.3.0", "^10.4.2"],
    ["zod", "3.25.76", "^4"],
    ["@cdktf/provider-aws", "19.65.1", ">=20.1.0 <26"],
  ])("with %s %s is refused, with that version and the range", (name, version, range) => {
    const refused = problem(consumer({ ...supported, [`node_modules/${name}`]: version }).ours);
    expect(refused?.code).toBe("INSTALLATION_PEER");
    expect(refused?.message).toContain(`${name}: received "${version}", allowed is ${range}; `);
    expect(refused?.message).toContain(path.join("node_modules", name));
  });

  it("names the real package where a peer is an alias", () => {
    const refused = problem(consumer({ ...supported, "node_modules/cdktf": "cdktn@1.0.0" }).ours);
    expect(refused?.message).toContain('cdktf: received "cdktn@1.0.0", allowed is >=0.21.0 <1');
  });

  it("names every peer that does not fit", () => {
    const { ours } = consumer({ ...supported, "node_modules/cdktf": "0.20.0", "node_modules/zod": "3.22.4" });
    expect(problem(ours)?.message).toMatch(/^\[INSTALLATION_PEER\] cdktf: [\s\S]*\n {2}\[INSTALLATION_PEER\] zod: /);
  });

  it.each([
    ["us", "node_modules/cdktf-migration-patterns/node_modules/constructs", ["10.4.2", "10.8.1"]],
    ["cdktf", "node_modules/cdktf/node_modules/constructs", ["10.8.1", "10.4.2"]],
    ["the provider", "node_modules/@cdktf/provider-aws/node_modules/constructs", ["10.8.1", "10.4.2"]],
  ])("with a second copy of constructs for %s is refused, with both versions and places", (_who, folder, versions) => {
    const refused = problem(consumer({ ...supported, [folder]: "10.4.2" }).ours);
    expect(refused?.code).toBe("INSTALLATION_COPIES");
    expect(refused?.message).toContain(`constructs: received "${versions.join(" and ")}", allowed is one copy`);
    expect(refused?.message).toContain(folder);
    expect(refused?.message).toMatch(/\n {2}10\.8\.1 is in \S*node_modules\/constructs, for /);
  });

  it("with a copy of constructs that the app has loaded from elsewhere is refused", () => {
    const app = consumer({ ...supported, "node_modules/constructs": "10.5.0" });
    const loaded = [path.join(app.root, "node_modules/constructs/lib/construct.js")];
    const refused = problem(consumer(supported).ours, { loaded });
    expect(refused?.code).toBe("INSTALLATION_COPIES");
    expect(refused?.message).toContain('received "10.8.1 and 10.5.0"');
    expect(refused?.message).toContain("for the app");
  });

  it("with another copy of constructs for the app is refused, whatever has been loaded", () => {
    const { root, ours } = consumer({ ...supported, "packages/stacks/node_modules/constructs": "10.4.2" });
    const refused = problem(ours, { app: [path.join(root, "packages/stacks")] });
    expect(refused?.code).toBe("INSTALLATION_COPIES");
    expect(refused?.message).toContain('received "10.8.1 and 10.4.2"');
    expect(problem(ours, { app: [path.join(root, "packages/other")] })).toBeUndefined();
  });

  it("does not ask a program that has not installed the package, such as a test runner in a place of its own", () => {
    const another = consumer({ ...supported, "node_modules/constructs": "10.5.0" }).root;
    const apps = [another, makeTemporaryFolder("runner"), path.join(another, "is-not-there")];
    expect(problem(consumer(supported).ours, { app: apps })).toBeUndefined();
  });

  it("takes a copy that several folders link to for one", () => {
    const { ours, root } = consumer({
      ...supported,
      ".store/constructs/node_modules/constructs": "10.8.1",
      "node_modules/constructs": "10.3.0",
    });
    for (const folder of [
      ours,
      path.join(root, "node_modules/cdktf"),
      path.join(root, "node_modules/@cdktf/provider-aws"),
    ]) {
      mkdirSync(path.join(folder, "node_modules"));
      symlinkSync(
        path.join(root, ".store/constructs/node_modules/constructs"),
        path.join(folder, "node_modules/constructs"),
      );
    }
    expect(problem(ours)).toBeUndefined();
  });

  it("is not judged where there is nothing to read: a missing peer, a bundle, a manifest that is none", () => {
    expect(problem(consumer({}).ours)).toBeUndefined();
    const { root, ours } = consumer({ ...supported, "node_modules/zod": "3.0.0" });
    expect(problem(root)).toBeUndefined();
    writeFileSync(path.join(root, "node_modules/zod/package.json"), "{");
    expect(problem(ours)).toBeUndefined();
  });
});

describe("checkInstallation", () => {
  it("throws what Node.js prints as one sentence, and nothing where all fits", () => {
    jest.isolateModules(() => {
      const { checkInstallation } =
        jest.requireActual<typeof import("../../lib/core/installation")>("../../lib/core/installation");
      const { versions } = process;
      const set = (value: object): object => Object.defineProperty(process, "versions", { value });
      set({ ...versions, node: "18.20.8" });
      let thrown: unknown;
      try {
        checkInstallation();
      } catch (error) {
        thrown = error;
      }
      set(versions);
      expect(thrown).toMatchObject({ code: "INSTALLATION_NODE" });
      const { stack, message } = thrown as Error;
      expect(stack).toBe(`MigrationError: ${message}`);
      expect(message).not.toContain("\n");
      expect(Object.keys(thrown as Error)).toEqual([]);
      expect(checkInstallation).not.toThrow();
      expect(checkInstallation).not.toThrow();
    });
  });
});
