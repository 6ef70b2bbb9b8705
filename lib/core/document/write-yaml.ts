/**
 * ```ts
 * writeYaml({ country: "NO", at: "1:30" }); // country: "NO"\nat: "1:30"\n
 * ```
 *
 * Writes YAML that every version reads alike. Kubernetes, PyYAML and Ruby read YAML 1.1, in which an unquoted `NO`, `y` or `on` is a
 * truth value, `1:30` is ninety and `1_000` a thousand (yaml.org/type: bool, int, float, timestamp, merge, value), and in which
 * U+0085 ends a line. `test:text` has a reader of each kind read back what is written.
 */
import type { Document } from "yaml";
import { yaml } from "./yaml";

/** Option of the writer: what any version reads as something else than text is quoted. */
export const YAML_1_1 = { compat: "yaml-1.1" } as const;

/** The value type `=` of YAML 1.1, and what some reader takes for the end of a line, for nothing, or for no character at all. */
const QUOTED = /^=$|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** The same characters as they stand raw in the double quotes that the library writes. */
const RAW = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** Returns the value as a YAML document: the same bytes for the same value, without anchors, no line folded. */
export function writeYaml(value: unknown): string {
  return yamlText(new (yaml().Document)(value, { ...YAML_1_1, aliasDuplicateObjects: false }));
}

/** Returns the text of a document, which was made with {@link YAML_1_1}. */
export function yamlText(document: Document): string {
  yaml().visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === "string" && QUOTED.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document
    .toString({ lineWidth: 0 })
    .replace(RAW, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
