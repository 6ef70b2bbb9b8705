/**
 * Every rule of the library, by what it looks at: `migration-patterns rules` and `docs/rules.md` are printed from this list.
 * Whoever a rule has stopped looks it up there, so a rule that is missing here fails a test. A pattern's rules are imported
 * from its `rules.ts`, never from its `index.ts`, which would load every construct of the pattern.
 */
import type { RuleDescription } from "../core/rule";
import { hybridRules } from "../patterns/infrastructure/hybrid-cloud/hybrid-rules";
import { vpnRules } from "../patterns/infrastructure/hybrid-cloud/rules";
import { configurationRules } from "../parts/configuration/rules";
import { configurationFilesRules, databaseMoveRules, fileMoveRules } from "../parts/data/rules";
import { liftAndShiftRules } from "../patterns/infrastructure/lift-and-shift/lift-rules";
import { replicationRules } from "../patterns/infrastructure/lift-and-shift/replication/rules";
import { fleetRules } from "../patterns/infrastructure/lift-and-shift/rules";
import { finalizedRules } from "../parts/validation/finalized-rules";
import { validationRules } from "../parts/validation/rules";
import { dnsRules } from "../patterns/infrastructure/multi-cloud/dns/rules";
import { importUnsupported } from "../patterns/infrastructure/multi-cloud/istio/import";
import { notIstio } from "../patterns/infrastructure/multi-cloud/istio/read";
import { istioRules } from "../patterns/infrastructure/multi-cloud/istio/rules";
import { routingRules } from "../patterns/infrastructure/multi-cloud/rules";
import { planRules } from "../plan/anti-patterns/plan-rules";
import { rehearsalRules } from "../plan/rehearsal/rehearsal-rules";
import { waveRules } from "../plan/waves/wave-rules";
import { assessedFamilies, type RuleFamily } from "./assessed-rules";

/** All families: those of the assessment, and those that only the finished tree of constructs can be asked. */
export const ruleFamilies: readonly RuleFamily[] = [
  ...assessedFamilies,
  {
    name: "lift-and-shift",
    title: "Lift and Shift",
    rules: [
      ...liftAndShiftRules,
      ...fleetRules,
      ...configurationRules,
      ...databaseMoveRules,
      ...fileMoveRules,
      ...configurationFilesRules,
      ...validationRules,
      ...finalizedRules,
      ...replicationRules,
    ],
  },
  { name: "hybrid-cloud", title: "Hybrid Cloud", rules: [...hybridRules, ...vpnRules] },
  {
    name: "multi-cloud",
    title: "Multi-Cloud",
    rules: [...routingRules, ...dnsRules, ...istioRules, notIstio, importUnsupported],
  },
  { name: "plan", title: "Migration plan", rules: [...waveRules, ...planRules, ...rehearsalRules] },
];

/** All rules of all families. */
export const allRules: readonly RuleDescription[] = ruleFamilies.flatMap(({ rules }) => rules);
