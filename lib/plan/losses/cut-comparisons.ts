/**
 * Comparisons of one attribute before and after, which tell whether its change is a cut. A block that is on both sides is compared
 * with itself; a value that is not known yet may be a cut, where the value before is one that can be lost.
 */
import type { CutKind } from "./cut";
import { isUnknown, numberOf, truthOf, valuesAt, type PlacedValue } from "./block-values";
import { isSmallerSize } from "./instance-sizes";

/** A cut that a comparison has found. */
export interface FoundCut {
  /** The effect, as a phrase that follows the resource's address. */
  readonly effect: string;
  /**
   * Whether it is certain.
   * @default true
   */
  readonly certain?: boolean;
  /**
   * The kind, where it depends on the value.
   * @default - the kind of the attribute
   */
  readonly kind?: CutKind;
}

/** A function that compares one attribute of two configurations; undefined where nothing is cut. */
export type Compare = (before: unknown, after: unknown) => FoundCut | undefined;

/** Options of {@link lowered}. */
export interface LoweredOptions {
  /**
   * The meaning of 0.
   *
   * - `off`: nothing is backed up.
   * - `for-ever`: nothing is ever deleted.
   * - `stopped`: nothing runs; another entry says so.
   * @default - a number like any other
   */
  readonly zero?: "off" | "for-ever" | "stopped";
  /**
   * The meaning of no value.
   * @default - not known: nothing is compared
   */
  readonly absent?: "for-ever";
  /**
   * The one value that is a cut.
   * @default - every lower one
   */
  readonly only?: "zero";
}

/** Compares numbers: a lower one is a cut. */
export function lowered(options: LoweredOptions = {}): (attribute: string) => Compare {
  const { zero, only } = options;
  return (attribute) => (before, after) =>
    firstCut(attribute, before, after, (old, young) => {
      const from = amount(old, options);
      if (from === undefined || from === 0) return undefined;
      if (isUnknown(young)) return only === undefined ? mayBe("lower", attribute) : undefined;
      const to = amount(young, options);
      if (to === undefined || to >= from) return undefined;
      if (to === 0 && (only === "zero" || zero === "off")) {
        return { effect: `sets ${attribute} to 0`, ...(zero === "off" ? { kind: "backup-off" } : {}) };
      }
      if (only === "zero" || (to === 0 && zero === "stopped")) return undefined;
      return { effect: from === Infinity ? `sets ${attribute}, which had no limit` : `lowers ${attribute}` };
    });
}

/** Compares truths: from true to false is a cut. */
export function turnedOff({ absent = false }: { readonly absent?: boolean } = {}): (attribute: string) => Compare {
  return turned(true, absent, "turns off");
}

/** Compares truths: from false to true is a cut. */
export function turnedOn({ absent = false }: { readonly absent?: boolean } = {}): (attribute: string) => Compare {
  return turned(false, absent, "turns on");
}

function turned(from: boolean, absent: boolean, verb: string): (attribute: string) => Compare {
  return (attribute) => (before, after) =>
    firstCut(attribute, before, after, (old, young, gone) => {
      const truth = (value: unknown): boolean | undefined => (value === undefined ? absent : truthOf(value));
      if (truth(old) !== from) return undefined;
      // A value that must be asked for to be safe, and that nobody had asked for, is as safe as before.
      if (isUnknown(young)) return old === undefined ? undefined : mayBe(verb.replace("turns", "turn"), attribute);
      // A block of its own that is gone has taken the setting with it, where true was the setting.
      if (gone) return from ? { effect: `removes the block with ${attribute}` } : undefined;
      return truth(young) === !from ? { effect: `${verb} ${attribute}` } : undefined;
    });
}

/** Compares words: to leave one of them is a cut. */
export function leaves(...states: readonly string[]): (attribute: string) => Compare {
  return (attribute) => (before, after) =>
    firstCut(attribute, before, after, (old, young) => {
      if (typeof old !== "string" || !states.includes(old)) return undefined;
      if (isUnknown(young)) return mayBe("change", attribute);
      if (typeof young === "string" && states.includes(young)) return undefined;
      return { effect: `changes ${attribute} from ${states[0] ?? ""}` };
    });
}

/** Compares keys: another one, or none, is a cut. The id and the ARN of a key are the same key. */
export const replacedKey = (attribute: string): Compare => {
  return (before, after) =>
    firstCut(attribute, before, after, (old, young, gone) => {
      // Synthesized Terraform refers to a key: the same reference is the same key.
      if (typeof old !== "string" || old === "" || old === young || gone) return undefined;
      if (isUnknown(old) !== isUnknown(young)) return mayBe("change", attribute);
      const from = old.slice(old.lastIndexOf("/") + 1);
      if (typeof young !== "string" || young === "") return { effect: `removes ${attribute}` };
      return from === young.slice(young.lastIndexOf("/") + 1) ? undefined : { effect: `changes ${attribute}` };
    });
};

/** Compares the sizes of one family of instances: a smaller one is a cut. */
export const smallerSize = (attribute: string): Compare => {
  return (before, after) =>
    firstCut(attribute, before, after, (old, young) =>
      isSmallerSize(old, young) ? { effect: `makes ${attribute} smaller` } : undefined,
    );
};

/** Compares lists of blocks: one that is gone is a cut. */
export const removed = (attribute: string): Compare => {
  const path = [...attribute.split("."), ""];
  return (before, after) => {
    const left = new Set(valuesAt(after, path).map(({ block }) => block));
    const gone = valuesAt(before, path).some(({ block }) => !left.has(block));
    return gone ? { effect: `removes a ${attribute}` } : undefined;
  };
};

/** Returns the first cut among the blocks that have the attribute; `gone` says that the block is not there any more. */
function firstCut(
  attribute: string,
  before: unknown,
  after: unknown,
  compare: (old: unknown, young: unknown, gone: boolean) => FoundCut | undefined,
): FoundCut | undefined {
  const path = attribute.split(".");
  const young = new Map(
    valuesAt(after, path).map(({ block, value }): [string, PlacedValue["value"]] => [block, value]),
  );
  for (const { block, value } of valuesAt(before, path)) {
    const found = compare(value, young.get(block), path.length > 1 && !young.has(block));
    if (found !== undefined) return found;
  }
  return undefined;
}

function amount(value: unknown, { zero, absent }: LoweredOptions): number | undefined {
  const number = value === undefined && absent === "for-ever" ? Infinity : numberOf(value);
  return number === 0 && zero === "for-ever" ? Infinity : number;
}

function mayBe(verb: string, attribute: string): FoundCut {
  return {
    effect: `may ${verb} ${attribute}, whose value is known only when the plan has been applied`,
    certain: false,
  };
}
