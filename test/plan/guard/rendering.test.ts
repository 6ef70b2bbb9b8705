/** The guard's report in all formats, and the secrets of a plan in none of them. */
import { describe, expect, it } from "@jest/globals";
import { inertTypes } from "../../../lib/plan/guard/inert-types";
import { cutTable } from "../../../lib/plan/losses/in-place-cut-table";
import { guardPlan } from "../../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../../lib/plan/guard/read-plan";
import { trafficCarryingTypes } from "../../../lib/plan/guard/traffic-carrying-types";
import { heldData } from "../../../lib/plan/guard/held-data";
import { renderGuardReport } from "../../../lib/report/guard-report";
import { reportFormats } from "../../../lib/report/reported-assessment";
import { bytesOf, change, guarded, planOf, stage, type ChangeInit } from "./plan";

describe("the report", () => {
  const report = guarded([
    stage("replicate", "cutover"),
    { address: "aws_db_instance.orders", actions: ["delete", "create"], replace_paths: [["storage_encrypted"]] },
    { address: 'aws_ebs_volume.data["a|b"]', actions: ["forget"], after: null },
    { address: "aws_route.old", actions: ["delete"], after: null },
    { address: "aws_sns_topic.new", actions: ["create"], before: null },
    { address: "aws_vpc.b", actions: ["no-op"], previous_address: "aws_vpc.a" },
  ]);

  it("begins with the verdict, the plan, its resources and its stages", () => {
    expect(renderGuardReport(report, "text").split("\n").slice(0, 6)).toEqual([
      "guard: BLOCKED, 1 blocker, 2 warnings",
      "  plan: plan.json, of version 1.11.4",
      "  resources: 1 created, 1 changed, 1 replaced, 1 destroyed, 1 forgotten and 1 moved",
      "  migration shop/orders: replicate → cutover",
      "  lost traffic blocks: production may depend on what is planned",
      "",
    ]);
    const markdown = renderGuardReport(report, "markdown");
    expect(markdown).toContain("# Guard: blocked");
    expect(markdown).toContain("- migration shop/orders: replicate → cutover");
    expect(markdown).toContain('`aws_ebs_volume.data["a\\|b"]`');
  });

  it("says that nothing changes, and that no stage is recorded", () => {
    expect(renderGuardReport(guarded([]), "text")).toBe(
      [
        "guard: PASSED, no findings",
        "  plan: plan.json, of version 1.11.4",
        "  resources: nothing changes",
        "  no migration records its stage in this plan: whatever carries traffic counts as in use",
        "",
      ].join("\n"),
    );
    expect(renderGuardReport(guarded([stage("replicate", "replicate")]), "text")).toContain(
      "  migration shop/orders: stays in replicate\n  lost traffic is a warning: no stage of this plan serves\n",
    );
  });

  it("is JSON for programs", () => {
    const json = JSON.parse(renderGuardReport(report, "json")) as Record<string, unknown>;
    expect(json).toEqual(
      expect.objectContaining({
        verdict: "blocked",
        serves: true,
        migrations: [
          { app: "shop", migration: "orders", from: "replicate", to: "cutover", reached: null, withdrawn: false },
        ],
      }),
    );
    expect(json["changes"]).toContainEqual(
      expect.objectContaining({
        address: "aws_db_instance.orders",
        effect: "replaced",
        replacedBy: ["storage_encrypted"],
      }),
    );
    expect(Object.keys(json)).toEqual([
      ...["plan", "terraformVersion", "asOf", "verdict", "serves", "migrations", "changes", "findings"],
    ]);
  });

  it("lists the guard's own rules in SARIF and JUnit", () => {
    const sarif = JSON.parse(renderGuardReport(report, "sarif")) as {
      readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual([
      "guard-data-replaced",
      "guard-forgotten",
      "guard-traffic-lost",
    ]);
    expect(renderGuardReport(report, "junit")).toContain('<failure type="guard-data-replaced"');
  });
});

describe("secrets", () => {
  const CANARY = "hunter2";

  /** Values with a canary wherever one may be: in every attribute that is looked at, in maps, blocks, keys of maps and sets. */
  function poisoned(path: string, mark: string, filler: unknown): Record<string, unknown> {
    const root: Record<string, unknown> = {
      password: `${CANARY}-${mark}`,
      user_data: `#!/bin/sh\necho ${CANARY}`,
      environment: [{ variables: { [`${CANARY}_KEY`]: CANARY } }],
      tags: { owner: CANARY },
      rule: [
        {
          id: `${CANARY}-${mark}`,
          status: "Enabled",
          filter: [{ prefix: CANARY }],
          expiration: [{ days: mark === "a" ? 9 : 1 }],
        },
      ],
      tunnel1_preshared_key: `${CANARY}-${mark}`,
      customer_gateway_id: `${CANARY}-${mark}`,
      [CANARY]: CANARY,
    };
    const names = path.split(".");
    let block = root;
    for (const name of names.slice(0, -1)) {
      const inner: Record<string, unknown> = { name: CANARY, device_name: `${CANARY}-${mark}` };
      block[name] = [inner];
      block = inner;
    }
    block[names.at(-1) ?? ""] = filler;
    return root;
  }

  const types = [...Object.keys(heldData), ...Object.keys(trafficCarryingTypes), ...inertTypes, "aws_unknown_type"];
  const fillers: readonly (readonly [unknown, unknown])[] = [
    [`${CANARY}-a`, `${CANARY}-b`],
    [true, false],
    [false, true],
    [9, 0],
    [9, 3],
    ["Enabled", CANARY],
    ["m5.xlarge", "m5.large"],
    [CANARY, "${" + CANARY + "}"],
  ];
  const changes: ChangeInit[] = cutTable.flatMap(({ attribute, types: own = ["aws_db_instance"] }, index) =>
    fillers.map(([before, after], each): ChangeInit => ({
      address: `${own[0] ?? ""}.cut_${index}_${each}`,
      actions: ["update"],
      before: poisoned(attribute, "a", before),
      after: poisoned(attribute, "b", after),
      after_unknown: { password: true },
    })),
  );
  for (const [index, type] of types.entries()) {
    const before = poisoned("name", "a", CANARY);
    const after = poisoned("name", "b", CANARY);
    changes.push({ address: `${type}.gone_${index}`, actions: ["delete"], before, after: null });
    changes.push({ address: `${type}.left_${index}`, actions: ["forget"], before, after: null });
    changes.push({
      address: `${type}.anew_${index}`,
      actions: ["delete", "create"],
      before,
      after,
      replace_paths: [
        ["password"],
        ["tags", CANARY],
        ["rule", { a: CANARY }],
        [CANARY.toUpperCase()],
        ["security_groups", CANARY],
      ],
      action_reason: CANARY,
    });
  }
  const whole = {
    variables: { password: { value: CANARY } },
    output_changes: { secret: { before: CANARY, after: CANARY } },
    prior_state: { values: { root_module: { resources: [{ values: { password: CANARY } }] } } },
    configuration: { root_module: { variables: { a: { default: CANARY } } } },
    resource_drift: changes.slice(0, 200).map(change),
  };
  const bytes = bytesOf(planOf(changes, whole));
  const report = guardPlan(readTerraformPlan({ name: "plan.json", bytes }));

  it("are many in the plan, and there are findings about them", () => {
    expect(Buffer.from(bytes).toString().split(CANARY).length).toBeGreaterThan(10_000);
    expect(report.findings.length).toBeGreaterThan(500);
    const cutRules = new Set(report.changes.flatMap(({ cuts }) => cuts.map(({ kind }) => kind)));
    expect(cutRules.size).toBe(8);
  });

  it.each(reportFormats)("are in no report: %s", (format) => {
    expect(renderGuardReport(report, format).toLowerCase().includes(CANARY)).toBe(false);
  });

  it("are not in the report as an object", () => {
    expect(JSON.stringify(report).toLowerCase().includes(CANARY)).toBe(false);
  });
});
