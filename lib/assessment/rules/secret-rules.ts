/** Rules about secrets in the annotations and tags of servers. The secret itself is never repeated. */
import { defineRule } from "../../core/rule";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The number of characters of an annotation that are searched: annotations are notes, not documents. */
const SEARCHED_CHARACTERS = 10_000;

/** A kind of secret that has a form of its own. */
interface SecretForm {
  readonly what: string;
  readonly pattern: RegExp;
}

/** The forms of secrets that no other text has: provider prefixes, PEM armour, credentials inside a URL. */
const FORMS: readonly SecretForm[] = [
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----/ },
  { what: "an AWS access key id", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/ },
  { what: "a Slack token", pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { what: "a JSON web token", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./ },
  { what: "a password in a URL", pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@<>{}$*]{1,64}:[^\s/@<>{}$*]{3,64}@/i },
];

const KEYWORD =
  /\b(?:password|passwd|passphrase|passwort|kennwort|contraseña|mot de passe|pwd|pw|api[ _-]?key|secret(?:[ _-]?(?:access)?[ _-]?key)?|access[ _-]?token|auth[ _-]?token)\s{0,3}(?<separator>[:=]|\bis\b)\s{0,3}(?<value>\S{1,200})/giu;

/** Matches a text after `password:` that is not the password. */
const NOT_A_SECRET =
  /^(?:[<{$*[]|x{3,}|\.{3}|-+$|(?:n\/a|na|none|no|yes|see|in|ask|contact|stored|keepass|vault|cyberark|secret|password|passwort|pwd|unknown|unset|changed|reset|required|expires?|expired|never|same|policy|as|the|not|via|per|tbd|empty|blank)(?![\p{L}\d]))/iu;

function keywordSecret(text: string): boolean {
  for (const { groups } of text.matchAll(KEYWORD)) {
    const value = (groups?.["value"] ?? "").replace(/[.,:;)\]"']+$/, "").replace(/^["'(]+/, "");
    if (value.length < 4 || NOT_A_SECRET.test(value)) continue;
    const looksRandom = /\d/.test(value) || /[^\p{L}\d\-/_.]/u.test(value) || /\p{Ll}\p{Lu}/u.test(value);
    // "password=hunter" is an assignment; "password: monthly" and "password is managed" may well be prose.
    if (looksRandom || (groups?.["separator"] === "=" && value.length >= 6)) return true;
  }
  return false;
}

/** Returns the kind of secret that the text seems to hold, or undefined. Never returns the secret itself. */
export function secretIn(text: string): string | undefined {
  const searched = text.slice(0, SEARCHED_CHARACTERS);
  const form = FORMS.find(({ pattern }) => pattern.test(searched));
  return form?.what ?? (keywordSecret(searched) ? "a password" : undefined);
}

/** Reports annotations and tags that seem to hold a secret. */
export const secretInAnnotation = defineRule<AssessmentSubject>({
  id: "secret-in-annotation",
  title: "An annotation or a tag seems to hold a secret in clear text",
  severity: "warning",
  why: "everybody who sees the inventory knows it, and every copy of the export keeps it",
  remedy: "change the secret, keep the new one in a secrets manager, and delete the note from the source",
  *check({ servers }) {
    for (const { name, annotation, tags, location } of servers) {
      const noted = annotation === undefined ? undefined : secretIn(annotation);
      if (noted !== undefined) {
        yield {
          subject: name,
          message: `its annotation seems to hold ${noted}, which is not repeated here`,
          ...locatedAt(location),
        };
      }
      for (const [key, value] of Object.entries(tags)) {
        const tagged = secretIn(`${key}=${value}`);
        if (tagged === undefined) continue;
        yield {
          subject: name,
          message: `its tag ${key} seems to hold ${tagged}, which is not repeated here`,
          ...locatedAt(location),
        };
      }
    }
  },
});

/** The rules about secrets. */
export const secretRules = [secretInAnnotation] as const;
