/** The plan of all migrations: their order, stakeholders and metrics, with its report and runbook. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Assessment } from "cdktf-migration-patterns/assessment";
import type { HybridCloud, MultiCloudRouting } from "cdktf-migration-patterns/infrastructure";
import { MigrationPlan, performanceImpact } from "cdktf-migration-patterns/plan";
import { PlanReport } from "cdktf-migration-patterns/report";
import type { Construct } from "constructs";
import { region, tags } from "./settings";
import type { Wave } from "./wave";

const probe = { namespace: "Larkspur/Probe", dimensions: { Application: "shop" } };

/** Properties of a {@link PlanStack}. */
export interface PlanStackProps {
  readonly assessment: Assessment;
  readonly topicArns: readonly string[];
  readonly hybrid: HybridCloud;
  readonly waves: readonly Wave[];
  readonly routing: MultiCloudRouting;
}

/** A stack with the migration plan, its metrics and its report. */
export class PlanStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: PlanStackProps) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    const { assessment, topicArns, hybrid, waves, routing } = props;
    const plan = new MigrationPlan(this, "larkspur", {
      title: "Larkspur data-centre exit",
      assessment,
      migrations: [hybrid, ...waves.map(({ servers }) => servers), routing],
      waves: {
        calendar: {
          firstDay: "2027-01-16",
          everyDays: 14,
          blackouts: [{ from: "2027-02-26", to: "2027-03-05", reason: "closing of the fiscal year" }],
        },
        window: { minutes: 720, starts: "Saturday 20:00 Europe/Berlin" },
        excluded: [{ name: "waf-appliance01", reason: "replaced by AWS WAF before wave 2, project NET-3140" }],
        roundTripMilliseconds: 9,
      },
      stakeholders: [
        { name: "Larkspur programme", role: "migration lead", channel: "phone bridge 4711" },
        { name: "Service desk", role: "first contact of all users", channel: "servicedesk@example.com" },
        { name: "Intranet and file users", role: "users", channel: "intranet banner", waves: ["wave-1"] },
        { name: "Shop team", role: "application owner", channel: "#shop-ops", waves: ["wave-2"] },
        { name: "ERP and payroll team", role: "application owner", channel: "#erp-ops", waves: ["wave-3"] },
        { name: "Operations", role: "application owner", channel: "#operations" },
      ],
      metrics: {
        region,
        topicArns,
        tags,
        // Measured in the data centre before the first wave, and by the same probe ever since.
        targets: {
          "performance-impact": {
            source: performanceImpact({
              responseTime: { metric: { ...probe, metricName: "Duration", statistic: "p95" }, baseline: 0.42 },
              throughput: { metric: { ...probe, metricName: "Orders", statistic: "Sum" }, baseline: 1200 },
            }),
          },
        },
      },
    });
    new PlanReport(this, "report", { plan });
  }
}
