/**
 * Recognizes what somebody has given instead of a plan in JSON, so that the error says what it is and what to give. Nothing of
 * what is in it is repeated: a state and a plan hold secrets in clear.
 */
import type { JsonObject } from "./terraform-plan";

/** An input that is no plan, and the remedy. */
export interface RecognizedInput {
  /** The phrase for the input: `a state file`. */
  readonly what: string;
  /** The remedy, as an imperative phrase. */
  readonly fix: string;
}

const SHOW = "terraform show -json PLAN > plan.json";
const BOTH = `save the plan with terraform plan -out=PLAN, and give what ${SHOW} writes; OpenTofu's tofu takes the same arguments`;
const TOFU = "save the plan with tofu plan -out=PLAN, and give what tofu show -json PLAN > plan.json writes";

/** Recognizes bytes that are not text at all. */
export function recognizeBytes(bytes: Uint8Array): RecognizedInput | undefined {
  // Terraform's and OpenTofu's plan file is a ZIP archive (APPNOTE.TXT, 4.3.7).
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return { what: "a saved plan file, which is binary", fix: `give what ${SHOW} writes, or tofu show` };
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { what: "a gzip archive", fix: "unpack it first" };
  return undefined;
}

/** Recognizes text that is not JSON. */
export function recognizeText(text: string): RecognizedInput {
  const start = text.slice(0, 65_536).replace(/\u001b\[[0-9;]*m/g, "");
  if (start.trim() === "") {
    return { what: "nothing", fix: `check the command before the pipe; ${BOTH}` };
  }
  if (/^\s*\{"@level"/.test(start)) {
    // The first line of a log says which version of which engine writes it.
    const tofu = /"tofu":/.test(start);
    return { what: `the log of ${tofu ? "tofu" : "terraform"} plan -json`, fix: tofu ? TOFU : BOTH };
  }
  if (PLAN_TEXT.test(start)) {
    const tofu = start.includes("OpenTofu");
    return { what: `the text that ${tofu ? "tofu" : "terraform"} plan prints for people`, fix: tofu ? TOFU : BOTH };
  }
  if (/^\s*(?:resource|terraform|provider|variable|module|data) *["{]/m.test(start)) {
    return { what: "Terraform's configuration", fix: BOTH };
  }
  if (/^\s*[{[]/.test(start)) {
    return { what: "JSON that is cut off or damaged", fix: `write it anew: ${SHOW}; then look at its exit status` };
  }
  return { what: "text that is not JSON", fix: BOTH };
}

const PLAN_TEXT =
  /(?:Terraform|OpenTofu) (?:will perform|used the selected providers|planned)|^\s*No changes\.|^Plan: \d+|Refreshing state\.\.\.|Changes to Outputs|Error: /m;

/** Recognizes JSON that is not a plan; undefined where it may be one. */
export function recognizeJson(value: unknown): RecognizedInput | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { what: Array.isArray(value) ? "a list in JSON" : "a single value in JSON", fix: BOTH };
  }
  const object = value as JsonObject;
  const has = (name: string): boolean => object[name] !== undefined;
  if (has("@level") || has("@message")) return { what: "the log of terraform plan -json", fix: BOTH };
  if (has("encrypted_data")) {
    return {
      what: "a plan or a state that OpenTofu has encrypted",
      fix: "give what tofu show -json PLAN > plan.json writes, which decrypts the plan",
    };
  }
  if (has("lineage") || (has("serial") && has("version"))) return { what: "a state file", fix: BOTH };
  if (has("format_version")) {
    if (has("resource_changes") || has("planned_values")) return undefined;
    // A state says its format as a plan does, and an empty one says nothing else.
    if (has("values") || Object.keys(object).every((key) => STATE_KEYS.has(key))) {
      return { what: "a state, as terraform show -json prints it without the name of a plan file", fix: BOTH };
    }
    if (has("provider_schemas")) return { what: "the schemas of providers", fix: BOTH };
    if (has("diagnostics")) return { what: "the answer of terraform validate -json", fix: BOTH };
    return undefined;
  }
  if (has("resource") || has("terraform") || has("//")) return { what: "Terraform's configuration in JSON", fix: BOTH };
  return { what: "JSON without a format_version", fix: BOTH };
}

const STATE_KEYS = new Set(["format_version", "terraform_version", "values", "checks"]);
