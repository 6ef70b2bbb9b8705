/** A synthesized app with a finished migration and its state, small enough to read. */
import { HAND_OVER_COMMENT } from "../../../lib/core/only-for-move";
import { handOver, type HandOver, type HandOverOptions, parseTerraformState } from "../../../lib/plan/hand-over";
import type { SynthesizedStackFile } from "../../../lib/plan/synthesized-app";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const stages = ["prepare", "serve"];

/** What a test says of its stack; the rest is a finished migration without a resource. */
export interface FixtureInit {
  /** The migration's resources, by address. */
  readonly own?: Resources;
  readonly onlyForMove?: readonly string[];
  /** Resources of the stack that belong to no migration, by address. */
  readonly others?: Resources;
  /** More of the stack's Terraform. */
  readonly terraform?: Readonly<Record<string, unknown>>;
  readonly stage?: string;
  /** What the state records; the declared stage where it is left out. */
  readonly recorded?: { readonly declared?: string; readonly reached?: string };
  /** Attributes in the state beside the arguments of the code, by address; null for a resource that is not there. */
  readonly state?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  /** What of these is sensitive. */
  readonly sensitive?: Resources;
  /** Data sources in the state, by address. */
  readonly data?: Resources;
  /** Further stacks. */
  readonly stacks?: readonly SynthesizedStackFile[];
}

export const DECLARED = "aws_ssm_parameter.declared";
export const REACHED = "aws_ssm_parameter.reached";

/** The stack and its state. */
export function fixture(init: FixtureInit = {}) {
  const { own = {}, others = {}, onlyForMove = [], stage = "serve", terraform = {}, sensitive = {} } = init;
  const parameter = (kind: string): Record<string, unknown> => ({
    name: `/migration/shop/orders/${kind}`,
    type: "String",
    insecure_value: stage,
    lifecycle: {
      precondition: [
        { condition: `\${contains(${JSON.stringify(stages)}, lookup(local.x, "y", "z"))}`, error_message: "no" },
      ],
    },
  });
  const resources: Resources = {
    ...own,
    ...others,
    [DECLARED]: parameter("declared"),
    [REACHED]: {
      ...parameter("reached"),
      depends_on: [DECLARED, ...Object.keys(own)],
      "//": { [HAND_OVER_COMMENT]: { migration: "shop/orders", onlyForMove } },
    },
  };
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [address, config] of Object.entries(resources)) {
    const [type = "", name = ""] = address.split(".");
    resource[type] = { ...resource[type], [name]: config };
  }
  const stack: SynthesizedStackFile = {
    name: "shop",
    path: "shop",
    folder: "shop",
    terraform: {
      terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
      provider: { aws: [{ region: "eu-central-1", secret_key: "never to be written" }] },
      ...terraform,
      resource,
    },
  };
  const recorded: Readonly<Record<string, string | undefined>> = {
    [DECLARED]: (init.recorded ?? { declared: stage }).declared,
    [REACHED]: (init.recorded ?? { reached: stage }).reached,
  };
  const managed = Object.entries(resources).flatMap(([address, config]) => {
    const more = init.state?.[address];
    if (more === null) return [];
    const { lifecycle: _lifecycle, depends_on: _after, "//": _comment, ...values } = config;
    const insecure = address in recorded ? { insecure_value: recorded[address] } : {};
    const id = { id: `id-of-${address.split(".")[1] ?? ""}` };
    return [
      {
        address,
        mode: "managed",
        type: address.split(".")[0],
        values: { ...id, ...values, ...insecure, ...more },
        sensitive_values: sensitive[address] ?? {},
      },
    ];
  });
  const data = Object.entries(init.data ?? {}).map(([address, values]) => ({
    address,
    mode: "data",
    type: address.split(".")[1],
    values,
    sensitive_values: sensitive[address] ?? {},
  }));
  const shown = {
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { root_module: { resources: [...managed, ...data] } },
  };
  return { app: [stack, ...(init.stacks ?? [])], shown };
}

/** The hand-over of the fixture's migration. */
export function handedOver(init: FixtureInit = {}, options: HandOverOptions = {}, migration = "shop/orders"): HandOver {
  const { app, shown } = fixture(init);
  return handOver(app, parseTerraformState("state.json", shown), migration, options);
}

/** A file of a hand-over, as text. */
export function textOf({ files }: HandOver, name: string): string {
  return files.find((each) => each.name === name)?.text ?? "";
}

/** A resource of the new module. */
export function written(of: HandOver, address: string): Readonly<Record<string, unknown>> | undefined {
  const text = textOf(of, "module/main.tf.json");
  if (text === "") return undefined;
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const [type = "", name = ""] = address.split(".");
  return resource[type]?.[name];
}
