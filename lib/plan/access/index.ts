export type * from "./model";
export { readAccess } from "./read-access";
