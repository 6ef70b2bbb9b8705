/**
 * The installation that the package is loaded from, checked before anything of CDKTF is:
 *
 *   require("./core/installation").checkInstallation(module); // the first line of every built entry, scripts/checked-entries.ts
 *
 * What does not fit fails later and elsewhere otherwise: two copies of `constructs` with "scope.node._scopes is not iterable",
 * a zod 3 with "Cannot read properties of undefined (reading 'date')". A package manager says so only while it installs, and
 * not at all under `--legacy-peer-deps`, an override or a link.
 *
 * It reads a handful of `package.json` files, about a millisecond, and loads no peer. Nothing is said where there is nothing
 * to read: of a peer that is missing, which Node.js names itself; of a bundle, whose maker has resolved the peers; under Yarn's
 * Plug'n'Play, which has no folders. Node.js 16 can still read what is loaded here, since this is what refuses it.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import * as path from "node:path";
import { MigrationError, type MigrationErrorInit } from "./error";
import { inRange } from "./version-range";

/** An installation as it is found. */
export interface Installation {
  /** The folder of our own package. */
  readonly folder: string;
  /** The version of Node.js: `20.15.1`. */
  readonly node: string;
  /** The files of the modules that the process has loaded. */
  readonly loaded: readonly string[];
  /** The folders of the app: that of the program, and that of the module which loads the entry. */
  readonly app: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A copy of `constructs`, with the one who uses it. */
interface Copy {
  readonly folder: string;
  readonly user: string;
}

const PACKAGE = "cdktf-migration-patterns";
const SHARED = "constructs";
/** The module by which a copy that is loaded is known. */
const SHARED_MODULE = path.sep + path.join("node_modules", SHARED, "lib", "construct.js");

/** The folders of the app, and the modules of `constructs` that were loaded, when the installation was found to fit. */
const accepted = new Set<string>();

/**
 * Throws if the installation does not fit, with an error that Node.js prints as a sentence: without a stack, which leads to no
 * line of the caller's. Called again, it looks for who came and what was loaded meanwhile.
 *
 * @throws MigrationError `INSTALLATION_NODE`, `INSTALLATION_PEER`, `INSTALLATION_COPIES`
 */
export function checkInstallation(entry?: Pick<NodeJS.Module, "parent">): void {
  const installation = thisInstallation(entry);
  const seen = [...installation.app, ...installation.loaded.filter(isShared)];
  if (accepted.size > 0 && seen.every((each) => accepted.has(each))) return;
  const problem = installationProblem(installation);
  if (problem === undefined) {
    for (const each of [__filename, ...seen]) accepted.add(each);
    return;
  }
  problem.stack = `${problem.name}: ${problem.message}`;
  for (const key of Object.keys(problem)) Object.defineProperty(problem, key, { enumerable: false });
  throw problem;
}

/** Returns the installation of this process. An ES module that loads the entry is unknown, and the program stands for it. */
export function thisInstallation(entry?: Pick<NodeJS.Module, "parent">): Installation {
  const folder = path.join(__dirname, "..", "..");
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const files = [entry?.parent?.filename, process.argv[1]].filter((file) => file !== undefined);
  return {
    folder,
    node: process.versions.node,
    loaded: Object.keys(require.cache),
    // An entry may load another one.
    app: files.map((file) => path.dirname(file)).filter((each) => !each.startsWith(folder + path.sep)),
  };
}

/** Returns the error about an installation: its first problem, with the others as details; undefined if it fits. */
export function installationProblem({ folder, node, loaded, app }: Installation): MigrationError | undefined {
  const own = readManifest(folder);
  if (own?.name !== PACKAGE) return undefined;
  const engine = own.engines?.node ?? ">=0";
  if (!inRange(node, engine)) {
    return new MigrationError({
      code: "INSTALLATION_NODE",
      path: "Node.js",
      received: node,
      allowed: engine,
      fix: `run ${PACKAGE} with a newer Node.js`,
    });
  }
  const [first, ...others] = [
    ...peerProblems(folder, own.peerDependencies ?? {}),
    ...copyProblems(folder, loaded, app),
  ];
  if (first === undefined) return undefined;
  const further = others.map((each) => new MigrationError({ ...each, details: [] }).message);
  return new MigrationError({ ...first, details: [...(first.details ?? []), ...further] });
}

/** Returns the problems of peers whose version is outside their range. Under an alias the name of the real package is said. */
function peerProblems(from: string, peers: Readonly<Record<string, string>>): MigrationErrorInit[] {
  return Object.entries(peers).flatMap(([name, range]) => {
    const folder = folderOf(name, from);
    const peer = folder === undefined ? undefined : readManifest(folder);
    if (folder === undefined || peer === undefined || inRange(peer.version, range)) return [];
    return [
      {
        code: "INSTALLATION_PEER",
        path: name,
        received: peer.name === name ? peer.version : `${peer.name}@${peer.version}`,
        allowed: range,
        fix: `install a version in this range, or a version of ${PACKAGE} that takes yours`,
        details: [`${peer.version} is in ${place(folder)}`],
      },
    ];
  });
}

/** Returns the problem of several copies of `constructs`, be they installed for one of us or loaded already. */
function copyProblems(from: string, loaded: readonly string[], app: readonly string[]): MigrationErrorInit[] {
  const copies = [...installedCopies(from), ...appCopies(from, app), ...loadedCopies(loaded)];
  const distinct = copies.filter((copy, index) => copies.findIndex(({ folder }) => folder === copy.folder) === index);
  if (distinct.length < 2) return [];
  const versions = distinct.map(({ folder }) => readManifest(folder)?.version ?? "unknown");
  return [
    {
      code: "INSTALLATION_COPIES",
      path: SHARED,
      received: versions.join(" and "),
      allowed: "one copy, which all packages share",
      fix: `give them one version of ${SHARED} and install anew, or install a packed ${PACKAGE} instead of a linked one`,
      details: distinct.map(
        ({ folder, user }, index) => `${versions[index] ?? ""} is in ${place(folder)}, for ${user}`,
      ),
    },
  ];
}

function installedCopies(from: string): Copy[] {
  const users = ["cdktf", "@cdktf/provider-aws"].map((name) => ({ user: name, home: folderOf(name, from) }));
  return [{ user: PACKAGE, home: from }, ...users].flatMap(({ user, home }) => {
    const folder = home === undefined ? undefined : folderOf(SHARED, home);
    return folder === undefined ? [] : [{ folder, user }];
  });
}

/** Returns the copies that modules of the app would load. What has not installed us, such as a test runner, is not asked. */
function appCopies(from: string, app: readonly string[]): Copy[] {
  const own = real(from);
  return app
    .map(real)
    .filter((home) => folderOf(PACKAGE, home) === own)
    .flatMap((home) => {
      const folder = folderOf(SHARED, home);
      return folder === undefined ? [] : [{ folder, user: "the app" }];
    });
}

function loadedCopies(loaded: readonly string[]): Copy[] {
  return loaded.filter(isShared).map((file) => ({ folder: real(path.dirname(path.dirname(file))), user: "the app" }));
}

function isShared(file: string): boolean {
  return file.endsWith(SHARED_MODULE);
}

/**
 * Returns the folder of the package that a module below `from` would load by the name, looked for as Node.js does: in the
 * `node_modules` of the folder and of all above it. Node's own resolution would ask the package's `exports`, which may leave out
 * its manifest.
 */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", name);
    if (existsSync(path.join(candidate, "package.json"))) return realpathSync.native(candidate);
    if (path.dirname(folder) === folder) return undefined;
  }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const text = readFileSync(path.join(folder, "package.json"), "utf8");
    const { name, version, ...rest } = JSON.parse(text) as Partial<Manifest>;
    return typeof name === "string" && typeof version === "string" ? { ...rest, name, version } : undefined;
  } catch {
    // There is none, which is a bundle's folder, or it cannot be read, which is the package manager's matter.
    return undefined;
  }
}

function real(file: string): string {
  return existsSync(file) ? realpathSync.native(file) : file;
}

/** Returns the folder as people read it: below the current one, or from the root. */
function place(folder: string): string {
  const relative = path.relative(process.cwd(), folder);
  return relative.startsWith("..") ? folder : relative;
}
