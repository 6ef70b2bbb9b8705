/**
 * ```ts
 * replacementOf("aws_ebs_volume", { path: "encrypted", how: "changed" }, before, after); // "replaced"
 * ```
 *
 * Tells whether a provider changes an attribute in place or replaces the resource. Neither Terraform's JSON nor the provider's
 * published schema has that; the table of the AWS provider's answers does, except for decisions that depend on the values,
 * which are functions here.
 */
import type { AttributeChange } from "./attribute-changes";
import { orderedAttributes } from "./ordered-attributes";
import { replacingAttributes } from "./replacing-attributes";
import { blocks, type Block } from "./synthesis";

/**
 * The effect of a change of an attribute on its resource.
 *
 * - `replaced`: the provider destroys the resource and makes another.
 * - `in-place`: it changes the resource.
 * - `unknown`: one or the other, depending on values that are not in the code; or the type is not in the table.
 */
export type Replacement = "replaced" | "in-place" | "unknown";

// Terraform's own resource, which no provider makes (Terraform documentation, the terraform_data managed resource type).
const tables: Readonly<Record<string, string>> = { ...replacingAttributes, terraform_data: "triggers_replace" };

/** Checks whether the type is in the table. For any other type it is not known which attributes replace a resource. */
export function isKnownType(type: string): boolean {
  return tables[type] !== undefined;
}

/** Checks whether the order of the values counts in a list of plain values. In a type that is not known it may. */
export function isOrdered(type: string, path: string): boolean {
  return !isKnownType(type) || (orderedAttributes[type]?.split(" ").includes(path) ?? false);
}

/** Returns the effect of a change of the attribute. `before` and `after` are the whole configurations. */
export function replacementOf(type: string, given: AttributeChange, before: Block, after: Block): Replacement {
  const table = tables[type];
  // A dynamic block makes blocks of its name (Terraform documentation, dynamic blocks).
  const change = { ...given, path: given.path.replace(/(^|\.)dynamic\.([^.]+)\.(?:content|for_each)/g, "$1$2") };
  // `region` is an argument of every resource since version 6 of the AWS provider, and a resource cannot move.
  if (type.startsWith("aws_") && change.path === "region") return "replaced";
  const conditional = conditions[type]?.[change.path];
  if (conditional !== undefined) return conditional(before, after);
  if (table === undefined) return "unknown";
  const entry = entriesOf(type, table).find(({ path }) => change.path === path || change.path.startsWith(`${path}.`));
  if (entry === undefined) return "in-place";
  // What AWS chose by itself, or has been told before, stays as it is when the code no longer says it.
  if (change.how === "removed" && entry.keptWhenRemoved) return "in-place";
  return entry.depends ? "unknown" : "replaced";
}

interface Entry {
  readonly path: string;
  readonly keptWhenRemoved: boolean;
  readonly depends: boolean;
}

const parsed = new Map<string, readonly Entry[]>();

function entriesOf(type: string, table: string): readonly Entry[] {
  let entries = parsed.get(type);
  if (entries === undefined) {
    entries = table
      .split(" ")
      .filter((each) => each !== "")
      .map((each) => ({
        path: each.replace(/[?~]$/, ""),
        keptWhenRemoved: each.endsWith("?"),
        depends: each.endsWith("~"),
      }));
    parsed.set(type, entries);
  }
  return entries;
}

type Condition = (before: Block, after: Block) => Replacement;

