export * from "./address";
export * from "./allocator";
export { Cidr, compareCidrs, SPLIT_LIMIT } from "./cidr";
export * from "./cidr-set";
export * from "./overlap";
