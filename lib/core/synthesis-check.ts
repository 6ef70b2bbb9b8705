/**
 * The check that refuses to synthesize a blocked migration. CDKTF synthesizes stack after stack and validates each just
 * before it is written, so a blocker found in the second stack would leave the first one's Terraform on disk. Therefore one
 * check per construct tree looks at *all* migrations, and runs as a validation of the first stack as well as of each
 * migration's own: the first stack speaks for everybody before anything is written. What an earlier synthesis has written is
 * forgotten as well, so that nobody takes it for this one's.
 */
import { Annotations, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import type { IConstruct } from "constructs";
import type { AssessmentRecord } from "./assessment-record";
import { groupBy, unique } from "./collections";
import { MigrationError } from "./error";
import { formatFinding, isBlocking, sortFindings, type Finding } from "./finding";
import { printable } from "./printable";
import { forgetSynthesis } from "./synthesized-folder";
import { count, firstOf } from "./text";
import { waiverUnused } from "./waiver";

/** A migration as the check sees it. */
export interface Checked extends IConstruct {
  readonly assessment: AssessmentRecord;
  /** Returns the migration's own findings, waivers applied, and the waivers that covered one. */
  evaluate(): { readonly findings: readonly Finding[]; readonly used: ReadonlySet<unknown> };
}

/** The findings that are annotated at one migration. */
interface Review {
  readonly migration: Checked;
  readonly findings: readonly Finding[];
}

const SUBJECTS_SHOWN = 5;

/** Has the synthesis of the stack begin by forgetting the earlier one, whatever then stops it. */
function forgetBefore(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      forgetSynthesis(session.outdir);
      synthesizer.synthesize(session);
    },
  };
}

/** The check of one construct tree; {@link SynthesisCheck.of} finds or makes it. */
export class SynthesisCheck {
  private static readonly trees = new WeakMap<IConstruct, SynthesisCheck>();

  public static of(scope: IConstruct): SynthesisCheck {
    let check = SynthesisCheck.trees.get(scope.node.root);
    if (check === undefined) {
      check = new SynthesisCheck(scope.node.root);
      SynthesisCheck.trees.set(scope.node.root, check);
    }
    return check;
  }

  private readonly migrations: Checked[] = [];
  private readonly hooked = new Set<IConstruct>();
  private annotated = false;

  private constructor(private readonly root: IConstruct) {}

  /** Adds the migration to the check, which runs in its own stack and in the tree's first. */
  public add(migration: Checked): void {
    this.migrations.push(migration);
    const own = TerraformStack.of(migration);
    const first = this.root.node.findAll().find((each) => TerraformStack.isStack(each));
    for (const stack of new Set([own, first ?? own])) {
      if (this.hooked.has(stack)) continue;
      this.hooked.add(stack);
      stack.node.addValidation({ validate: () => this.messages() });
      forgetBefore(stack);
    }
    // CDKTF's own error suggests `skipValidation`. It skips what CDKTF would like to know, not whether a migration may start.
    addCustomSynthesis(migration, {
      onSynthesize: (session) => {
        if (session.skipValidation === true) this.refuseToSkip(migration);
      },
    });
  }

  private refuseToSkip(migration: Checked): void {
    const messages = this.messages();
    if (messages.length === 0) return;
    throw new MigrationError({
      code: "MIGRATION_BLOCKED",
      path: "skipValidation",
      received: true,
      allowed: "skipping the validations of a migration that nothing blocks",
      fix: "remedy or waive each blocker",
      details: messages.flatMap((message) => message.split("\n")),
      construct: migration.node.path,
    });
  }

  /**
   * Returns the findings of the migrations within a construct and of their assessments, each once. Of a whole tree they include
   * those about waivers that nothing has used.
   */
  public findings(within: IConstruct = this.root): Finding[] {
    return sortFindings(this.reviews(within).flatMap(({ findings }) => findings));
  }

  /** Returns the assessments of the migrations within a construct, each once. */
  public assessments(within: IConstruct = this.root): AssessmentRecord[] {
    return unique(this.within(within).map(({ assessment }) => assessment));
  }

  /** Returns all blockers of all assessments and all migrations, each once, as validation messages. */
  public messages(): string[] {
    const reviews = this.reviews(this.root);
    for (const { migration, findings } of reviews) this.annotate(migration, findings);
    this.annotated = true;
    const blockers = reviews.flatMap(({ findings }) => findings.filter(isBlocking));
    if (blockers.length === 0) return [];
    return [
      `${count(blockers.length, "blocker stops", "blockers stop")} this migration; no Terraform was written`,
      ...sortFindings(blockers).map((finding) => formatFinding(finding).replaceAll("\n", "\n  ")),
    ];
  }

  private within(scope: IConstruct): Checked[] {
    return this.migrations.filter(({ node }) => scope === this.root || node.scopes.includes(scope));
  }

  /** Returns the findings by the migration at which they are annotated: of each assessment its first. */
  private reviews(within: IConstruct): Review[] {
    const reviews: Review[] = [];
    const records = new Map<AssessmentRecord, { migration: Checked; used: Set<unknown> }>();
    for (const migration of this.within(within)) {
      const { assessment } = migration;
      let record = records.get(assessment);
      if (record === undefined) {
        record = { migration, used: new Set() };
        records.set(assessment, record);
        reviews.push({ migration, findings: assessment.findings });
      }
      const { findings, used } = migration.evaluate();
      for (const waiver of used) record.used.add(waiver);
      reviews.push({ migration, findings });
    }
    // What a part of the tree has not used, another part may.
    if (within !== this.root) return reviews;
    for (const [{ deferredWaivers, asOf }, { migration, used }] of records) {
      const covered = new Set(deferredWaivers.filter((waiver) => used.has(waiver)));
      reviews.push({ migration, findings: waiverUnused({ waivers: deferredWaivers, used: covered, asOf }) });
    }
    return reviews;
  }

  /** Writes the warnings as annotations, one for each rule, so that forty snapshots are one line. */
  private annotate(migration: Checked, findings: readonly Finding[]): void {
    // The check runs once for each hooked stack; the annotations are written by the first run.
    if (this.annotated) return;
    const warnings = findings.filter(({ severity, waived }) => severity === "warning" && waived === undefined);
    for (const [rule, same] of groupBy(warnings, (finding) => finding.rule)) {
      const subjects = unique(same.map((finding) => finding.subject));
      const shown = firstOf(subjects, SUBJECTS_SHOWN);
      const [first] = same;
      const what = same.length === 1 ? first.message : `${same.length} findings, the first: ${first.message}`;
      Annotations.of(migration).addWarning(printable(`${rule} on ${shown}: ${what}. Remedy: ${first.remedy}`));
    }
  }
}
