/** The files of an empty pattern, as ARCHITECTURE.md tells how to add one: three stages, one rule, no resource. */

/** What is called how in the new pattern. */
export interface NewPattern {
  readonly family: string;
  /** The name of the folder. */
  readonly pattern: string;
  /** The name of the construct. */
  readonly construct: string;
}

const step = (title: string): string =>
  `{ title: "${title}", owner: "migration lead", expect: "it is done", minutes: 10 }`;
const deploy = `{ title: "Declare the stage and deploy", owner: "migration lead", command: "cdktf deploy", deploys: true, expect: "it is deployed", minutes: 10 }`;

/** The files by the path that ARCHITECTURE.md gives them. */
export function newPatternFiles({ family, pattern, construct }: NewPattern): Readonly<Record<string, string>> {
  const constant = construct.charAt(0).toLowerCase() + construct.slice(1);
  const folder = "lib/patterns/<family>/<pattern>";
  return {
    [`${folder}/pattern.ts`]: `import { definePattern, type Pattern } from "../../../core/pattern";
import type { Stages } from "../../../core/stage";
import { ${constant}Rules } from "./rules";
import { ${constant}Stages, type ${construct}Stage } from "./stages";
import { ${constant}Starter } from "./starter";

export const ${constant}Pattern: Pattern<Stages<${construct}Stage>> = definePattern({
  profile: { name: "${pattern}", title: "${construct}", category: "${family}", useCase: "Moving one | at a time" },
  role: "service",
  stages: ${constant}Stages,
  rules: ${constant}Rules,
  errors: [],
  starter: ${constant}Starter,
});
`,
    [`${folder}/stages.ts`]: `import { Stages } from "../../../core/stage";

export type ${construct}Stage = "made" | "tried" | "serving";

export const ${constant}Stages: Stages<${construct}Stage> = Stages.of<${construct}Stage>([
  { name: "made", phase: "prepare", summary: "it stands", enter: [${deploy}], reverse: [${step("Take it away")}] },
  { name: "tried", phase: "try", summary: "it is tried", enter: [${deploy}], reverse: [${step("Stop trying it")}] },
  { name: "serving", phase: "serve", summary: "it serves", trafficShare: 1, enter: [${deploy}], reverse: [${step("Switch back")}] },
]);
`,
    [`${folder}/rules.ts`]: `import { defineRule, type Rule } from "../../../core/rule";

export interface ${construct}Review {
  readonly name: string;
  readonly clients: readonly string[];
}

export const ${constant}Clients: Rule<${construct}Review> = defineRule<${construct}Review>({
  id: "${pattern}-clients",
  title: "Nobody is moved",
  severity: "warning",
  why: "a migration of nobody proves nothing",
  remedy: "name at least one client",
  *check({ name, clients }) {
    if (clients.length === 0) yield { subject: name, message: "it has no client" };
  },
});

export const ${constant}Rules: readonly Rule<${construct}Review>[] = [${constant}Clients];
`,
    [`${folder}/starter.ts`]: `import type { Starter } from "../../../core/starter";

export const ${constant}Starter: Starter = {
  creates: "${constant}",
  network: false,
  stacks: \`import type { App } from "cdktf";
import { ${construct} } from "cdktf-migration-patterns/${family}/${pattern}";
import { app, rollback } from "../settings";
import { PlatformStack, type Surroundings } from "./platform-stack";

export function ${constant}(scope: App, { assessment, dependsOn }: Surroundings): ${construct}[] {
  const stack = new PlatformStack(scope, "${pattern}");
  return [new ${construct}(stack, "rooms", { app, assessment, stage: "made", dependsOn, rollback, clients: ["kiel"] })];
}
\`,
  next: ["Name who is moved."],
};
`,
    [`${folder}/<pattern>.ts`]: `import type { Construct } from "constructs";
import { Migration } from "../../../core/migration";
import type { MigrationProps } from "../../../core/migration-props";
import { ${constant}Pattern } from "./pattern";
import { ${constant}Rules } from "./rules";
import type { ${construct}Stage } from "./stages";

export interface ${construct}Props extends MigrationProps<${construct}Stage> {
  readonly clients: readonly string[];
}

export class ${construct} extends Migration<${construct}Stage> {
  constructor(scope: Construct, id: string, props: ${construct}Props) {
    super(scope, id, props, ${constant}Pattern);
    this.check(${constant}Rules, () => ({ name: this.node.path, clients: props.clients }));
  }
}
`,
    [`${folder}/index.ts`]: `export * from "./rules";
export * from "./stages";
export * from "./${pattern}";
`,
    [`${folder}/README.md`]: `# ${construct}\n`,
    "examples/<pattern>/main.ts": `import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { assess } from "cdktf-migration-patterns/assessment";
import { ${construct}, type ${construct}Stage } from "cdktf-migration-patterns/${family}/${pattern}";
import { checklist, inventory } from "../hybrid-vpn/office";

export function createApp({ stage = "tried" }: { readonly stage?: ${construct}Stage } = {}): App {
  const app = new App();
  const stack = new TerraformStack(app, "${pattern}");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new ${construct}(stack, "shop", {
    app: "shop",
    // Pinned so that this example says the same on every day. Leave it out in your repo.
    assessment: assess(inventory, checklist, [], { asOf: "2026-11-22" }),
    stage,
    rollback: { owner: "shop lead", windowHours: 4, triggers: ["errors above 1 %"], sourceRetentionDays: 30 },
    clients: ["kiel"],
  });
  return app;
}

if (require.main === module) createApp().synth();
`,
  };
}
