/**
 * ```ts
 * subnet.id === subnet.id; // false: CDKTF makes a new token each time
 * ```
 *
 * The comparison of values that only Terraform knows, by the expressions that they stand for.
 */
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { isUnresolved } from "./unresolved";

/**
 * Returns that of the known texts which stands for the same as the text. Returns the text itself where there is none, or more than
 * one: two stacks may have a resource of one address each.
 */
export function knownAs(scope: IConstruct, text: string, known: readonly string[]): string {
  if (!isUnresolved(text) || known.includes(text)) return text;
  const expression = expressionOf(scope, text);
  const same = known.filter((each) => isUnresolved(each) && expressionOf(scope, each) === expression);
  return same.length === 1 ? (same[0] ?? text) : text;
}

function expressionOf(scope: IConstruct, text: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver, preparing: false }));
}
