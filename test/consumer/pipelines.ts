/**
 * `action.yml` and `pipeline/gitlab.yml` in a platform repo that has installed the package: what they say, what they upload, what they
 * write on a pull request, and how they end. The library is in a folder of the repo whose name has a blank, as in a monorepo.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { planOf } from "../plan/guard/plan";
import { GitHub } from "./github";
import { runAction, workflowErrors, type RanAction } from "./github-runner";
import type { Project } from "./project";
import type { Tools } from "./tools";
import { peers } from "./versions";

const FOLDER = "platform team";
const TOKEN = "ghs_notARealToken";

/** Has both pipelines run, each where nothing blocks, where something does, and where an input cannot be read. */
export async function walkPipelines(project: Project, tools: Tools): Promise<void> {
  await checkPage(project, tools);
  await prepare(project);
  const github = await GitHub.listen(TOKEN);
  try {
    await walkAction(project, tools, github);
  } finally {
    github.close();
  }
  await walkJob(project, tools);
}

/** What the page says that one writes: a workflow that GitHub reads, and inputs that there are. */
async function checkPage(project: Project, tools: Tools): Promise<void> {
  const root = path.join(__dirname, "../..");
  const page = readFileSync(path.join(root, "docs/pipeline.md"), "utf8");
  const [workflow = "", job = ""] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = ""]) => block);
  const errors = await workflowErrors(workflow, tools);
  project.expect("GitHub reads the workflow of the page", errors.length === 0, errors.join("; "));
  const written = [
    /cdktf-migration-patterns$[^]*?with:\n([^]*)/m.exec(workflow)?.[1],
    /inputs:\n([^]*)$/.exec(job)?.[1],
  ];
  const [action, gitlab] = ["action.yml", "pipeline/gitlab.yml"].map((file) =>
    readFileSync(path.join(root, file), "utf8"),
  );
  for (const [index, file] of [action, gitlab].entries()) {
    const names = Object.keys(parse(written[index] ?? "") as object);
    const unknown = names.filter((name) => !new RegExp(`^ +${name}:$`, "m").test(file ?? ""));
    project.expect(
      `the inputs on the page, ${index === 0 ? "action" : "job"}`,
      names.length > 3 && unknown.length === 0,
      `${names.join(", ")}\nunknown: ${unknown.join(", ")}`,
    );
  }
}

/** A repo with the package, an estate that may start, a plan that destroys nothing, and one that does. */
async function prepare(project: Project): Promise<void> {
  mkdirSync(project.path(FOLDER, "plans"), { recursive: true });
  project.write({ [`${FOLDER}/package.json`]: { name: "platform", private: true } });
  await project.run("npm install", ["npm", "install", "--prefix", FOLDER, project.tarball, ...peers]);
  const installed = project.path(FOLDER, "node_modules/cdktf-migration-patterns");
  cpSync(path.join(installed, "examples/platform"), project.path(FOLDER, "estate of $(touch run)"), {
    recursive: true,
  });
  const lost = [{ address: "aws_db_instance.orders", actions: ["delete"], before: {}, after: null }];
  project.write({
    [`${FOLDER}/plans/network.json`]: planOf([{ address: "aws_sns_topic.a", actions: ["create"], before: null }]),
    [`${FOLDER}/plans/shop.json`]: planOf([{ address: "aws_sns_topic.b", actions: ["create"], before: null }]),
    [`${FOLDER}/blocked/orders.json`]: planOf(lost),
    ".gitignore": "node_modules/\n.npm/\n",
  });
}

const estate = (name: string): string => `estate of $(touch run)/${name}`;

const READY = {
  inventory: `${estate("estate/rvtools")}\n\n${estate("estate/applications.yaml")}\n${estate("estate/flows.csv")}`,
  checklist: estate("checklist.yaml"),
  waivers: estate("waivers.yaml"),
  "as-of": "2026-11-22",
};

