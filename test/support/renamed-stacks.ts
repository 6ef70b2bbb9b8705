/**
 * One stack for each pattern, with parts beside the migration and no name of its own anywhere, before its constructs are
 * renamed, while `renamedFrom` moves their resources, and after it has gone.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { declareRename, type RenameProps } from "../../lib/core/rename";
import { ConfigurationCutover } from "../../lib/parts/configuration";
import { ConfigurationFiles, DatabaseMove, FileMove } from "../../lib/parts/data";
import { LandingNetwork } from "../../lib/parts/network";
import { ValidationSuite } from "../../lib/parts/validation";
import { HybridCloud } from "../../lib/patterns/infrastructure/hybrid-cloud";
import { LiftAndShift } from "../../lib/patterns/infrastructure/lift-and-shift";
import { ReplicationExport } from "../../lib/patterns/infrastructure/lift-and-shift/replication";
import { MultiCloudRouting } from "../../lib/patterns/infrastructure/multi-cloud/multi-cloud-routing";
import { AutomationRunbooks } from "../../lib/plan/runbook/automation-runbooks";
import { ground, ordersProps, reportsProps } from "../parts/data/fixtures";
import { checkout, HOME, latency, web } from "../parts/validation/fixtures";
import { AMI } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { twoClouds } from "../patterns/infrastructure/multi-cloud/intents";
import { readyAssessment } from "./ready-assessment";

/** `before` the rename, `renamed` with both props, and `settled` with `namedAfter` alone. */
export type RenameState = "before" | "renamed" | "settled";

/** The ids and the props of the constructs in one state. */
class Spelling {
  constructor(private readonly state: RenameState) {}

  /** Returns the construct id. The new ones are longer, sort elsewhere, and begin with what a name may not. */
  public id(id: string): string {
    return this.state === "before" ? id : `2-new_${id}`;
  }

  public props(id: string): RenameProps {
    const path = `stack/estate/${id}`;
    if (this.state === "before") return {};
    return this.state === "settled" ? { namedAfter: path } : { renamedFrom: path, namedAfter: path };
  }
}

const rollback = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["errors"],
  sourceRetentionDays: 14,
  rehearsedOn: "2026-01-10",
};

/** The stacks by their patterns. */
export const renamedStacks = {
  "lift-and-shift": (scope: Construct, spelling: Spelling): void => {
    const usEast1 = new AwsProvider(scope, "us-east-1", { region: "us-east-1", alias: "us_east_1" });
    const migration = new LiftAndShift(scope, spelling.id("shop"), {
      app: "shop",
      assessment: readyAssessment({ asOf: "2026-02-10" }),
      rollback,
      network: { cidr: "10.20.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
      images: () => AMI,
      stage: "cutover",
      ...spelling.props("shop"),
    });
    const on = ground(scope, "");
    const part = (id: string) => ({ migration, ...spelling.props(id) });
    const { name: _orders, ...orders } = ordersProps(on, part("orders"));
    new DatabaseMove(scope, spelling.id("orders"), orders);
    const { name: _reports, ...reports } = reportsProps(on, part("reports"));
    new FileMove(scope, spelling.id("reports"), reports);
    new ConfigurationFiles(scope, spelling.id("files"), {
      ...part("files"),
      region: HOME,
      files: { "app.conf": { path: "/etc/shop/app.conf", content: "port=1" } },
      targets: [{ key: "tag:migration:server", values: ["web-01"] }],
    });
    new ConfigurationCutover(scope, spelling.id("configuration"), {
      ...part("configuration"),
      application: "shop",
      environmentVariables: [{ name: "/shop/HOST", source: "old.example", target: migration.network.vpcId }],
    });
    new ValidationSuite(scope, spelling.id("validation"), {
      ...part("validation"),
      region: HOME,
      healthCheckAlarms: { provider: usEast1 },
      healthChecks: { web },
      endToEndTests: { checkout },
      performance: { latency },
    });
    new ReplicationExport(scope, spelling.id("export"), {
      ...part("export"),
      plan: migration.fleet.plan,
      accountId: "123456789012",
      region: HOME,
    });
    new LandingNetwork(scope, spelling.id("network"), {
      ...spelling.props("network"),
      cidr: "10.30.0.0/16",
      availabilityZones: ["eu-central-1a"],
    });
    // What takes no such props is renamed by a scope of its own.
    const runbooks = new Construct(scope, spelling.id("runbooks"));
    declareRename(runbooks, spelling.props("runbooks"));
    new AutomationRunbooks(runbooks, "automation", { migrations: [migration], approvers: ["lead"] });
  },
  "hybrid-cloud": (scope: Construct, spelling: Spelling): void => {
    new HybridCloud(scope, spelling.id("hybrid"), {
      app: "shop",
      assessment: readyAssessment(),
      rollback,
      stage: "live",
      vpc: { zones: ["eu-central-1a", "eu-central-1b"] },
      sites: [
        {
          name: "berlin",
          networks: ["192.168.0.0/16"],
          devices: [
            { customerGateway: { ipAddress: "198.51.100.10" } },
            { customerGateway: { ipAddress: "198.51.100.11" } },
          ],
          routing: "bgp",
          logs: {},
        },
      ],
      alarms: { emails: ["network@example.com"] },
      dns: { forward: { "corp.example.com": ["192.168.0.53"] } },
      ...spelling.props("hybrid"),
    });
  },
  "multi-cloud-routing": (scope: Construct, spelling: Spelling): void => {
    new MultiCloudRouting(scope, spelling.id("users"), {
      assessment: readyAssessment(),
      app: "shop",
      rollback,
      stage: "10-percent",
      intent: twoClouds,
      ...spelling.props("users"),
    });
  },
} as const;

/** A pattern of {@link renamedStacks}. */
export type RenamedPattern = keyof typeof renamedStacks;

/** Makes the app of a pattern in a state, in which a scope above the constructs has another id too. */
export function renamedApp(pattern: RenamedPattern, state: RenameState, outdir?: string): App {
  const app = new App({ ...(outdir === undefined ? {} : { outdir }) });
  const stack = new TerraformStack(app, "stack");
  new AwsProvider(stack, "aws", { region: HOME });
  renamedStacks[pattern](new Construct(stack, state === "before" ? "estate" : "lands"), new Spelling(state));
  return app;
}
