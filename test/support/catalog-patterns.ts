/**
 * The twelve patterns of the catalog as the model sees them: stages with their phases and shares, the way back, evidence, who
 * reaches a stage. Each row is an empty construct, so that the model is tried before a pattern is written.
 */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Construct } from "constructs";
import { z } from "zod";
import { Migration } from "../../lib/core/migration";
import type { MigrationDefinition, MigrationProps } from "../../lib/core/migration-props";
import type { Phase } from "../../lib/core/phase";
import type { MigrationRole } from "../../lib/core/role";
import { defineRule } from "../../lib/core/rule";
import { Stages, type Irreversible, type RunbookStep, type Stage } from "../../lib/core/stage";
import { defineEvidence, type EvidenceReview, type StageEvidence } from "../../lib/core/stage-evidence";
import type { TrafficShare } from "../../lib/core/traffic-share";
import type { VerificationKind } from "../../lib/core/verification";

/** One stage of a row: its name, its phase, and the share of the traffic where it has one. */
type RowStage = readonly [name: string, phase: Phase, share?: TrafficShare];

/** One row of the table. */
export interface CatalogPattern {
  readonly pattern: string;
  readonly role: MigrationRole;
  readonly stages: readonly RowStage[];
  /** The stage that demands evidence. @default - none does */
  readonly evidence?: string;
  /** From where on there is no way back by steps. @default - there always is one */
  readonly irreversible?: string;
  /** @default "terraform" */
  readonly reachedBy?: MigrationDefinition<string>["reachedBy"];
  /** @default - it is done once */
  readonly run?: string;
  /** What says that it works, in its ordinary example. */
  readonly verifiedBy: readonly VerificationKind[];
}

/** The table, in the catalog's order of families. */
export const catalogPatterns: readonly CatalogPattern[] = [
  {
    pattern: "lift-and-shift",
    role: "workload",
    stages: [
      ["replicate", "prepare"],
      ["test", "try"],
      ["cutover", "serve", 1],
      ["finalized", "final", 1],
    ],
    evidence: "finalized",
    irreversible: "finalized",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison"],
  },
  {
    pattern: "hybrid-cloud",
    role: "connection",
    stages: [
      ["connect", "prepare"],
      ["verify", "try"],
      ["live", "serve"],
    ],
    verifiedBy: [],
  },
  {
    pattern: "multi-cloud",
    role: "routing",
    stages: [
      ["0-percent", "prepare", 0],
      ["10-percent", "serve", 0.1],
      ["50-percent", "serve", 0.5],
      ["100-percent", "serve", 1],
    ],
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison"],
  },
  {
    pattern: "expand-contract",
    role: "schema",
    stages: [
      ["expand", "prepare"],
      ["migrate", "serve"],
      ["contract", "final"],
    ],
    evidence: "contract",
    irreversible: "contract",
    reachedBy: "runner",
    verifiedBy: ["data-comparison"],
  },
  {
    pattern: "parallel-schema",
    role: "data",
    stages: [
      ["off", "prepare"],
      ["dual-write", "prepare"],
      ["shadow", "try"],
      ["live", "serve", { from: 0, to: 1, controlledBy: "reads" }],
      ["ramp-down", "serve", 1],
      ["complete", "final", 1],
    ],
    evidence: "complete",
    irreversible: "complete",
    reachedBy: "runner",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison", "data-comparison"],
  },
  {
    pattern: "event-sourcing",
    role: "data",
    stages: [
      ["capture", "prepare"],
      ["apply", "prepare"],
      ["verify", "try"],
      ["cutover", "serve", 1],
      ["complete", "final", 1],
    ],
    evidence: "complete",
    irreversible: "complete",
    reachedBy: "runner",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison", "data-comparison"],
  },
  {
    pattern: "bidirectional-sync",
    role: "data",
    stages: [
      ["seed", "prepare"],
      ["sync", "try"],
      ["cutover", "serve", 1],
      ["complete", "final", 1],
    ],
    evidence: "complete",
    irreversible: "complete",
    reachedBy: "runner",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison", "data-comparison"],
  },
  {
    pattern: "strangler-fig",
    role: "service",
    stages: [
      ["intercept", "prepare"],
      ["strangling", "serve", { from: 0, to: 1, controlledBy: "routes" }],
      ["retired", "final", 1],
    ],
    evidence: "retired",
    irreversible: "retired",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison"],
  },
  {
    pattern: "parallel-run",
    role: "service",
    stages: [
      ["shadow", "try", 0],
      ["compare", "try", 0],
      ["trusted", "final", 0],
    ],
    evidence: "trusted",
    verifiedBy: ["health-check"],
  },
  {
    pattern: "blue-green",
    role: "service",
    stages: [
      ["preview", "try", 0],
      ["promoted", "serve", 1],
      ["settled", "final", 1],
    ],
    evidence: "settled",
    irreversible: "settled",
    run: "2026-11-29",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison"],
  },
  {
    pattern: "progressive-rollout",
    role: "flag",
    stages: [
      ["dark", "prepare", 0],
      ["rolling", "serve", { from: 0, to: 1, controlledBy: "rollout" }],
      ["full", "serve", 1],
      ["cleaned", "final", 1],
    ],
    irreversible: "cleaned",
    verifiedBy: ["health-check", "end-to-end-test", "performance-comparison"],
  },
  {
    pattern: "circuit-breaker",
    role: "guard",
    stages: [
      ["observe", "try"],
      ["protect", "serve"],
      ["retired", "final"],
    ],
    evidence: "retired",
    irreversible: "retired",
    verifiedBy: ["health-check"],
  },
];

