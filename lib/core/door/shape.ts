/**
 * The shapes of public inputs, as data: what `input-shapes.ts` is generated in from the TypeScript types. A shape says what is
 * looked at before anything is made of a value: no more than the type does, so that schema and type cannot drift apart.
 */

/** A shape: a kind of value, a value of a named type, or one with shapes in it. */
export type Shape =
  | "string"
  | "number"
  | "bigint"
  | "boolean"
  | "function"
  | "undefined"
  | "unknown"
  | { readonly named: string }
  | { readonly values: readonly (string | number | boolean | null)[] }
  | ListShape
  | { readonly tuple: readonly Shape[] }
  | { readonly anyOf: readonly Shape[] }
  | { readonly builtIn: string }
  | { readonly instanceOf: string; readonly members: Readonly<Record<string, Shape>> }
  | ObjectShape;

/** The shape of a list. */
export interface ListShape {
  readonly listOf: Shape;
  /**
   * Whether each element is looked at, so that a token of the list as a whole is refused: its length is not known.
   * @default false
   */
  readonly knownLength?: boolean;
}

/** The shape of an object that is written as a literal: props, options, data. */
export interface ObjectShape {
  readonly required: Readonly<Record<string, Shape>>;
  readonly optional: Readonly<Record<string, Shape>>;
  /**
   * The shape of what stands under all other names.
   * @default - there are no other names
   */
  readonly others?: Shape;
  /**
   * Whether each entry is looked at, so that a token of the record as a whole is refused: its names are not known.
   * @default false
   */
  readonly knownLength?: boolean;
}

/** An argument of a public function, or of a constructor. */
export interface ArgumentShape {
  readonly name: string;
  readonly shape: Shape;
  readonly optional?: boolean;
  /**
   * Whether it is a bag of settings that somebody writes: names that it does not have are refused, and errors name its settings
   * rather than itself.
   */
  readonly settings?: boolean;
}

/** The arguments of a public function, or of a constructor. */
export interface CallShape {
  readonly arguments: readonly ArgumentShape[];
  /** The shape of each further argument. @default - there are none */
  readonly rest?: Shape;
  /** Codes of settings that several constructs have. @default - made of what is called and of the setting */
  readonly codes?: Readonly<Record<string, string>>;
}

/** All shapes, by the names of the types and of what is called. */
export interface InputShapes {
  readonly types: Readonly<Record<string, Shape>>;
  readonly calls: Readonly<Record<string, CallShape>>;
}

/** All that is generated: the shapes as JSON, {@link Shape} and {@link CallShape}. */
export type InputShapeTexts = { readonly [Kind in keyof InputShapes]: Readonly<Record<string, string>> };
