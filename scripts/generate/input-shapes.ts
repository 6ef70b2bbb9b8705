/**
 * The shapes of what the package's public functions and constructors take, from their TypeScript types:
 * `lib/core/door/input-shapes.ts`, which `admit()` compares each call with.
 *
 * The compiler is asked, not the text, so that what is inferred, mapped or picked has a shape too. Classes, and interfaces that
 * have methods, are no literals that somebody writes: of their objects only the names of their members are compared.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import type { ArgumentShape, CallShape, InputShapes, ObjectShape, Shape } from "../../lib/core/door/shape";
import { sortedEntries } from "../../lib/core/collections";
import { lowerFirst, upperSnake } from "../../lib/core/text";
import { root } from "./folders";
import { firstLine, type GeneratedFile } from "./generated-file";

/** Interfaces whose properties have codes of their own, whichever construct has them. */
const SHARED_SUBJECTS: Readonly<Record<string, string>> = {
  MigrationProps: "MIGRATION",
  MigrationPartProps: "MIGRATION_PART",
  RenameProps: "MIGRATION",
};
/** The names of parameters, and the ends of the names of types, that are bags of settings. */
const SETTINGS_PARAMETER = /^(?:props|options|init|settings)$/i;
const SETTINGS_TYPE = /(?:Props|Options|Settings|Init|Limits)$/;
/** The length in JSON from which a shape that is written twice is worth a name. */
const HOISTED_LENGTH = 80;
/** Built-in classes, by the name under which `Object.prototype.toString` knows them. */
const BUILT_IN: Readonly<Record<string, string>> = {
  Date: "Date",
  RegExp: "RegExp",
  Map: "Map",
  ReadonlyMap: "Map",
  Set: "Set",
  ReadonlySet: "Set",
  Uint8Array: "Uint8Array",
  Buffer: "Uint8Array",
  Iterable: "iterable",
  AsyncIterable: "iterable",
  Generator: "iterable",
  Promise: "promise",
  PromiseLike: "promise",
  Error: "Error",
  URL: "URL",
};

class ShapeReader {
  public readonly types: Record<string, Shape> = {};
  public readonly calls: Record<string, CallShape> = {};
  private readonly names = new Map<ts.Type, string>();
  private readonly open = new Set<ts.Type>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /** Adds what a module exports. */
  public addModule(module: ts.Symbol): void {
    for (const exported of this.checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported;
      const declaration = symbol.valueDeclaration;
      if (declaration === undefined) continue;
      if (ts.isClassDeclaration(declaration)) this.addClass(symbol, declaration);
      else if (ts.isFunctionDeclaration(declaration)) this.addFunction(symbol);
      else if (ts.isVariableDeclaration(declaration)) this.addConstant(symbol, declaration);
    }
  }

