/**
 * ```ts
 * translateAwsCommand("aws dms describe-replications --filters Name=replication-config-id,Values=orders");
 * // [{ service: "dms", api: "DescribeReplications", inputs: { Filters: [{ Name: "replication-config-id", Values: ["orders"] }] } }]
 * ```
 *
 * A strict translator of AWS CLI commands into API calls. It gives a translation only where the calls do exactly what the
 * shell would: every word is understood, every option is in the table, nothing is left for somebody to fill in. Any other shell
 * syntax makes it give up, because a person then runs the command, which is always right.
 *
 * One form of substitution is understood, because ARNs are looked up with it: `"$(aws … --query 'Things[0].Arn' --output
 * text)"` is a separate call, whose output is an input of the next.
 */
import { awsOperations, type OptionKind } from "./aws-operations";

/** A value that is taken from the output of an earlier call. */
export interface CallOutput {
  /** The index of the earlier call. */
  readonly call: number;
}

/** The value of an input of an API call. */
export type ApiValue =
  string | boolean | CallOutput | readonly string[] | readonly Readonly<Record<string, string | readonly string[]>>[];

/** A call of an AWS API. */
export interface ApiCall {
  /** The SDK's namespace of the service: `dms`. */
  readonly service: string;
  /** The name of the operation: `DescribeReplications`. */
  readonly api: string;
  readonly inputs: Readonly<Record<string, ApiValue>>;
  /**
   * The JSONPath of the value in the response that a later call uses.
   * @default - nothing
   */
  readonly select?: string;
}

/** Checks whether the value is taken from the output of an earlier call. */
export function isCallOutput(value: ApiValue): value is CallOutput {
  return typeof value === "object" && "call" in value;
}

/** Returns the calls that do exactly what the command does, the last one its own; undefined where that is not certain. */
export function translateAwsCommand(command: string): readonly ApiCall[] | undefined {
  const calls: ApiCall[] = [];
  const last = translate(command, calls);
  return last === undefined ? undefined : [...calls, { service: last.service, api: last.api, inputs: last.inputs }];
}

interface Translated extends ApiCall {
  readonly query?: string;
  readonly output?: string;
}

/** Options of the CLI itself that change how the answer is shown, not what is called. */
const SHOWN: ReadonlySet<string> = new Set(["query", "output"]);

function translate(command: string, calls: ApiCall[]): Translated | undefined {
  const words = wordsOf(command);
  const [program, service, operationName, ...rest] = words ?? [];
  if (program !== "aws" || typeof service !== "string" || typeof operationName !== "string") return undefined;
  const operation = Object.hasOwn(awsOperations, `${service} ${operationName}`)
    ? awsOperations[`${service} ${operationName}`]
    : undefined;
  const given = optionsOf(rest);
  if (operation === undefined || given === undefined) return undefined;
  if ((operation.required ?? []).some((name) => !given.has(name))) return undefined;

  const inputs: Record<string, ApiValue> = {};
  const shown: Record<string, string> = {};
  for (const [name, values] of given) {
    const [only] = values;
    if (SHOWN.has(name)) {
      if (values.length !== 1 || typeof only !== "string") return undefined;
      shown[name] = only;
      continue;
    }
    const option = Object.hasOwn(operation.options, name) ? operation.options[name] : undefined;
    if (option === undefined) return undefined;
    const value = valueOf(values, option[1], calls);
    if (value === undefined) return undefined;
    inputs[option[0]] = value;
  }
  return { service, api: operation.api, inputs, ...shown };
}

/** A word of the shell: text, or a command whose output is substituted. */
type Word = string | { readonly substituted: string };

/** The pattern of values to be filled in: `ALARM`, `CUTOVER_TIME`, `<address>`. API constants are never written so here. */
const PLACEHOLDER = /<|>|(?<![A-Za-z0-9])(?=[A-Z0-9_]*[A-Z]{2})[A-Z][A-Z0-9_]+(?![A-Za-z0-9])/;

