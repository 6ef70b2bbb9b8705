/**
 * A YAML text as documents of the parser, within bounds. The parser itself has none: it composes a document only after its
 * last character, collects every error with a stack trace, and compares each key with all keys before it. So the tokens are
 * counted here on their way to the parser, and the first fault ends the reading.
 */
import type { Document, YAMLError } from "yaml";
import type { MigrationError } from "../error";
import { DEPTH_LIMIT, YAML_ANCHOR_LIMIT, YAML_DOCUMENT_LIMIT, YAML_TOKEN_LIMIT } from "./limits";
import { boundError, placeOf, syntaxError, tooDeepError, type DocumentPurpose } from "./model";
import type { Lines } from "./lines";
import { OTHER_FAULT, SYNTAX_FAULTS } from "./yaml-faults";
import { yaml } from "./yaml";

/** The place of a fault as the parser gives it: an offset, a range, or a token. */
type FaultSource = number | readonly [number, ...number[]] | { readonly offset: number };

/** Properties for {@link composeYaml}. */
export interface YamlStream {
  /** The file as the user named it. */
  readonly file: string;
  readonly text: string;
  readonly lines: Lines;
  readonly purpose: DocumentPurpose;
  /** Whether the text must be one document or may be any number of them. */
  readonly count: "one" | "many";
}

/**
 * Parses the text. Keys that stand twice are not looked for.
 *
 * @throws MigrationError with the purpose's codes
 */
export function composeYaml(stream: YamlStream): Document.Parsed[] {
  const { text, count } = stream;
  const { Composer, Lexer, Parser } = yaml();
  const bounds = new Bounds(stream);
  const parser = new Parser();
  // Known tags would add ordered maps, which compare each key with all others. No document of ours has a tag.
  const composer = new Composer({ logLevel: "error", merge: true, uniqueKeys: false, resolveKnownTags: false });
  let first: MigrationError | undefined;
  Object.assign(composer, {
    onError: (source: FaultSource, code: YAMLError["code"], _message: string, warning?: boolean) => {
      if (warning === true) return;
      // The composer catches what is thrown inside a collection and reports it as an error of the collection.
      first ??= bounds.fault(offsetOf(source), code);
      throw first;
    },
  });

  const documents: Document.Parsed[] = [];
  const take = (composed: Iterable<Document.Parsed>): void => {
    for (const document of composed) {
      const [error] = document.errors;
      if (error !== undefined) throw bounds.fault(error.pos[0], error.code);
      documents.push(document);
      if (count === "one" && documents.length > 1) throw bounds.fault(document.range[0], "MULTIPLE_DOCS");
      bounds.documents(documents.length, document.range[0]);
    }
  };
  const compose = (tokens: ReturnType<typeof parser.next>): void => {
    for (const token of tokens) {
      if (token.type === "error") throw bounds.fault(token.offset, "UNEXPECTED_TOKEN");
      take(composer.next(token));
    }
  };

  for (const lexeme of new Lexer().lex(text)) {
    bounds.token(lexeme, parser.offset);
    compose(parser.next(lexeme));
    bounds.depth(parser.stack.length, parser.offset);
  }
  compose(parser.end());
  take(composer.end(count === "one", text.length));
  return documents;
}

/** Counts what the text has, and refuses what is too much. */
class Bounds {
  private tokens = 0;
  private anchors = 0;

  constructor(private readonly stream: YamlStream) {}

  public token(lexeme: string, offset: number): void {
    this.tokens += 1 + linesWithin(lexeme);
    if (this.tokens > YAML_TOKEN_LIMIT) {
      throw this.exceeded(this.stream.purpose.tooLargeCode, offset, {
        received: `more than ${YAML_TOKEN_LIMIT} tokens`,
        allowed: `YAML of at most ${YAML_TOKEN_LIMIT} tokens (keys, values, brackets, indents, line ends, comments)`,
        fix: "write it as JSON, or split it into several files",
      });
    }
    if (lexeme[0] !== "&" && lexeme[0] !== "*") return;
    this.anchors += 1;
    if (this.anchors > YAML_ANCHOR_LIMIT) {
      throw this.exceeded(this.stream.purpose.aliasesCode, offset, {
        received: `more than ${YAML_ANCHOR_LIMIT} anchors and aliases`,
        allowed: `at most ${YAML_ANCHOR_LIMIT} anchors (&name) and aliases (*name) together`,
        fix: "write the repeated parts out, or write the file as JSON",
      });
    }
  }

  /** Checks the parser's stack: the document, the collections around the token, and the token itself. */
  public depth(stack: number, offset: number): void {
    if (stack > DEPTH_LIMIT + 2) throw tooDeepError(this.stream.purpose, this.place(offset));
  }

  public documents(count: number, offset: number): void {
    if (count <= YAML_DOCUMENT_LIMIT) return;
    throw this.exceeded(this.stream.purpose.tooLargeCode, offset, {
      received: `more than ${YAML_DOCUMENT_LIMIT} documents`,
      allowed: `at most ${YAML_DOCUMENT_LIMIT} documents in one file`,
      fix: "split it into several files",
    });
  }

  /** Returns the error for what the parser refuses. */
  public fault(offset: number, code: YAMLError["code"]): MigrationError {
    return syntaxError(this.stream.purpose, this.place(offset), SYNTAX_FAULTS[code] ?? OTHER_FAULT);
  }

  private exceeded(
    code: string | undefined,
    offset: number,
    bound: { readonly received: string; readonly allowed: string; readonly fix: string },
  ): MigrationError {
    return boundError(code ?? this.stream.purpose.code, this.place(offset), bound);
  }

  private place(offset: number): ReturnType<typeof placeOf> {
    return placeOf(this.stream.file, this.stream.lines, offset, []);
  }
}

/** Returns the number of line ends in a text of several lines, each of which costs as much as a token. */
function linesWithin(lexeme: string): number {
  let count = 0;
  // A line end alone is a token itself.
  if (lexeme.length <= 2) return count;
  for (let at = lexeme.indexOf("\n"); at >= 0; at = lexeme.indexOf("\n", at + 1)) count += 1;
  return count;
}

function offsetOf(source: FaultSource): number {
  if (typeof source === "number") return source;
  return "offset" in source ? source.offset : source[0];
}