  private addClass(symbol: ts.Symbol, declaration: ts.ClassDeclaration): void {
    const type = this.checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const made = type.getConstructSignatures()[0];
    const isPublic = !declaration.members.some(
      (member) => ts.isConstructorDeclaration(member) && ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private,
    );
    if (made !== undefined && isPublic) this.addCall(symbol.name, made);
    for (const member of declaration.members) {
      if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name) || member.body === undefined) continue;
      const flags = ts.getCombinedModifierFlags(member);
      if (!(flags & ts.ModifierFlags.Static) || flags & ts.ModifierFlags.Private) continue;
      const signature = this.checker.getSignatureFromDeclaration(member);
      if (signature !== undefined) this.addCall(`${symbol.name}.${member.name.text}`, signature);
    }
  }

  /** Adds a constant that can be called: a rule, by its id. */
  private addConstant(symbol: ts.Symbol, declaration: ts.VariableDeclaration): void {
    const type = this.checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const signature = type.getCallSignatures()[0];
    const { initializer } = declaration;
    if (signature === undefined || initializer === undefined || !ts.isCallExpression(initializer)) return;
    const [init] = initializer.arguments;
    if (init === undefined || !ts.isObjectLiteralExpression(init)) return;
    for (const property of init.properties) {
      if (!ts.isPropertyAssignment(property) || property.name.getText() !== "id") continue;
      if (ts.isStringLiteral(property.initializer)) this.addCall(property.initializer.text, signature);
    }
  }

  /** Adds a function. Of one that is overloaded, the implementation takes what each of its signatures does. */
  private addFunction(symbol: ts.Symbol): void {
    const declaration = symbol.declarations?.find((each) => ts.isFunctionDeclaration(each) && each.body !== undefined);
    if (declaration === undefined) return;
    const signature = this.checker.getSignatureFromDeclaration(declaration as ts.FunctionDeclaration);
    if (signature !== undefined) this.addCall(symbol.name, signature);
  }

  private addCall(name: string, signature: ts.Signature): void {
    if (this.calls[name] !== undefined) return;
    const given: ArgumentShape[] = [];
    let rest: Shape | undefined;
    const codes: Record<string, string> = {};
    for (const parameter of signature.getParameters()) {
      const declaration = parameter.valueDeclaration as ts.ParameterDeclaration;
      const type = this.checker.getTypeOfSymbolAtLocation(parameter, declaration);
      if (declaration.dotDotDotToken !== undefined) {
        const shape = this.shapeOf(type);
        rest = typeof shape === "object" && "listOf" in shape ? shape.listOf : "unknown";
        continue;
      }
      const typeName = declaration.type?.getText() ?? "";
      const settings = SETTINGS_PARAMETER.test(parameter.name) || SETTINGS_TYPE.test(typeName.replace(/<.*$/s, ""));
      const shape = this.shapeOf(type);
      const optional =
        declaration.questionToken !== undefined || declaration.initializer !== undefined || allowsUndefined(shape);
      given.push({
        name: ts.isIdentifier(declaration.name) ? declaration.name.text : lowerFirst(typeName.replace(/<.*$/s, "")),
        shape: withoutUndefined(shape),
        ...(optional ? { optional } : {}),
        ...(settings ? { settings } : {}),
      });
      if (settings) Object.assign(codes, this.codesOf(type));
    }
    this.calls[name] = {
      arguments: given,
      ...(rest === undefined ? {} : { rest }),
      ...(Object.keys(codes).length === 0 ? {} : { codes }),
    };
  }

  /** Returns the codes of properties that say theirs by `@code`, or that an interface which several constructs share declares. */
  private codesOf(type: ts.Type): Record<string, string> {
    const codes: Record<string, string> = {};
    for (const property of this.checker.getPropertiesOfType(this.checker.getNonNullableType(type))) {
      const tag = property.getJsDocTags(this.checker).find(({ name }) => name === "code");
      const parent = property.declarations?.[0]?.parent;
      const declaredBy = parent !== undefined && ts.isInterfaceDeclaration(parent) ? parent.name.text : "";
      const subject = SHARED_SUBJECTS[declaredBy];
      const own = tag === undefined ? undefined : ts.displayPartsToString(tag.text).trim();
      const code = own ?? (subject === undefined ? undefined : `${subject}_${upperSnake(property.name)}`);
      if (code !== undefined) codes[property.name] = code;
    }
    return codes;
  }

  private shapeOf(type: ts.Type): Shape {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return "unknown";
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "undefined";
    // What is left of a type parameter that nothing is inferred for.
    if (flags & ts.TypeFlags.Never) return "unknown";
    if (flags & ts.TypeFlags.Null) return { values: [null] };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { values: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral) return { values: [this.checker.typeToString(type) === "true"] };
    if (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) return "string";
    if (flags & ts.TypeFlags.NumberLike) return "number";
    if (flags & ts.TypeFlags.BigIntLike) return "bigint";
    if (flags & ts.TypeFlags.BooleanLike && !type.isUnion()) return "boolean";
    if (flags & ts.TypeFlags.ESSymbolLike) return "unknown";
    if (type.isUnion()) return this.unionOf(type.types);
    if (
      flags &
      (ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Conditional | ts.TypeFlags.Index)
    ) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? "unknown" : this.shapeOf(constraint);
    }
    if (flags & ts.TypeFlags.NonPrimitive) return "unknown";
    if (this.checker.isTypeAssignableTo(type, this.checker.getStringType())) return "string";
    return this.objectOf(type);
  }

  private unionOf(types: readonly ts.Type[]): Shape {
    const values: (string | number | boolean | null)[] = [];
    const others: Shape[] = [];
    for (const each of types) {
      const shape = this.shapeOf(each);
      if (typeof shape === "object" && "values" in shape) values.push(...shape.values);
      else if (!others.some((other) => JSON.stringify(other) === JSON.stringify(shape))) others.push(shape);
    }
    if (others.includes("unknown")) return "unknown";
    if (values.includes(true) && values.includes(false)) {
      others.push("boolean");
      values.splice(0, values.length, ...values.filter((value) => typeof value !== "boolean"));
    }
    // `string & {}` beside the names that an editor proposes: every text is one.
    const kept = others.includes("string") ? values.filter((value) => typeof value !== "string") : values;
    if (kept.length > 0) others.push({ values: kept.sort((a, b) => (String(a) < String(b) ? -1 : 1)) });
    const [only] = others;
    return others.length === 1 && only !== undefined ? only : { anyOf: others };
  }

  private objectOf(type: ts.Type): Shape {
    const { checker } = this;
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference);
      const { target } = type as ts.TupleTypeReference;
      const isFixed = target.elementFlags.every((flag) => flag === ts.ElementFlags.Required);
      const shapes = items.map((item) => this.shapeOf(item));
      return isFixed
        ? { tuple: shapes }
        : { listOf: shapes.length === 1 ? (shapes[0] ?? "unknown") : { anyOf: shapes } };
    }
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { listOf: item === undefined ? "unknown" : this.shapeOf(item) };
    }
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const builtIn = symbol !== undefined && Object.hasOwn(BUILT_IN, symbol.name) ? BUILT_IN[symbol.name] : undefined;
    if (builtIn !== undefined && this.isForeign(symbol)) return { builtIn };
    if (type.getCallSignatures().length > 0) return "function";
    const instance = this.instanceOf(type);
    if (instance !== undefined) return instance;
    const known = this.names.get(type);
    if (known !== undefined) return { named: known };
    const name = this.open.has(type) ? this.nameOf("Data") : this.declaredName(type);
    if (name === undefined) return this.inlined(type);
    this.names.set(type, name);
    if (this.open.has(type)) return { named: name };
    this.types[name] = "unknown";
    this.types[name] = this.literalOf(type);
    return { named: name };
  }

  /** Returns the shape of a type without a name: itself, or its new name where it has itself in it. */
  private inlined(type: ts.Type): Shape {
    this.open.add(type);
    const shape = this.literalOf(type);
    this.open.delete(type);
    const name = this.names.get(type);
    if (name === undefined) return shape;
    this.types[name] = shape;
    return { named: name };
  }

  /** Returns a name for what is declared with one: an interface, or an alias of an object that has no type parameters. */
  private declaredName(type: ts.Type): string | undefined {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    if (symbol === undefined || symbol.name.startsWith("__") || this.isForeign(symbol)) return undefined;
    return this.nameOf(symbol.name);
  }

  private nameOf(plain: string): string {
    let name = plain;
    for (let number = 2; this.types[name] !== undefined; number++) name = `${plain}${number}`;
    this.types[name] = "unknown";
    return name;
  }

  /** Returns the shape of what is no literal: an object of a class, or of an interface with methods. */
  private instanceOf(type: ts.Type): Shape | undefined {
    const symbol = type.getSymbol();
    if (symbol === undefined) return undefined;
    const properties = this.checker.getPropertiesOfType(type);
    const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
    const hasMethods = properties.some(({ flags }) => flags & ts.SymbolFlags.Method);
    if (!isClass && !hasMethods) return undefined;
    const members = properties.filter(({ flags, declarations = [], name }) => {
      if (flags & ts.SymbolFlags.Optional || /^(?:__|_|#)/.test(name)) return false;
      return !declarations.some(
        (each) => ts.getCombinedModifierFlags(each) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
      );
    });
    // Of what others wrote, the first members are enough: their next version may have others.
    const isForeign = this.isForeign(symbol);
    const own = members
      .filter(({ name }) => name !== "with" && name !== "toString")
      .slice(0, isForeign ? 3 : undefined);
    return {
      instanceOf: symbol.name,
      members: Object.fromEntries(own.map((each) => [each.name, this.memberOf(each, isClass)])),
    };
  }

  /**
   * Returns the shape of a member: of a class that it is there, because reading may compute it; of an interface, which anybody
   * may implement by a literal, whether it is a method or a text.
   */
  private memberOf(member: ts.Symbol, isOfClass: boolean): Shape {
    if (member.flags & ts.SymbolFlags.Method) return "function";
    const shape = isOfClass ? "unknown" : this.shapeOf(this.checker.getTypeOfSymbol(member));
    return typeof shape === "string" ? shape : "unknown";
  }

  private literalOf(type: ts.Type): Shape {
    const required: Record<string, Shape> = {};
    const optional: Record<string, Shape> = {};
    for (const property of this.checker.getPropertiesOfType(type)) {
      if (property.name.startsWith("__")) continue;
      // `@parsedBy` names what looks at the property with errors of its own.
      const tags = property.getJsDocTags(this.checker).map(({ name }) => name);
      const isParsed = tags.includes("parsedBy");
      const read = isParsed ? "unknown" : this.shapeOf(this.checker.getTypeOfSymbol(property));
      const shape = tags.includes("knownLength") ? ofKnownLength(read, property.name) : read;
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0 || allowsUndefined(shape);
      (isOptional ? optional : required)[property.name] = withoutUndefined(shape);
    }
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index === undefined && Object.keys(required).length + Object.keys(optional).length === 0) return "unknown";
    return { required, optional, ...(index === undefined ? {} : { others: this.shapeOf(index) }) };
  }

  private isForeign(symbol: ts.Symbol | undefined): boolean {
    return symbol?.declarations?.some((each) => each.getSourceFile().fileName.includes("node_modules")) === true;
  }
}