async function walkAction(project: Project, tools: Tools, github: GitHub): Promise<void> {
  const run = (inputs: Readonly<Record<string, string>>, token = TOKEN): Promise<RanAction> =>
    runAction(
      path.join(__dirname, "../.."),
      {
        workspace: project.folder,
        inputs: { "working-directory": FOLDER, ...inputs },
        github: { token, event: { pull_request: { number: 7 } } },
        env: {
          PATH: process.env.PATH,
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: "acme/platform",
          GITHUB_JOB: "migrations",
        },
      },
      tools,
    );
  const outcomes = ({ steps }: RanAction): string => steps.map(({ outcome }) => outcome).join(", ");

  const ready = await run({ ...READY, plans: "plans/*.json" });
  const expected = "success, success, success, success";
  project.expect("the action passes", outcomes(ready) === expected, `${outcomes(ready)}\n${log(ready)}`);
  project.expect("its output", ready.outputs.verdict === "passed", JSON.stringify(ready.outputs));
  const [, upload] = ready.steps;
  const uploaded = uploadedResults(upload?.with?.sarif_file ?? "");
  project.expect(
    "what is uploaded: three categories, each result in a file of the repo, nothing that is waived",
    upload?.uses === "github/codeql-action/upload-sarif@v4" &&
      uploaded.categories.join(" ") ===
        "migration-patterns/assess/ migration-patterns/guard/plans/network.json/ migration-patterns/guard/plans/shop.json/" &&
      uploaded.files.length > 5 &&
      uploaded.files.every((file) => existsSync(project.path(file))) &&
      uploaded.suppressed === 0,
    `${uploaded.files.length} results\n${JSON.stringify(uploaded)}`,
  );
  project.expect(
    "the summary of the job",
    /^# Migrations: passed\n[^]*^# Migration assessment: READY[^]*^# Guard: passed[^]*^# Guard: passed/m.test(
      ready.summary,
    ),
    ready.summary.slice(0, 300),
  );
  const [first] = github.comments;
  project.expect(
    "one comment, with the summary",
    github.comments.length === 1 && first?.body.endsWith(ready.summary) === true,
    `${github.comments.length} comment\n${JSON.stringify(github.comments)}`,
  );

  const blocked = await run({ ...READY, waivers: "", plans: "blocked/orders.json\nplans/shop.json" });
  project.expect(
    "the action ends in failure where something blocks, after the upload and the comment",
    outcomes(blocked) === "success, success, success, failure" && blocked.outputs.verdict === "blocked",
    `${outcomes(blocked)}\n${log(blocked)}`,
  );
  project.expect(
    "the same comment, with what blocks",
    github.comments.length === 1 && /aws_db_instance\.orders/.test(github.comments[0]?.body ?? ""),
    `${github.comments.length} comment\n${JSON.stringify(github.comments)}`,
  );

  const unreadable = await run({ ...READY, checklist: "no-such.yaml", plans: "plans/shop.json" });
  project.expect(
    "the action fails where an input cannot be read, says which, and uploads the rest",
    outcomes(unreadable) === "success, success, success, failure" &&
      unreadable.outputs.verdict === "failed" &&
      log(unreadable).includes("[CLI_INPUT_FILE]"),
    `${outcomes(unreadable)}\n${log(unreadable)}`,
  );

  for (const [inputs, said] of [
    [{}, "neither inventory nor plans is given"],
    [{ inventory: "a.csv" }, "inventory is given without checklist"],
    [{ plans: "plans/no-*.json" }, "plans: no file is named plans/no-*.json"],
    [{ plans: "plans/shop.json", "working-directory": "." }, "cdktf-migration-patterns is not installed in"],
  ] as const) {
    const wrong = await run(inputs);
    project.expect(
      `the action says: ${said}`,
      outcomes(wrong) === "failure, skipped, skipped, failure" && log(wrong).includes(`Migration patterns::${said}`),
      `${outcomes(wrong)}\n${log(wrong)}`,
    );
  }

  const script = "node node_modules/cdktf-migration-patterns/pipeline/check.mjs";
  const output = project.path("output");
  const { code } = await project.try(["bash", "-c", `cd '${FOLDER}' && ${script}`], {
    PLANS: "blocked/orders.json",
    GITHUB_OUTPUT: output,
  });
  project.expect(
    "the script as a step of its own fails where something blocks",
    code === 1 && readFileSync(output, "utf8").includes("verdict=blocked\n"),
    `exit ${code}`,
  );

  const reports = (plans: string) =>
    project.try(["bash", "-c", `cd '${FOLDER}' && ${script}`], { PLANS: plans, REPORTS: "reports" });
  await reports("plans/*.json");
  const again = await reports("plans/no-plan.json");
  const left = readdirSync(project.path(FOLDER, "reports"), { recursive: true }).join(" ");
  project.expect(
    "a second run into the same folder leaves nothing of the first",
    again.code === 2 && !left.includes("guard-") && project.read(`${FOLDER}/reports/summary.md`).includes("failed"),
    `exit ${again.code}\n${left}`,
  );

  const fork = await run({ plans: "plans/shop.json" }, "ghs_mayNotWrite");
  project.expect(
    "a token that may not write is a warning",
    outcomes(fork) === expected && /::warning .*403.*pull-requests: write/.test(log(fork)),
    `${outcomes(fork)}\n${log(fork)}`,
  );
  project.expect("no token is printed", ![ready, blocked, fork].some((each) => log(each).includes("ghs_")), "none");
  project.expect("no text of an input is run", !readdirSync(project.path(FOLDER)).includes("run"), "none");
}

