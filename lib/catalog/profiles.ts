/**
 * The catalog's own facts about its patterns: use case, complexity and risk as it states them. The feature-flag patterns
 * state neither a complexity nor a risk.
 */
import type { PatternProfile } from "../core/pattern-profile";

/** The profiles of all eleven patterns, in the catalog's order, by the name of the pattern's folder. */
export const patternProfiles = {
  "expand-contract": {
    name: "expand-contract",
    title: "Expand-Contract",
    category: "database",
    useCase: "Schema evolution with zero downtime",
    complexity: "Medium",
    risk: "Low-Medium",
  },
  "parallel-schema": {
    name: "parallel-schema",
    title: "Parallel Schema",
    category: "database",
    useCase: "Major database restructuring",
    complexity: "High",
    risk: "Medium",
  },
  "event-sourcing": {
    name: "event-sourcing",
    title: "Event Sourcing Migration",
    category: "database",
    useCase: "Migrating systems with complex business logic",
    complexity: "High",
    risk: "Medium-High",
  },
  "strangler-fig": {
    name: "strangler-fig",
    title: "Strangler Fig",
    category: "service",
    useCase: "Legacy system replacement",
    complexity: "Medium-High",
    risk: "Medium",
  },
  "parallel-run": {
    name: "parallel-run",
    title: "Parallel Run",
    category: "service",
    useCase: "Risk mitigation for critical services",
    complexity: "Medium",
    risk: "Low-Medium",
  },
  "blue-green": {
    name: "blue-green",
    title: "Blue-Green Deployment",
    category: "service",
    useCase: "Zero-downtime service updates",
    complexity: "Low-Medium",
    risk: "Low",
  },
  "lift-and-shift": {
    name: "lift-and-shift",
    title: "Lift and Shift",
    category: "infrastructure",
    useCase: "Quick cloud migration with minimal changes",
    complexity: "Low-Medium",
    risk: "Low",
  },
  "hybrid-cloud": {
    name: "hybrid-cloud",
    title: "Hybrid Cloud Migration",
    category: "infrastructure",
    useCase: "Gradual cloud adoption with on-premises integration",
    complexity: "High",
    risk: "Medium-High",
  },
  "multi-cloud": {
    name: "multi-cloud",
    title: "Multi-Cloud Migration",
    category: "infrastructure",
    useCase: "Avoiding vendor lock-in or regulatory requirements",
    complexity: "Very High",
    risk: "High",
  },
  "progressive-rollout": {
    name: "progressive-rollout",
    title: "Progressive Rollout",
    category: "feature-flag",
    useCase: "Gradual feature deployment with risk mitigation",
  },
  "circuit-breaker": {
    name: "circuit-breaker",
    title: "Circuit Breaker",
    category: "feature-flag",
    useCase: "Automatic fallback during migration issues",
  },
} as const satisfies Record<string, PatternProfile>;

/** The name of a pattern of the catalog, as its folder is called. */
export type PatternName = keyof typeof patternProfiles;
