/** The choices that a repo is made of, as options or answers say them. */
import * as path from "node:path";
import { MigrationError } from "../../core/error";
import { toolchainNames, pipelineNames } from "../pages/init";
import { patternTerms } from "../../patterns/pattern-terms";
import { nearest } from "../../core/suggest";

/** A tool chain: CDKTF, or CDK Terrain under its names. */
export type Toolchain = (typeof toolchainNames)[number];
/** A pipeline that is written. */
export type Pipeline = (typeof pipelineNames)[number];
/** The place of Terraform's state. */
export type Backend =
  { readonly kind: "local" } | { readonly kind: "s3"; readonly bucket: string; readonly prefix: string };

/** The choices that a repo is made of. */
export interface InitAnswers {
  readonly app: string;
  /** The names of the patterns, each once. */
  readonly patterns: readonly string[];
  readonly region: string;
  readonly toolchain: Toolchain;
  readonly backend: Backend;
  readonly pipeline: Pipeline;
  /** The library as npm is to install it: a version, or `file:` and a path from the repo. */
  readonly library: string;
}

/** The longest name of an app: names in AWS are made of it, and those of load balancers' parts have 32 characters. */
const APP = /^[a-z][a-z0-9-]{0,29}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
/** Amazon S3 User Guide, General purpose bucket naming rules; a prefix of characters that need no encoding. */
const BACKEND = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>[A-Za-z0-9/_.-]*))?$/;

/**
 * Returns the name of an app.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function appName(text: string): string {
  if (APP.test(text)) return text;
  throw wrong(
    "--app",
    text,
    "a lower-case letter, then lower-case letters, digits and dashes, 30 at most",
    "write another name",
  );
}

/** Returns the name of the app that a folder suggests. */
export function suggestedApp(folder: string): string {
  const name = path
    .basename(path.resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 30);
  return APP.test(name) ? name : "platform";
}

/**
 * Returns the name of a region.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function regionName(text: string): string {
  if (REGION.test(text)) return text;
  throw wrong("--region", text, "the name of an AWS region", "write it as AWS does, like eu-central-1");
}

/**
 * Returns the place of Terraform's state.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function backendOf(text: string): Backend {
  if (text === "local") return { kind: "local" };
  const { bucket, prefix = "" } = BACKEND.exec(text)?.groups ?? {};
  if (bucket === undefined) {
    throw wrong("--backend", text, "local, or s3://BUCKET/PREFIX", "write for example s3://acme-terraform/platform");
  }
  return { kind: "s3", bucket, prefix: prefix.replace(/^\/+|\/+$/g, "") };
}

/**
 * Returns the names of patterns, each once, by their names or their numbers in the list.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function patternNames(words: readonly string[]): readonly string[] {
  const known = patternTerms.map(([name]) => name);
  const names = words.map((word) => {
    const name = /^\d+$/.test(word) ? known[Number(word) - 1] : word;
    if (name !== undefined && known.includes(name)) return name;
    const meant = nearest(word, known);
    const fix = meant === undefined ? "choose one of them" : `did you mean ${meant}?`;
    throw wrong("--pattern", word, `one of ${known.join(", ")}`, fix);
  });
  // In the order of the catalog, so that the same choice gives the same repo.
  return known.filter((name) => names.includes(name));
}

/**
 * Returns one of the names of a list.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function oneOf<Name extends string>(option: string, names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw wrong(option, text, `one of ${names.join(", ")}`, "choose one of them");
}

function wrong(option: string, received: string, allowed: string, fix: string): MigrationError {
  return new MigrationError({ code: "CLI_OPTION_VALUE", path: option, received, allowed, fix });
}
