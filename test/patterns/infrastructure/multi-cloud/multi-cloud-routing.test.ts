import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Lazy, TerraformStack, Testing } from "cdktf";
import { readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import type { MigrationError } from "../../../../lib/core/error";
import { isReversible } from "../../../../lib/core/stage";
import {
  MultiCloudRouting,
  type MultiCloudRoutingProps,
} from "../../../../lib/patterns/infrastructure/multi-cloud/multi-cloud-routing";
import { readyAssessment } from "../../../support/ready-assessment";
import { makeTemporaryFolder } from "../../../support/temporary-folder";
import { thrown } from "../../../support/thrown";
import { catalogIntent, twoClouds } from "./intents";

type Synthesized = Record<string, Record<string, Record<string, unknown>>>;

const assessment = readyAssessment();
const rollback = { owner: "migration lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };

function stackOf(change: Partial<MultiCloudRoutingProps> = {}): { stack: TerraformStack; routing: MultiCloudRouting } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const routing = new MultiCloudRouting(stack, "users", {
    assessment,
    app: "shop",
    rollback,
    wave: "wave-1",
    stage: "10-percent",
    intent: twoClouds,
    ...change,
  });
  return { stack, routing };
}

function resources(stack: TerraformStack): Synthesized {
  return (JSON.parse(Testing.synth(stack, true)) as { resource: Synthesized }).resource;
}

describe("MultiCloudRouting", () => {
  const { stack, routing } = stackOf();
  const made = resources(stack);

  it("makes the zone, a health check for each destination, and the records", () => {
    expect(Object.values(made["aws_route53_zone"] ?? {})).toEqual([expect.objectContaining({ name: "example.com" })]);
    expect(Object.values(made["aws_route53_health_check"] ?? {})).toEqual([
      expect.objectContaining({
        type: "HTTPS",
        fqdn: "users.aws.example.com",
        port: 443,
        resource_path: "/healthz",
        request_interval: 30,
        failure_threshold: 3,
      }),
      expect.objectContaining({ fqdn: "users.gcp.example.com" }),
    ]);
    expect(Object.values(made["aws_route53_record"] ?? {})).toEqual([
      expect.objectContaining({
        name: "users.example.com",
        type: "A",
        records: ["203.0.113.20"],
        set_identifier: "aws",
        ttl: 60,
        weighted_routing_policy: { weight: 90 },
      }),
      expect.objectContaining({ set_identifier: "gcp", weighted_routing_policy: { weight: 10 } }),
    ]);
  });

  it("tags what can be tagged, without the stage: a shift leaves health checks alone", () => {
    for (const type of ["aws_route53_zone", "aws_route53_health_check"]) {
      for (const resource of Object.values(made[type] ?? {})) {
        expect(resource["tags"]).toMatchObject({ "migration:pattern": "multi-cloud", "migration:wave": "wave-1" });
        expect(resource["tags"]).not.toHaveProperty("migration:stage");
      }
    }
  });

  it("exposes what it made", () => {
    expect(routing.dns?.zone).toBeDefined();
    expect([...(routing.dns?.records.keys() ?? [])]).toEqual(["aws A", "gcp A"]);
    expect([...(routing.dns?.healthChecks.keys() ?? [])]).toEqual(["aws", "gcp"]);
    expect(routing.manifests.map((manifest) => manifest.kind)).toEqual([
      "ServiceEntry",
      "ServiceEntry",
      "DestinationRule",
      "DestinationRule",
      "VirtualService",
    ]);
  });

  /** Without the parameters in which the stage is recorded, which are all that this pattern makes of their type. */
  const withoutRecord = ({ aws_ssm_parameter: _record, ...others }: ReturnType<typeof resources>) => others;

  it("changes weights from stage to stage, the protection of its zone, and nothing else, forward and back", () => {
    const at = (stage: string): string =>
      JSON.stringify(withoutRecord(resources(stackOf({ stage } as Partial<MultiCloudRoutingProps>).stack)));
    const blank = (text: string): string => text.replaceAll(/"weight":\d+/g, '"weight":0');
    const protection = ',"lifecycle":{"prevent_destroy":true}';
    const without = (text: string): string =>
      blank(text)
        .replace(protection, "")
        .replace(protection.slice(1) + ",", "");
    const walk = ["0-percent", "10-percent", "50-percent", "100-percent"].map(at);
    expect(new Set(walk).size).toBe(4);
    expect(new Set(walk.map(without)).size).toBe(1);
    expect(walk.map((text) => text.split("prevent_destroy").length - 1)).toEqual([0, 1, 1, 1]);
    expect(at("0-percent")).toBe(walk[0]);
  });

  it("knows the way back from every stage", () => {
    expect(routing.stages.names).toEqual(["0-percent", "10-percent", "50-percent", "100-percent"]);
    for (const stage of routing.stages) {
      expect(isReversible(stage) && stage.reverse.length > 0).toBe(true);
      expect(stage.enter.length).toBeGreaterThan(0);
    }
    expect(routing.stages.get("50-percent").reverse).toEqual(routing.stages.get("10-percent").enter);
  });

  it("uses a zone that exists, and has the mesh alone where there is no DNS", () => {
    const dns = { ...twoClouds.dns, zone: { name: "example.com", id: "Z123" } };
    const existing = resources(stackOf({ intent: { ...twoClouds, dns } }).stack);
    expect(existing["aws_route53_zone"]).toBeUndefined();
    expect(Object.values(existing["aws_route53_record"] ?? {})[0]).toMatchObject({ zone_id: "Z123" });
    const mesh = stackOf({ intent: { ...twoClouds, dns: undefined } });
    expect(withoutRecord(resources(mesh.stack))).toEqual({});
    expect(mesh.routing.dns).toBeUndefined();
  });

  it("makes each policy and each kind of health check as Terraform has it", () => {
    const { aws, gcp } = twoClouds.destinations;
    const intent = (policy: string, first: object, second: object): object => ({
      ...twoClouds,
      destinations: { aws: { ...aws, dns: { ...aws.dns, ...first } }, gcp: { ...gcp, dns: { ...gcp.dns, ...second } } },
      dns: { ...twoClouds.dns, policy, zone: { name: "example.com", vpcIds: ["vpc-1"] } },
    });
    const of = (policy: string, first: object, second: object): Synthesized =>
      resources(stackOf({ intent: intent(policy, first, second) } as Partial<MultiCloudRoutingProps>).stack);
    const records = (made: Synthesized): Record<string, unknown>[] => Object.values(made["aws_route53_record"] ?? {});
    expect(records(of("failover", {}, {})).map((record) => record["failover_routing_policy"])).toEqual([
      { type: "PRIMARY" },
      { type: "SECONDARY" },
    ]);
    expect(
      records(of("latency", {}, { awsRegion: "eu-west-1" })).map((record) => record["latency_routing_policy"]),
    ).toEqual([{ region: "us-east-1" }, { region: "eu-west-1" }]);
    expect(
      records(of("geolocation", { location: "default" }, { location: { country: "DE" } })).map(
        (record) => record["geolocation_routing_policy"],
      ),
    ).toEqual([{ country: "*" }, { country: "DE" }]);
    expect(
      records(of("geoproximity", { bias: 10 }, { coordinates: { latitude: 50.1, longitude: 8.7 } })).map(
        (record) => record["geoproximity_routing_policy"],
      ),
    ).toEqual([{ aws_region: "us-east-1", bias: 10 }, { coordinates: [{ latitude: "50.1", longitude: "8.7" }] }]);
    expect(records(of("multivalue", {}, {})).map((record) => record["multivalue_answer_routing_policy"])).toEqual([
      true,
      true,
    ]);
    const alias = { name: "lb.example.net", zoneId: "Z9" };
    const checks = of(
      "weighted",
      { alias, addresses: undefined, healthCheck: { type: "CALCULATED", of: ["gcp"], atLeast: 1 } },
      { healthCheck: { type: "HTTP", searchString: "ok" } },
    );
    expect(records(checks)[0]).toMatchObject({
      alias: { name: "lb.example.net", zone_id: "Z9", evaluate_target_health: true },
    });
    expect(Object.values(checks["aws_route53_health_check"] ?? {})).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: "CALCULATED",
          child_health_threshold: 1,
          child_healthchecks: [expect.stringMatching(/health-gcp/)],
        }),
        expect.objectContaining({ type: "HTTP_STR_MATCH", search_string: "ok", port: 80 }),
      ]),
    );
    const watched = of(
      "weighted",
      { healthCheck: { type: "CLOUDWATCH_METRIC", alarmName: "a", alarmRegion: "us-east-1" } },
      { healthCheck: { type: "EXISTING", id: "hc-1" } },
    );
    expect(Object.values(watched["aws_route53_health_check"] ?? {})).toEqual([
      expect.objectContaining({
        type: "CLOUDWATCH_METRIC",
        cloudwatch_alarm_name: "a",
        cloudwatch_alarm_region: "us-east-1",
        insufficient_data_health_status: "LastKnownStatus",
      }),
    ]);
    expect(records(watched)[1]).toMatchObject({ health_check_id: "hc-1" });
    expect(Object.values(watched["aws_route53_zone"] ?? {})[0]).toMatchObject({ vpc: [{ vpc_id: "vpc-1" }] });
  });

  it("takes addresses that Terraform will know later", () => {
    const { aws, gcp } = twoClouds.destinations;
    const intent = {
      ...twoClouds,
      destinations: {
        aws: {
          ...aws,
          dns: { ...aws.dns, addresses: [Lazy.stringValue({ produce: () => "${aws_eip.edge.public_ip}" })] },
        },
        gcp,
      },
    };
    expect(Object.values(resources(stackOf({ intent }).stack)["aws_route53_record"] ?? {})[0]).toMatchObject({
      type: "A",
      records: ["${aws_eip.edge.public_ip}"],
    });
  });
});

