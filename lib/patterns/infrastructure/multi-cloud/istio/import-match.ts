/** The import of a match of a VirtualService into that of an intent. */
import type { RequestMatch, TextMatch, ValueMatch } from "../intent";
import type { Refuse } from "./import-fields";
import { asObject, asStrings, asText, isObject, type Json } from "./manifest";

type Path = readonly (string | number)[];

const FIELDS = new Set(
  "name uri ignoreUriCase headers withoutHeaders method authority scheme queryParams sourceLabels sourceNamespace gateways port".split(
    " ",
  ),
);

/** Converts a match to that of an intent; fields that an intent does not support are reported. */
export function readMatch(raw: Json, at: Path, refuse: Refuse): RequestMatch {
  for (const field of Object.keys(raw)) {
    if (!FIELDS.has(field)) refuse({ path: [...at, field], message: "is not supported by an intent, and is left out" });
  }
  const text = (field: "uri" | "method" | "authority" | "scheme"): Partial<RequestMatch> => {
    const value = readText(raw[field]);
    return value === undefined ? {} : { [field]: value };
  };
  const values = (field: "headers" | "withoutHeaders" | "queryParams"): Partial<RequestMatch> => {
    const all = Object.entries(asObject(raw[field])).map(([name, value]): [string, ValueMatch] => [
      name,
      readValue(value),
    ]);
    return all.length === 0 ? {} : { [field]: Object.fromEntries(all) };
  };
  const labels = Object.entries(asObject(raw["sourceLabels"])).map(([name, value]) => [name, asText(value)]);
  const gateways = asStrings(raw["gateways"]);
  const namespace = asText(raw["sourceNamespace"]);
  return {
    ...text("uri"),
    ...(raw["ignoreUriCase"] === true ? { ignoreUriCase: true } : {}),
    ...values("headers"),
    ...values("withoutHeaders"),
    ...text("method"),
    ...text("authority"),
    ...text("scheme"),
    ...values("queryParams"),
    ...(labels.length === 0 ? {} : { sourceLabels: Object.fromEntries(labels) as Record<string, string> }),
    ...(namespace === "" ? {} : { sourceNamespace: namespace }),
    ...(gateways.length === 0 ? {} : { gateways }),
    ...(typeof raw["port"] === "number" ? { port: raw["port"] } : {}),
  };
}

function readText(value: unknown): TextMatch | undefined {
  const { exact, prefix, regex } = asObject(value);
  if (typeof exact === "string") return { exact };
  if (typeof prefix === "string") return { prefix };
  return typeof regex === "string" ? { regex } : undefined;
}

/** Converts a comparison. An empty match, and the patterns that match anything, require only that the value is present. */
function readValue(value: unknown): ValueMatch {
  const text = readText(value);
  if (text === undefined || (isObject(value) && "regex" in text && ["*", ".*"].includes(text.regex))) {
    return { present: true };
  }
  return text;
}
