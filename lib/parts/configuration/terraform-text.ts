/**
 * Texts in Terraform's template language, put together from a user's text, tokens and passwords that Terraform reads. Only the
 * last two may be expressions.
 */
import { literal } from "../../core/literal";
import type { SecretEncoding } from "./connection-string/model";
import type { Fragment } from "./connection-template";

/** Returns the text as a quoted literal, for use inside an expression. */
export function quotedLiteral(text: string): string {
  const escaped = text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return `"${literal(escaped)}"`;
}

/**
 * Returns the Terraform template of a connection string.
 * @param password the expression that gives the password
 */
export function connectionStringTemplate(fragments: readonly Fragment[], password: string): string {
  let template = "";
  for (const fragment of fragments) {
    if ("literal" in fragment) {
      template += literal(fragment.literal);
      continue;
    }
    template += "token" in fragment ? fragment.token : passwordTemplate(fragment.password, password);
  }
  return template;
}

/** Returns the expression of the password, encoded for its place in the connection string. */
function passwordTemplate(encoding: SecretEncoding, password: string): string {
  switch (encoding) {
    case "percent":
      // urlencode writes a space as +, which is a plus sign everywhere but in forms; a real plus is %2B.
      return `\${replace(urlencode(${password}), "+", "%20")}`;
    case "libpq-bare":
      return `'${libpq(password)}'`;
    case "libpq-quoted":
      return libpq(password);
    case "ado-bare":
    case "ado-double":
      return wrap(encoding === "ado-bare" ? '"' : "", `\${replace(${password}, "\\"", "\\"\\"")}`);
    case "ado-single":
      return `\${replace(${password}, "'", "''")}`;
    case "odbc-bare":
      return `{${braces(password)}}`;
    case "odbc-braced":
      return braces(password);
    case "plain":
      return `\${${password}}`;
  }
}

function libpq(password: string): string {
  return `\${replace(replace(${password}, "\\\\", "\\\\\\\\"), "'", "\\\\'")}`;
}

function braces(password: string): string {
  return `\${replace(${password}, "}", "}}")}`;
}

function wrap(quote: string, text: string): string {
  return `${quote}${text}${quote}`;
}
