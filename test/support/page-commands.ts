/**
 * ```ts
 * for (const step of stepsOf(page)) step.kind; // "file" is written, "command" is run and what it prints compared
 * ```
 *
 * The commands of the pages. A ```console block is what a reader sees in a terminal: a line that begins with `$ ` is a command,
 * and the lines up to the next one are what it prints, word for word, where `…` stands for any text and a line of nothing else
 * for any lines. The commands of a page run in its order, in one shell and one folder, which is empty but for a `node_modules`
 * with the package: what a page begins with it takes from there, as its readers do. A block that names its file ("```yaml
 * checklist.yaml") is written there before the commands behind it. A command succeeds, unless the next one is `echo $?`.
 *
 * A ```sh block is what no test can run. Each stands in {@link commandsElsewhere} with the reason.
 */
import { fencesOf } from "./pages";

/** A command of a session. */
export interface Command {
  readonly kind: "command";
  readonly command: string;
  /** What the page says that it prints. */
  readonly printed: string;
  readonly line: number;
}

/** Something that a reader does: to write a file, or to run a command. */
export type Step = Command | { readonly kind: "file"; readonly file: string; readonly text: string };

/** Returns what a reader does on a page, in its order. */
export function stepsOf(page: string): Step[] {
  return fencesOf(page).flatMap((fence): Step[] => {
    if (fence.language === "console") return commandsOf(fence.text, fence.line);
    if (fence.file === undefined) return [];
    return [{ kind: "file", file: fence.file, text: fence.text }];
  });
}

/** Reads a session: a command goes on in the next line where it ends in a backslash. */
function commandsOf(session: string, fence: number): Command[] {
  const steps: { -readonly [Key in keyof Command]: Command[Key] }[] = [];
  let continues = false;
  session
    .trimEnd()
    .split("\n")
    .forEach((content, index) => {
      const last = steps.at(-1);
      if (continues && last !== undefined) {
        last.command += `\n${content}`;
        continues = content.endsWith("\\");
      } else if (content.startsWith("$ ")) {
        const command = content.slice(2);
        steps.push({ kind: "command", command, printed: "", line: fence + 1 + index });
        continues = command.endsWith("\\");
      } else if (last === undefined) {
        throw new Error(`line ${fence + 1 + index}: a session begins with a command: "$ "`);
      } else {
        last.printed += `${content}\n`;
      }
    });
  return steps;
}

/** Returns whether a text is what a page says that is printed. Spaces at the ends of lines and empty lines around do not count. */
export function isPrinted(expected: string, printed: string): boolean {
  const lines = tidy(expected).split("\n");
  const pattern = lines
    .map((line, index) => {
      const end = index === lines.length - 1 ? "" : "\\n";
      if (line.trim() === "…") return end === "" ? "[\\s\\S]*" : "(?:[\\s\\S]*\\n)?";
      return line.split("…").map(literal).join(".*") + end;
    })
    .join("");
  // A last line that stands for any lines stands for none as well.
  const text = lines.length > 1 && lines.at(-1)?.trim() === "…" ? `${tidy(printed)}\n` : tidy(printed);
  return new RegExp(`^${pattern}$`).test(text);
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Returns a text as it is compared: without colours, what CDKTF shows while it works, spaces at the ends of lines and empty lines around. */
export function tidy(text: string): string {
  return text
    .replace(/\r/g, "")
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, "")
    .replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] .*$/gm, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/^\n+|\n+$/g, "");
}

/**
 * The commands that take long, or need more than npm. A page with one of them is run by `npm run test:consumer`, from the packed
 * package; all others are by `npm test`.
 */
const LONG: readonly RegExp[] = [/\bcdktf synth\b/, /\bnpm (?:test|run)\b/, /\bterraform\b/, /\bjest\b/, /\btsc\b/];

/** Returns whether a page is one of those that `npm test` leaves to `npm run test:consumer`. */
export function isLong(page: string): boolean {
  return stepsOf(page).some((step) => step.kind === "command" && LONG.some((long) => long.test(step.command)));
}

/**
 * The commands of sessions that are not run as they are, and what is done in their place: the package is on no registry before it is
 * released. `test/consumer/init.ts` has npm install what `init` writes.
 */
export const standIns: Readonly<Record<string, string>> = {
  "npm install": 'ln -s "$READER_MODULES" node_modules',
};

