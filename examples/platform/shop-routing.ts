/**
 * The routing of the shop's interface for partners, which both sites can serve once wave 2 has moved: requests are shifted
 * in steps.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Assessment } from "cdktf-migration-patterns/assessment";
import { MultiCloudRouting, type LiftAndShift } from "cdktf-migration-patterns/infrastructure";
import type { Construct } from "constructs";
import { app, region, tags } from "./settings";

/** Properties of {@link ShopRouting}. */
export interface ShopRoutingProps {
  readonly assessment: Assessment;
  /** The migration of the servers that answer in AWS. */
  readonly shop: LiftAndShift;
}

/** A stack that shifts the partners' requests from the data centre to AWS. */
export class ShopRouting extends TerraformStack {
  public readonly routing: MultiCloudRouting;

  constructor(scope: Construct, id: string, { assessment, shop }: ShopRoutingProps) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    this.routing = new MultiCloudRouting(this, "partners", {
      app,
      assessment,
      stage: "0-percent",
      dependsOn: [{ migration: shop, reached: "cutover" }],
      rollback: {
        owner: "shop team",
        windowHours: 24,
        triggers: ["shop-partners-5xx", "more than 1 % of the partners' orders fail for 5 minutes"],
        sourceRetentionDays: 30,
        rehearsedOn: "2026-11-14",
      },
      verifications: [
        { kind: "end-to-end-test", name: "a partner's order", alarm: existingAlarm("shop-partners-orders") },
        {
          kind: "performance-comparison",
          name: "partners' p95 latency",
          alarm: existingAlarm("shop-partners-latency"),
        },
      ],
      intent: {
        service: "shop-partners",
        destinations: {
          fra1: {
            cloud: "on-premises",
            host: "shop-partners",
            subset: "fra1",
            labels: { site: "fra1" },
            dns: {
              addresses: ["198.51.100.81"],
              healthCheck: { type: "HTTPS", fqdn: "partners-fra1.larkspur.example", path: "/healthz" },
            },
          },
          aws: {
            cloud: "aws",
            region,
            host: "partners-aws.larkspur.example",
            tls: { mode: "SIMPLE" },
            dns: {
              addresses: ["203.0.113.81"],
              healthCheck: { type: "HTTPS", fqdn: "partners-aws.larkspur.example", path: "/healthz" },
            },
          },
        },
        default: { to: { fra1: 100, aws: 0 } },
        schedule: { towards: "aws", steps: [0, 10, 50, 100] },
        dns: {
          name: "partners.larkspur.example",
          zone: { name: "larkspur.example" },
          policy: "weighted",
          ttlSeconds: 60,
        },
      },
      tags,
    });
  }
}

/** Returns an existing alarm of the shop team, by name. */
function existingAlarm(name: string): { readonly name: string; readonly arn: string; readonly notifies: boolean } {
  return { name, arn: `arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`, notifies: true };
}
