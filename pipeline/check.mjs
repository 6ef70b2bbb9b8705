/**
 * Assesses an inventory and guards plans, for `action.yml`, `gitlab.yml` and any other pipeline: `INVENTORY`, `CHECKLIST`, `WAIVERS`,
 * `PLANS` and `AS_OF` say of what. The reports go into the folder `REPORTS`, or one of the runner's. It exits with 0, with 1 where
 * something blocks, and with 2 where an input could not be read. On GitHub it writes the summary of the job and the outputs `verdict`,
 * `reports`, `sarif` and `summary`; with `EXIT=later` it exits with 0 then, because the action uploads the reports before it fails.
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const { INVENTORY, CHECKLIST, WAIVERS, PLANS, AS_OF, EXIT, REPORTS, RUNNER_TEMP, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } =
  process.env;

/** What a comment may have (65,536 characters), less its own first lines; a summary may have 1 MiB. */
const LONGEST_SUMMARY = 60_000;

/** How many findings of each rule a summary lists where all are too many: as many as fit. */
const LIMITS = [20, 5, 1];

/** The exit status of the command line where something blocks; with another but 0, an input could not be read. */
const EXIT_BLOCKED = 1;

/** The exit status of this script where something blocks, or an input could not be read. */
const EXIT_STATUS = { passed: 0, blocked: 1, failed: 2 };

const reports = REPORTS ?? mkdtempSync(path.join(RUNNER_TEMP ?? tmpdir(), "migration-patterns-"));
const sarif = path.join(reports, "code-scanning");
mkdirSync(sarif, { recursive: true });
// What an earlier run has left in the folder would be uploaded as an answer of this one.
for (const folder of [reports, sarif]) {
  for (const name of readdirSync(folder).filter((each) => /^(?:assessment|guard-\d+|summary)\./.test(each))) {
    rmSync(path.join(folder, name));
  }
}

const commandLine = installedCommandLine();
const waivers = lines(WAIVERS).flatMap((file) => ["--waivers", file]);
const day = lines(AS_OF).flatMap((each) => ["--as-of", each]);
const checks = [...assessments(), ...guards()];
if (checks.length === 0) fail("neither inventory nor plans is given: there is nothing to look at");

const outcomes = checks.map((check) => ({ ...check, outcome: outcomeOf(run(check)) }));
const verdict = ["failed", "blocked"].find((each) => outcomes.some(({ outcome }) => outcome === each)) ?? "passed";
const summary = path.join(reports, "summary.md");
writeFileSync(summary, [verdictTable(), ...checks.map(({ name }) => shortened(name))].join("\n"));
if (GITHUB_STEP_SUMMARY !== undefined) appendFileSync(GITHUB_STEP_SUMMARY, readFileSync(summary));
console.log(
  `\nmigration-patterns: ${verdict}: ${outcomes.map(({ subject, outcome }) => `${subject} ${outcome}`).join(", ")}`,
);
finish(verdict, { reports, summary, ...(readdirSync(sarif).length > 0 ? { sarif } : {}) });

/** Returns what an exit status of the command line means. */
function outcomeOf(status) {
  return status === 0 ? "passed" : status === EXIT_BLOCKED ? "blocked" : "failed";
}

/** Returns the beginning of the summary: the verdict over all, and of each check. */
function verdictTable() {
  const rows = outcomes.map(({ subject, outcome }) => `| ${subject.replace(/[|\\`<]/g, "\\$&")} | ${outcome} |`);
  return `# Migrations: ${verdict}\n\n| Looked at | |\n| --- | --- |\n${rows.join("\n")}\n`;
}

