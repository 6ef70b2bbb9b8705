/** Plans in JSON for the tests, as `terraform show -json` prints them. */
import { guardPlan, type GuardOptions, type GuardReport } from "../../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../../lib/plan/guard/read-plan";

/** A change of a resource; what is left out is as harmless as it can be. */
export interface ChangeInit {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly after_unknown?: object;
  readonly replace_paths?: readonly (readonly unknown[])[];
  readonly importing?: object;
  readonly action_reason?: string;
  readonly previous_address?: string;
  readonly deposed?: string;
  readonly mode?: string;
}

export function change({ address, actions, mode = "managed", ...rest }: ChangeInit): object {
  const { before = {}, after = {}, after_unknown = {}, replace_paths, importing, ...others } = rest;
  const [type = "", name = ""] = address.replace(/^(?:module\.[^.]+\.)*/, "").split(".");
  return {
    address,
    mode,
    type,
    name: name.replace(/\[.*$/, ""),
    provider_name: "registry.terraform.io/hashicorp/aws",
    ...others,
    change: {
      actions,
      before,
      after,
      after_unknown,
      ...(replace_paths === undefined ? {} : { replace_paths }),
      ...(importing === undefined ? {} : { importing }),
    },
  };
}

/** A whole plan. */
export function planOf(changes: readonly ChangeInit[], more: object = {}): object {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {},
    resource_changes: changes.map(change),
    complete: true,
    errored: false,
    ...more,
  };
}

export function bytesOf(plan: unknown): Uint8Array {
  return Buffer.from(typeof plan === "string" ? plan : JSON.stringify(plan));
}

/** The guard's report on a plan that went through its text. */
export function guarded(changes: readonly ChangeInit[], options: GuardOptions = {}, more: object = {}): GuardReport {
  return guardPlan(readTerraformPlan({ name: "plan.json", bytes: bytesOf(planOf(changes, more)) }), {
    asOf: "2026-07-01",
    ...options,
  });
}

/** The findings in short: severity, rule and subject. */
export function short({ findings }: GuardReport): string[] {
  return findings.map(({ severity, rule, subject, waived }) =>
    [severity, rule, subject, ...(waived === undefined ? [] : ["waived"])].join(" "),
  );
}

/** The change of a migration's declared stage; undefined where there is none on that side. */
export function stage(
  from: string | undefined,
  to: string | undefined,
  { name = "orders", pattern = "lift-and-shift" }: { readonly name?: string; readonly pattern?: string } = {},
): ChangeInit {
  const values = (value: string | undefined): object | null =>
    value === undefined
      ? null
      : {
          name: `/migration/shop/${name}/declared`,
          type: "String",
          insecure_value: value,
          tags: { "migration:pattern": pattern },
        };
  const actions =
    from === to ? ["no-op"] : from === undefined ? ["create"] : to === undefined ? ["delete"] : ["update"];
  return { address: `aws_ssm_parameter.${name}_declared`, actions, before: values(from), after: values(to) };
}
