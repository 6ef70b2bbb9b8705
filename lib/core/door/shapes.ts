/**
 * The generated shapes, each parsed when it is first asked for: a stack that uses one pattern asks for few of them, and reading
 * all would be a tenth of what loading CDKTF costs.
 */
import { inputShapes } from "./input-shapes";
import type { CallShape, Shape } from "./shape";

const calls = new Map<string, CallShape>();
const types = new Map<string, Shape>();

/** Returns the shape of what is called, or undefined where it is none of the package's own. */
export function callShape(called: string): CallShape | undefined {
  return parsed(calls, inputShapes.calls, called);
}

/** Returns the shape of a named type. */
export function typeShape(name: string): Shape {
  return parsed(types, inputShapes.types, name) ?? "unknown";
}

function parsed<Kind>(
  known: Map<string, Kind>,
  texts: Readonly<Record<string, string>>,
  name: string,
): Kind | undefined {
  const before = known.get(name);
  if (before !== undefined || !Object.hasOwn(texts, name)) return before;
  const shape = JSON.parse(texts[name] ?? "") as Kind;
  known.set(name, shape);
  return shape;
}