/** Why the commands of a ```sh block are not run by a test of the pages. */
export interface Elsewhere {
  /** The block. */
  readonly commands: string;
  /** What they need that a test of the pages has not. */
  readonly needs: "an app of your own" | "an AWS account" | "a deployed migration" | "a registry" | "a checkout";
  /** Where they, or what they are made of, are run nevertheless. */
  readonly rung?: "test:consumer" | "test:deploy" | "test:policy" | "test:validate" | "every rung";
}

/** All ```sh blocks. A new one is entered here with its reason, or is no ```sh block. */
export const commandsElsewhere: readonly Elsewhere[] = [
  {
    commands: `for what in vpcs subnets route-tables vpn-connections vpn-gateways customer-gateways instances volumes; do
  aws ec2 "describe-$what" --output json > "$what.json"
done
`,
    needs: "an AWS account",
    rung: "test:deploy",
  },
  {
    commands: `npm ci && npx cdktf synth   # the main job, on the example of a data-centre exit
npm ci && npm test          # everything that needs only npm
`,
    needs: "a checkout",
    rung: "every rung",
  },
  {
    commands: "npm install cdktf-migration-patterns cdktf@0.21.0 constructs@10.7 zod @cdktf/provider-aws@20.1.0\n",
    needs: "a registry",
    rung: "test:consumer",
  },
  {
    commands: `npm install --save-dev typescript@5.9 # in a project of cdktf init, before the rest
npm install cdktf-migration-patterns constructs@10.7 zod cdktf@npm:cdktn@0.24.0 @cdktf/provider-aws@npm:@cdktn/provider-aws@25.7.0
`,
    needs: "a registry",
    rung: "test:consumer",
  },
  {
    commands:
      "terraform -chdir=cdktf.out/stacks/shop show -json | npx migration-patterns hand-over shop/orders --output handed-over\n",
    needs: "a deployed migration",
    rung: "test:deploy",
  },
  {
    commands: "npx cdktf synth && npx migration-patterns access --output access.md\n",
    needs: "an app of your own",
  },
  {
    commands: "npx cdktf output --outputs-file device.json --outputs-file-include-sensitive-outputs\n",
    needs: "a deployed migration",
  },
  {
    commands: `npx cdktf deploy network hybrid-cloud   # the VPN; install the device's files, then declare "verify" and "live" in stacks/hybrid-cloud.ts
npx cdktf deploy wave-1 plan            # the servers of the first wave, in the stage "replicate": production knows nothing of them
npx migration-patterns lock             # records which server and disk is which: commit estate.lock.json
`,
    needs: "an AWS account",
  },
  {
    commands: `aws mgn describe-source-servers --filters '{}' > source-servers.json
jq -c '.[]' mgn-launch-settings.json | while read -r each; do
  id=$(jq -r --argjson each "$each" '.items[] | select(.userProvidedID == $each.userProvidedID) | .sourceServerID' source-servers.json)
  aws mgn update-launch-configuration --source-server-id "$id" --cli-input-json "$(jq -c .launchConfiguration <<<"$each")"
done
`,
    needs: "an AWS account",
  },
  {
    commands:
      "npx cdktf deploy wave-1 && npx migration-patterns lock    # writes estate.lock.json: review and commit it like a lock file\n",
    needs: "an AWS account",
    rung: "test:deploy",
  },
  {
    commands:
      "terraform plan -out=plan && terraform show -json plan | npx migration-patterns guard && terraform apply plan\n",
    needs: "an AWS account",
    rung: "test:validate",
  },
  {
    commands: `terraform -chdir=cdktf.out/stacks/shop show -json > state.json
npx migration-patterns hand-over shop/orders --state state.json --output handed-over   # then: handed-over/README.md
`,
    needs: "a deployed migration",
    rung: "test:deploy",
  },
  {
    commands: `terraform -chdir=cdktf.out/stacks/NAME plan -out=next.tfplan
terraform -chdir=cdktf.out/stacks/NAME show -json next.tfplan > plan.json
checkov --file plan.json --framework terraform_plan --skip-check CKV_AWS_319
`,
    needs: "an AWS account",
    rung: "test:policy",
  },
  {
    commands: "terraform -chdir=cdktf.out/stacks/shop output -raw shop_shop_dns_changes > dns-changes.csv\n",
    needs: "a deployed migration",
  },
];

/** Returns the ```sh blocks of a page. */
export function shellBlocks(page: string): string[] {
  return fencesOf(page).flatMap(({ language, text }) => (language === "sh" ? text : []));
}
