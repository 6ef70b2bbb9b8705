/**
 * The lint rule `local/literal-file-text`: no property of a construct of CDKTF or of a provider takes a text from a file but
 * through `literal()`. Terraform takes every string for a template, and CDKTF takes some for its tokens; a text from a file,
 * whose type is `FileText` (lib/core/file-text.ts), is neither.
 *
 * The rule looks at what is written between the parentheses of `new X(…)`, at objects whose type is a configuration of one, as
 * the result of a function is, and into the spreads, conditions, concatenations, method calls and constants of the same file
 * that they are made of. What came through a variable or a parameter of the type
 * `string` it does not see: test/taint does. CommonJS, because both ESLint and the rule's own test load it.
 */

/** The functions whose result is no text from a file any more, wherever they are imported from. */
const WRITERS = new Set(["literal", "literalAroundTokens", "constructId", "defaultName", "tagText"]);

/** The packages whose constructs write their properties into Terraform. */
const PACKAGES = /[\\/]node_modules[\\/](?:@(?:cdktf|cdktn)[\\/]provider-[^\\/]+|cdktf|cdktn)[\\/]/;

/** The depth to which an object's type is searched: no configuration of a resource is deeper. */
const DEPTH = 5;

/** Checks whether the type has the property that marks a text from a file. */
function isMarked(type) {
  return type.isIntersection() && type.types.some((part) => part.getProperties().some(isMark));
}

function isMark(symbol) {
  return symbol.declarations?.some((declaration) => declaration.getText().includes("[fromFile]")) ?? false;
}

/** Checks whether the type is that of a text, or of one that may be missing. */
function isText(type) {
  if (type.isUnion()) return type.types.some(isText);
  // TypeFlags.StringLike: a string, a literal of one, a template.
  return (type.flags & 402_653_316) !== 0 || isMarked(type);
}

/** Returns a function that checks whether a type is, or anywhere holds, a text from a file. */
function carrierOf(checker) {
  const carries = (type, depth) => {
    if (isMarked(type)) return true;
    if (type.isUnionOrIntersection()) return type.types.some((part) => carries(part, depth));
    if (depth === 0 || type.isClass() || type.getCallSignatures().length > 0) return false;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      return checker.getTypeArguments(type).some((element) => carries(element, depth - 1));
    }
    const { symbol } = type;
    // A construct or a value object has methods, and is no configuration.
    if (symbol === undefined || (symbol.flags & 32) !== 0) return false;
    const index = type.getStringIndexType();
    if (index !== undefined && carries(index, depth - 1)) return true;
    return type.getProperties().some((property) => carries(checker.getTypeOfSymbol(property), depth - 1));
  };
  return (type) => carries(type, DEPTH);
}

module.exports = {
  meta: {
    type: "problem",
    docs: { description: "Text from a file reaches a Terraform resource only through literal()" },
    schema: [],
    messages: {
      code: "This text was read from a file, and Terraform would take it for a template: write literal(…) around it, or literalAroundTokens(…) where it may hold a token.",
    },
  },
  create({ sourceCode, report }) {
    const { program, esTreeNodeToTSNodeMap } = sourceCode.parserServices ?? {};
    if (!program) throw new Error("local/literal-file-text needs the types: set parserOptions.project");
    const checker = program.getTypeChecker();
    const carries = carrierOf(checker);
    const typeOf = (node) => checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));

    /** Checks whether the class is a provider's or CDKTF's, or extends one. */
    const isTerraform = (type, depth = 8) => {
      const declarations = type.symbol?.declarations ?? [];
      if (declarations.some((declaration) => PACKAGES.test(declaration.getSourceFile().fileName))) return true;
      return (
        depth > 0 &&
        type.isClassOrInterface() &&
        checker.getBaseTypes(type).some((base) => isTerraform(base, depth - 1))
      );
    };

    /** Returns the value of a constant of the same file. */
    const constantOf = (node) => {
      for (let scope = sourceCode.getScope(node); scope; scope = scope.upper) {
        const variable = scope.set.get(node.name);
        if (variable === undefined) continue;
        const [definition] = variable.defs;
        const declared = definition?.type === "Variable" && definition.parent?.kind === "const";
        return declared && definition.node.id.type === "Identifier" ? definition.node.init : undefined;
      }
      return undefined;
    };

    const said = new WeakSet();
    const say = (node) => {
      if (said.has(node)) return;
      said.add(node);
      report({ node, messageId: "code" });
    };

    /** Checks whether the object is a configuration: whether a property of it is declared by a provider or by CDKTF. */
    const isConfiguration = (node) => {
      const type = checker.getContextualType(esTreeNodeToTSNodeMap.get(node));
      if (type === undefined) return false;
      return node.properties.some(({ type: kind, key, computed }) => {
        if (kind !== "Property" || computed || key.type !== "Identifier") return false;
        const declarations = checker.getPropertyOfType(type, key.name)?.declarations ?? [];
        return declarations.some((declaration) => PACKAGES.test(declaration.getSourceFile().fileName));
      });
    };

    const visit = (node, seen) => {
      if (!node || seen.has(node)) return;
      seen.add(node);
      const all = (nodes) => nodes.forEach((each) => visit(each, seen));
      switch (node.type) {
        case "ObjectExpression":
          return all(node.properties);
        case "Property":
          return all(node.computed ? [node.key, node.value] : [node.value]);
        case "SpreadElement":
          return visit(node.argument, seen);
        case "ArrayExpression":
          return all(node.elements);
        case "ConditionalExpression":
          return all([node.consequent, node.alternate]);
        case "LogicalExpression":
          return all([node.left, node.right]);
        case "BinaryExpression":
          return node.operator === "+" ? all([node.left, node.right]) : undefined;
        case "TemplateLiteral":
          return all(node.expressions);
        case "TSAsExpression":
        case "TSNonNullExpression":
        case "TSSatisfiesExpression":
          return visit(node.expression, seen);
        case "ArrowFunctionExpression":
          return node.body.type === "BlockStatement" ? undefined : visit(node.body, seen);
        case "CallExpression": {
          const { callee } = node;
          if (callee.type === "Identifier" && WRITERS.has(callee.name)) return undefined;
          if (carries(typeOf(node))) return say(node);
          // What a function makes of a text is made of that text; what is looked up by it is not.
          if (sourceCode.getText(callee) === "JSON.stringify") return all(node.arguments);
          // A function that takes an object makes a configuration of it, and its own return type says of what.
          if (callee.type === "Identifier") return all(node.arguments.filter((each) => isText(typeOf(each))));
          if (callee.type !== "MemberExpression") return undefined;
          const mapped = node.arguments.find((each) => each.type === "ArrowFunctionExpression");
          if (mapped !== undefined) return visit(mapped, seen);
          if (node.arguments.some((each) => each.type === "Identifier" && WRITERS.has(each.name))) return undefined;
          return visit(callee.object, seen);
        }
        case "Identifier": {
          if (carries(typeOf(node))) return say(node);
          const constant = constantOf(node);
          return constant && visit(constant, seen);
        }
        case "MemberExpression":
          if (carries(typeOf(node))) say(node);
          return undefined;
        default:
          return undefined;
      }
    };

    return {
      ObjectExpression(node) {
        if (isConfiguration(node)) visit(node, new Set());
      },
      NewExpression(node) {
        if (node.arguments.length === 0 || !isTerraform(typeOf(node))) return;
        // The scope and the id come first: CDKTF makes an address of an id, and refuses a token in it.
        for (const argument of node.arguments.slice(2)) visit(argument, new Set());
      },
    };
  },
};
