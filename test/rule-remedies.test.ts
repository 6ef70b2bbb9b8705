import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import * as ts from "typescript";
import { allRules } from "../lib/plan/all-rules";

/** A remedy that a rule's check gives for a case of its own, word for word. */
interface CaseRemedy {
  readonly rule: string;
  readonly text: string;
}

const lib = path.join(__dirname, "../lib");

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((each) => each.name !== undefined && each.name.getText() === name);
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** The texts that an expression may have: of both branches of a condition, and of a constant of the file. */
function textsOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node))
    return [...textsOf(node.whenTrue, constants), ...textsOf(node.whenFalse, constants)];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, constants);
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [textsOf(node.left, constants), textsOf(node.right, constants)];
    return left.flatMap((a) => right.map((b) => a + b));
  }
  const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
  return constant === undefined ? [] : textsOf(constant, constants);
}

/** The remedies of single cases that are known without running the rule. */
function caseRemedies(file: string): CaseRemedy[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const constants = new Map<string, ts.Expression>();
  const found: CaseRemedy[] = [];
  const collect = (node: ts.Node, rule: string): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "remedy")
      found.push(...textsOf(node.initializer, constants).map((text) => ({ rule, text })));
    ts.forEachChild(node, (child) => {
      collect(child, rule);
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      constants.set(node.name.text, node.initializer);
    if (ts.isCallExpression(node) && node.expression.getText() === "defineRule") {
      const [init] = node.arguments;
      const id = init !== undefined && ts.isObjectLiteralExpression(init) ? property(init, "id") : undefined;
      const check =
        init !== undefined && ts.isObjectLiteralExpression(init)
          ? init.properties.find((each) => each.name?.getText() === "check")
          : undefined;
      if (id !== undefined && ts.isStringLiteralLike(id) && check !== undefined) collect(check, id.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const remedies = files.flatMap((file) => caseRemedies(path.join(lib, file)));

describe("the remedy of a case", () => {
  it("is looked for where it is written", () => {
    expect(remedies.length).toBeGreaterThan(1);
    expect(remedies.map(({ rule }) => rule)).toContain("firmware-unsupported");
  });

  it("is a part of the rule's own, which `migration-patterns rules` prints", () => {
    const general = new Map(allRules.map(({ id, remedy }) => [id, remedy]));
    const others = remedies.filter(({ rule, text }) => general.get(rule)?.includes(text) !== true);
    expect(others).toEqual([]);
  });
});
