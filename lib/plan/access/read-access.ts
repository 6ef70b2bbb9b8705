/**
 * ```ts
 * const access = readAccess(readSynthesizedApp("cdktf.out"));
 * access.roles.filter(({ trust }) => trust.some(({ conditions }) => conditions.length === 0));
 * ```
 *
 * Reads who may assume, do, reach and decrypt what, from the Terraform that CDKTF has written. Nothing is asked of AWS, so what
 * the app does not make (a role that is there already, a policy of AWS's own) is named and its content is not told; and what
 * cannot be read is listed, never left out.
 */
import { admit } from "../../core/door/admit";
import { refuseUnreadable } from "../../core/door/refuse-unreadable";
import { compareText } from "../../core/text";
import { synthesisOf, type Element, type StackTerraform, type Synthesis } from "../rehearsal/stack-terraform";
import { readKeys } from "./key-access";
import type { Access, AccessSubject, ResourcePolicy, RoleAccess, UnreadAccess } from "./model";
import { readGroups, readRoutes } from "./open-paths";
import { hasPrincipals, readPolicy, readPolicyOf } from "./policy-statements";
import { TokenNames } from "./token-names";

/** The types that attach a policy to a role, with the attribute that holds or names the policy. */
const ROLE_POLICIES: Readonly<Record<string, { readonly text?: string; readonly named?: string }>> = {
  aws_iam_role_policy: { text: "policy" },
  aws_iam_role_policy_attachment: { named: "policy_arn" },
};

const INSTANCE_PROFILE = "aws_iam_instance_profile";

/**
 * Returns the access that the stacks of an app give.
 *
 * @throws MigrationError `ACCESS_STACKS` where a property of the Terraform cannot be read
 */
export function readAccess(stacks: readonly StackTerraform[]): Access {
  admit("readAccess", { stacks });
  refuseUnreadable("ACCESS_STACKS", stacks, ["stacks"]);
  const app = synthesisOf(stacks);
  const names = new TokenNames(app);
  const unread: UnreadAccess[] = [...app.elements.values()]
    .filter(({ kind }) => kind === "module")
    .map((element) => ({ ...names.subject(element), reason: "a module's resources are not in the synthesized JSON" }));
  const roles = readRoles(app, names, unread);
  const policies = readResourcePolicies(app, names, unread);
  const { keys, withoutOwnKey } = readKeys(app, names, roles, unread);
  return {
    stacks: [...app.stacks.keys()].sort(compareText),
    roles,
    policies,
    groups: readGroups(app, names),
    routes: readRoutes(app, names),
    keys,
    withoutOwnKey,
    unread: unread.sort((a, b) => compareText(a.address, b.address)),
  };
}

interface RoleDraft extends RoleAccess {
  readonly usedBy: AccessSubject[];
  readonly permissions: RoleAccess["permissions"][number][];
  readonly namedPolicies: string[];
}

function readRoles(app: Synthesis, names: TokenNames, unread: UnreadAccess[]): RoleAccess[] {
  const roles = new Map<string, RoleDraft>();
  const elements = [...app.elements.values()].filter(({ kind }) => kind === "resource");
  for (const element of elements) {
    if (element.type !== "aws_iam_role") continue;
    const trust = readPolicy(names, element.stack, element.config["assume_role_policy"]);
    if ("reason" in trust) unread.push({ ...names.subject(element), reason: `who may assume it: ${trust.reason}` });
    roles.set(element.address, {
      ...names.subject(element),
      trust: "statements" in trust ? trust.statements : [],
      usedBy: [],
      permissions: [],
      namedPolicies: [],
    });
  }
  for (const element of elements) {
    const attached = ROLE_POLICIES[element.type];
    if (attached !== undefined) attach(element, attached, { names, roles, unread });
    else if (element.type !== "aws_iam_role") noteUse(element, names, roles);
  }
  return [...roles.values()].sort((a, b) => compareText(a.name, b.name));
}

/** Adds the policy that an element attaches to its role. A role that the app does not make is a role of its own here. */
function attach(
  element: Element,
  { text, named }: { readonly text?: string; readonly named?: string },
  { names, roles, unread }: { names: TokenNames; roles: Map<string, RoleDraft>; unread: UnreadAccess[] },
): void {
  const [target] = names.targets(element.stack, element.config["role"]);
  const subject =
    target === undefined ? foreign(names.text(element.stack, String(element.config["role"]))) : names.subject(target);
  const role = roles.get(subject.address) ?? { ...subject, trust: [], usedBy: [], permissions: [], namedPolicies: [] };
  roles.set(subject.address, role);
  if (text !== undefined) {
    const policy = readPolicy(names, element.stack, element.config[text]);
    if ("reason" in policy) unread.push({ ...names.subject(element), reason: policy.reason });
    else role.permissions.push(...policy.statements);
  }
  if (named === undefined) return;
  const arn = element.config[named];
  const [managed] = names.targets(element.stack, arn);
  const policy =
    managed?.type === "aws_iam_policy" ? readPolicy(names, managed.stack, managed.config["policy"]) : undefined;
  if (policy === undefined) role.namedPolicies.push(names.text(element.stack, String(arn)));
  else if ("reason" in policy) unread.push({ ...names.subject(element), reason: policy.reason });
  else role.permissions.push(...policy.statements);
}

/** Notes what a role is given to: whatever else of the app names it, by an instance profile too. */
function noteUse(element: Element, names: TokenNames, roles: ReadonlyMap<string, RoleDraft>): void {
  if (element.type === INSTANCE_PROFILE) return;
  const { depends_on: _order, lifecycle: _lifecycle, ...config } = element.config;
  const targets = names
    .targets(element.stack, config)
    .flatMap((target) =>
      target.type === INSTANCE_PROFILE ? names.targets(target.stack, target.config["role"]) : [target],
    );
  for (const target of new Set(targets)) roles.get(target.address)?.usedBy.push(names.subject(element));
}

function foreign(name: string): AccessSubject {
  return { name, address: name };
}

/** Reads the policies of resources: every policy that says who. Keys are read on their own. */
function readResourcePolicies(app: Synthesis, names: TokenNames, unread: UnreadAccess[]): ResourcePolicy[] {
  const policies: ResourcePolicy[] = [];
  for (const element of app.elements.values()) {
    const { kind, type } = element;
    if (kind !== "resource" || type === "aws_kms_key" || type.startsWith("aws_iam_")) continue;
    const policy = readPolicyOf(names, element);
    if (policy === undefined) continue;
    if ("reason" in policy) unread.push({ ...names.subject(element), reason: policy.reason });
    else if (hasPrincipals(policy)) policies.push({ ...names.subject(element), statements: policy.statements });
  }
  return policies.sort((a, b) => compareText(a.name, b.name));
}
