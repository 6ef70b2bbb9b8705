export * from "./profiles";
export * from "./recommend";
export * from "./selection-matrix";
