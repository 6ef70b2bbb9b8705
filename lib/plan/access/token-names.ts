/**
 * ```ts
 * names.text("wave-1", "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"); // "arn:aws:iam::<this account>:root"
 * names.text("wave-1", "${aws_kms_key.key_1A2B.arn}"); // "landing-zone/alarms/key"
 * ```
 *
 * Resolves what Terraform would look up into what a person reads: a resource becomes the path of its construct, the output of
 * another stack what stands behind it, and the account, the region and the partition become words.
 */
import { endOfExpression, referencesIn } from "../rehearsal/references";
import { remoteStateName, type Element, type Synthesis } from "../rehearsal/stack-terraform";
import type { AccessSubject } from "./model";

/** The depth to which a reference is followed through outputs and local values. CDKTF needs two; a circle ends here. */
const DEEPEST = 10;

/** The words for what data sources say of the deployment, by type and attribute. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  "data.aws_caller_identity.account_id": "<this account>",
  "data.aws_partition.partition": "<this partition>",
  "data.aws_partition.dns_suffix": "<DNS suffix>",
  "data.aws_region.name": "<this region>",
  "data.aws_region.region": "<this region>",
  "data.aws_region.id": "<this region>",
};

/** The attributes that stand for the whole resource. */
const WHOLE = new Set(["arn", "id", "key_id", "name"]);

/** The names of everything in a synthesized app. */
export class TokenNames {
  private readonly stackOfState: ReadonlyMap<string, string>;

  constructor(private readonly app: Synthesis) {
    this.stackOfState = new Map([...app.stacks.keys()].map((path) => [remoteStateName(path), path]));
  }

  /** Returns the text with its tokens resolved. */
  public text(stack: string, text: string, depth = 0): string {
    let resolved = "";
    let at = 0;
    for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", at)) {
      if (text.charAt(start - 1) === "$") {
        // An escaped one is the text itself.
        resolved += `${text.slice(at, start - 1)}\${`;
        at = start + 2;
        continue;
      }
      const end = endOfExpression(text, start + 2);
      resolved += text.slice(at, start) + this.expression(stack, text.slice(start + 2, end), depth);
      at = end + 1;
    }
    return resolved + text.slice(at);
  }

  /** Returns the elements that a value of a configuration refers to, through outputs and local values to what stands behind. */
  public targets(stack: string, value: unknown, depth = 0): Element[] {
    if (depth > DEEPEST) return [];
    return referencesIn(stack, "", value).flatMap(({ target, inner }) => {
      const behind = this.behind(target, inner);
      if (behind !== undefined) return this.targets(behind.stack, behind.value, depth + 1);
      return this.app.elements.get(target) ?? [];
    });
  }

  /** Returns the subject that the element is. */
  public subject(element: Element): AccessSubject {
    return { name: element.construct === "" ? element.address : element.construct, address: element.address };
  }

  private expression(stack: string, expression: string, depth: number): string {
    const references = referencesIn(stack, "", `\${${expression}}`);
    const [reference] = references;
    // Anything but a plain reference is shown as it stands: it says more than what it could be taken for.
    if (reference === undefined || references.length > 1 || !/^[\w.[\]"*-]+$/.test(expression)) {
      return `<${expression}>`;
    }
    const { target, attribute, inner } = reference;
    const behind = depth > DEEPEST ? undefined : this.behind(target, inner);
    if (behind !== undefined) {
      return typeof behind.value === "string"
        ? this.text(behind.stack, behind.value, depth + 1)
        : JSON.stringify(behind.value);
    }
    const element = this.app.elements.get(target);
    if (element === undefined) return `<${expression}>`;
    const prefix = element.kind === "data" ? "data." : "";
    const surroundings = SURROUNDINGS[`${prefix}${element.type}.${attribute ?? ""}`];
    if (surroundings !== undefined) return surroundings;
    if (element.kind === "variable") return `<${expression}>`;
    const { name } = this.subject(element);
    return attribute === undefined || WHOLE.has(attribute) ? name : `${name}.${attribute}`;
  }

  /** Returns the value behind a local value, or behind another stack's output; undefined for anything else. */
  private behind(
    target: string,
    inner: string | undefined,
  ): { readonly stack: string; readonly value: unknown } | undefined {
    const local = this.app.elements.get(target);
    if (local?.kind === "local") return { stack: local.stack, value: local.config["value"] };
    const state = /\/data\.terraform_remote_state\.(.+)$/.exec(target)?.[1];
    const path = state === undefined ? undefined : this.stackOfState.get(state);
    const outputs = path === undefined ? undefined : this.app.stacks.get(path)?.outputs;
    if (path === undefined || inner === undefined || outputs === undefined) return undefined;
    return Object.hasOwn(outputs, inner) ? { stack: path, value: outputs[inner] } : undefined;
  }
}
