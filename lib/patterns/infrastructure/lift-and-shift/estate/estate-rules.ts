/** All rules about the identities of servers and disks. */
import type { Rule } from "../../../../core/rule";
import { correctionRules } from "./correction-rules";
import { endRules } from "./end-rules";
import type { EstateReview } from "./estate-review";
import { placeRules } from "./place-rules";
import { recordRules } from "./record-rules";

export * from "./correction-rules";
export * from "./end-rules";
export * from "./place-rules";
export * from "./record-rules";

/** The rules about the identities of servers and disks. */
export const estateRules: readonly Rule<EstateReview>[] = [
  ...correctionRules,
  ...endRules,
  ...placeRules,
  ...recordRules,
];