function valueOf(words: readonly Word[], kind: OptionKind, calls: ApiCall[]): ApiValue | undefined {
  const [only] = words;
  if (kind === "flag") return words.length === 0 ? true : undefined;
  if (kind === "string" && words.length === 1 && typeof only === "object") return lookUp(only.substituted, calls);
  const texts = words.flatMap((word) => (typeof word === "string" && isLiteral(word) ? [word] : []));
  if (texts.length === 0 || texts.length !== words.length) return undefined;
  switch (kind) {
    case "string":
      return texts.length === 1 ? texts[0] : undefined;
    case "strings":
      // The CLI would read brackets as JSON.
      return texts.some((text) => /[,[\]{}"]/.test(text)) ? undefined : texts;
    case "filters":
      return everyOf(texts, /^Name=([^=,[\]{}"]+),Values=([^=[\]{}"]+)$/, (name, values) => ({
        Name: name,
        Values: values.split(","),
      }));
    case "pairs":
      return everyOf(texts, /^key=([^=,[\]{}"]+),value=([^=,[\]{}"]+)$/, (key, value) => ({ key, value }));
  }
}

/** Checks that the text is not a placeholder, not a file that the CLI would read, and nothing that Automation substitutes. */
function isLiteral(text: string): boolean {
  return text !== "" && !PLACEHOLDER.test(text) && !/^fileb?:/.test(text) && !text.includes("{{");
}

function everyOf<Value>(
  texts: readonly string[],
  form: RegExp,
  make: (first: string, second: string) => Value,
): Value[] | undefined {
  const made = texts.flatMap((text) => {
    const [, first, second] = form.exec(text) ?? [];
    return first === undefined || second === undefined ? [] : [make(first, second)];
  });
  return made.length === texts.length ? made : undefined;
}

/** Translates `--query 'A[0].B' --output text`, only where JMESPath and JSONPath mean the same, and the output is one word. */
function lookUp(command: string, calls: ApiCall[]): CallOutput | undefined {
  const found = translate(command, calls);
  if (found?.output !== "text" || found.query === undefined) return undefined;
  if (!/^[A-Za-z]+\[\d+\](\.[A-Za-z]+)+$/.test(found.query)) return undefined;
  const { service, api, inputs } = found;
  calls.push({ service, api, inputs, select: `$.${found.query}` });
  return { call: calls.length - 1 };
}

function optionsOf(words: readonly Word[]): Map<string, Word[]> | undefined {
  const options = new Map<string, Word[]>();
  let current: Word[] | undefined;
  for (const word of words) {
    if (typeof word === "string" && word.startsWith("--")) {
      const name = word.slice(2);
      // `--name=value` is not what our patterns write, and a second one of a name would replace the first.
      if (!/^[a-z][a-z0-9-]*$/.test(name) || options.has(name)) return undefined;
      current = [];
      options.set(name, current);
    } else if (current === undefined) {
      return undefined;
    } else {
      current.push(word);
    }
  }
  return options;
}

/** Splits a simple command into its words; undefined where the shell would do anything else with it. */
function wordsOf(command: string): Word[] | undefined {
  const words: Word[] = [];
  let rest = command.trim();
  while (rest !== "") {
    const match =
      /^'(?<single>[^']*)'(?=\s|$)/.exec(rest) ??
      /^"\$\((?<substituted>(?:[^()'"]|'[^']*')*)\)"(?=\s|$)/.exec(rest) ??
      /^"(?<double>[^"$`\\!]*)"(?=\s|$)/.exec(rest) ??
      /^(?<bare>[A-Za-z0-9_./:@%+=,-]+)(?=\s|$)/.exec(rest);
    if (match?.groups === undefined) return undefined;
    const { single, substituted, double, bare } = match.groups as Partial<Record<string, string>>;
    words.push(substituted === undefined ? (single ?? double ?? bare ?? "") : { substituted });
    rest = rest.slice(match[0].length);
    const space = /^[ \t]*(?:\\\n[ \t]*)?/.exec(rest);
    rest = rest.slice(space?.[0].length ?? 0);
    // A newline that is not escaped begins another command.
    if (/^[\r\n]/.test(rest)) return undefined;
  }
  return words;
}
