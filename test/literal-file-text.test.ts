/** The lint rule about text from files in Terraform: it is typed, so each case is linted as a file of this folder. */
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Linter, type Rule } from "eslint";
import tseslint from "typescript-eslint";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- CommonJS without types, as the linter's configuration loads it
const rule = require("../scripts/literal-file-text.cjs") as Rule.RuleModule;

/** The declarations around each case: the types are those of the library, of CDKTF and of the provider. */
const AROUND = `
import { SsmParameter, type SsmParameterConfig } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { TerraformOutput, TerraformResource } from "cdktf";
import type { FileText } from "../lib/core/file-text";
import { literal, literalAroundTokens } from "../lib/core/literal";
import type { Server } from "../lib/inventory/model";
declare const scope: Construct;
declare const server: Server;
declare const own: string;
declare const name: FileText;
declare const names: readonly FileText[];
declare function shortened(text: string): string;
class OwnParameter extends SsmParameter {}
class Part extends Construct { constructor(scope: Construct, id: string, readonly props: { readonly server: Server }) { super(scope, id); } }
class Resource extends TerraformResource {}
`;

// One program for all cases: to make one takes seconds.
const cases = {
  good: {
    "a literal": 'new SsmParameter(scope, "a", { name: own, type: "String", value: literal(server.name) });',
    "a literal of a concatenation":
      'new SsmParameter(scope, "a", { name: own, type: "String", value: literal(`a ${server.name}`) });',
    "a literal around tokens":
      'new SsmParameter(scope, "a", { name: own, type: "String", value: `a ${literalAroundTokens(name)}` });',
    "literals of a list": 'new TerraformOutput(scope, "a", { value: names.map((each) => literal(each)) });',
    "a list through the function": 'new TerraformOutput(scope, "a", { value: names.map(literal) });',
    "text of our own": 'new SsmParameter(scope, "a", { name: own, type: "String", value: `a ${own}` });',
    "a number": 'new TerraformOutput(scope, "a", { value: server.cpus });',
    "a comparison": 'new TerraformOutput(scope, "a", { value: server.name === "a" ? "b" : "c" });',
    "a length": 'new TerraformOutput(scope, "a", { value: names.length });',
    "a lookup": 'new TerraformOutput(scope, "a", { value: new Map([["a", "b"]]).get(server.name) });',
    "a construct of the library": 'new Part(scope, "a", { server });',
    "a literal in the result of a function":
      'function config(): SsmParameterConfig { return { name: own, type: "String", value: literal(server.name) }; }',
    "an enumeration": 'new TerraformOutput(scope, "a", { value: server.powerState });',
    "an id": 'new SsmParameter(scope, server.name, { name: own, type: "String", value: own });',
  },
  bad: {
    "a property": 'new SsmParameter(scope, "a", { name: own, type: "String", value: server.name });',
    "a property that may be missing":
      'new SsmParameter(scope, "a", { name: own, type: "String", value: server.application ?? own });',
    "a template": 'new SsmParameter(scope, "a", { name: own, type: "String", value: `a ${server.name}` });',
    "a concatenation": 'new SsmParameter(scope, "a", { name: own, type: "String", value: own + name });',
    "a method": 'new SsmParameter(scope, "a", { name: own, type: "String", value: server.name.toLowerCase() });',
    "a function's result":
      'new SsmParameter(scope, "a", { name: own, type: "String", value: shortened(server.name) });',
    "a condition": 'new SsmParameter(scope, "a", { name: own, type: "String", value: own === "a" ? own : name });',
    JSON: 'new SsmParameter(scope, "a", { name: own, type: "String", value: JSON.stringify({ name }) });',
    "a constant":
      'const text = `a ${server.name}`; new SsmParameter(scope, "a", { name: own, type: "String", value: text });',
    "a spread": 'new SsmParameter(scope, "a", { name: own, type: "String", ...(own === "" ? {} : { value: name }) });',
    "a nested object": 'new SsmParameter(scope, "a", { name: own, type: "String", tags: { Name: server.name } });',
    "a record": 'new SsmParameter(scope, "a", { name: own, type: "String", tags: server.tags });',
    "a computed key": 'new SsmParameter(scope, "a", { name: own, type: "String", tags: { [server.name]: own } });',
    "a list": 'new TerraformOutput(scope, "a", { value: names });',
    "a mapped list": 'new TerraformOutput(scope, "a", { value: server.nics.map((nic) => nic.addresses) });',
    "a joined list": 'new TerraformOutput(scope, "a", { value: names.join(", ") });',
    "an object": 'new TerraformOutput(scope, "a", { value: server.os });',
    "the result of a function":
      'function config(): SsmParameterConfig { return { name: own, type: "String", value: server.name }; }',
    "a spread in the result of a function":
      'function config(): Omit<SsmParameterConfig, "name"> { return { type: "String", ...(own === "" ? {} : { value: name }) }; }',
    "a resource of a class of ours": 'new OwnParameter(scope, "a", { name: own, type: "String", value: name });',
    "a resource without a provider's class": 'new Resource(scope, "a", { terraformResourceType: name });',
  },
};
const all = [...Object.entries(cases.good), ...Object.entries(cases.bad)];
const problems = new Map<string, number>();

beforeAll(() => {
  // Each case is a block of its own, so that the lines of the messages tell them apart.
  const code = AROUND + all.map(([, text]) => `{ ${text} }`).join("\n");
  const config: Linter.Config = {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: { allowDefaultProject: ["test/literal-file-text.case.ts"] },
        tsconfigRootDir: path.join(__dirname, ".."),
      },
    },
    plugins: { local: { rules: { "literal-file-text": rule } } },
    rules: { "local/literal-file-text": "error" },
  };
  const messages = new Linter({ cwd: path.join(__dirname, "..") }).verify(code, [config], {
    filename: path.join(__dirname, "literal-file-text.case.ts"),
  });
  const first = AROUND.split("\n").length;
  for (const { line, messageId, message } of messages) {
    if (messageId !== "code") throw new Error(message);
    const name = all[line - first]?.[0] ?? `line ${line}`;
    problems.set(name, (problems.get(name) ?? 0) + 1);
  }
}, 120_000);

describe("text from a file", () => {
  it.each(Object.keys(cases.good))("may be written as %s", (name) => {
    expect(problems.get(name) ?? 0).toBe(0);
  });

  it.each(Object.keys(cases.bad))("may not be written as %s", (name) => {
    expect(problems.get(name)).toBe(1);
  });
});