/** Returns the shape of a list or record of which each entry is looked at, as `@knownLength` says. */
function ofKnownLength(shape: Shape, name: string): Shape {
  if (typeof shape === "object") {
    if ("listOf" in shape || ("required" in shape && shape.others !== undefined))
      return { ...shape, knownLength: true };
    if ("anyOf" in shape) {
      return { anyOf: shape.anyOf.map((each) => (each === "undefined" ? each : ofKnownLength(each, name))) };
    }
  }
  throw new Error(`${name} is no list and no record: take @knownLength away`);
}

function allowsUndefined(shape: Shape): boolean {
  return (
    shape === "undefined" ||
    shape === "unknown" ||
    (typeof shape === "object" && "anyOf" in shape && shape.anyOf.includes("undefined"))
  );
}

function withoutUndefined(shape: Shape): Shape {
  if (typeof shape !== "object" || !("anyOf" in shape)) return shape;
  const anyOf = shape.anyOf.filter((each) => each !== "undefined");
  return anyOf.length === 1 && anyOf[0] !== undefined ? anyOf[0] : { anyOf };
}

/** The entries of the package, below its folder. */
function entries(): string[] {
  const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [] : [target.types.replace("./dist/", "lib/").replace(/\.d\.ts$/, ".ts")],
  );
}