// What the provider decides in code, by the values: CustomizeDiff in internal/service/{ec2/ec2_instance,rds/cluster,
// elasticache/cluster,elasticache/engine_version,kafka/cluster,opensearch/domain,elasticsearch/domain}.go.
const conditions: Readonly<Record<string, Readonly<Record<string, Condition>>>> = {
  aws_instance: {
    user_data: replacedWhereAsked,
    user_data_base64: replacedWhereAsked,
    instance_type: (before, after) => differ(isArm(before["instance_type"]), isArm(after["instance_type"])),
  },
  aws_rds_cluster: {
    // Aurora changes its storage type; the engines that are not Aurora cannot.
    storage_type: (_before, { engine }) => byEngine(engine, "aurora"),
  },
  aws_elasticache_cluster: {
    engine_version: replacedByDowngrade("engine_version"),
    // Memcached cannot be scaled vertically.
    node_type: (_before, { engine }) => byEngine(engine, "redis"),
  },
  aws_elasticache_replication_group: {
    engine: replacedUnlessValkey,
    engine_version: replacedByDowngrade("engine_version"),
  },
  aws_elasticache_serverless_cache: { engine: replacedUnlessValkey },
  aws_msk_cluster: { kafka_version: replacedByDowngrade("kafka_version") },
  aws_opensearch_domain: {
    // The provider asks AWS whether the domain can be upgraded from the one to the other.
    engine_version: () => "unknown",
    "encrypt_at_rest.enabled": replacedByTurningOff("encrypt_at_rest"),
    "node_to_node_encryption.enabled": replacedByTurningOff("node_to_node_encryption"),
    "advanced_security_options.enabled": replacedByTurningOff("advanced_security_options"),
  },
  aws_elasticsearch_domain: {
    elasticsearch_version: () => "unknown",
    "encrypt_at_rest.enabled": replacedByTurningOff("encrypt_at_rest"),
    "node_to_node_encryption.enabled": replacedByTurningOff("node_to_node_encryption"),
  },
};

/** Redis becomes Valkey in place; there is no way back (ElastiCache user guide, upgrading between engines). */
function replacedUnlessValkey(before: Block, after: Block): Replacement {
  const [from, to] = [engineOf(before), engineOf(after)];
  if (!known(from) || !known(to)) return "unknown";
  return from === to || (from === "redis" && to === "valkey") ? "in-place" : "replaced";
}

function engineOf({ engine }: Block): unknown {
  return engine ?? "redis";
}

function replacedWhereAsked(_before: Block, after: Block): Replacement {
  return after["user_data_replace_on_change"] === true ? "replaced" : "in-place";
}

function byEngine(engine: unknown, changeable: string): Replacement {
  if (!known(engine)) return "unknown";
  return engine.startsWith(changeable) ? "in-place" : "replaced";
}

/** Turning off always replaces. Turning on is done in place from some version on, which only the provider knows. */
function replacedByTurningOff(name: string): Condition {
  const enabled = (config: Block): boolean => blocks(config[name])[0]?.["enabled"] === true;
  return (before, after) => (enabled(before) && !enabled(after) ? "replaced" : "unknown");
}

/**
 * Checks whether the instance type has an Arm processor: Graviton's letter is a g behind the generation (EC2 user guide, naming
 * conventions).
 */
function isArm(type: unknown): boolean | undefined {
  if (!known(type)) return undefined;
  return /^(a1|mac2[a-z0-9-]*|[a-z]+\d+[a-z]*g[a-z]*)\./.test(type);
}

function differ(before: boolean | undefined, after: boolean | undefined): Replacement {
  if (before === undefined || after === undefined) return "unknown";
  return before === after ? "in-place" : "replaced";
}

/** A newer version is an upgrade in place, and so going back to the older one is a replacement. */
function replacedByDowngrade(name: string): Condition {
  return (before, after) => {
    const [old, young] = [before[name], after[name]];
    if (!known(old) || !known(young)) return "unknown";
    const [from, to] = [versionOf(old), versionOf(young)];
    for (let part = 0; part < Math.max(from.length, to.length); part += 1) {
      // A part that is not given, or `x`, is the newest there is.
      const [a, b] = [from[part] ?? Infinity, to[part] ?? Infinity];
      if (a !== b) return b < a ? "replaced" : "in-place";
    }
    return "in-place";
  };
}

function versionOf(text: string): number[] {
  return text.split(".").flatMap((part) => (/^\d+$/.test(part) ? [Number(part)] : []));
}

/** Checks whether the value is text without a Terraform expression. */
function known(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}
