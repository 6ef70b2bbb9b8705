/** Rules about secrets in the annotations and tags of servers. The secret itself is never repeated. */
import { defineRule } from "../../core/rule";
import { formatPath } from "../../core/format-path";
import { looksRandom } from "../../core/secret/randomness";
import { secretInValue, secretOnceIn } from "../../core/secret/redact";
import { locatedAt, type AssessmentSubject } from "../subject";

/** Reports annotations and tags that seem to hold a secret. */
export const secretInAnnotation = defineRule<AssessmentSubject>({
  id: "secret-in-annotation",
  title: "An annotation or a tag seems to hold a secret in clear text",
  severity: "warning",
  why: "everybody who sees the inventory knows it, and every copy of the export keeps it",
  remedy: "change the secret, keep the new one in a secrets manager, and delete the note from the source",
  *check({ servers }) {
    for (const { name, annotation, tags, location } of servers) {
      const noted = annotation === undefined ? undefined : secretOnceIn(annotation);
      if (noted !== undefined) {
        yield {
          subject: name,
          message: `its annotation seems to hold ${noted}, which is not repeated here`,
          ...locatedAt(location),
        };
      }
      for (const [key, value] of Object.entries(tags)) {
        const tagged = secretOnceIn(value) ?? secretInValue(key, value) ?? secretOnceIn(key);
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

/** Reports every other text of the inventory and of the checklist that seems to hold a secret. */
export const secretInEvidence = defineRule<AssessmentSubject>({
  id: "secret-in-evidence",
  title: "A text of the inventory or of the checklist seems to hold a secret",
  severity: "warning",
  why: "everybody who sees the file knows it; what is made of the text has the kind of the secret in its place, which is no name",
  remedy: "change the secret, keep the new one in a secrets manager, and correct the text at its source",
  *check({ inventory, checklist, locate }) {
    const { servers, networks, databases, fileShares, flows } = inventory;
    for (const [list, items] of Object.entries({ servers, networks, databases, fileShares, flows })) {
      for (const item of items) {
        const found = secretWithin(item, list === "servers" ? SAID_OF_SERVERS : ELSEWHERE);
        if (found === undefined) continue;
        const subject = "name" in item ? item.name : `${item.source} to ${item.destination}`;
        yield {
          subject,
          message: `its ${found.path} seems to hold ${found.what}, which is not repeated here`,
          ...locatedAt(item.location),
        };
      }
    }
    for (const [item, answer] of Object.entries(checklist)) {
      const found = secretWithin({ [item]: answer }, ELSEWHERE);
      if (found === undefined) continue;
      yield {
        subject: item,
        message: `${found.path} seems to hold ${found.what}, which is not repeated here`,
        ...locatedAt(locate([item])),
      };
    }
  },
});

/** Properties that are no texts of the source, and those of which {@link secretInAnnotation} tells. */
const ELSEWHERE: ReadonlySet<string> = new Set(["location", "findings"]);
const SAID_OF_SERVERS: ReadonlySet<string> = new Set([...ELSEWHERE, "annotation", "tags"]);

/** Returns the first secret in the data, or in what they were before they were redacted. */
function secretWithin(
  data: unknown,
  elsewhere: ReadonlySet<string>,
  path: readonly (string | number)[] = [],
): { readonly what: string; readonly path: string } | undefined {
  if (typeof data === "string") {
    const what = secretOnceIn(data);
    return what === undefined ? undefined : { what, path: formatPath(path) };
  }
  if (typeof data !== "object" || data === null) return undefined;
  for (const [key, value] of Object.entries(data)) {
    if (elsewhere.has(key)) continue;
    const found = secretWithin(value, elsewhere, [...path, Array.isArray(data) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Notes annotations and tags with a text as disordered as a key is, of a form that is not known. */
export const textLikeSecret = defineRule<AssessmentSubject>({
  id: "text-like-secret",
  title: "An annotation or a tag has a text in as much disorder as a key",
  severity: "info",
  why: "a token of a form that is not known looks so, and so does a digest or an identifier: it is kept and written as it is",
  remedy: "look at it; if it is a secret, change it and delete it at its source",
  *check({ servers }) {
    for (const { name, annotation = "", tags, location } of servers) {
      const places = [
        ["its annotation", annotation],
        ...Object.entries(tags).map(([key, text]) => [`its tag ${key}`, text]),
      ];
      for (const [place = "", text = ""] of places) {
        if (!looksRandom(text)) continue;
        yield {
          subject: name,
          message: `${place} has a text in as much disorder as a key, which is not repeated here`,
          ...locatedAt(location),
        };
      }
    }
  },
});

/** The rules about secrets. */
export const secretRules = [secretInAnnotation, secretInEvidence, textLikeSecret] as const;
