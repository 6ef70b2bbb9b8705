/**
 * ```ts
 * findMentions(configuration, inventory); // [{ path: "environmentVariables[0].target", text: "10.10.3.11", server:
 * "db-01", … }]
 * ```
 *
 * The search for source servers in configuration: a value that still names one after the move breaks on the day the source
 * is switched off. A text is taken apart into the longest runs of what a host name or an address may consist of, and each
 * run is looked up as a whole: so 10.0.0.1 is not found in 10.0.0.10, nor web in web.example.com.
 */
import { admit } from "../../core/door/admit";
import { Cidr } from "../../network/cidr";
import { migratingServers, type Inventory, type Server } from "../../inventory/model";
import { hasToken, TOKEN } from "../../core/token-text";
import { canonicalHost } from "./connection-string/connection-string";
import { readConnectionString } from "./connection-template";
import type { ConfigurationSettings, DnsAnswer, EnvironmentValue } from "./settings";

/**
 * The kind of a reference to a source server.
 *
 * - `address`: by one of its addresses.
 * - `name`: by its name or its fqdn, in a place where only a host can stand, or with dots in it.
 * - `word`: by a word that is the server's name and may be something else.
 * - `network`: by a block that one of its addresses is in.
 */
export type MentionKind = "address" | "name" | "word" | "network";

/** The words of findings for each {@link MentionKind}, which precede the server's name. */
export const MENTION_PHRASES: Readonly<Record<MentionKind, string>> = {
  address: "an address of",
  name: "the name of",
  word: "a word that equals the name of",
  network: "a network with an address of",
};

/** A reference to a source server in a value that is in effect at the target. */
export interface Mention {
  /** The place in the settings: `dnsRecords[2].target`. */
  readonly path: string;
  /** The name of the secret, parameter or record that holds the value. */
  readonly subject: string;
  /** The text that names the server. */
  readonly text: string;
  readonly kind: MentionKind;
  readonly server: Server;
}

/** A reference to a source server in a text of unknown form, with the lines that contain it. */
export interface TextMention {
  /** The text that names the server. */
  readonly text: string;
  readonly kind: MentionKind;
  readonly server: Server;
  /** The numbers of the lines that contain the text, counted from 1, in ascending order. */
  readonly lines: readonly number[];
}

/** A text to search, with the hosts in it if they are known. */
interface SearchedText {
  readonly text: string;
  readonly hosts?: readonly string[];
}

interface DeclaredValue extends SearchedText {
  readonly path: string;
  readonly subject: string;
}

type Found = Pick<Mention, "text" | "kind" | "server">;

interface SourceAddress {
  readonly server: Server;
  readonly block: Cidr;
}

interface SourceIndex {
  readonly byName: ReadonlyMap<string, Server>;
  readonly byAddress: ReadonlyMap<string, Server>;
  readonly addresses: readonly SourceAddress[];
}

const RUN = /(?<![\p{L}\p{N}_.-])[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu;
const BLOCK4 = /(?<![\w.-])(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})(?![\w.])/g;
const BLOCK6 = /(?<![\w:.])([0-9A-Fa-f:]{2,39}\/\d{1,3})(?![\w.])/g;
// Whether it is an address is asked of the index: a pattern that says so takes cubic time on a row of colons.
const ADDRESS6 = /(?<![\w:.])[0-9A-Fa-f:]{2,}/g;
const RANGE = /^(\d{1,3}(?:\.\d{1,3}){3})-(\d{1,3}(?:\.\d{1,3}){3})$/;
/** The shortest prefixes that are searched, by IP version: a larger block means everybody rather than a network. */
const LARGEST_BLOCK = { 4: 8, 6: 16 } as const;

/** Finds every place in the target's values that names a migrating server of the inventory. Passwords are not searched. */
export function findMentions(settings: ConfigurationSettings, inventory: Inventory): Mention[] {
  admit("findMentions", { settings, inventory });
  const index = indexOf(migratingServers(inventory));
  const valid = new Set(
    [...(settings.validAtTarget ?? []), ...(settings.dnsRecords ?? []).map(({ fqdn }) => fqdn)].map(canonicalHost),
  );
  return targetValues(settings).flatMap((value) =>
    mentionsIn(value, index, valid).map((found) => ({ path: value.path, subject: value.subject, ...found })),
  );
}

/** Options for {@link findMentionsInTexts}. */
export interface TextSearch {
  /** The estate that moves. */
  readonly inventory: Inventory;
  /** Names and addresses that remain valid at the target. @default - none */
  readonly validAtTarget?: readonly string[];
}

/** Finds the references to migrating servers in texts of unknown form, by the texts' names. Tokens are not searched. */
export function findMentionsInTexts(
  texts: ReadonlyMap<string, string>,
  { inventory, validAtTarget = [] }: TextSearch,
): ReadonlyMap<string, readonly TextMention[]> {
  const index = indexOf(migratingServers(inventory));
  const valid = new Set(validAtTarget.map(canonicalHost));
  return new Map([...texts].map(([name, text]) => [name, mentionsByLine(text, index, valid)]));
}

