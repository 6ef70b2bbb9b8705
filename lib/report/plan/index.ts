export { planJunit, planSarif, type PlanFindingsOptions } from "./plan-findings";
export { planHtml } from "./plan-html";
export { planJson } from "./plan-json";
export { planMarkdown } from "./plan-markdown";
export { planMermaid, type PlanDiagrams } from "./plan-mermaid";
export * from "./plan-report";
