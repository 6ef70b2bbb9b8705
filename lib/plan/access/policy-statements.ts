/**
 * Reads the statements of a policy: of JSON in a string, which CDKTF writes with tokens in it, and of the data source that
 * writes policies. What is neither is said to be unread, never taken for a policy that allows nothing.
 */
import { block, blocks, type Block, type Element } from "../rehearsal/stack-terraform";
import type { AccessStatement } from "./model";
import type { TokenNames } from "./token-names";

/** The statements of a policy, or the reason why they cannot be read. */
export type ReadPolicy = { readonly statements: readonly AccessStatement[] } | { readonly reason: string };

/** The words before what a `NotAction` or a `NotResource` excepts. */
export const EXCEPT = "everything but ";

/** Reads the policy in the value of an attribute of a stack's resource. */
export function readPolicy(names: TokenNames, stack: string, value: unknown): ReadPolicy {
  if (typeof value !== "string") return { reason: "its policy is no text" };
  const whole = /^\$\{(.*)\}$/s.exec(value.trim())?.[1];
  if (whole !== undefined) {
    const [document, another] = names.targets(stack, value);
    if (document?.type === "aws_iam_policy_document" && another === undefined) return ofDocument(names, document);
    return { reason: "its policy is made by an expression that only Terraform evaluates" };
  }
  let policy: Block;
  try {
    policy = block(JSON.parse(value));
  } catch {
    return { reason: "its policy is not written as JSON" };
  }
  if (policy["Statement"] === undefined) return { reason: "its policy has no statements" };
  return { statements: blocks(policy["Statement"]).map((statement) => ofJson(names, stack, statement)) };
}

/**
 * The policies that AWS gives what has none: a key is administered by its account (AWS KMS Developer Guide, "Default key
 * policy"), and an endpoint lets everybody do everything (AWS PrivateLink Guide, "Default endpoint policy").
 */
const DEFAULT_POLICIES: Readonly<Record<string, AccessStatement>> = {
  aws_kms_key: statementOf("AWS arn:<this partition>:iam::<this account>:root", "kms:*"),
  aws_vpc_endpoint: statementOf("everybody", "*"),
};

/** Reads the policy of a resource; without one, the policy that AWS gives it, or nothing. */
export function readPolicyOf(names: TokenNames, { type, stack, config }: Element): ReadPolicy | undefined {
  if (config["policy"] !== undefined) return readPolicy(names, stack, config["policy"]);
  const statement = Object.hasOwn(DEFAULT_POLICIES, type) ? DEFAULT_POLICIES[type] : undefined;
  return statement === undefined ? undefined : { statements: [statement] };
}

function statementOf(principal: string, action: string): AccessStatement {
  return { effect: "Allow", principals: [principal], actions: [action], resources: ["*"], conditions: [] };
}

/** Checks whether a policy that lets somebody else do something names that somebody, as policies of resources do. */
export function hasPrincipals(policy: ReadPolicy): boolean {
  return "statements" in policy && policy.statements.some(({ principals }) => principals.length > 0);
}

function ofJson(names: TokenNames, stack: string, statement: Block): AccessStatement {
  const texts = (key: string): string[] => [
    ...textsOf(statement[key]),
    ...textsOf(statement[`Not${key}`]).map((text) => `${EXCEPT}${text}`),
  ];
  const resolved = (values: readonly string[]): string[] => values.map((text) => names.text(stack, text));
  return {
    effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
    principals: resolved([
      ...principalsOf(statement["Principal"]),
      ...principalsOf(statement["NotPrincipal"]).map((text) => `everybody but ${text}`),
    ]),
    actions: resolved(texts("Action")),
    resources: resolved(texts("Resource")),
    conditions: resolved(
      Object.entries(block(statement["Condition"])).flatMap(([operator, keys]) =>
        Object.entries(block(keys)).map(([key, values]) => `${operator} ${key} = ${textsOf(values).join(" or ")}`),
      ),
    ),
  };
}

function ofDocument(names: TokenNames, { stack, config }: Element): ReadPolicy {
  for (const key of ["source_policy_documents", "override_policy_documents", "source_json", "override_json"]) {
    if (config[key] !== undefined) return { reason: `its policy document takes others by ${key}` };
  }
  const resolved = (values: readonly string[]): string[] => values.map((text) => names.text(stack, text));
  return {
    statements: blocks(config["statement"]).map((statement) => {
      const people = (key: string): string[] =>
        blocks(statement[key]).flatMap(({ type, identifiers }) =>
          textsOf(identifiers).map((identifier) => `${String(type)} ${identifier}`),
        );
      const texts = (key: string): string[] => [
        ...textsOf(statement[key]),
        ...textsOf(statement[`not_${key}`]).map((text) => `${EXCEPT}${text}`),
      ];
      return {
        effect: statement["effect"] === "Deny" ? "Deny" : "Allow",
        principals: resolved([
          ...people("principals"),
          ...people("not_principals").map((text) => `everybody but ${text}`),
        ]),
        actions: resolved(texts("actions")),
        resources: resolved(texts("resources")),
        conditions: resolved(
          blocks(statement["condition"]).map(
            ({ test, variable, values }) => `${String(test)} ${String(variable)} = ${textsOf(values).join(" or ")}`,
          ),
        ),
      };
    }),
  };
}

function principalsOf(value: unknown): string[] {
  if (typeof value === "string") return [value === "*" ? "everybody" : value];
  return Object.entries(block(value)).flatMap(([kind, who]) =>
    textsOf(who).map((text) => (text === "*" ? "everybody" : `${kind} ${text}`)),
  );
}

/** Returns a value, or a list of values, as texts: Terraform and policies allow both. What is no text or number is left out. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}
