/**
 * `tsx interlock-app.ts OPTIONS`: an app whose migrations hold each other, for the deploy lab. A schema, whose stages a runner
 * reaches, and the routing that needs it: in two stacks, in one stack, or in two apps.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Migration } from "../../lib/core/migration";
import type { MigrationProps } from "../../lib/core/migration-props";
import type { IdentifiedMigration } from "../../lib/core/migration-dependency";
import { Stages, type RunbookStep } from "../../lib/core/stage";
import { readyAssessment } from "../support/ready-assessment";

const step: RunbookStep = { title: "do it", owner: "lead", expect: "it is done", minutes: 5 };

export const schemaStages = Stages.of([
  { name: "expand", phase: "prepare", summary: "both forms are there", enter: [step], reverse: [step] },
  { name: "migrate", phase: "serve", summary: "the new form is used", enter: [step], reverse: [step] },
] as const);

export const routeStages = Stages.of([
  { name: "dark", phase: "prepare", summary: "nobody is routed", enter: [step], reverse: [step] },
  { name: "serving", phase: "serve", summary: "all are routed", trafficShare: 1, enter: [step], reverse: [step] },
] as const);

const common = {
  assessment: readyAssessment(),
  rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
};

class Schema extends Migration<"expand" | "migrate"> {
  constructor(
    scope: Construct,
    id: string,
    props: Omit<MigrationProps<"expand" | "migrate">, keyof typeof common>,
    runner: boolean,
  ) {
    const profile = { name: "schema", title: "Schema", category: "database", useCase: "tests" } as const;
    super(
      scope,
      id,
      { ...common, ...props },
      {
        profile,
        role: "schema",
        stages: schemaStages,
        reachedBy: runner ? "runner" : "terraform",
      },
    );
    new SsmParameter(this, "form", { name: `/${props.app}/form`, type: "String", insecureValue: this.stage.name });
  }
}

class Route extends Migration<"dark" | "serving"> {
  constructor(scope: Construct, id: string, props: Omit<MigrationProps<"dark" | "serving">, keyof typeof common>) {
    const profile = { name: "route", title: "Route", category: "service", useCase: "tests" } as const;
    super(scope, id, { ...common, ...props }, { profile, role: "routing", stages: routeStages });
    new SsmParameter(this, "weight", { name: `/${props.app}/weight`, type: "String", insecureValue: this.stage.name });
  }
}

/** What the lab declares. */
export interface Interlocked {
  /**
   * - `two-stacks`: schema and routing of one app, each in a stack; a runner reaches the schema's stages.
   * - `one-stack`: the same in one stack, without a runner.
   * - `schema-app`, `route-app`: each an app of its own, with a runner.
   * - `two-regions`: two stacks, the routing's in another region; no runner.
   */
  readonly layout: "two-stacks" | "one-stack" | "schema-app" | "route-app" | "two-regions";
  readonly schema: "expand" | "migrate";
  readonly route: "dark" | "serving";
}

/** The app, not yet synthesized. */
export function createApp({ layout, schema, route }: Interlocked): App {
  const app = new App();
  const stackOf = (name: string): TerraformStack => {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    return stack;
  };
  const routeOn = (stack: TerraformStack, of: string, migration: IdentifiedMigration): Route =>
    new Route(stack, "routing", {
      app: of,
      name: "routing",
      stage: route,
      dependsOn: [{ migration, reached: "migrate" }],
    });
  switch (layout) {
    case "two-stacks": {
      const orders = new Schema(stackOf("orders"), "orders", { app: "shop", name: "orders", stage: schema }, true);
      routeOn(stackOf("routing"), "shop", orders);
      break;
    }
    case "one-stack": {
      const both = stackOf("both");
      routeOn(both, "corner", new Schema(both, "orders", { app: "corner", name: "orders", stage: schema }, false));
      break;
    }
    case "two-regions": {
      const far = new TerraformStack(app, "far");
      const orders = new Schema(stackOf("near"), "orders", { app: "wide", name: "orders", stage: schema }, false);
      new AwsProvider(far, "aws", { region: "us-east-1" });
      const provider = new AwsProvider(far, "near", { region: "eu-central-1", alias: "near" });
      const dependsOn = [{ migration: orders, reached: "migrate", provider }];
      new Route(far, "routing", { app: "wide", name: "routing", stage: route, dependsOn });
      break;
    }
    case "schema-app":
      new Schema(stackOf("store"), "orders", { app: "store", name: "orders", stage: schema }, true);
      break;
    case "route-app":
      routeOn(stackOf("edge"), "edge", Migration.fromParameterPath("/migration/store/orders", schemaStages));
      break;
  }
  return app;
}

if (require.main === module) {
  try {
    createApp(JSON.parse(process.argv[2] ?? "{}") as Interlocked).synth();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