/** What the folder that is uploaded has: categories, the files of its results, and how many are suppressed. */
function uploadedResults(folder: string): { categories: string[]; files: string[]; suppressed: number } {
  const runs = readdirSync(folder)
    .sort()
    .flatMap((name) => (JSON.parse(readFileSync(path.join(folder, name), "utf8")) as SarifLog).runs);
  const results = runs.flatMap((each) => each.results);
  return {
    categories: runs.map(({ automationDetails }) => automationDetails.id),
    files: results.map(({ locations }) => decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri)),
    suppressed: results.filter(({ suppressions }) => suppressions.length > 0).length,
  };
}

interface SarifLog {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly results: readonly {
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
      ];
      readonly suppressions: readonly object[];
    }[];
  }[];
}

function log({ steps }: RanAction): string {
  return steps.map((step) => `--- ${step.name}: ${step.outcome}\n${step.log}`).join("");
}

/** The job of GitLab, included with its inputs into a pipeline and run by gitlab-ci-local, which reads it by GitLab's schema. */
async function walkJob(project: Project, tools: Tools): Promise<void> {
  const git = (...args: string[]): void => {
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: project.folder });
  };
  git("init", "--quiet", "--initial-branch", "main");
  git("remote", "add", "origin", "https://gitlab.example.com/acme/platform.git");
  cpSync(path.join(__dirname, "../../pipeline/gitlab.yml"), project.path("migrations.yml"));
  const job = async (inputs: object): Promise<{ code: number | null; said: string }> => {
    const include = [{ local: "migrations.yml", inputs: { "working-directory": FOLDER, ...inputs } }];
    writeFileSync(project.path(".gitlab-ci.yml"), JSON.stringify({ include }));
    git("add", "--all");
    git("commit", "--quiet", "--message", "state");
    const { code, stdout, stderr } = await project.try([
      ...[process.execPath, tools.bin("gitlab-ci-local"), "migration-patterns"],
      ...["--force-shell-executor", "--artifacts-to-source", "--cwd", "."],
    ]);
    return { code, said: `${stdout}${stderr}` };
  };

  const ready = await job({ ...READY, plans: "plans/*.json" });
  project.expect("the job passes", ready.code === 0 && ready.said.includes("guard: PASSED"), ready.said);
  const artifacts = readdirSync(project.path("migration-patterns")).sort().join(" ");
  project.expect(
    "its artifacts",
    artifacts.includes("assessment.junit.xml") && artifacts.includes("summary.md"),
    artifacts,
  );
  const blocked = await job({ plans: "blocked/orders.json" });
  project.expect(
    "the job fails where something blocks",
    blocked.code !== 0 && blocked.said.includes("guard: BLOCKED"),
    blocked.said,
  );
  const wrong = await job({});
  project.expect(
    "the job says what is missing",
    wrong.code !== 0 && wrong.said.includes("neither inventory nor plans is given"),
    wrong.said,
  );
}
