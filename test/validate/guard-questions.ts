/**
 * The questions of the guard's rung: of every type that the examples make, one resource for each attribute that replaces it, whose
 * state and code differ in that attribute.
 */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { questionsOf, type Question } from "../../scripts/generate/replacing-attributes/questions";
import type { ResourceSchema } from "../../scripts/generate/replacing-attributes/schema";
import { replacingAttributes } from "../../lib/plan/rehearsal/replacing-attributes";

const golden = path.join(__dirname, "../golden");

/** The types of all resources that the examples make, from the Terraform that is kept of them. */
export function exampleTypes(): string[] {
  const types = new Set<string>();
  for (const entry of readdirSync(golden, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
    if (entry.name.endsWith(".json")) {
      for (const type of Object.keys((JSON.parse(text) as { resource?: object }).resource ?? {})) types.add(type);
    } else {
      for (const line of text.split("\n")) if (/^aws_/.test(line)) types.add(line.split(".", 1).join(""));
    }
  }
  return [...types].filter((type) => type.startsWith("aws_")).sort();
}

/** Returns the questions about all types of the examples. */
export function replacingQuestions(schemas: Readonly<Record<string, ResourceSchema>>): Question[] {
  return exampleTypes().flatMap((type) => {
    const schema = schemas[type];
    if (schema === undefined) throw new Error(`${type}: no resource type of the provider`);
    const replacing = (replacingAttributes[type] ?? "").split(" ").map((each) => each.replace(/[?~]$/, ""));
    return questionsOf(type, schema)
      .filter(({ how, path: names }) => {
        const attribute = names.join(".");
        if (how !== "changed" || UNASKED.has(`${type}.${names[0] ?? ""}`)) return false;
        return replacing.some((each) => attribute === each || attribute.startsWith(`${each}.`));
      })
      .map(withKnownCompanions);
  });
}

/**
 * What the provider wants beside any attribute of a type, or beside one of them. It says so itself, and takes half a minute each time
 * to be told.
 */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  aws_ebs_volume: ["size"],
  aws_flow_log: ["eni_id"],
  aws_instance: ["ami", "instance_type"],
  aws_route: ["gateway_id", "destination_cidr_block"],
  aws_route53_record: ["records"],
  aws_ssm_parameter: ["insecure_value"],
  "aws_kms_key.xks_key_id": ["custom_key_store_id"],
  "aws_secretsmanager_secret_version.secret_string_wo_version": ["secret_string_wo"],
  "aws_vpc.ipv4_netmask_length": ["ipv4_ipam_pool_id"],
  "aws_vpc_security_group_egress_rule.security_group_id": ["cidr_ipv4"],
  "aws_vpc_security_group_ingress_rule.security_group_id": ["cidr_ipv4"],
  "aws_vpn_connection.enable_acceleration": ["transit_gateway_id"],
};

/** What the provider can only be asked with an account, or with a value that it knows. */
const UNASKED = new Set([
  "aws_instance.launch_template",
  "aws_s3_bucket_lifecycle_configuration.transition_default_minimum_object_size",
]);

function withKnownCompanions(asked: Question): Question {
  const { type, path: names } = asked;
  const known = [...(COMPANIONS[type] ?? []), ...(COMPANIONS[`${type}.${names[0] ?? ""}`] ?? [])];
  const wanted = known.filter((name) => !excludes(asked, name));
  return wanted.length === 0 ? asked : asked.with(wanted);
}

/** Of some attributes only one may be given. */
function excludes({ type, path: [asked = ""] }: Question, companion: string): boolean {
  if (asked === companion) return true;
  if (type === "aws_flow_log") return /^(?:eni|subnet|vpc|transit_gateway(?:_attachment)?)_id$/.test(asked);
  return type === "aws_route" && asked.startsWith("destination_") && companion.startsWith("destination_");
}
