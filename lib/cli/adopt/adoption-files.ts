/**
 * The files of an adoption: one of TypeScript, and the inventory of the servers. Nothing from AWS is code in them: a text is a
 * literal of TypeScript, and where a construct would hand it to Terraform as a template, one of Terraform's as well. Ids alone are
 * in comments.
 */
import { literal } from "../../core/literal";
import { writeInventory } from "../../inventory/write-inventory";
import type { AdoptedHybridCloud, AdoptedServers, Adoption } from "./model";

/** A file of an adoption: its name, and its text. */
export interface AdoptionFile {
  readonly name: string;
  readonly text: string;
}

/** The file with the props and the resources. */
export const CODE_FILE = "adopted.ts";
/** The file with the inventory of the instances. */
export const SERVERS_FILE = "servers.json";

const PACKAGE = "cdktf-migration-patterns";
const COLUMNS = 120;

/** Returns the files. */
export function adoptionFiles(adoption: Adoption): AdoptionFile[] {
  const { servers } = adoption;
  return [
    { name: CODE_FILE, text: adoptionCode(adoption) },
    ...(servers === undefined ? [] : [{ name: SERVERS_FILE, text: writeInventory(servers.inventory) }]),
  ];
}

/** Returns the TypeScript with the props and the resources. */
export function adoptionCode({ networks, hybridClouds, servers }: Adoption): string {
  const hybrid = Object.entries(hybridClouds);
  const imports = [
    ...(hybrid.length > 0 || servers !== undefined ? [`import type { AdoptedResources } from "${PACKAGE}/core";`] : []),
    ...(hybrid.length > 0 ? [`import type { HybridCloudProps } from "${PACKAGE}/infrastructure/hybrid-cloud";`] : []),
    ...(Object.keys(networks).length > 0
      ? [`import type { Network, ServerNetwork } from "${PACKAGE}/parts/network";`]
      : []),
  ];
  return [
    "/**",
    " * What was in AWS already, as `migration-patterns adopt` has read it. It is yours from now on: rename, move and change it like",
    " * any other code. When a plan after the deploy is empty, the ids may go, and with them the import blocks.",
    " */",
    ...imports,
    ...networksCode(networks),
    ...hybridCode(hybrid),
    ...(servers === undefined ? [] : serversCode(servers)),
    "",
  ].join("\n");
}

function networksCode(networks: Adoption["networks"]): string[] {
  if (Object.keys(networks).length === 0) return [];
  return [
    "",
    "/** The VPCs as they are: pass one as the `network` of a LiftAndShift. Nothing of them is Terraform's. */",
    `export const networks = ${write(networks, literal, 0, COLUMNS)} satisfies Record<string, ServerNetwork & Network>;`,
  ];
}

function hybridCode(hybrid: readonly (readonly [name: string, cloud: AdoptedHybridCloud])[]): string[] {
  const [first] = hybrid;
  if (first === undefined) return [];
  const clouds = hybrid.map(([name, { props, resources }]) => {
    const own = `    props: ${write(props, literal, 2, COLUMNS)},\n    resources: ${write(resources, same, 2, COLUMNS)},`;
    return `  ${keyOf(name)}: {\n${own}\n  },`;
  });
  return [
    "",
    "interface AdoptedHybridCloud {",
    '  readonly props: Pick<HybridCloudProps, "vpc" | "gateway" | "sites">;',
    "  readonly resources: AdoptedResources;",
    "}",
    "",
    "/**",
    " * The VPN connections of each VPC. No key is in here: AWS has the keys, and Terraform reads them into its state.",
    " *",
    ` * const { props, resources } = hybridClouds${memberOf(first[0])};`,
    ' * const hybrid = new HybridCloud(this, "hybrid", { app, assessment, rollback, stage: "connect", ...props });',
    " * adoptResources(hybrid, resources);",
    " */",
    "export const hybridClouds = {",
    ...clouds,
    "} satisfies Record<string, AdoptedHybridCloud>;",
  ];
}

function serversCode({ instanceIds, resources }: AdoptedServers): string[] {
  return [
    "",
    `/** The instances by the name of their server in ${SERVERS_FILE}, which belongs to the estate's files. */`,
    `export const instanceIds = ${write(instanceIds, same, 0, "export const instanceIds = ".length)};`,
    "",
    "/**",
    " * What stays of the instances as it is. A name that is taken out of `ignoreChanges` becomes what a LiftAndShift sets.",
    " *",
    ' * const wave = new LiftAndShift(this, "wave-1", { …, images: adoptedImages(instanceIds) });',
    " * adoptResources(wave, servers);",
    " */",
    `export const servers: AdoptedResources = ${write(resources, same, 0, COLUMNS)};`,
  ];
}

/**
 * Writes a value as TypeScript as prettier does with lines of 120 characters: a list or an object on one line where it fits, and
 * several objects never.
 *
 * @param before the number of characters that stand before it in its line, beside the indent
 */
function write(value: unknown, text: (value: string) => string, level = 0, before = 0): string {
  if (typeof value === "string") return quoted(text(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const entries: readonly string[] = list
    ? value.map((each) => write(each, text, level + 1))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([name, each]) => {
          const key = `${keyOf(name)}: `;
          return key + write(each, text, level + 1, key.length);
        });
  if (entries.length === 0) return list ? "[]" : "{}";
  const line = list ? `[${entries.join(", ")}]` : `{ ${entries.join(", ")} }`;
  const apart = list && entries.length > 1 && entries.every((each) => each.startsWith("{"));
  // With the comma behind it.
  const fits = 2 * level + before + line.length + 1 <= COLUMNS;
  if (fits && !apart && !line.includes("\n")) return line;
  const indent = "  ".repeat(level + 1);
  const lines = entries.map((each) => `${indent}${each},`).join("\n");
  return `${list ? "[" : "{"}\n${lines}\n${"  ".repeat(level)}${list ? "]" : "}"}`;
}

function same(text: string): string {
  return text;
}

/** Returns the text as a string of TypeScript. Two line ends of Unicode's, and what turns text around, are written as escapes. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function keyOf(key: string): string {
  // A key that is spelled so would set the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
}

function memberOf(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}
