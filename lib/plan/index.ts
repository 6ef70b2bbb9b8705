export * from "./waves/inventory-moves";
export * from "./waves/move";
export * from "./waves/plan-waves";
export * from "./waves/wave-rules";
export * from "./runbook/runbook";
export * from "./runbook/runbook-document";
export { runbookMarkdown } from "./runbook/runbook-markdown";
