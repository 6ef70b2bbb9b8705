/** What people do around the placement of configuration files. */
import { regionOption } from "../../../aws/aws-cli";
import type { PartSteps } from "../../../core/migration-part";
import type { Phase } from "../../../core/phase";
import type { RunbookStep } from "../../../core/stage";
import { isUnresolved } from "../../../core/tokens";
import { deployed, deployedBack, destroyed, type PhaseEntry } from "../data-phase";

/** Servers, by their tags. */
type Targets = readonly { readonly key: string; readonly values: readonly string[] }[];

/** What is placed, and where. */
export interface Placement {
  readonly name: string;
  readonly targets: Targets;
  /** Undefined where it is the region of the person's profile. */
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
  const placed = `the association ${document} is made`;
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
        ...deployed(
          entry,
          to.phase === "prepare"
            ? `the files of ${document} are in its bucket and on no server`
            : `the files of ${document} are in its bucket, and ${placed}`,
        ),
      ],
      reverse: [destroyed(`${document}, its bucket and its files are gone`)],
    },
    try: {
      enter: [
        ...deployed(entry, placed),
        ...(to.phase === "try" ? [check(`Check that ${document} has placed its files on the test servers`)] : []),
      ],
      reverse: [
        // First the association, which would place the files again.
        ...deployedBack(entry, `the association ${document} is destroyed`),
        {
          title: `Put back what was there before ${document}`,
          owner,
          command: `aws ssm send-command --document-name ${document} --parameters Action=restore --targets ${targetsArgument(targets)}${regionOption(region)}`,
          expect: "each file is as it was before the first placement",
          minutes: 30,
        },
      ],
    },
    serve: {
      enter: [
        ...deployed(entry, from?.phase === "prepare" ? placed : `the files of ${document} are placed as before`),
        check(`Check that ${document} has placed its files on every server`),
      ],
      // The association is destroyed by the deployment of the migration, and what was there is put back after it.
      reverse:
        to.phase === "serve" && from?.phase === "prepare"
          ? deployedBack(entry, `the association ${document} is destroyed`)
          : [],
    },
    final: {
      enter: [
        ...deployed(entry, `the files of ${document} are placed as before`),
        {
          title: "Delete the files that were kept on the servers",
          owner,
          expect: `/var/lib/${name} and C:\\ProgramData\\${name} hold no backup`,
          minutes: 30,
        },
      ],
    },
  };
  return steps[entry.phase];
}

/** The servers, as the AWS CLI takes them. A tag's value may be a token, which is no text to type. */
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