/** The record that a stage with evidence demands. */
export interface SignOff {
  readonly signedBy: string;
}

/** The record as it should be. */
export const signOff: SignOff = { signedBy: "application owner" };

const notSigned = defineRule<EvidenceReview<SignOff>>({
  id: "not-signed",
  title: "Nobody has signed",
  severity: "blocker",
  why: "giving up the way back is a decision",
  remedy: "have somebody sign",
  *check({ stage, evidence }) {
    if (evidence === undefined) yield { subject: stage, message: "the stage has no evidence" };
  },
});

const evidence: StageEvidence = defineEvidence({
  question: "Has somebody signed?",
  schema: z.strictObject({ signedBy: z.string().min(1) }),
  rules: [notSigned],
});

const step = (title: string, minutes: number, over: Partial<RunbookStep> = {}): RunbookStep => ({
  title,
  owner: "platform engineer",
  expect: "it is done",
  minutes,
  ...over,
});

/** The stages of a row. */
export function stagesOf({ stages, evidence: demanding, irreversible }: CatalogPattern): Stages {
  const names = stages.map(([name]) => name);
  const from = (name: string | undefined): number => (name === undefined ? Infinity : names.indexOf(name));
  return Stages.of(
    stages.map(([name, phase, trafficShare], index): Stage => {
      const deploy = step(`Declare the stage ${name} and deploy`, 10, { command: "cdktf deploy", deploys: true });
      const gone: Irreversible = { irreversible: "restore the backup" };
      return {
        name,
        phase,
        summary: `it is in ${name}`,
        enter: [deploy, step("Let it bake", 1440, { waits: true })],
        reverse:
          index >= from(irreversible)
            ? gone
            : [step("Go back and deploy", 10, { command: "cdktf deploy", deploys: true })],
        ...(trafficShare === undefined ? {} : { trafficShare }),
        ...(index >= from(demanding) ? { evidence } : {}),
      };
    }),
  );
}

/** Properties of a {@link CatalogMigration}. */
export interface CatalogMigrationProps extends MigrationProps {
  readonly row: CatalogPattern;
  readonly evidence?: SignOff;
}

/** An empty construct of a row: one parameter whose value follows the stage. */
export class CatalogMigration extends Migration {
  constructor(scope: Construct, id: string, { row, ...props }: CatalogMigrationProps) {
    const { pattern, role, reachedBy, run, verifiedBy } = row;
    super(
      scope,
      id,
      {
        verifications: verifiedBy.map((kind) => ({
          kind,
          name: `${kind} of ${id}`,
          alarm: {
            name: `${id}-${kind}`,
            arn: `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${id}`,
            notifies: true,
          },
        })),
        ...props,
      },
      {
        profile: { name: pattern, title: pattern, category: "service", useCase: "the model is tried" },
        role,
        stages: stagesOf(row),
        ...(reachedBy === undefined ? {} : { reachedBy }),
        ...(run === undefined ? {} : { run }),
      },
    );
    new SsmParameter(this, "thing", { name: `/thing/${pattern}`, type: "String", insecureValue: this.stage.name });
  }
}
