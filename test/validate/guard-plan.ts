/**
 * The guard against the real Terraform and the real OpenTofu: its report on one plan of each, made from one written state, has to
 * say of every resource what the engine's own actions say. One row for each type that the examples make, with a resource for each
 * attribute that replaces it and one that the code no longer has, and one for each case.
 */
import { guardPlan, type GuardReport } from "../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../lib/plan/guard/read-plan";
import { refusals, withCompanions } from "../../scripts/generate/replacing-attributes/answers";
import type { Question } from "../../scripts/generate/replacing-attributes/questions";
import type { Value } from "../../scripts/generate/replacing-attributes/schema";
import { tofuEnvironment, tofuVersion } from "../support/opentofu";
import { caseConfiguration, caseFiles, caseState, expectations, SECRET, type Expectation } from "./guard-cases";
import { exampleTypes, replacingQuestions } from "./guard-questions";
import { unknownToProvider } from "./guard-tables";
import { PlanFolder, type PlanJson, type StateResource, type TerraformChange } from "./plan-folder";
import { tofuEphemerals, tofuExpectations, tofuResources, tofuState } from "./tofu-cases";

/** A line of the result. */
export interface Row {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Makes the plans and holds the guard's report against each. */
export async function guardRows(env: NodeJS.ProcessEnv, { skipsMissing = false } = {}): Promise<Row[]> {
  const folder = await PlanFolder.start(env, caseFiles);
  const questions = replacingQuestions(folder.schemas);
  const asked = await planOf(folder, questions);
  const types = exampleTypes();
  const slips = unknownToProvider(folder.schemas);
  return [
    {
      what: "guard: the tables",
      ok: slips.length === 0,
      detail: `no such type or attribute: ${slips.join(", ") || "none"}`,
    },
    ...planRows("guard", asked, types, expectations),
    ...(await tofuRows(folder, asked, types, { env, skipsMissing })),
  ];
}

/** Has OpenTofu plan the same, with the cases that it alone has. */
async function tofuRows(
  folder: PlanFolder,
  { resources, configuration, refused }: Asked,
  types: readonly string[],
  { env, skipsMissing }: { readonly env: NodeJS.ProcessEnv; readonly skipsMissing: boolean },
): Promise<Row[]> {
  const started = Date.now();
  const version = await tofuVersion(env);
  if (version === undefined) {
    const detail = "OpenTofu is not installed: install OpenTofu 1.12.4 or later";
    return [{ what: "guard, OpenTofu", ok: skipsMissing, detail: skipsMissing ? `skipped: ${detail}` : detail }];
  }
  const copy = await folder.forTofu(tofuEnvironment(env));
  const resource = Object.fromEntries(
    Object.entries(configuration.resource).map(([type, named]) => [type, { ...named, ...tofuResources[type] }]),
  );
  copy.write([...resources, ...tofuState], { ...configuration, resource, ephemeral: tofuEphemerals });
  const { json, log } = await copy.plan();
  const errors = log.split("\n").filter((line) => line.startsWith('{"@level":"error"'));
  if (json === undefined || errors.length > 0) {
    return [{ what: "guard, OpenTofu: the plan", ok: false, detail: errors.join("\n") || log }];
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  return [
    { what: "guard, OpenTofu: the plan", ok: true, detail: `of ${version}, in ${seconds} s` },
    ...planRows("guard, OpenTofu", { json, refused }, types, [...expectations, ...tofuExpectations]),
  ];
}

/** Holds the guard's report against the actions of a plan. */
function planRows(
  engine: string,
  { json, refused }: Pick<Asked, "json" | "refused">,
  types: readonly string[],
  expected: readonly Expectation[],
): Row[] {
  const report = guardPlan(readTerraformPlan({ name: "plan.json", bytes: Buffer.from(json) }));
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanJson;
  const leaks = JSON.stringify(report).includes(SECRET);
  const rows = [
    ...types.map((type) =>
      typeRow(
        type,
        changes.filter((each) => each.type === type && OF_TYPE.test(each.address)),
        report,
        refused.get(type) ?? 0,
      ),
    ),
    ...expected.map((each) => caseRow(each, changes, report)),
    {
      what: "no secret of the plan",
      ok: !leaks && json.includes(SECRET),
      detail: leaks ? "is printed" : "is printed: none",
    },
  ];
  return rows.map((row) => ({ ...row, what: `${engine}: ${row.what}` }));
}

/** The resources of the rows of types: those whose code differs in an attribute, and one of each type that left the code. */
const OF_TYPE = /\.(?:question_\d+|left_the_code)$/;

function typeRow(type: string, own: readonly TerraformChange[], report: GuardReport, refused: number): Row {
  const faults = own.flatMap((each) => faultsOf(each, report));
  const count = (actions: RegExp): number => own.filter(({ change }) => actions.test(change.actions.join(" "))).length;
  const destroyed = count(/^delete$/);
  const detail = [
    `${own.length} resources, ${count(/delete create|create delete/)} replaced, ${destroyed} destroyed, as it is planned`,
    ...(refused === 0 ? [] : [`${refused} that the provider refuses`]),
    ...faults,
  ].join("; ");
  return { what: type, ok: destroyed > 0 && faults.length === 0, detail };
}

function caseRow(
  { what, address, actions, rule, deposed = false }: Expectation,
  changes: readonly TerraformChange[],
  report: GuardReport,
): Row {
  const own = changes.filter((each) => each.address === address);
  const said = own.map(({ change }) => change.actions.join(" "));
  const found = [...new Set(report.findings.filter(({ subject }) => subject === address).map((each) => each.rule))];
  const faults = [
    ...((actions === undefined ? said.length === 0 : said.includes(actions))
      ? []
      : [`the plan says ${said.join(" and ") || "nothing"}`]),
    // An object that was left behind has the address of the one that took its place.
    ...(deposed ? [] : own.flatMap((each) => faultsOf(each, report))),
    ...(found.join() === (rule ?? "") ? [] : [`found ${found.join(", ") || "nothing"}`]),
  ];
  return {
    what,
    ok: faults.length === 0,
    detail: faults.join("; ") || `${actions ?? "not in the plan"}, ${rule ?? "no finding"}`,
  };
}

/** Terraform's actions as the guard calls them; anything else is a fault. */
const EFFECTS: Readonly<Record<string, string>> = {
  "no-op": "unchanged",
  create: "created",
  update: "changed",
  delete: "destroyed",
  "delete create": "replaced",
  "create delete": "replaced",
  forget: "forgotten",
  // OpenTofu's, where `destroy = false` says so in the resource's lifecycle.
  "forget create": "forgotten",
};

/** The rules of which one has to be found for a resource that ends, and none for one that stays. */
const ENDED =
  /^guard-(?:data-destroyed|data-replaced|traffic-lost|tunnel-lost|protection-lost|type-unknown|resource-ended)$/;

/** Says where the guard's report on a resource is another than Terraform's own actions. */
export function faultsOf({ address, change }: TerraformChange, report: GuardReport): string[] {
  const actions = change.actions.join(" ");
  const expected = EFFECTS[actions];
  const seen = report.changes.find((each) => each.address === address);
  const effect = seen?.effect ?? "unchanged";
  const ended = report.findings.filter((each) => each.subject === address && ENDED.test(each.rule));
  const ends = change.actions.includes("delete");
  const attributes = [...new Set((change.replace_paths ?? []).map(([first]) => String(first)))].sort();
  const named = [...new Set((seen?.replacedBy ?? []).map((each) => each.split(".", 1).join("")))].sort();
  return [
    ...(effect === expected ? [] : [`${address} is ${effect} and Terraform says ${actions}`]),
    ...(ended.length === (ends ? 1 : 0) ? [] : [`${address} has ${ended.length} findings of its end`]),
    ...(attributes.join() === named.join()
      ? []
      : [`${address} is replaced by ${attributes.join()}, not ${named.join()}`]),
  ];
}

/** A plan, and what it was made of. */
interface Asked {
  readonly json: string;
  /** How many questions the provider refuses, by type. */
  readonly refused: ReadonlyMap<string, number>;
  readonly resources: readonly StateResource[];
  readonly configuration: ReturnType<typeof caseConfiguration>;
}

/** Returns the plan of the questions that the provider answers: one that it refuses ends the plan of all. */
async function planOf(folder: PlanFolder, questions: readonly Question[]): Promise<Asked> {
  const refused = new Map<string, number>();
  const left = new Map(questions.entries());
  while (left.size > 0) {
    const { resource, ...others } = caseConfiguration();
    for (const [index, { type, code }] of left) (resource[type] ??= {})[`question_${index}`] = code;
    const asked = [...left].map(([index, { type, state }]) => ({
      type,
      name: `question_${index}`,
      attributes: attributesOf(state),
    }));
    const gone = exampleTypes().map((type) => ({ type, name: "left_the_code", attributes: { id: "left" } }));
    const resources = [...caseState, ...asked, ...gone];
    const configuration = { ...others, resource };
    folder.write(resources, configuration);
    const { json, log } = await folder.plan();
    const wrong = refusals(log);
    if (wrong.size === 0) {
      if (json === undefined) throw new Error(log);
      return { json, refused, resources, configuration };
    }
    for (const [index, refusal] of wrong) {
      const asked = left.get(index);
      const amended = asked === undefined ? undefined : withCompanions(asked, refusal);
      if (amended !== undefined) left.set(index, amended);
      else {
        left.delete(index);
        if (asked !== undefined) refused.set(asked.type, (refused.get(asked.type) ?? 0) + 1);
      }
    }
  }
  throw new Error("the provider refuses everything");
}

/** The question's state is a whole resource. */
function attributesOf(state: Value): Readonly<Record<string, Value>> {
  if (typeof state === "object" && state !== null && !Array.isArray(state))
    return state as Readonly<Record<string, Value>>;
  throw new Error("a resource's state is an object");
}
