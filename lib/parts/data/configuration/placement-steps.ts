/** The runbook steps of the placement of configuration files. */
import { regionOption } from "../../../aws/aws-cli";
import type { PartSteps } from "../../../core/migration-part";
import type { Phase } from "../../../core/phase";
import type { RunbookStep } from "../../../core/stage";
import { isUnresolved } from "../../../core/tokens";
import { deploySteps, deployBackSteps, destroyStep, type PhaseEntry } from "../data-phase";

/** The tags that select servers. */
type Targets = readonly { readonly key: string; readonly values: readonly string[] }[];

/** The properties of a placement that its runbook steps refer to. */
export interface Placement {
  readonly name: string;
  readonly targets: Targets;
  /** The name of the region; undefined for the region of the user's AWS profile. */
  readonly region: string | undefined;
}

/** Returns the steps of a placement into a phase, and back out of it. The first phase after `prepare` places the files. */
export function placementSteps({ name, targets, region }: Placement, entry: PhaseEntry): PartSteps {
  const document = `${name}-configuration`;
  const owner = "platform engineer";
  const { from, to } = entry.transition;
  const check = (title: string): RunbookStep => ({
    title,
    owner,
    command: `aws ssm list-associations --association-filter-list key=AssociationName,value=${document} --query 'Associations[].Overview'${regionOption(region)}`,
    expect: "the status is Success on every server",
    minutes: 30,
  });
  const placed = `the association ${document} is created`;
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: [
        {
          title: `Review the files that ${document} would place`,
          owner: "application owner",
          command: "cdktf diff",
          expect: "every file names the target, none the source, and none holds a secret",
          minutes: 60,
        },
        ...deploySteps(
          entry,
          to.phase === "prepare"
            ? `the files of ${document} are in its bucket and on no server`
            : `the files of ${document} are in its bucket, and ${placed}`,
        ),
      ],
      reverse: [destroyStep(`${document}, its bucket and its files are gone`)],
    },
    try: {
      enter: [
        ...deploySteps(entry, placed),
        ...(to.phase === "try" ? [check(`Check that ${document} has placed its files on the test servers`)] : []),
      ],
      reverse: [
        // First the association, which would place the files again.
        ...deployBackSteps(entry, `the association ${document} is destroyed`),
        {
          title: `Restore the files that ${document} replaced`,
          owner,
          command: `aws ssm send-command --document-name ${document} --parameters Action=restore --targets ${targetsArgument(targets)}${regionOption(region)}`,
          expect: "each file is as it was before the first placement",
          minutes: 30,
        },
      ],
    },
    serve: {
      enter: [
        ...deploySteps(entry, from?.phase === "prepare" ? placed : `the files of ${document} are placed as before`),
        check(`Check that ${document} has placed its files on every server`),
      ],
      // The association is destroyed by the deployment of the migration, and what was there is put back after it.
      reverse:
        to.phase === "serve" && from?.phase === "prepare"
          ? deployBackSteps(entry, `the association ${document} is destroyed`)
          : [],
    },
    final: {
      enter: [
        ...deploySteps(entry, `the files of ${document} are placed as before`),
        {
          title: "Delete the backups of replaced files on the servers",
          owner,
          expect: `/var/lib/${name} and C:\\ProgramData\\${name} hold no backup`,
          minutes: 30,
        },
      ],
    },
  };
  return steps[entry.phase];
}

/** Returns the tags as an argument of the AWS CLI. A tag's value may be a token, which nobody can type; it becomes VALUE. */
function targetsArgument(targets: Targets): string {
  const shown = targets.map(({ key, values }) => ({
    Key: key,
    Values: values.map((value) => (isUnresolved(value) ? "VALUE" : value)),
  }));
  // AWS CLI User Guide, "Using shorthand syntax": commas, quotes and white space separate.
  const isPlain = (text: string): boolean => /^[\w.:/@+-]+$/.test(text);
  if (shown.every(({ Key, Values }) => isPlain(Key) && Values.every(isPlain))) {
    return shown.map(({ Key, Values }) => `Key=${Key},Values=${Values.join(",")}`).join(" ");
  }
  return `'${JSON.stringify(shown).replaceAll("'", "'\\''")}'`;
}
