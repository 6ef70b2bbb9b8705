/** Text as Terraform's literal: neither code nor a token of CDKTF. What Terraform says of it is asked by test/validate/taint.ts. */
import { describe, expect, it } from "@jest/globals";
import { Fn, Lazy, TerraformLocal, TerraformStack, Testing, Token } from "cdktf";
import * as fc from "fast-check";
import { literal, literalAroundTokens } from "../../lib/core/literal";
import { looksLikeToken, sealed, unsealed } from "../../lib/core/token-text";
import { isUnresolved } from "../../lib/core/unresolved";
import { hostileTexts } from "../support/hostile-texts";
import { decodeTemplate, templateText } from "../support/terraform-template";

const token = Lazy.stringValue({ produce: () => "${var.other}" });
const numberToken = Token.asNumber(Fn.abs(1));
const texts = [...hostileTexts, token, `$${token}`, String(numberToken), "#{TfToken[TOKEN.0]}", "&{TfToken[TOKEN.0]}"];

/** Synthesizes a text as CDKTF does, in a value and as a key. */
function synthesized(text: string): { readonly value: string; readonly key: string } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new TerraformLocal(stack, "value", text);
  new TerraformLocal(stack, "keys", { [`k${text}`]: 1 });
  const { locals } = JSON.parse(Testing.synth(stack)) as { locals: { value: string; keys: Record<string, number> } };
  return { value: locals.value, key: Object.keys(locals.keys)[0]!.slice(1) };
}

describe("a literal", () => {
  it.each(texts.map((text) => [JSON.stringify(text), text]))("of %s is the text", (_, text) => {
    const { value, key } = synthesized(literal(text));
    expect(templateText(value)).toBe(text);
    expect(templateText(key)).toBe(text);
    expect(isUnresolved(literal(text))).toBe(false);
  });

  it.each(texts.map((text) => [JSON.stringify(text), text]))(
    "of %s beside a token leaves both what they are",
    (_, text) => {
      const { value } = synthesized(`{${literal(text)}${token}${literal(text)}{${literal(text)}`);
      expect(decodeTemplate(value)).toEqual({ text: `{${text}live(…)${text}{${text}`, live: ["${var.other}"] });
    },
  );

  it("is the text whatever it is made of", () => {
    const pieces = ["$", "%", "{", "}", '"', "\\", "\n", "~", "TfToken[TOKEN.0]", "#", "&", "-1.8e+289", "e", "1", "a"];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }),
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }),
        (a, b) => {
          const [first, second] = [a.join(""), b.join("")];
          expect(templateText(literal(first) + literal(second))).toBe(first + second);
          expect(/[$#&]\{TfToken\[/.test(literal(first) + literal(second))).toBe(false);
        },
      ),
    );
  });

  it("is no token together with the text before", () => {
    for (const sign of ["$", "#", "&"]) {
      const { value } = synthesized(literal(sign) + literal("{TfToken[TOKEN.0]}"));
      expect(templateText(value)).toBe(`${sign}{TfToken[TOKEN.0]}`);
    }
  });

  it("leaves ordinary text as it is", () => {
    for (const text of ["", "web-01", "i-0abc1e5f", "1e5", "100 % of $5", "a {b} c", "https://a.example/?b=c&d=e#f"])
      expect(literal(text)).toBe(text);
  });
});

describe("a literal around tokens", () => {
  it("leaves the tokens, and nothing else, to Terraform", () => {
    const { value } = synthesized(literalAroundTokens(`\${file("a")} $${token}{ %{ if true }`));
    expect(decodeTemplate(value)).toEqual({ text: '${file("a")} $live(…){ %{ if true }', live: ["${var.other}"] });
  });
});

describe("a sealed text", () => {
  it.each(texts.map((text) => [JSON.stringify(text), text]))("of %s has no token, and is what it was", (_, text) => {
    expect(looksLikeToken(sealed(text).replace(/[#&]\{/g, ""))).toBe(false);
    expect(unsealed(sealed(text))).toBe(text);
  });

  it("keeps the character that seals", () => {
    expect(unsealed(sealed("\uf8ffa\uf8ff\uf8ff"))).toBe("\uf8ffa\uf8ff\uf8ff");
  });
});
