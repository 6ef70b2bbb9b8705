/** The lint rule about the opening words of doc comments. */
import { describe, expect, it } from "@jest/globals";
import { Linter, type Rule } from "eslint";
import tseslint from "typescript-eslint";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- CommonJS without types, as the linter's configuration loads it
const rule = require("../scripts/doc-comment-grammar.cjs") as Rule.RuleModule;

function problemsOf(code: string): (string | undefined)[] {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser },
    plugins: { local: { rules: { "doc-comment-grammar": rule } } },
    rules: { "local/doc-comment-grammar": "error" },
  };
  return new Linter()
    .verify(code, [config], { filename: "thing.ts" })
    .map(({ messageId, message }) => messageId ?? message);
}

describe("the grammar of doc comments", () => {
  it.each([
    ["a type", "/** What is given. */ export interface Given {}"],
    ["a module", "/**\n * How things are.\n */\n\nexport {};"],
    [
      "a module, behind its example",
      "/**\n * ```ts\n * const a = 1;\n * ```\n *\n * How things are.\n */\n\nexport {};",
    ],
    ["a property", "export interface Given { /** Where it is. */ readonly place: string }"],
    ["a function", "/** Which one it is. */ export function one(): void {}"],
  ])("refuses a question word before %s", (_, code) => {
    expect(problemsOf(code)).toEqual(["question"]);
  });

  it.each([
    ["a function", "/** Whether it is. */ function is(): boolean { return true; }"],
    ["an exported function", "/** Whether it is. */ export function is(): boolean { return true; }"],
    ["an exported default", "/** Whether it is. */ export default function is(): boolean { return true; }"],
    ["a function without a body", "/** Whether it is. */ export declare function is(): boolean;"],
    ["a constant function", "/** Whether it is. */ export const is = (): boolean => true;"],
    ["a method", "class A { /** Whether it is. */ public is(): boolean { return true; } }"],
    ["a static method", "class A { /** Whether it is. */ static async is(): Promise<boolean> { return true; } }"],
    ["an abstract method", "abstract class A { /** Whether it is. */ abstract is(): boolean; }"],
    ["a method of an interface", "interface A { /** Whether it is. */ is(): boolean }"],
  ])("refuses Whether before %s", (_, code) => {
    expect(problemsOf(code)).toEqual(["whether"]);
  });

  it.each([
    ["a boolean property", "interface A { /** Whether it is. */ readonly is: boolean }"],
    ["a field", "class A { /** Whether it is. */ private is = false; }"],
    ["a getter", "class A { /** Whether it is. */ get is(): boolean { return true; } }"],
    ["a constant", "/** Whether it is. */ export const is = true;"],
  ])("takes Whether before %s", (_, code) => {
    expect(problemsOf(code)).toEqual([]);
  });

  it("takes a noun phrase, a verb, a code block, and comments that document nothing", () => {
    expect(
      problemsOf(
        [
          "/**\n * ```ts\n * const what = 1;\n * ```\n *\n * The things.\n */",
          "/** The whereabouts of a thing. */ export const place = 1;",
          "/** Checks whether it is. */ export function is(): boolean { return true; }",
          "/* What is not a doc comment. */",
          "// Why this is so.",
        ].join("\n"),
      ),
    ).toEqual([]);
  });
});
