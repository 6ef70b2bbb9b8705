/**
 * checkov, a public checker of Terraform, as a referee. It reads what it is given and says nothing of what it could not read: a
 * file that its JSON reader dies on counts as no resource and no failure, and the command ends with 0. So a check of our own,
 * which passes for every resource (`checks/seen.py`), tells for each file how many resources were looked at.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { run } from "../support/terraform";

/** The only version whose failures the list of accepted ones is of. */
export const CHECKOV_VERSION = "3.3.30";

/** What checkov says of one resource. */
export interface Failure {
  /** `CKV_AWS_135`. */
  readonly check: string;
  /** What the check asks for, in checkov's words. */
  readonly says: string;
  /** The type of the resource: `aws_instance`. */
  readonly type: string;
  /** The address of the resource. */
  readonly resource: string;
}

/** What checkov says of one file. */
export interface Verdict {
  /** The resources that it looked at. */
  readonly seen: number;
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** A stack as checkov reads it: its synthesized Terraform, or its plan. */
export type Form = "plan" | "json";

/** What is read, by a name that is its own: the text of a plan or of a `cdk.tf.json`. */
export type Readable = ReadonlyMap<string, string>;

const FRAMEWORK: Readonly<Record<Form, string>> = { plan: "terraform_plan", json: "terraform_json" };
const FILE: Readonly<Record<Form, string>> = { plan: "plan.json", json: "cdk.tf.json" };
const SEEN = "SEEN_1";

/** Returns what this machine lacks for it, as a sentence; undefined where it lacks nothing. */
export async function checkovLacks(): Promise<string | undefined> {
  const { code, stdout } = await run("checkov", ["--version"]);
  if (code === 0 && stdout.trim() === CHECKOV_VERSION) return undefined;
  const other = code === 0 ? `, and not ${stdout.trim()}` : "";
  return `checkov ${CHECKOV_VERSION}${other}, in a virtual environment on the PATH (pip install checkov==${CHECKOV_VERSION})`;
}

/**
 * Has checkov read everything of one form, in one run because it takes seconds to start. Returns a verdict for each name.
 *
 * @param folder an empty folder of its own
 */
export async function askCheckov(form: Form, readable: Readable, folder: string): Promise<Map<string, Verdict>> {
  const names = [...readable.keys()];
  for (const [index, name] of names.entries()) {
    mkdirSync(path.join(folder, String(index)), { recursive: true });
    writeFileSync(path.join(folder, String(index), FILE[form]), readable.get(name) ?? "");
  }
  const { code, stdout, stderr } = await run("checkov", [
    ...["--directory", folder, "--framework", FRAMEWORK[form], "--external-checks-dir", path.join(__dirname, "checks")],
    ...["--output", "json", "--compact", "--skip-download", "--soft-fail"],
  ]);
  if (code !== 0) throw new Error(`checkov ended with ${code}: ${stderr.slice(-2000)}`);
  const results = resultsIn(stdout);
  return new Map(
    names.map((name, index) => {
      const own = (each: CheckovRecord): boolean => each.file_path.startsWith(`/${index}/`);
      const passed = results.passed_checks.filter(own);
      const seen = passed.filter((each) => each.check_id === SEEN).length;
      const types =
        form === "json" ? typesOf(readFileSync(path.join(folder, String(index), FILE.json), "utf8")) : undefined;
      const failures = results.failed_checks.filter(own).map((each) => failureOf(each, types));
      return [name, { seen, passed: passed.length - seen, failures }];
    }),
  );
}

interface CheckovRecord {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

interface CheckovResults {
  readonly passed_checks: readonly CheckovRecord[];
  readonly failed_checks: readonly CheckovRecord[];
}

/** Where it has nothing to say it answers with a summary alone. */
function resultsIn(stdout: string): CheckovResults {
  const { results } = JSON.parse(stdout) as { readonly results?: CheckovResults };
  return results ?? { passed_checks: [], failed_checks: [] };
}

/** In Terraform's JSON checkov calls most resources `resource.NAME`, without their type. */
function failureOf(
  { check_id: check, check_name: says, resource }: CheckovRecord,
  types?: ReadonlyMap<string, string>,
): Failure {
  const [first = "", name = ""] = resource.replace(/^module\.[^.]+\./, "").split(".");
  const type = first === "resource" ? (types?.get(name) ?? first) : first;
  return { check, says, type, resource: first === "resource" ? `${type}.${name}` : resource };
}

/** The types of the resources by their names, which CDKTF makes unique by their path. */
function typesOf(json: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(resourcesOf(json)).flatMap(([type, named]) =>
      Object.keys(named).map((name) => [name, type] as const),
    ),
  );
}

/** The resources in a `cdk.tf.json`: by type, by name. */
export function resourcesOf(json: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { resource = {} } = JSON.parse(json) as { readonly resource?: Record<string, Record<string, unknown>> };
  return resource;
}
