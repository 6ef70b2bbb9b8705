/** The commands of steps as they are typed in the folder of a repo: with the stack, the region, and where npm has put the program. */
import { readFileSync } from "node:fs";
import { shellWord } from "../../core/shell";

/** The command lines that synthesize and deploy an app: CDKTF's, and that of CDK Terrain. */
export type CommandLine = "cdktf" | "cdktn";

/** The stack that a command is for. */
export interface StackPlace {
  readonly stack: string;
  /** The plan's own stack, which is deployed with it: its dashboard and its stop alarm follow the stages. @default - none */
  readonly planStack?: string;
  /** The region of the stack's resources. @default - not known: a command acts in that of the person's profile */
  readonly region?: string;
  /** @default - that of the installed package */
  readonly commandLine?: CommandLine;
}

/**
 * Completes a step's command for a stack, so that it can be typed as it is. With more than one stack in the app the CDKTF CLI
 * requires the stack's name, and refuses a stack whose dependencies are not named as well, although they are deployed already:
 * so a bare command gets the stack and the option. The plan's own stack is deployed with it.
 *
 * `<address on the other side>` becomes `ADDRESS_ON_THE_OTHER_SIDE`, because a shell takes angle brackets for files.
 */
export function stackCommand(command: string, { stack, planStack = stack, region, commandLine }: StackPlace): string {
  const typed = typedCommand(command, commandLine);
  const deployment = /^(npx \w+ deploy)$/.exec(typed)?.[1];
  if (deployment !== undefined) {
    const stacks = [...new Set([stack, planStack])].map(shellWord).join(" ");
    return `${deployment} ${stacks} --ignore-missing-stack-dependencies`;
  }
  if (/^npx \w+ destroy$/.test(typed)) return `${typed} ${shellWord(stack)} --ignore-missing-stack-dependencies`;
  const placed = typed
    .replace(/\bcdkt[fn] diff$/, (found) => `${found} ${shellWord(stack)}`)
    .replace(/\bcdkt[fn] output(?= --)/, (found) => `${found} ${shellWord(stack)}`)
    .replaceAll("<stack>", () => shellWord(stack))
    .replace(/<([A-Za-z][^<>\n]*)>/g, (_all, words: string) =>
      words
        .replaceAll("'s", "")
        .replace(/[^A-Za-z0-9]+/g, "_")
        .toUpperCase(),
    );
  return region === undefined ? placed : inRegion(placed, region);
}

/**
 * Returns the command with `npx` before the programs that are a repo's own dependencies: a shell does not find them otherwise.
 */
export function typedCommand(command: string, commandLine: CommandLine = installedCommandLine()): string {
  return command
    .replace(
      /(^|[\s;|&(])(?:npx )?cdkt[fn] (?=(?:deploy|destroy|diff|output|synth)\b)/g,
      (_all, before: string) => `${before}npx ${commandLine} `,
    )
    .replace(/(^|[\s;|&(])(?:npx )?migration-patterns (?=[a-z])/g, "$1npx migration-patterns ");
}

/** Returns the command with the region in each call of the AWS CLI; as it is where it names one itself. */
function inRegion(command: string, region: string): string {
  if (/\s--region\b/.test(command)) return command;
  return command.replace(
    /(?<=^|[\s;|&(])aws (?!configure\b)[a-z][a-z0-9-]* [a-z][a-z0-9-]*(?=\s|\)|$)/g,
    (call) => `${call} --region ${shellWord(region)}`,
  );
}

/** Returns the command line of a package: CDK Terrain is installed under CDKTF's name, and keeps its own. */
export function commandLineOf(packageName: unknown): CommandLine {
  return packageName === "cdktn" ? "cdktn" : "cdktf";
}

let installed: CommandLine | undefined;

/** Returns the command line that belongs to the installed package. In a bundle, which has no packages, it is CDKTF's. */
function installedCommandLine(): CommandLine {
  if (installed !== undefined) return installed;
  let name: unknown;
  try {
    ({ name } = JSON.parse(readFileSync(require.resolve("cdktf/package.json"), "utf8")) as { readonly name?: unknown });
  } catch {
    // The maker of a bundle has resolved it.
  }
  return (installed = commandLineOf(name));
}
