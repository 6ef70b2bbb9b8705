export * from "./model";
export * from "./reader";
export { readerRules } from "./reader-rules";
export * from "./server-index";
