/**
 * Every rule of the library, by what it looks at: `migration-patterns rules` and `docs/rules.md` are printed from this list.
 * Whoever a rule has stopped looks it up there, so a rule that is missing here fails a test. Those of parts and patterns come
 * from their manifests, which load no construct.
 */
import { evidenceMissing } from "../core/evidence-rules";
import { interlockRules } from "../core/interlock-rules";
import { movedServersRules } from "../core/moved-servers";
import { protectionRules } from "../core/protection";
import type { RuleDescription } from "../core/rule";
import { parts, patterns } from "../patterns/manifests";
import { planRules } from "./anti-patterns/plan-rules";
import { guardRules } from "./guard/guard-rules";
import { handOverRules } from "./hand-over/hand-over-rules";
import { rehearsalRules } from "./rehearsal/rehearsal-rules";
import { zoneRules } from "../core/zone-rules";
import { waveRules } from "./waves/wave-rules";
import { assessedFamilies, type RuleFamily } from "../assessment/assessed-rules";

/** All families of rules: those of the assessment, and those that only the finished tree of constructs can be asked. */
export const ruleFamilies: readonly RuleFamily[] = [
  ...assessedFamilies,
  { name: "interlock", title: "Migrations that hold each other", rules: [...interlockRules, evidenceMissing] },
  { name: "moved-servers", title: "Servers that migrations move", rules: movedServersRules },
  { name: "zones", title: "Availability zones", rules: zoneRules },
  { name: "protection", title: "Protection of what holds data", rules: protectionRules },
  ...patterns.map(({ profile, rules }) => ({ name: profile.name, title: profile.title, rules })),
  ...parts.filter(({ rules }) => rules.length > 0).map(({ name, title, rules }) => ({ name, title, rules })),
  {
    name: "plan",
    title: "Migration plan",
    rules: [...waveRules, ...planRules, ...rehearsalRules, ...guardRules, ...handOverRules],
  },
];

/** All rules of all families. */
export const allRules: readonly RuleDescription[] = ruleFamilies.flatMap(({ rules }) => rules);