describe("its artifacts", () => {
  it("are manifests, a diagram and a zone file, the same bytes each time", () => {
    const write = (): string[] => {
      const outdir = makeTemporaryFolder("routing");
      try {
        const app = new App({ outdir });
        const stack = new TerraformStack(app, "stack");
        new AwsProvider(stack, "aws", { region: "us-east-1" });
        new MultiCloudRouting(stack, "users", {
          app: "shop",
          assessment,
          rollback,
          stage: "50-percent",
          intent: twoClouds,
        });
        app.synth();
        const folder = path.join(outdir, "stacks/stack/multi-cloud/users");
        return [
          "manifests/virtualservice-users.yaml",
          "manifests/kustomization.yaml",
          "routes.mmd",
          "users.example.com.zone",
        ].map((file) => readFileSync(path.join(folder, file), "utf8"));
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    };
    const [service, kustomization, diagram, zone] = write();
    expect(service).toContain("weight: 50");
    expect(kustomization).toContain("- virtualservice-users.yaml");
    expect(diagram).toMatch(/^flowchart LR/);
    expect(zone).toContain("IN SRV 10 50 443 aws");
    expect(write()).toEqual([service, kustomization, diagram, zone]);
  });
});

describe("what stops it", () => {
  it("an intent that cannot be, with its place in the tree", () => {
    const wrong = { ...twoClouds, default: { to: "azure" } };
    const error: MigrationError = thrown(() => stackOf({ intent: wrong }));
    expect(error.code).toBe("ROUTING_NAME");
    expect(error.path).toBe("intent.default.to");
    expect(error.construct).toBe("stack/users");
  });

  it("an intent without a schedule", () => {
    const error: MigrationError = thrown(() =>
      stackOf({ intent: catalogIntent } as unknown as Partial<MultiCloudRoutingProps>),
    );
    expect(error.code).toBe("ROUTING_SCHEDULE");
    expect(error.message).toMatch(/steps: \[0, 10, 50, 100\]/);
  });

  it("a stage that is not in the schedule", () => {
    const error: MigrationError = thrown(() =>
      stackOf({ stage: "33-percent" } as unknown as Partial<MultiCloudRoutingProps>),
    );
    expect(error.code).toBe("STAGE_UNKNOWN");
  });

  it("a residency that does not hold, and rules of Istio and of Route 53", () => {
    const { aws, gcp } = twoClouds.destinations;
    const intent = {
      ...twoClouds,
      default: { ...twoClouds.default, residency: "eu" },
      destinations: { aws: { ...aws, host: "a_b.example.com" }, gcp },
      dns: { ...twoClouds.dns, weights: { aws: 999, gcp: 1 } },
    };
    const { stack, routing } = stackOf({ intent });
    expect(() => Testing.synth(stack, true)).toThrow(/blocker routing-residency on default/);
    const rules = routing.evaluate().findings.map((finding) => finding.rule);
    expect(rules).toEqual(
      expect.arrayContaining([
        "routing-residency",
        "istio-service-entry-host-name",
        "route53-weight",
        "routing-dns-mesh-disagree",
      ]),
    );
  });

  it("two services that claim one host", () => {
    const { stack } = stackOf();
    const other = { ...twoClouds, mesh: { name: "other" }, dns: undefined };
    new MultiCloudRouting(stack, "other", { app: "shop", assessment, rollback, stage: "0-percent", intent: other });
    expect(() => Testing.synth(stack, true)).toThrow(/istio-host-conflict on VirtualService users/);
  });

  it("is known to TypeScript", () => {
    const stack = new TerraformStack(Testing.app(), "types");
    const make = (call: () => unknown): void => {
      expect(call).toThrow();
    };
    const settings = { app: "shop", assessment, rollback };
    // @ts-expect-error: 20 is not a step
    make(() => new MultiCloudRouting(stack, "a", { ...settings, stage: "20-percent", intent: twoClouds }));
    // @ts-expect-error: no way back
    make(() => new MultiCloudRouting(stack, "b", { app: "shop", assessment, stage: "10-percent", intent: twoClouds }));
    // @ts-expect-error: not assessed
    make(() => new MultiCloudRouting(stack, "c", { app: "shop", rollback, stage: "10-percent", intent: twoClouds }));
    // @ts-expect-error: no schedule
    make(() => new MultiCloudRouting(stack, "d", { ...settings, stage: "10-percent", intent: catalogIntent }));
  });
});