/** Returns the lines of an input that say something. */
function lines(text = "") {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function assessments() {
  const inventory = lines(INVENTORY);
  if (inventory.length === 0) return [];
  const [checklist] = lines(CHECKLIST);
  if (checklist === undefined) fail("inventory is given without checklist: an assessment needs both");
  const named = inventory.flatMap((file) => ["--inventory", file]);
  return [
    {
      name: "assessment",
      subject: "assessment",
      category: "assess",
      args: ["assess", ...named, "--checklist", checklist, ...waivers, ...day],
    },
  ];
}

function guards() {
  const plans = lines(PLANS).flatMap((pattern) => {
    const found = pattern.includes("*") && !existsSync(pattern) ? named(pattern) : [pattern];
    if (found.length === 0) fail(`plans: no file is named ${pattern}`);
    return found;
  });
  return plans.map((plan, index) => ({
    name: `guard-${index + 1}`,
    subject: plan,
    category: `guard/${plan.replaceAll("\\", "/")}`,
    args: ["guard", ...waivers, ...day, plan],
  }));
}

/** Returns the files whose names are of the pattern, where each `*` stands for a part of one name: `fs.globSync` needs Node.js 22. */
function named(pattern) {
  const [first, ...rest] = pattern.split("/");
  return rest
    .reduce(
      (folders, part) =>
        folders.flatMap((folder) =>
          within(folder)
            .filter(matcher(part))
            .map((each) => `${folder}/${each}`),
        ),
      first.includes("*") ? within(".").filter(matcher(first)) : [first],
    )
    .filter((each) => existsSync(each));
}

function within(folder) {
  const entries = existsSync(folder || "/") ? readdirSync(folder || "/", { withFileTypes: true }) : [];
  return [".", "..", ...entries.map(({ name }) => name).sort()];
}

function matcher(part) {
  const escaped = part.split("*").map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const whole = new RegExp(`^${escaped.join("[^/]*")}$`);
  return (name) => (part.startsWith(".") || !name.startsWith(".")) && whole.test(name);
}

/** Runs a check: as text into the log, then into the reports, unless an input could not be read. Returns its exit status. */
function run({ name, category, args }) {
  const status = migrationPatterns(args, "inherit");
  if (status !== 0 && status !== EXIT_BLOCKED) return status;
  const file = (suffix) => path.join(reports, `${name}.${suffix}`);
  write(args, "sarif", file("sarif"));
  write(args, "junit", file("junit.xml"));
  write(args, "markdown", file("md"));
  for (const limit of LIMITS) {
    if (readFileSync(file("md"), "utf8").length <= LONGEST_SUMMARY / checks.length) break;
    write([...args, "--limit", String(limit)], "markdown", file("md"));
  }
  writeFileSync(path.join(sarif, `${name}.sarif`), forCodeScanning(readFileSync(file("sarif"), "utf8"), category));
  return status;
}

function write(args, format, file) {
  migrationPatterns([...args, "--format", format, "--output", file], "ignore");
}

function migrationPatterns(args, stdio) {
  const { status, error } = spawnSync(process.execPath, [commandLine, ...args], { stdio: ["ignore", stdio, stdio] });
  if (error !== undefined) throw error;
  return status ?? fail("migration-patterns was stopped");
}

/**
 * Returns SARIF as GitHub's code scanning needs it: without what is waived, since it takes no notice of `suppressions` and would
 * raise an alert; with a category of its own, since it refuses two runs of one; and with files named from the repo's folder.
 */
function forCodeScanning(text, category) {
  const log = JSON.parse(text);
  const folder = lines(process.env.WORKING_DIRECTORY)[0] ?? ".";
  for (const run of log.runs) {
    run.automationDetails = { id: `migration-patterns/${category}/` };
    run.results = run.results.filter(({ suppressions = [] }) => suppressions.length === 0);
    for (const { physicalLocation } of run.results.flatMap(({ locations }) => locations)) {
      const { uri } = physicalLocation.artifactLocation;
      if (!/^[a-z]+:/.test(uri))
        physicalLocation.artifactLocation.uri = path.posix.join(folder.replaceAll("\\", "/"), uri);
    }
  }
  return `${JSON.stringify(log)}\n`;
}

/** Returns the Markdown of a check, or where to read it if it is longer than a comment may be. */
function shortened(name) {
  const file = path.join(reports, `${name}.md`);
  if (!existsSync(file))
    return `# ${name}: failed\n\nAn input could not be read. The log of this step says which, and why.\n`;
  const text = readFileSync(file, "utf8");
  return text.length <= LONGEST_SUMMARY / checks.length
    ? text
    : `${text.slice(0, text.indexOf("\n"))}\n\nThe findings are too many for this place: the log of this step has all of them.\n`;
}

/** Returns the script of the version that the repo has installed: that is what synthesizes its Terraform. */
function installedCommandLine() {
  try {
    const manifest = createRequire(path.join(process.cwd(), "package.json")).resolve(
      "cdktf-migration-patterns/package.json",
    );
    return path.join(path.dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin["migration-patterns"]);
  } catch (error) {
    return fail(
      `cdktf-migration-patterns is not installed in ${process.cwd()}: run npm ci in a step before (${error.code})`,
    );
  }
}

/** Ends the script: with the outputs that a step behind it reads, and with the exit status of the verdict. */
function finish(verdict, values = {}) {
  if (GITHUB_OUTPUT !== undefined) {
    for (const [name, value] of Object.entries({ verdict, ...values })) {
      appendFileSync(GITHUB_OUTPUT, `${name}=${value}\n`);
    }
  }
  process.exitCode = EXIT === "later" ? 0 : EXIT_STATUS[verdict];
}

/** Ends the step with a message. */
function fail(message) {
  console.error(
    GITHUB_OUTPUT === undefined
      ? `migration-patterns: ${message}`
      : `::error title=Migration patterns::${message.replaceAll("%", "%25").replace(/[\r\n]+/g, " ")}`,
  );
  finish("failed");
  process.exit(EXIT_STATUS.failed);
}
