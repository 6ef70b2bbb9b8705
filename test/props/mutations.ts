/** Values that a caller may pass by mistake, at every place of what is passed. */
import { Token } from "cdktf";

/** A place in what is passed: the names and numbers that lead to it. */
export type Place = readonly (string | number)[];

/** A wrong value, and what it is called in a failure. */
export interface Mutation {
  readonly name: string;
  /** Puts the wrong value into its owner, a copy that nobody else has. */
  readonly put: (owner: Record<string | number, unknown>, key: string | number) => void;
}

function value(name: string, wrong: unknown): Mutation {
  return {
    name,
    put: (owner, key) => {
      owner[key] = wrong;
    },
  };
}

/** The mutations of a value. */
export const mutations: readonly Mutation[] = [
  value("undefined", undefined),
  value("null", null),
  value("NaN", Number.NaN),
  value("Infinity", Number.POSITIVE_INFINITY),
  value("-1", -1),
  value("1.5", 1.5),
  value("an empty text", ""),
  value("a text of two lines", "two\nlines"),
  value("the name of a prototype's method", "constructor"),
  value("an object", {}),
  value("an empty list", []),
  value("a list of null", [null]),
  value("true", true),
  value("a function", () => undefined),
  value("a symbol", Symbol("wrong")),
  value("a token for a text", Token.asString({ resolve: () => "late", creationStack: [], toString: () => "late" })),
  value("a token for a number", Token.asNumber({ resolve: () => 7, creationStack: [], toString: () => "late" })),
  value("a token for a list", Token.asList({ resolve: () => ["late"], creationStack: [], toString: () => "late" })),
  {
    name: "a name that no type has",
    put: (owner, key) => {
      const inner = owner[key];
      owner[key] =
        isLiteral(inner) && !Array.isArray(inner) ? { ...inner, notKnownAnywhere: 1 } : { notKnownAnywhere: 1 };
    },
  },
  {
    name: "a getter that throws",
    put: (owner, key) => {
      Object.defineProperty(owner, key, {
        enumerable: true,
        configurable: true,
        get: () => {
          throw new Error("a getter that throws");
        },
      });
    },
  },
];

/** Checks whether the value is written as a literal: an object or a list, and of no class. */
export function isLiteral(given: unknown): given is Record<string | number, unknown> {
  if (typeof given !== "object" || given === null) return false;
  const prototype: unknown = Object.getPrototypeOf(given);
  return Array.isArray(given) || prototype === Object.prototype || prototype === null;
}

const DEPTH = 7;
const ITEMS = 2;
const NAMES = 40;

/** Returns every place in what is passed: of a list the first two items, of a record the first forty names. */
export function placesIn(given: unknown, place: Place = []): Place[] {
  if (!isLiteral(given) || place.length > DEPTH) return [];
  const keys = Array.isArray(given) ? [...given.keys()].slice(0, ITEMS) : Object.keys(given).slice(0, NAMES);
  return keys.flatMap((key) => [[...place, key], ...placesIn(given[key], [...place, key])]);
}

/** Returns a copy of what is passed with the mutation at the place. Only what leads there is copied. */
export function mutated(given: unknown, [key, ...rest]: Place, mutation: Mutation): unknown {
  if (key === undefined || !isLiteral(given)) throw new Error("the place is not in what is passed");
  const copy = (Array.isArray(given) ? [...(given as unknown[])] : { ...given }) as Record<string | number, unknown>;
  if (rest.length === 0) mutation.put(copy, key);
  else copy[key] = mutated(copy[key], rest, mutation);
  return copy;
}
