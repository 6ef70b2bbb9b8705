/**
 * The guard against the real Terraform: its report on one plan, made from a written state, has to say of every resource what
 * Terraform's own actions say. One row for each type that the examples make, with a resource for each attribute that replaces it, and
 * one for each case.
 */
import { guardPlan, type GuardReport } from "../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../lib/plan/guard/read-plan";
import { refusals, withCompanions } from "../../scripts/generate/replacing-attributes/answers";
import type { Question } from "../../scripts/generate/replacing-attributes/questions";
import type { Value } from "../../scripts/generate/replacing-attributes/schema";
import { caseConfiguration, caseFiles, caseState, expectations, SECRET } from "./guard-cases";
import { replacingQuestions } from "./guard-questions";
import { unknownToProvider } from "./guard-tables";
import { PlanFolder, type PlanJson, type TerraformChange } from "./plan-folder";

/** A line of the result. */
export interface Row {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Makes the plan and holds the guard's report against it. */
export async function guardRows(env: NodeJS.ProcessEnv): Promise<Row[]> {
  const folder = await PlanFolder.start(env, caseFiles);
  const questions = replacingQuestions(folder.schemas);
  const { json, refused } = await planOf(folder, questions);
  const report = guardPlan(readTerraformPlan({ name: "plan.json", bytes: Buffer.from(json) }));
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanJson;
  const types = [...new Set(questions.map(({ type }) => type))];
  const slips = unknownToProvider(folder.schemas);
  const leaks = JSON.stringify(report).includes(SECRET);
  return [
    {
      what: "guard: the tables",
      ok: slips.length === 0,
      detail: `no such type or attribute: ${slips.join(", ") || "none"}`,
    },
    ...types.map((type) =>
      typeRow(
        type,
        changes.filter((each) => each.type === type && QUESTION.test(each.address)),
        report,
        refused.get(type) ?? 0,
      ),
    ),
    ...expectations.map((expected) => caseRow(expected, changes, report)),
    {
      what: "guard: no secret of the plan",
      ok: !leaks && json.includes(SECRET),
      detail: leaks ? "is printed" : "is printed: none",
    },
  ];
}

const QUESTION = /\.question_\d+$/;

function typeRow(type: string, own: readonly TerraformChange[], report: GuardReport, refused: number): Row {
  const faults = own.flatMap((each) => faultsOf(each, report));
  const replaced = own.filter(({ change }) => change.actions.includes("delete")).length;
  const detail = [
    `${own.length} resources, ${replaced} replaced, as Terraform says`,
    ...(refused === 0 ? [] : [`${refused} that the provider refuses`]),
    ...faults,
  ].join("; ");
  return { what: `guard: ${type}`, ok: own.length > 0 && faults.length === 0, detail };
}

function caseRow(
  { what, address, actions, rule, deposed = false }: (typeof expectations)[number],
  changes: readonly TerraformChange[],
  report: GuardReport,
): Row {
  const own = changes.filter((each) => each.address === address);
  const said = own.map(({ change }) => change.actions.join(" "));
  const found = [...new Set(report.findings.filter(({ subject }) => subject === address).map((each) => each.rule))];
  const faults = [
    ...(said.includes(actions) ? [] : [`Terraform says ${said.join(" and ") || "nothing"}`]),
    // An object that was left behind has the address of the one that took its place.
    ...(deposed ? [] : own.flatMap((each) => faultsOf(each, report))),
    ...(found.join() === (rule ?? "") ? [] : [`found ${found.join(", ") || "nothing"}`]),
  ];
  return {
    what: `guard: ${what}`,
    ok: faults.length === 0,
    detail: faults.join("; ") || `${actions}, ${rule ?? "no finding"}`,
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

/** Returns the plan of the questions that the provider answers: one that it refuses ends the plan of all. */
async function planOf(
  folder: PlanFolder,
  questions: readonly Question[],
): Promise<{ readonly json: string; readonly refused: ReadonlyMap<string, number> }> {
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
    folder.write([...caseState, ...asked], { ...others, resource });
    const { json, log } = await folder.plan();
    const wrong = refusals(log);
    if (wrong.size === 0) {
      if (json === undefined) throw new Error(log);
      return { json, refused };
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
