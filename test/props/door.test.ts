/**
 * The door of the package, tried with wrong calls: valid ones, as the examples and `further-calls.ts` make them, each with one
 * value changed. Whatever is refused is refused with a code of its own and with the place that was changed.
 */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { callShape } from "../../lib/core/door/shapes";
import { isMigrationError } from "../../lib/core/error";
import type { Rule } from "../../lib/core/rule";
import { exampleNames } from "../support/examples";
import { synthesizeExample } from "../support/synthesize-example";
import { mutated, mutations, placesIn, type Place } from "./mutations";
import { callAgain, exportedCallables, isWhole, type RecordedCall } from "./recorded-calls";
import { isLong, samplesFor, shows, wordsOf } from "../secrets/leaks";
import { elsewhere, pieces, undoored } from "./exceptions";
import { textPlaces, withText } from "./secret-places";

/** The recorded calls of one function or construct, at most; the wrong calls of each. */
const BASES = 3;
const WRONG_CALLS = 70;

const recorded = new Map<string, RecordedCall[]>();
let isRecording = false;

function mockRecord(call: RecordedCall): void {
  const known = recorded.get(call.called) ?? [];
  if (!isRecording || known.length >= BASES || !isWhole(call)) return;
  recorded.set(call.called, [...known, call]);
}

jest.mock("../../lib/core/door/admit", () => {
  const door = jest.requireActual<typeof import("../../lib/core/door/admit")>("../../lib/core/door/admit");
  const { admit, admitConstruct } = door;
  return {
    ...door,
    admit: (called: string, given: Readonly<Record<string, unknown>>): void => {
      admit(called, given);
      mockRecord({ called, given });
    },
    admitConstruct: (
      called: string,
      ...[scope, id, props, isElsewhere]: [unknown, unknown, unknown, Parameters<typeof admitConstruct>[4]]
    ): void => {
      admitConstruct(called, scope, id, props, isElsewhere);
      mockRecord({ called, given: { scope, id, [callShape(called)?.arguments[2]?.name ?? "props"]: props } });
    },
  };
});

// Rules that the library runs itself go through no door.
jest.mock("../../lib/core/rule", () => {
  const rules = jest.requireActual<typeof import("../../lib/core/rule")>("../../lib/core/rule");
  const { runRules } = rules;
  return {
    ...rules,
    runRules: (list: readonly Rule<unknown>[], subject: unknown): unknown => {
      for (const { id } of list) if (callShape(id) !== undefined) mockRecord({ called: id, given: { subject } });
      return runRules(list, subject);
    },
  };
});

/** Returns the numbers of so many of `total`, spread evenly. */
function spread(total: number, many: number): number[] {
  const step = Math.max(1, total / many);
  return Array.from({ length: Math.min(total, many) }, (_none, index) => Math.floor(index * step));
}

/** Returns a place as errors write it, without the settings' own name. */
function written(place: Place): string {
  return place
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .slice(1);
}

/** Checks whether an error is about the place: it, something in it, or what it is a part of where it is missing. */
function isAbout(path: string, place: Place): boolean {
  const whole = written(place);
  const inner = written(place.slice(1));
  // A construct in a construct names the prop as its own, and itself.
  if (place.length === 1 || (path !== "" && whole.endsWith(`.${path}`))) return true;
  const [parent, last] = [written(place.slice(1, -1)), String(place.at(-1))];
  return (
    [whole, inner].some((each) => path.endsWith(each) || path.includes(`${each}.`) || path.includes(`${each}[`)) ||
    // One of two that need each other: said of what has both.
    (parent !== "" && path.endsWith(parent)) ||
    path === `${parent}.${last}`
  );
}

function faultOf(error: unknown, called: string, place: Place): string | undefined {
  if (!isMigrationError(error)) return `no code: ${String(error).slice(0, 120)}`;
  if (place.length > 1 && /_(?:PROPS|OPTIONS)$/.test(error.code)) return `a code for everything: ${error.code}`;
  if (elsewhere.some((each) => each.called === called && each.code.test(error.code))) return undefined;
  if (isAbout(error.path ?? "", place)) return undefined;
  return `another place: ${error.code} ${error.path ?? ""}`;
}

