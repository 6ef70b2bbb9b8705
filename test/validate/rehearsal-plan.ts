/**
 * The rehearsal against the real Terraform: what it predicts from two configurations has to be what Terraform plans for a state of
 * the one and the code of the other. One resource for each case, all in one plan.
 */
import { compareSyntheses } from "../../lib/plan/rehearsal/comparison";
import { dataHoldingTypes } from "../../lib/plan/losses/data-holding-types";
import { synthesisOf, type Synthesis } from "../../lib/plan/rehearsal/synthesis";
import type { Value } from "../../scripts/generate/replacing-attributes/schema";
import type { Row } from "./guard-plan";
import { PlanFolder, type PlanJson, type StateResource } from "./plan-folder";
import { rehearsalCases, type RehearsalCase } from "./rehearsal-cases";

/** Makes the plan and holds the rehearsal's predictions against it. */
export async function rehearsalRows(env: NodeJS.ProcessEnv): Promise<Row[]> {
  const folder = await PlanFolder.start(env, {});
  folder.write(
    rehearsalCases.flatMap(stateOf),
    configurationOf(({ after }) => after),
  );
  const { json, log } = await folder.plan();
  const errors = log.split("\n").filter((line) => line.startsWith('{"@level":"error"'));
  if (json === undefined || errors.length > 0) {
    return [{ what: "rehearsal: the plan", ok: false, detail: errors.join("\n") || log }];
  }
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanJson;
  const predicted = compareSyntheses(
    synthesis(configurationOf(({ before }) => before)),
    synthesis(configurationOf(({ after }) => after)),
    { discards: [], holds: dataHoldingTypes },
  );
  return rehearsalCases.map(({ what, type, attributes }, index) => {
    const address = `${type}.${nameOf(index)}`;
    const own = changes.filter((each) => each.address.replace(/\[.*$/, "") === address);
    // Alone the attributes of the case are compared: for others the written state lacks what AWS would have computed.
    const replaces = unique(
      own.flatMap(({ change }) => (change.replace_paths ?? []).map(([first]) => String(first))),
    ).filter((name) => attributes.includes(name));
    const said = unique(
      predicted.replaced
        .filter((each) => each.address === `stack/${address}`)
        .flatMap((each) => each.attributes.map((name) => name.split(/[. ]/, 1)[0] ?? "")),
    );
    const ok = own.length > 0 && said.join() === replaces.join();
    return {
      what: `rehearsal: ${what}`,
      ok,
      detail: ok
        ? `replaced by ${said.join(", ") || "none of it"}, as Terraform says`
        : `Terraform says ${replaces.join(", ") || "none"} of ${own.length} changes, the rehearsal ${said.join(", ") || "none"}`,
    };
  });
}

type Configuration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function configurationOf(side: (each: RehearsalCase) => object): { readonly resource: Configuration } {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [index, each] of rehearsalCases.entries()) {
    resource[each.type] = { ...resource[each.type], [nameOf(index)]: side(each) };
  }
  return { resource };
}

function stateOf({ type, state, instances }: RehearsalCase, index: number): StateResource[] {
  const one = (attributes: Readonly<Record<string, Value>>, key?: string): StateResource => ({
    type,
    name: nameOf(index),
    attributes: { id: "x", ...attributes },
    ...(key === undefined ? {} : { key }),
  });
  return instances === undefined ? [one(state)] : Object.entries(instances).map(([key, own]) => one(own, key));
}

function synthesis(terraform: object): Synthesis {
  return synthesisOf([{ path: "stack", terraform }]);
}

function nameOf(index: number): string {
  return `case_${index}`;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
