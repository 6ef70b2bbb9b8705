/** Reads who may decrypt what: the keys, what is encrypted with each, and everybody whom a policy lets use it. */
import { compareText } from "../../core/text";
import type { Element, Synthesis } from "../rehearsal/stack-terraform";
import type { AccessStatement, AccessSubject, KeyAccess, RoleAccess, TypedSubject, UnreadAccess } from "./model";
import { EXCEPT, readPolicyOf } from "./policy-statements";
import type { TokenNames } from "./token-names";

/** The attributes by which the provider's resources name a key, at any depth of a configuration. */
const KEY_ATTRIBUTE = /^(?:kms_key|kms_key_id|kms_key_arn|kms_master_key_id|kms_data_key_arn|kms_key_identifier)$/;

/** Whatever decrypts (AWS KMS Developer Guide, "KMS API permissions"); `kms:ReEncryptFrom` decrypts too. */
const DECRYPTS = ["kms:decrypt", "kms:reencryptfrom"];

interface KeyDraft extends KeyAccess {
  readonly encrypts: AccessSubject[];
  readonly decryptors: { readonly role: string; readonly statement: AccessStatement }[];
}

/** Returns the keys with who may decrypt by each, and what is encrypted by a key that AWS owns or manages. */
export function readKeys(
  app: Synthesis,
  names: TokenNames,
  roles: readonly RoleAccess[],
  unread: UnreadAccess[],
): { readonly keys: KeyAccess[]; readonly withoutOwnKey: TypedSubject[] } {
  const keys = new Map<string, KeyDraft>();
  const keyOf = (key: string, made: boolean, policy: readonly AccessStatement[] = []): KeyDraft => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    const draft: KeyDraft = { key, made, encrypts: [], policy, decryptors: [] };
    keys.set(key, draft);
    return draft;
  };
  const resources = [...app.elements.values()].filter(({ kind }) => kind === "resource");
  for (const element of resources) {
    if (element.type !== "aws_kms_key") continue;
    const policy = readPolicyOf(names, element) ?? { statements: [] };
    if ("reason" in policy) unread.push({ ...names.subject(element), reason: `who may use it: ${policy.reason}` });
    keyOf(names.subject(element).name, true, "statements" in policy ? policy.statements : []);
  }
  const withoutOwnKey: TypedSubject[] = [];
  for (const element of resources) {
    const named = keysIn(element.config);
    for (const value of named) keyOf(keyName(names, element, value), false).encrypts.push(names.subject(element));
    if (named.length === 0 && isEncrypted(element.config))
      withoutOwnKey.push({ ...names.subject(element), type: element.type });
  }
  for (const draft of keys.values()) {
    for (const { name, permissions } of roles) {
      for (const statement of permissions) {
        if (allowsDecrypting(statement) && covers(statement.resources, draft.key)) {
          draft.decryptors.push({ role: name, statement });
        }
      }
    }
  }
  return {
    keys: [...keys.values()].sort((a, b) => compareText(a.key, b.key)),
    withoutOwnKey: withoutOwnKey.sort((a, b) => compareText(a.address, b.address)),
  };
}

/** Checks whether the statement lets its bearer decrypt. */
export function allowsDecrypting({ effect, actions }: AccessStatement): boolean {
  if (effect === "Deny") return false;
  const excepted = actions.flatMap((action) => (action.startsWith(EXCEPT) ? [action.slice(EXCEPT.length)] : []));
  const allowed = excepted.length > 0 ? ["*"] : actions;
  return DECRYPTS.some(
    (decrypts) =>
      allowed.some((action) => matches(action, decrypts)) && !excepted.some((action) => matches(action, decrypts)),
  );
}

/** Compares an action of a policy, in which `*` and `?` are wildcards and case does not count, with one in lower case. */
function matches(action: string, decrypts: string): boolean {
  const pattern = action
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`).test(decrypts);
}

function covers(resources: readonly string[], key: string): boolean {
  return resources.some(
    (resource) =>
      resource === key || resource === "*" || (resource.endsWith("*") && key.startsWith(resource.slice(0, -1))),
  );
}

function keyName(names: TokenNames, { stack }: Element, value: string): string {
  const [target] = names.targets(stack, value);
  return target === undefined ? names.text(stack, value) : names.subject(target).name;
}

function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    KEY_ATTRIBUTE.test(key) && typeof each === "string" && each !== "" ? [each] : keysIn(each),
  );
}

/** Checks whether something of the resource is encrypted at rest, as its own attributes say. */
function isEncrypted(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isEncrypted);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, each]) =>
    key === "encrypted" || key === "storage_encrypted" ? each === true : isEncrypted(each),
  );
}
