/**
 * ```ts
 * constructor(scope: Construct, id: string, props: HybridDnsProps) {
 *   admitConstruct("HybridDns", scope, id, props); // before the first resource, and before `super`
 * ```
 *
 * The door through which everything goes that is passed to the package: compared with what its type says, whoever calls, also
 * from plain JavaScript. Refused are names that the props of a construct do not have, a value that only Terraform knows where its
 * type needs one that is known, and a property that cannot be read, wherever it is.
 *
 * What a type cannot say (an address, a share from 0 to 1) is checked where it is used, with codes of its own.
 */
import { formatPath } from "../format-path";
import { refuse } from "../refuse";
import { findSecretPlace, type IsElsewhere } from "../secret/redact";
import { upperSnake } from "../text";
import { isUnresolved } from "../unresolved";
import { findMismatch } from "./mismatch";
import type { ArgumentShape, CallShape } from "./shape";
import { callShape } from "./shapes";

/**
 * Compares the arguments of a public function with their types.
 *
 * @param called the name of the function, `Class.method` of a static method, the id of a rule
 * @param given the arguments by their names; those that are parsed elsewhere, with errors of their own, are left out
 * @throws MigrationError with a code made of the function and of the argument or setting: `ASSESS_WAIVERS`
 */
export function admit(called: string, given: Readonly<Record<string, unknown>>): void {
  const call = shapeOf(called);
  for (const argument of call.arguments) {
    if (!Object.hasOwn(given, argument.name)) continue;
    const value = given[argument.name];
    if (hasPassed(value, argument)) continue;
    check({ called, call, strict: false }, argument, value);
    remember(value, argument);
  }
}

/**
 * The objects that have passed, each with the shapes that it has: an inventory goes through the door once, and not again with each
 * function that looks at it. What is passed is read-only by its type.
 */
const passed = new WeakMap<object, Set<string>>();

function hasPassed(value: unknown, argument: ArgumentShape): boolean {
  return typeof value === "object" && value !== null && passed.get(value)?.has(nameOf(argument)) === true;
}

function remember(value: unknown, argument: ArgumentShape): void {
  const name = nameOf(argument);
  if (typeof value !== "object" || value === null || name === "") return;
  const names = passed.get(value);
  if (names === undefined) passed.set(value, new Set([name]));
  else names.add(name);
}

/** Returns the name of an argument's shape, and nothing for one that is compared each time: settings are often made in steps. */
function nameOf({ shape, settings = false }: ArgumentShape): string {
  return !settings && typeof shape === "object" && "named" in shape ? shape.named : "";
}

/**
 * Compares the arguments of a construct with their types, and refuses a secret in them: whatever a construct makes of its props,
 * Terraform's state has them in clear. To be called before `super`.
 *
 * @throws MigrationError
 * - with a code made of the construct and of the prop: `HYBRID_DNS_FORWARD`
 * - `SECRET_IN_CLEAR` where a text is known to be a secret
 *
 * @param isElsewhere says of which texts the construct itself refuses a secret, with a remedy that is more exact
 */
export function admitConstruct(
  called: string,
  scope: unknown,
  id: unknown,
  props: unknown,
  isElsewhere?: IsElsewhere,
): void {
  const call = shapeOf(called);
  const [scopeShape, idShape, propsShape] = call.arguments;
  if (scopeShape !== undefined) check({ called, call, strict: false }, scopeShape, scope);
  const parent = pathOf(scope);
  if (idShape !== undefined) check({ called, call, strict: false, construct: parent }, idShape, id);
  if (id === "" || isUnresolved(id)) {
    refuse({
      code: codeOf(called, call, "id"),
      path: "id",
      received: id,
      allowed: "a name that is known at synthesis, and that no other construct beside it has",
      fix: "write a name: it is a part of the addresses of its resources",
      construct: parent,
    });
  }
  if (propsShape === undefined) return;
  const construct = [parent, id].filter(Boolean).join("/");
  check({ called, call, strict: propsShape.settings === true, construct }, propsShape, props);
  refuseSecrets(props, { construct, ...(isElsewhere === undefined ? {} : { isElsewhere }) });
}

/**
 * Refuses data that are to be stored where one is known to be a secret.
 *
 * @throws MigrationError `SECRET_IN_CLEAR`
 */
export function refuseSecrets(
  data: unknown,
  { construct, isElsewhere }: { readonly construct?: string; readonly isElsewhere?: IsElsewhere } = {},
): void {
  const found = findSecretPlace(data, isElsewhere);
  if (found === undefined) return;
  refuse({
    code: "SECRET_IN_CLEAR",
    path: formatPath(found.path),
    received: `${found.what}, which is not repeated here`,
    allowed: "a text without a secret: the code and Terraform's state keep it in clear",
    fix: "change the secret, put the new one into Secrets Manager, and pass a reference to it",
    ...(construct === undefined ? {} : { construct }),
  });
}

/** A call, as its errors name it. */
interface Call {
  readonly called: string;
  readonly call: CallShape;
  /** Whether names that a type does not have are refused: in props, which somebody writes. Options are handed on with others. */
  readonly strict: boolean;
  readonly construct?: string;
}

/** Checks whether the package itself has what is called: a rule may also be the user's own. */
export function hasShape(called: string): boolean {
  return callShape(called) !== undefined;
}

function shapeOf(called: string): CallShape {
  const call = callShape(called);
  if (call === undefined) throw new Error(`${called} has no shape: run npm run generate`);
  return call;
}

function check({ called, call, strict, construct }: Call, argument: ArgumentShape, value: unknown): void {
  if (value === undefined && argument.optional === true) return;
  const found = findMismatch(value, argument.shape, { strict });
  if (found === undefined) return;
  const isSetting = argument.settings === true && found.path.length > 0;
  refuse({
    code: codeOf(called, call, isSetting ? String(found.path[0]) : argument.name),
    path: formatPath(isSetting ? found.path : [argument.name, ...found.path]),
    ...found.tell(),
    ...(construct === undefined ? {} : { construct }),
  });
}

/** Returns the path of a construct. The command line calls what is behind this door without loading any. */
function pathOf(scope: unknown): string {
  const { node } = scope as { readonly node?: { readonly path?: unknown } };
  return typeof node?.path === "string" ? node.path : "";
}

function codeOf(called: string, { codes }: CallShape, subject: string): string {
  if (codes !== undefined && Object.hasOwn(codes, subject)) return codes[subject] ?? "";
  return [called, subject].map(upperSnake).join("_");
}
