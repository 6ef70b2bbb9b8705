/** Text from a file is text in Terraform, whichever field it stands in. */
import { describe, expect, it } from "@jest/globals";
// Before whatever loads literal().
import { holes } from "./planted-holes";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { checklistSchema } from "../../lib/assessment/checklist/checklist";
import { literal } from "../../lib/core/literal";
import { inventorySchema } from "../../lib/inventory/model";
import { routingIntentSchema } from "../../lib/patterns/infrastructure/multi-cloud/intent-schema";
import {
  faultsOf,
  findMarked,
  HOSTILE,
  hostileTokens,
  makeFrom,
  MARKER,
  newHostileStack,
  type Documents,
} from "./hostile-stack";
import { missingTexts } from "./missing-texts";
import { placesOf } from "./poison";
import { checklistSample, inventorySample, routingSample } from "./samples";

const samples: Readonly<Record<keyof Documents, object>> = {
  inventory: inventorySample,
  checklist: checklistSample,
  routing: routingSample,
};
const kinds = Object.keys(samples) as (keyof Documents)[];

it("takes the samples as they are", () => {
  expect(makeFrom(newHostileStack().stack, {})).toBeUndefined();
  expect(makeFrom(newHostileStack().stack, { routing: routingSample })).toBeUndefined();
});

const texts: [string, (token: string) => string][] = [
  ["code", () => HOSTILE],
  ["a token", hostileTokens],
];
/** The number of places at least from which a text arrives in Terraform. A file's routing with a token is refused whole. */
const arriving: Readonly<Record<string, number>> = {
  "inventory code": 10,
  "inventory a token": 10,
  "checklist code": 4,
  "checklist a token": 4,
  "routing code": 40,
  "routing a token": 0,
};

/** The number of calls of literal() in the library, at least, that a hostile text reaches; the others take what is checked first. */
const reached: Readonly<Record<keyof Documents, number>> = { inventory: 6, checklist: 3, routing: 5 };

interface Sweep {
  readonly faults: readonly string[];
  /** The number of places from which a text arrives in Terraform. */
  readonly arrived: number;
  /** The calls of literal() that a text reaches, each with the first place from which it does. */
  readonly calls: ReadonlyMap<string, (hostile: string) => object>;
}

/** Puts a hostile text into one place after the other. */
function sweep(kind: keyof Documents, hostileOf: (token: string) => string): Sweep {
  const faults: string[] = [];
  const calls = new Map<string, (hostile: string) => object>();
  let arrived = 0;
  for (const { path, poisoned } of placesOf(samples[kind])) {
    // The token's number depends on the stack.
    const made = newHostileStack();
    const hostile = hostileOf(made.token);
    const { result: found, sites } = holes.watch(MARKER, () => {
      makeFrom(made.stack, { [kind]: poisoned(hostile) });
      return findMarked(made.stack);
    });
    faults.push(...faultsOf(found, hostile).map((fault) => `${path}: ${fault}`));
    if (found.length > 0) arrived++;
    for (const site of sites) if (!calls.has(site)) calls.set(site, poisoned);
  }
  return { faults, arrived, calls };
}

const sweeps = new Map<string, Sweep>();

/** Returns the sweep with the text of code, which two tests look at. */
function sweepOfCode(kind: keyof Documents): Sweep {
  const made = sweeps.get(kind) ?? sweep(kind, () => HOSTILE);
  sweeps.set(kind, made);
  return made;
}

describe.each(kinds)("a hostile text in the %s", (kind) => {
  it.each(texts)(
    "is text or is refused wherever it stands: %s",
    (title, hostileOf) => {
      const { faults, arrived } = title === "code" ? sweepOfCode(kind) : sweep(kind, hostileOf);
      expect(faults).toEqual([]);
      expect(arrived).toBeGreaterThanOrEqual(arriving[`${kind} ${title}`]!);
    },
    120_000,
  );

  it("is found where a literal() is left out, whichever it is", () => {
    const { calls } = sweepOfCode(kind);
    expect(calls.size).toBeGreaterThanOrEqual(reached[kind]);
    const missed = [...calls].filter(([site, poisoned]) => {
      const { stack } = newHostileStack();
      const found = holes.plant(site, () => {
        makeFrom(stack, { [kind]: poisoned(HOSTILE) });
        return findMarked(stack);
      });
      return faultsOf(found, HOSTILE).length === 0;
    });
    expect(missed.map(([site]) => site)).toEqual([]);
  }, 120_000);
});

describe("the search", () => {
  const faults = (write: (text: string) => string, hostileOf: (token: string) => string): string[] => {
    const { stack, token } = newHostileStack();
    const hostile = hostileOf(token);
    new SsmParameter(stack, "parameter", { name: "/parameter", type: "String", value: write(hostile) });
    return faultsOf(findMarked(stack), hostile);
  };

  // CDKTF itself stops at the token of a list or a key.
  const planted = [texts[0]!, ["a token", (token: string) => `${MARKER}${token}`] as const];

  it.each(planted)("finds the place where literal() is missing: %s", (_, hostileOf) => {
    expect(faults(literal, hostileOf)).toEqual([]);
    expect(faults((text) => text, hostileOf)).toEqual([expect.stringContaining("is code in")]);
  });

  it("finds a text of which something is left out", () => {
    expect(
      faults(
        (text) => literal(text.replace("$", "")),
        () => HOSTILE,
      ),
    ).toEqual([expect.stringContaining("did not arrive")]);
  });
});

describe("the samples", () => {
  it.each([
    ["inventory", inventorySchema, inventorySample, []],
    ["checklist", checklistSchema, checklistSample, []],
    // Requests that are shifted have two destinations, and so weights.
    ["routing", routingIntentSchema, routingSample, ["default.to"]],
  ] as const)("have a text for every text of the schema: %s", (_, schema, sample, lacking) => {
    const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    expect(missingTexts(json, [sample])).toEqual(lacking);
  });

  it("are found to lack a field that is new", () => {
    const json = z.toJSONSchema(
      z.strictObject({ servers: z.array(z.strictObject({ name: z.string(), rack: z.string() })) }),
    );
    expect(missingTexts(json, [{ servers: [{ name: "a" }] }])).toEqual(["servers[].rack"]);
  });
});
