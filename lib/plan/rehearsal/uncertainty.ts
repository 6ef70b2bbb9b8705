/**
 * The changes whose effect the synthesized Terraform does not tell: what a module makes is in the module, whether a variable has
 * its default is known to whoever deploys, and what another backend's state contains is in that state. Terraform's own plan
 * tells all three, and so does the guard, which reads it. A stack that is gone from the code has no plan any more: CDKTF deploys
 * and destroys the stacks that it synthesizes (CDKTF documentation, stacks).
 */
import { compareText } from "../../core/text";
import { attributeChanges } from "./attribute-changes";
import type { Uncertainty } from "./rehearsal";
import { canonical, type Element, type Synthesis } from "./synthesis";

/** Returns the changes between two syntheses whose effect they do not tell, by their subjects. */
export function uncertainties(before: Synthesis, after: Synthesis): Uncertainty[] {
  const found: Uncertainty[] = [];
  for (const [path, { backend }] of after.stacks) {
    const old = before.stacks.get(path);
    if (old !== undefined && old.backend !== backend) {
      found.push({
        subject: path,
        what: "its backend changes, so that Terraform reads another state: whether the resources are in it is not known",
      });
    }
  }
  for (const path of before.stacks.keys()) {
    if (after.stacks.has(path)) continue;
    found.push({
      subject: path,
      what: "it is gone from the code, so that it is deployed no more: what it made stays, and nobody looks after it",
    });
  }
  for (const element of after.elements.values()) {
    if (!isOutside(element)) continue;
    const what = changeOf(before.elements.get(element.address), element);
    if (what !== undefined) found.push({ subject: element.address, what });
  }
  for (const element of before.elements.values()) {
    if (element.kind !== "module" || after.elements.has(element.address) || !after.stacks.has(element.stack)) continue;
    found.push({ subject: element.address, what: "it is removed, and with it whatever it made" });
  }
  return found.sort((a, b) => compareText(a.subject, b.subject));
}

function isOutside({ kind }: Element): boolean {
  return kind === "module" || kind === "variable";
}

function changeOf(before: Element | undefined, after: Element): string | undefined {
  const isModule = after.kind === "module";
  if (before === undefined) return isModule ? "it is added: what it makes is in the module" : undefined;
  if (canonical(before.config) === canonical(after.config)) return undefined;
  if (!isModule) return "its default changes, which counts wherever no other value is given";
  const paths = attributeChanges(before.config, after.config).map(({ path }) => path);
  return `it changes in ${[...new Set(paths)].join(", ")}: what it does with that is in the module`;
}
