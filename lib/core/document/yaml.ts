/**
 * Returns the YAML parser, loaded at its first use: `yaml().parseDocument(text)`. It is 72 modules and some 30 ms, a third of
 * what CDKTF itself costs at import, and a stack that is written in TypeScript reads and writes no YAML at all.
 */
export function yaml(): typeof import("yaml") {
  // require, because it loads at the call and answers at once; Node keeps what it has loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("yaml") as typeof import("yaml");
}
