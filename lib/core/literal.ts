/**
 * ```ts
 * new Ami(this, "image", { description: literal(`${server.name}, imported`), … }); // whatever the server is called
 * ```
 *
 * Text as Terraform's literal: what arrives in the resource is the text, whole and unchanged. Terraform takes every string of
 * `cdk.tf.json` for a template, in which `${` and `%{` begin code, and before that CDKTF replaces what looks like one of its
 * tokens by the attribute of another construct. Nothing that was read from a file may be either.
 *
 * A sign that would begin code is written as a quoted string in an expression, `${"$"}{`, and not doubled: CDKTF would still
 * find its token in `$${TfToken[…]}`, takes an unclosed `$${` for the begin of an expression in which the tokens behind it lose
 * their braces, and Terraform reads the doubled sign of `$$${` otherwise than one expects.
 *
 * What Terraform itself does to every string remains: it normalizes to Unicode's NFC, and half of a surrogate pair becomes
 * U+FFFD. Some of Terraform's arguments are no templates (`description` of an output, `source` of a module, addresses), and
 * text from a file has no place there.
 */
import { admit } from "./door/admit";
import { TOKEN } from "./token-text";

/** Signs that begin code with the brace behind them, be it in this text or in the one that it is joined to. */
const SIGNS = /[$%]+(?=\{|$)/g;
/**
 * The markers of CDKTF's tokens for lists and keys, which may begin with the last characters of the text before, and end with the
 * first ones of the text behind. Those for strings begin with a sign.
 */
const LIST_OR_KEY_TOKEN = /([#&]|^)\{(?=TfToken\[|(?:T(?:f(?:T(?:o(?:k(?:en?)?)?)?)?)?)?$)/g;
/** The number in a text that CDKTF looks up as a token. Its own expression, for which a bar is a digit too. */
const NUMBER = /[-|\d.+]+e[-|\d.eE+]+/g;
/** Number tokens are about -1.9e289, those of lists -4.5e250. */
const TOKEN_MAGNITUDE = -1e200;
/** The texts that CDKTF refuses, because it fills maps with them that are tokens. */
const MAP_TOKEN_VALUE = /^(?:String|Any)(?= Map Token Value$)/;

/** Returns the text as Terraform's literal. Nothing in it is a token: what looks like one is text. */
export function literal(text: string): string {
  admit("literal", { text });
  return text
    .replace(SIGNS, quoted)
    .replace(LIST_OR_KEY_TOKEN, (_, sign: string) => sign + quoted("{"))
    .replace(NUMBER, (number) =>
      Number.parseFloat(number) < TOKEN_MAGNITUDE ? number.replace("e", quoted("e")) : number,
    )
    .replace(MAP_TOKEN_VALUE, quoted);
}

/**
 * Returns the text as Terraform's literal, but for its tokens, which stay tokens: for a text that is written in TypeScript,
 * where both may be in it.
 *
 * @param write writes what is between the tokens
 */
export function literalAroundTokens(text: string, write: (text: string) => string = literal): string {
  admit("literalAroundTokens", { text, write });
  let written = "";
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    written += write(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return written + write(text.slice(at));
}

/** Returns an expression whose value is the text, which has neither a quotation mark nor a backslash, nor a brace behind a sign. */
function quoted(text: string): string {
  return `\${"${text}"}`;
}
