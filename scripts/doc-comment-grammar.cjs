/**
 * The lint rule `local/doc-comment-grammar`: a doc comment opens with what the thing is or does, so that an editor's tooltip and
 * the API's pages can be read without the neighbouring comments. A type, property or constant opens with a noun phrase, a
 * function or method with a verb in the third person; no comment opens with a question word. CommonJS, because both ESLint and
 * the rule's own test load it.
 */

/** The words with which no doc comment opens. */
const QUESTION_WORDS = new Set(["What", "How", "Where", "Which", "Who", "When", "Why"]);

/** The nodes that a doc comment documents as a function or method. */
const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "TSDeclareFunction",
  "TSMethodSignature",
  "MethodDefinition",
  "TSAbstractMethodDefinition",
]);

/** Returns the first word of a doc comment, that behind the example where it opens with one; undefined for code or a tag. */
function firstWord(comment) {
  return /^\*[\s*]*(?:```[^]*?```[\s*]*)?([A-Za-z]+)/.exec(comment.value)?.[1];
}

/** Checks whether the node is a function or method. A getter is read like a property. */
function isFunction(node) {
  if (node.kind === "get" || node.kind === "set") return false;
  if (FUNCTIONS.has(node.type)) return true;
  const value = node.type === "VariableDeclaration" ? node.declarations[0]?.init : node.value;
  return value?.type === "ArrowFunctionExpression" || value?.type === "FunctionExpression";
}

/** Checks whether the comment documents a function or method: whether one begins right behind it. */
function documentsFunction(comment, sourceCode) {
  const token = sourceCode.getTokenAfter(comment);
  if (token === null) return false;
  const [start] = token.range;
  for (let node = sourceCode.getNodeByRangeIndex(start); node && node.range[0] === start; node = node.parent) {
    if (isFunction(node) || (node.declaration && isFunction(node.declaration))) return true;
  }
  return false;
}

module.exports = {
  meta: {
    type: "suggestion",
    docs: { description: "Doc comments open with a noun phrase or a verb, not with a question word" },
    schema: [],
    messages: {
      question:
        'A doc comment does not open with "{{word}}": open a type, property or constant with a noun phrase ("Properties of …", "The largest …"), a function or method with a verb ("Returns …", "Checks whether …").',
      whether: 'The doc comment of a function or method does not open with "Whether": write "Checks whether …".',
    },
  },
  create({ sourceCode, report }) {
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          if (comment.type !== "Block" || !comment.value.startsWith("*")) continue;
          const word = firstWord(comment);
          if (word === undefined) continue;
          if (QUESTION_WORDS.has(word)) report({ loc: comment.loc, messageId: "question", data: { word } });
          else if (word === "Whether" && documentsFunction(comment, sourceCode)) {
            report({ loc: comment.loc, messageId: "whether" });
          }
        }
      },
    };
  },
};
