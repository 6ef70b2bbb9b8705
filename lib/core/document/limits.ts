/** Bounds on what a document may cost: each is checked before the cost arises. All of them are our own limits. */

/** The most bytes or characters of a document of either kind. */
export const DOCUMENT_LIMIT = 128 * 1024 * 1024;

/**
 * The longest YAML text, in characters. A parsed value takes some 100 bytes of memory for each character of the text. JSON
 * has no such tree and is bounded by {@link JSON_VALUE_LIMIT}.
 */
export const YAML_LIMIT = 8 * 1024 * 1024;

/**
 * The most tokens in a YAML text: keys, values, indicators, indents, comments and line ends. The parser needs some 1.5 µs for
 * each. 5,000 servers with 25 lines each have about as many; more come from a tool, which writes JSON as well.
 */
export const YAML_TOKEN_LIMIT = 750_000;

/** The most documents in one YAML stream. */
export const YAML_DOCUMENT_LIMIT = 10_000;

/** The most anchors and aliases in a YAML text, taken together. The parser compares each with all before it. */
export const YAML_ANCHOR_LIMIT = 10_000;

/** The most values that aliases may add to what the file itself says, against the "billion laughs". */
export const ALIAS_LIMIT = 1_000_000;

/** The most values in a JSON text, keys not counted: 10,000 servers with 500 values each. */
export const JSON_VALUE_LIMIT = 5_000_000;

/** The most levels of lists and mappings inside each other. Kubernetes manifests and checklists have fewer than 20. */
export const DEPTH_LIMIT = 100;