function inputShapes(): InputShapes {
  const config = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => readFileSync(file, "utf8"));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const files = entries().map((file) => path.join(root, file));
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const reader = new ShapeReader(program.getTypeChecker());
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && program.getTypeChecker().getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    reader.addModule(module);
  }
  return hoist({ types: reader.types, calls: reader.calls });
}

/**
 * Moves shapes of objects without a name that are written in several places to the types, named after the property where each
 * is first.
 */
function hoist(shapes: InputShapes): InputShapes {
  const counts = new Map<string, number>();
  const count = (shape: Shape): void => {
    if (isObjectShape(shape)) {
      const text = JSON.stringify(shape);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      if (counts.get(text) !== 1) return;
    }
    for (const [, inner] of within(shape)) count(inner);
  };
  for (const shape of Object.values(shapes.types)) for (const [, inner] of within(shape)) count(inner);
  for (const call of Object.values(shapes.calls)) for (const { shape } of call.arguments) count(shape);
  const names = new Map<string, string>();
  const types: Record<string, Shape> = {};
  const taken = (name: string): boolean => types[name] !== undefined || shapes.types[name] !== undefined;
  const moved = (shape: Shape, place: string): Shape => {
    const text = JSON.stringify(shape);
    if (!isObjectShape(shape) || (counts.get(text) ?? 0) < 2 || text.length < HOISTED_LENGTH) {
      return mapped(shape, place, moved);
    }
    const known = names.get(text);
    if (known !== undefined) return { named: known };
    const plain = place.charAt(0).toUpperCase() + place.slice(1);
    let name = plain;
    for (let number = 2; taken(name); number++) name = `${plain}${number}`;
    names.set(text, name);
    types[name] = "unknown";
    types[name] = mapped(shape, place, moved);
    return { named: name };
  };
  for (const [name, shape] of Object.entries(shapes.types)) types[name] = mapped(shape, name, moved);
  const calls = Object.entries(shapes.calls).map(([name, call]) => [
    name,
    { ...call, arguments: call.arguments.map((each) => ({ ...each, shape: moved(each.shape, each.name) })) },
  ]);
  return { types, calls: Object.fromEntries(calls) as Record<string, CallShape> };
}