describe("the door", () => {
  let callables: ReturnType<typeof exportedCallables>;

  beforeAll(async () => {
    const print = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    callables = exportedCallables();
    isRecording = true;
    for (const example of exampleNames()) await synthesizeExample(example);
    // Loaded behind the mocks: what is imported above is loaded before them.
    const { makeFurtherCalls, parsedElsewhere } =
      jest.requireActual<typeof import("./further-calls")>("./further-calls");
    await makeFurtherCalls();
    for (const call of parsedElsewhere()) mockRecord(call);
    isRecording = false;
    print.mockRestore();
  }, 300_000);

  it("is before everything that the package exports, but for what says why not", () => {
    const known = [...callables.keys()].filter((name) => (callShape(name)?.arguments.length ?? 0) > 0);
    const without = known.filter((name) => !recorded.has(name)).sort();
    expect(without).toEqual(Object.keys(undoored).sort());
  });

  it("has a shape for each that goes through it, public or not", () => {
    const lib = path.join(__dirname, "../../lib");
    const named = readdirSync(lib, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(path.join(lib, file), "utf8").replace(/^ \*.*$/gm, ""))
      .flatMap((text) => [...text.matchAll(/\badmit(?:Construct)?\("([^"]+)"/g)].map(([, called = ""]) => called));
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((called) => callShape(called) === undefined)).toEqual([]);
  });

  it("refuses 10,000 wrong calls with the code and the place of what is wrong", async () => {
    const faults = new Map<string, number>();
    let calls = 0;
    let refused = 0;
    // A part that is refused has made itself known to its migration already, which what comes later would find.
    const isPart = (called: string): boolean =>
      callables.get(called)?.prototype instanceof (callables.get("MigrationPart") ?? Object);
    for (const [called, bases] of [...recorded].sort(([a], [b]) => Number(isPart(a)) - Number(isPart(b)))) {
      if (!callables.has(called)) continue;
      for (const base of bases) {
        const tries = placesIn(base.given).flatMap((place) => mutations.map((mutation) => ({ place, mutation })));
        for (const number of spread(tries.length, Math.ceil(WRONG_CALLS / bases.length))) {
          const { place, mutation } = tries[number] ?? {};
          if (place === undefined || mutation === undefined || place[0] === "scope") continue;
          // The arguments themselves are no object that has getters.
          if (place.length === 1 && mutation.name === "a getter that throws") continue;
          calls += 1;
          try {
            await callAgain(callables, {
              called,
              given: mutated(base.given, place, mutation) as RecordedCall["given"],
            });
          } catch (error) {
            refused += 1;
            const fault = faultOf(error, called, place);
            if (fault === undefined) continue;
            const told = `${called}, ${written(place)} is ${mutation.name}: ${fault}`;
            faults.set(told, (faults.get(told) ?? 0) + 1);
          }
        }
      }
    }
    expect([...faults.keys()].sort()).toEqual([]);
    expect(calls).toBeGreaterThan(10_000);
    // Not every value is wrong everywhere: a text may stand where a text may stand.
    expect(refused).toBeGreaterThan(calls / 2);
  }, 600_000);

  it("refuses a secret in every text of every construct, and repeats it nowhere", async () => {
    const faults = new Set<string>();
    let calls = 0;
    let number = 0;
    for (const [called, [base]] of recorded) {
      const call = callShape(called);
      const props = call?.arguments[2]?.name;
      if (call === undefined || props === undefined || call.arguments[0]?.name !== "scope" || !callables.has(called))
        continue;
      for (const place of textPlaces(call)) {
        for (const sample of samplesFor(number++, 2)) {
          const poisoned = withText(base?.given[props], place, sample.text);
          // A token, or an object of a class, stands there.
          if (poisoned === undefined || base === undefined) continue;
          calls += 1;
          const told = `${called}, ${written([props, ...place])}, ${sample.form}`;
          try {
            await callAgain(callables, { called, given: { ...base.given, [props]: poisoned } });
            faults.add(`${told}: is taken`);
          } catch (error) {
            if (shows(wordsOf(error), sample)) faults.add(`${told}: is repeated`);
            else if (!isMigrationError(error)) faults.add(`${told}: no code: ${String(error).slice(0, 120)}`);
          }
        }
      }
    }
    expect([...faults].sort()).toEqual([]);
    expect(calls).toBeGreaterThan(2000);
  }, 600_000);

  it("repeats no secret that a function is given, in its error or in the text that it returns", async () => {
    const faults = new Set<string>();
    let calls = 0;
    let number = 0;
    for (const [called, [base]] of recorded) {
      if (
        base === undefined ||
        !callables.has(called) ||
        called in pieces ||
        callShape(called)?.arguments[0]?.name === "scope"
      )
        continue;
      for (const place of placesIn(base.given)) {
        // A document has the same text many times over.
        if (typeof at(base.given, place) !== "string" || (number++ % 9 > 0 && !isLong)) continue;
        for (const sample of samplesFor(number, 1)) {
          calls += 1;
          const told = `${called}, ${written(place)}, ${sample.form}`;
          try {
            const given = withText(base.given, place, sample.text) as RecordedCall["given"];
            const result = await callAgain(callables, { called, given });
            if (typeof result === "string" && shows(result, sample)) faults.add(`${told}: is in the text`);
          } catch (error) {
            if (shows(wordsOf(error), sample)) faults.add(`${told}: is repeated`);
          }
        }
      }
    }
    expect([...faults].sort()).toEqual([]);
    expect(calls).toBeGreaterThan(200);
  }, 600_000);
});

/** Returns what stands at a place. */
function at(given: unknown, place: Place): unknown {
  return place.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>>)[key], given);
}
