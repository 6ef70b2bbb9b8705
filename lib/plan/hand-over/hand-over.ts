/**
 * ```ts
 * const result = handOver(readSynthesizedApp("cdktf.out"), readTerraformState({ name: "state.json", bytes }), "shop/routing");
 * for (const { name, text } of result.files) writeFileSync(path.join("handed-over", name), text);
 * ```
 *
 * The end of a migration: how it leaves the code without production leaving with it. What stays becomes plain Terraform in a root
 * module of its own, which imports it; the stack that it leaves forgets it (`removed`, without destroying); what was made for the
 * move alone is destroyed as the construct goes. The new module comes first, because an import changes nothing in AWS: until the
 * old stack has forgotten, there is nothing to take back.
 */
import { admit } from "../../core/door/admit";
import { isBlocking, sortFindings } from "../../core/finding";
import { runRules } from "../../core/rule";
import { NOT_REACHED } from "../../core/stage-parameters";
import { parseParameterName } from "../../core/stage-record";
import { block, blocks, synthesisOf } from "../rehearsal/stack-terraform";
import type { SynthesizedStackFile } from "../synthesized-app";
import { findMigration, markedBy, type AppMigration } from "./app-migrations";
import { divide, type Division } from "./division";
import { handOverFiles } from "./hand-over-files";
import { handOverRules, type HandOverReview } from "./hand-over-rules";
import type { HandOver, Import, PlannedHandOver } from "./model";
import { plainResources } from "./plain-resources";
import { handedOverTypes, importIdOf, isImported, isRewritten } from "./resource-types";
import { Secrets } from "./secrets";
import type { TerraformState } from "./terraform-state";

/** Options of {@link handOver}. */
export interface HandOverOptions {
  /**
   * The stage in which the migration is abandoned: the one that is declared and reached. It is then handed over as it is there.
   * @default - only a migration in its last stage is handed over
   */
  readonly abandonedIn?: string;
}

/**
 * Plans the hand-over of a migration of a synthesized app, by the state of its stack. Nothing is written.
 *
 * @param migration its name as `migration-patterns status` prints it, or the path of its construct
 * @throws MigrationError `PLAN_HAND_OVER_MIGRATION`
 */
export function handOver(
  app: readonly SynthesizedStackFile[],
  state: TerraformState,
  migration: string,
  options: HandOverOptions = {},
): HandOver {
  admit("handOver", { app, state, migration, options });
  const found = findMigration(app, migration);
  const stack = app.find(({ name }) => name === found.stack);
  const terraform = block(stack?.terraform);
  const synthesis = synthesisOf(app);
  const recorded = recordedIn(state, found);
  const namedBy = [...new Set([...markedBy(app, found), ...recorded.namedBy])].sort();
  const division: Division =
    stack === undefined
      ? { stays: new Map(), released: [], ends: [], beside: [], kept: [], left: [] }
      : divide(stack, synthesis, found, namedBy.length > 0);
  const { stays, released, ends, beside, kept, left } = division;
  const plain = plainResources({ stays, terraform, state, secrets: new Secrets(state) });
  const addresses = [...stays.keys()];
  const stateMoves = addresses.filter((each) => !isImported(typeOf(each), state.resources.get(each)?.values ?? {}));
  const imported = addresses.filter((each) => !stateMoves.includes(each));
  const imports = importsOf(imported, state);
  const adopted = new Set(blocks(terraform["import"]).map(({ to }) => String(to).replace(/^\$\{(.*)\}$/, "$1")));
  const missing = [
    ...addresses.filter((each) => !state.resources.has(each)),
    ...imported.filter((each) => state.resources.has(each) && !imports.some(({ to }) => to === each)),
  ];
  const rewritten = released.filter((each) => isRewritten(typeOf(each), state.resources.get(each)?.values ?? {}));
  const returning = importsOf(
    released.filter((each) => !rewritten.includes(each)),
    state,
  );
  const review: HandOverReview = {
    migration: `${found.app}/${found.name}`,
    stack: found.stack,
    ...(found.stage === undefined ? {} : { stage: found.stage }),
    ...(found.stages?.at(-1) === undefined ? {} : { last: found.stages.at(-1) }),
    ...(options.abandonedIn === undefined ? {} : { abandonedIn: options.abandonedIn }),
    recorded,
    missing,
    unresolved: [
      ...plain.unresolved,
      ...found.resources
        .filter((each) => each.startsWith("module."))
        .map((address) => ({ address, argument: "module", what: address })),
    ],
    secrets: plain.secrets,
    dropped: plain.dropped.filter(({ address }) => !found.record.includes(address)),
    released,
    kept,
    left,
    stateMoves,
    guessedIds: imported.filter((each) => handedOverTypes[typeOf(each)] === undefined),
    namedBy,
    held: [...new Set(found.marks.values())],
  };
  const findings = sortFindings(runRules(handOverRules, review));
  const result: PlannedHandOver = {
    app: found.app,
    migration: found.name,
    stack: found.stack,
    ...(found.stage === undefined ? {} : { stage: found.stage }),
    imports,
    settings: imports.flatMap(({ to }) => {
      const { settings = [] } = handedOverTypes[typeOf(to)] ?? {};
      const values = state.resources.get(to)?.values ?? {};
      // The provider takes an absent one and false for the same.
      const set = settings.some((each) => Boolean(values[each]));
      return set ? [{ address: to, arguments: settings.filter((each) => (values[each] ?? null) !== null) }] : [];
    }),
    // What the stack has an import block for itself would be one too many.
    returns: [...imports, ...returning].filter(({ to }) => !adopted.has(to)),
    stateMoves,
    released,
    rewritten,
    ends,
    beside,
    variables: Object.keys(plain.variable),
    findings,
  };
  return { ...result, files: findings.some(isBlocking) ? [] : handOverFiles(result, plain, terraform) };
}

/** Returns the stages that the state records, and who had left a mark with the migration when the state was last refreshed. */
function recordedIn(
  state: TerraformState,
  { app, name }: AppMigration,
): HandOverReview["recorded"] & { readonly namedBy: readonly string[] } {
  const stages = new Map<string, string>();
  const namedBy: string[] = [];
  const own = (parameter: unknown): ReturnType<typeof parseParameterName> => {
    const parsed = typeof parameter === "string" ? parseParameterName(parameter) : undefined;
    return parsed?.app === app && parsed.name === name ? parsed : undefined;
  };
  for (const { mode, type, values } of state.resources.values()) {
    if (mode === "managed" && type === "aws_ssm_parameter") {
      const parsed = own(values["name"]);
      const stage = values["insecure_value"];
      if (parsed !== undefined && parsed.kind !== "dependent" && typeof stage === "string")
        stages.set(parsed.kind, stage);
    }
    if (type === "aws_ssm_parameters_by_path" && Array.isArray(values["names"])) {
      for (const each of values["names"] as unknown[]) {
        const dependent = own(each)?.dependent;
        if (dependent !== undefined) namedBy.push(`${dependent.app}/${dependent.name}`);
      }
    }
  }
  const [declared, reached] = [stages.get("declared"), stages.get("reached")];
  return {
    ...(declared === undefined ? {} : { declared }),
    ...(reached === undefined || reached === NOT_REACHED ? {} : { reached }),
    namedBy,
  };
}

function importsOf(addresses: readonly string[], state: TerraformState): Import[] {
  return addresses.flatMap((to) => {
    const id = importIdOf(typeOf(to), state.resources.get(to)?.values ?? {});
    return id === undefined ? [] : [{ to, id }];
  });
}

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}