function isObjectShape(shape: Shape): shape is ObjectShape {
  return typeof shape === "object" && "required" in shape;
}

/** Returns the shapes in a shape, each with its property. */
function within(shape: Shape): [string, Shape][] {
  const found: [string, Shape][] = [];
  mapped(shape, "", (inner, place) => {
    found.push([place, inner]);
    return inner;
  });
  return found;
}

/** Returns the shape with each shape in it changed. */
function mapped(shape: Shape, place: string, change: (shape: Shape, place: string) => Shape): Shape {
  if (typeof shape !== "object") return shape;
  if ("listOf" in shape) return { ...shape, listOf: change(shape.listOf, place) };
  if ("tuple" in shape) return { tuple: shape.tuple.map((each) => change(each, place)) };
  if ("anyOf" in shape) return { anyOf: shape.anyOf.map((each) => change(each, place)) };
  if (!isObjectShape(shape)) return shape;
  const record = (properties: Readonly<Record<string, Shape>>): Record<string, Shape> =>
    Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, change(each, name)]));
  return {
    ...shape,
    required: record(shape.required),
    optional: record(shape.optional),
    ...(shape.others === undefined ? {} : { others: change(shape.others, place) }),
  };
}

/** The file of the shapes. */
export const inputShapesFile: GeneratedFile = {
  path: "lib/core/door/input-shapes.ts",
  text: () => {
    const { types, calls } = inputShapes();
    return [
      `// ${firstLine("the types of what the package exports")}`,
      'import type { InputShapeTexts } from "./shape";',
      "",
      "export const inputShapes: InputShapeTexts = {",
      "  types: {",
      ...sortedEntries(types).map(([name, shape]) => `    ${JSON.stringify(name)}: '${JSON.stringify(shape)}',`),
      "  },",
      "  calls: {",
      ...sortedEntries(calls).map(([name, call]) => `    ${JSON.stringify(name)}: '${JSON.stringify(call)}',`),
      "  },",
      "};",
      "",
    ].join("\n");
  },
};
