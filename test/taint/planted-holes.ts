/**
 * Calls of `literal()` in the library: which of them a text reaches, and what comes out where one of them is left out. Whatever is
 * imported behind this file calls the functions that are made here.
 */
import { jest } from "@jest/globals";
import type * as Literals from "../../lib/core/literal";

type Writer = (text: string) => string;

/** The calls of `literal()` and `literalAroundTokens()`, each known by its place in the code. */
class Holes {
  private planted: string | undefined;
  private watched: { readonly marker: string; readonly sites: Set<string> } | undefined;

  /** Returns the functions with the holes in them that are planted. */
  public wrap(actual: typeof Literals): typeof Literals {
    return {
      ...actual,
      literal: (text) => this.written(text, actual.literal),
      literalAroundTokens: (text, write) => this.written(text, (each) => actual.literalAroundTokens(each, write)),
    };
  }

  /** Returns the result with the places of the calls whose text has the marker in it. */
  public watch<Result>(
    marker: string,
    act: () => Result,
  ): { readonly result: Result; readonly sites: ReadonlySet<string> } {
    const sites = new Set<string>();
    this.watched = { marker, sites };
    try {
      return { result: act(), sites };
    } finally {
      this.watched = undefined;
    }
  }

  /** Leaves out the calls at that place. */
  public plant<Result>(site: string, act: () => Result): Result {
    this.planted = site;
    try {
      return act();
    } finally {
      this.planted = undefined;
    }
  }

  private written(text: string, write: Writer): string {
    const { planted, watched } = this;
    const watches = watched !== undefined && text.includes(watched.marker);
    if (planted === undefined && !watches) return write(text);
    const site = callSite();
    if (watches) watched.sites.add(site);
    return site === planted ? text : write(text);
  }
}

/** The holes of a test file. */
export const holes: Holes = new Holes();

jest.mock("../../lib/core/literal", () => holes.wrap(jest.requireActual<typeof Literals>("../../lib/core/literal")));

/** Returns the place of the code that called: the first one in the library. */
function callSite(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 12;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  return /\blib\/(?!core\/literal)[\w./-]+:\d+:\d+/.exec(stack)?.[0] ?? "elsewhere";
}
