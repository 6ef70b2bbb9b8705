/** The landing zone: one VPC for all waves, and the VPN that connects it with the data centre until the last wave. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
import type { Assessment } from "cdktf-migration-patterns/assessment";
import { AlarmTopic } from "cdktf-migration-patterns/aws";
import type { Unprotected } from "cdktf-migration-patterns/core";
import { ciscoIosXe, HybridCloud, PreSharedKey } from "cdktf-migration-patterns/infrastructure";
import { LandingNetwork } from "cdktf-migration-patterns/parts/network";
import { AssessmentReport } from "cdktf-migration-patterns/report";
import type { Construct } from "constructs";
import { app, availabilityZones, cidr, onCall, region, tags, zoneName } from "./settings";

/** A stack with the network, the VPN, the DNS zone and the alarm topic that all waves use. */
export class LandingZone extends TerraformStack {
  public readonly network: LandingNetwork;
  public readonly hybrid: HybridCloud;
  /** The id of the DNS zone of the applications, which is resolved in the VPC and, over the VPN, in the data centre. */
  public readonly zoneId: string;
  /** ARNs of the topics that receive every alarm of the migration. */
  public readonly topicArns: readonly string[];

  /** @param unprotected the exception under which the VPN's keys may be destroyed, deployed before `cdktf destroy` */
  constructor(scope: Construct, id: string, assessment: Assessment, unprotected?: Unprotected) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    const { topicArn } = new AlarmTopic(this, "alarms", { name: "larkspur-alarms", region, tags });
    new SnsTopicSubscription(this, "on-call", { topicArn, protocol: "email", endpoint: onCall });
    this.topicArns = [topicArn];
    this.network = new LandingNetwork(this, "network", {
      name: "larkspur",
      cidr,
      availabilityZones,
      tiers: ["private", "isolated", "public"],
      nat: "one",
      tags,
    });
    const { vpcId } = this.network;
    this.zoneId = new Route53Zone(this, "names", { name: zoneName, vpc: [{ vpcId }], tags }).zoneId;
    this.hybrid = new HybridCloud(this, "hybrid", {
      app,
      assessment,
      stage: "live",
      rollback: {
        owner: "network lead",
        windowHours: 4,
        triggers: ["both tunnels of the data centre are down for 10 minutes"],
        sourceRetentionDays: 60,
        rehearsedOn: "2026-11-07",
      },
      vpc: this.network,
      sites: [
        {
          name: "fra1",
          networks: ["10.20.0.0/16"],
          routing: "bgp",
          devices: [
            {
              customerGateway: { ipAddress: "198.51.100.11", asn: 65_010, deviceName: "fra1-edge" },
              device: ciscoIosXe({ outsideInterface: "GigabitEthernet1" }),
              tunnel1: { preSharedKey: PreSharedKey.generated() },
              tunnel2: { preSharedKey: PreSharedKey.generated() },
            },
          ],
        },
      ],
      otherNetworks: [{ owner: "offices", cidr: "10.30.0.0/16" }],
      alarms: { topicArns: this.topicArns },
      tags,
      ...(unprotected === undefined ? {} : { unprotected }),
    });
    new AssessmentReport(this, "assessment", { assessment });
  }
}