/** Returns each reference of a text once, with all lines that contain it. */
function mentionsByLine(text: string, index: SourceIndex, valid: ReadonlySet<string>): TextMention[] {
  const found = new Map<string, TextMention & { readonly lines: number[] }>();
  for (const [at, line] of text.replace(TOKEN, "\0").split("\n").entries()) {
    for (const each of mentionsIn({ text: line }, index, valid)) {
      const key = `${canonicalHost(each.text)} ${each.server.name}`;
      const before = found.get(key);
      if (before === undefined) found.set(key, { ...each, lines: [at + 1] });
      else before.lines.push(at + 1);
    }
  }
  return [...found.values()];
}

function mentionsIn(value: SearchedText, index: SourceIndex, valid: ReadonlySet<string>): Found[] {
  const found = new Map<string, Found>();
  const add = (text: string, kind: MentionKind, server: Server | undefined): void => {
    if (server === undefined || valid.has(canonicalHost(text))) return;
    const key = `${canonicalHost(text)} ${server.name}`;
    if (!found.has(key)) found.set(key, { text, kind, server });
  };
  for (const host of value.hosts ?? []) {
    add(host, index.byAddress.has(canonicalHost(host)) ? "address" : "name", lookUp(host, index));
  }
  for (const text of new Set([value.text, decoded(value.text)])) {
    const blocks = new Set<string>();
    for (const pattern of [BLOCK4, BLOCK6]) {
      for (const [, written = ""] of text.matchAll(pattern)) {
        const block = Cidr.tryParse(written);
        if (block === undefined || block.prefixLength < LARGEST_BLOCK[block.version]) continue;
        blocks.add(written.replace(/\/.*$/, ""));
        const inside = index.addresses.find((each) => block.contains(each.block));
        add(written, block.prefixLength === (block.version === 4 ? 32 : 128) ? "address" : "network", inside?.server);
      }
    }
    for (const [run] of text.matchAll(RUN)) {
      for (const part of RANGE.exec(run)?.slice(1) ?? [run.replace(/[.-]+$/, "")]) {
        if (blocks.has(part)) continue;
        const address = index.byAddress.get(canonicalHost(part));
        if (address !== undefined) add(part, "address", address);
        else if (part.includes(".")) add(part, "name", index.byName.get(canonicalHost(part)));
        // A bare word may be a database or a user: where the hosts are known, it is one of them or it is no host.
        else if (value.hosts === undefined) add(part, "word", index.byName.get(canonicalHost(part)));
      }
    }
    for (const [run] of text.matchAll(ADDRESS6)) {
      if (!blocks.has(run)) add(run, "address", index.byAddress.get(canonicalHost(run)));
    }
  }
  return [...found.values()];
}

function indexOf(servers: readonly Server[]): SourceIndex {
  const byName = new Map<string, Server>();
  const byAddress = new Map<string, Server>();
  const addresses: SourceAddress[] = [];
  for (const server of servers) {
    for (const name of [server.name, ...(server.fqdn === undefined ? [] : [server.fqdn])]) {
      if (!byName.has(canonicalHost(name))) byName.set(canonicalHost(name), server);
    }
    const label = server.fqdn?.split(".")[0];
    if (label !== undefined && label !== "" && !byName.has(canonicalHost(label))) {
      byName.set(canonicalHost(label), server);
    }
    for (const address of server.nics.flatMap((nic) => nic.addresses)) {
      const block = Cidr.tryParse(`${address}/${address.includes(":") ? 128 : 32}`);
      if (block === undefined || byAddress.has(canonicalHost(address))) continue;
      byAddress.set(canonicalHost(address), server);
      addresses.push({ server, block });
    }
  }
  return { byName, byAddress, addresses };
}

function lookUp(host: string, index: SourceIndex): Server | undefined {
  return index.byAddress.get(canonicalHost(host)) ?? index.byName.get(canonicalHost(host));
}

/** Returns every value that is in effect at the target, without tokens and secrets. */
function targetValues(settings: ConfigurationSettings): DeclaredValue[] {
  const values: DeclaredValue[] = [];
  for (const [index, connection] of (settings.connectionStrings ?? []).entries()) {
    const path = `connectionStrings[${index}]`;
    const { fragments, hosts } = readConnectionString(connection, path).target;
    const text = fragments.map((fragment) => ("literal" in fragment ? fragment.literal : "\0")).join("");
    values.push({ path: `${path}.target`, subject: connection.name, text, hosts });
  }
  for (const [index, { name, target }] of (settings.environmentVariables ?? []).entries()) {
    const text = plainText(target);
    if (text !== undefined) values.push({ path: `environmentVariables[${index}].target`, subject: name, text });
  }
  for (const [index, { fqdn, target }] of (settings.dnsRecords ?? []).entries()) {
    const hosts = answersOf(target).filter((answer) => !hasToken(answer));
    values.push({ path: `dnsRecords[${index}].target`, subject: fqdn, text: hosts.join(" "), hosts });
  }
  return values;
}

function plainText(value: EnvironmentValue): string | undefined {
  return typeof value === "string" ? value.replace(TOKEN, "\0") : undefined;
}

/** Returns the names or addresses of a DNS answer. */
export function answersOf(answer: DnsAnswer): readonly string[] {
  return "alias" in answer ? [answer.alias.dnsName] : answer.values;
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}
