/** Every place of a text in what is passed to a construct, as the shapes of the types say: also of what no recorded call has. */
import type { CallShape, Shape } from "../../lib/core/door/shape";
import { typeShape } from "../../lib/core/door/shapes";
import { isLiteral, type Place } from "./mutations";

const DEPTH = 6;

/** Returns the places of texts in the props of a construct. */
export function textPlaces(call: CallShape): Place[] {
  const [, , props] = call.arguments;
  return props === undefined ? [] : placesOf(props.shape, [], []);
}

function placesOf(shape: Shape, place: Place, types: readonly string[]): Place[] {
  if (shape === "string") return [place];
  if (typeof shape === "string" || place.length > DEPTH) return [];
  if ("named" in shape) {
    return types.includes(shape.named) ? [] : placesOf(typeShape(shape.named), place, [...types, shape.named]);
  }
  if ("anyOf" in shape) return shape.anyOf.flatMap((each) => placesOf(each, place, types));
  if ("listOf" in shape) return placesOf(shape.listOf, [...place, 0], types);
  if ("tuple" in shape) return shape.tuple.flatMap((each, index) => placesOf(each, [...place, index], types));
  if (!("required" in shape)) return [];
  const others = shape.others === undefined ? [] : placesOf(shape.others, [...place, "other"], types);
  const named = Object.entries({ ...shape.required, ...shape.optional }).flatMap(([name, each]) =>
    placesOf(each, [...place, name], types),
  );
  return [...named, ...others];
}

/** Returns a copy of the data with the text at the place, and with what leads there; undefined where something else is in the way. */
export function withText(data: unknown, [key, ...rest]: Place, text: string): unknown {
  if (key === undefined) return text;
  if (data !== undefined && !isLiteral(data)) return undefined;
  const copy = (
    Array.isArray(data) ? [...(data as unknown[])] : data === undefined && key === 0 ? [] : { ...data }
  ) as Record<string | number, unknown>;
  const inner = withText(copy[key], rest, text);
  if (inner === undefined) return undefined;
  copy[key] = inner;
  return copy;
}
