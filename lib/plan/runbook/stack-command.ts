import { shellWord } from "../../core/shell";

/**
 * Completes a step's command for a stack, so that it can be typed as it is. With more than one stack in the app the CDKTF CLI
 * requires the stack's name, and refuses a stack whose dependencies are not named as well, although they are deployed already:
 * so a bare command gets the stack and the option. The plan's own stack is deployed with it: its dashboard and its stop alarm
 * follow the stages.
 *
 * `<address on the other side>` becomes `ADDRESS_ON_THE_OTHER_SIDE`, because a shell takes angle brackets for files.
 */
export function stackCommand(command: string, stack: string, planStack = stack): string {
  if (/^(?:npx )?cdktf deploy$/.test(command)) {
    const stacks = [...new Set([stack, planStack])].map(shellWord).join(" ");
    return `cdktf deploy ${stacks} --ignore-missing-stack-dependencies`;
  }
  if (/^(?:npx )?cdktf destroy$/.test(command))
    return `cdktf destroy ${shellWord(stack)} --ignore-missing-stack-dependencies`;
  return command
    .replace(/\bcdktf diff$/, () => `cdktf diff ${shellWord(stack)}`)
    .replace(/\bcdktf output(?= --)/, () => `cdktf output ${shellWord(stack)}`)
    .replaceAll("<stack>", () => shellWord(stack))
    .replace(/<([A-Za-z][^<>\n]*)>/g, (_all, words: string) =>
      words
        .replaceAll("'s", "")
        .replace(/[^A-Za-z0-9]+/g, "_")
        .toUpperCase(),
    );
}
