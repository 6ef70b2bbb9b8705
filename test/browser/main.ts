/**
 * `npm run test:report [-- --screenshots DIR]`: opens the plan's report in a real browser, that of `examples/platform` and those
 * of made-up plans of 40 and 1,000 servers, on a phone, on a desk and on paper, light and dark, and sees that it asks for nothing,
 * complains of nothing, fits and is accessible.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launch, type Browser } from "puppeteer-core";
import type { PlanDocument } from "../../lib/plan/plan-document";
import { planHtml } from "../../lib/report/plan/plan-html";
import { planDocument } from "../support/plan-document";
import { synthesizeExample } from "../support/synthesize-example";
import { findChromium } from "./chromium";
import { VIEWS, type View } from "./views";
import { behaviour, visit, type Visit } from "./visit";
import { makeTemporaryFolder } from "../support/temporary-folder";

const HELP = `usage: npm run test:report -- [--screenshots DIR] [--if-available]

Opens the plan's report in Chromium, that of examples/platform and those of made-up plans of 40 and 1,000 servers: on a
phone, on a desk and on paper, light and dark. The example loads the library as its users do: npm run build comes first.
The browser is the one that CHROMIUM_PATH names, or chromium, chromium-browser or google-chrome on the PATH.

  --screenshots DIR   keeps the pages and a picture of each
  --if-available      a machine without Chromium is skipped instead of failed
  --help              this text`;

/** What is looked at, by the name of its file. */
const PAGES: Readonly<Record<string, () => Page | Promise<Page>>> = {
  "examples-platform": () => examplePage("platform"),
  "40-servers": () => madeUpPage(40),
  "1000-servers": () => madeUpPage(1000),
};
/** A page that is sent by mail. */
const MOST_BYTES = 1_000_000;

/** A page with a fault of each kind: a rung that does not see them sees nothing. */
const FAULTY = `<!DOCTYPE html><html><head><title>faulty</title></head><body>
<img src="missing.png"><p style="color:#ddd;background:#fff;width:2000px">too wide, too pale</p>
<details><summary>more</summary><p>closed</p></details><script>throw new Error("uncaught")</script></body></html>`;

/** A report, and the plan that it is of. */
interface Page {
  readonly html: string;
  readonly document: Pick<PlanDocument, "findings" | "moves">;
}

function madeUpPage(servers: number): Page {
  const document = planDocument({ servers });
  return { html: planHtml(document), document };
}

/** The report that an example writes beside its Terraform. */
async function examplePage(name: string): Promise<Page> {
  const { "report.html": html, "report.json": json } = Object.assign(
    {},
    ...(await synthesizeExample(name)).map(({ artifacts }) => artifacts),
  ) as Partial<Record<string, string>>;
  if (html === undefined || json === undefined) throw new Error(`no stack of examples/${name} has a plan's report`);
  return { html, document: JSON.parse(json) as PlanDocument };
}

/** The first server with a finding. */
function somebody({ document: { findings, moves } }: Page): string {
  const names = new Set(moves.map(({ name }) => name));
  const found = findings.find(({ subject }) => names.has(subject));
  if (found === undefined) throw new Error("no finding is about a server that moves");
  return found.subject;
}

interface Row {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

function judge(name: string, view: View, seen: Visit): Row[] {
  const what = `${name}, ${view.name}`;
  const none = (subject: string, list: readonly string[], otherwise: string): Row => ({
    what: `${what}: ${subject}`,
    ok: list.length === 0,
    detail: list.length === 0 ? otherwise : list.join("\n    "),
  });
  return [
    none("no complaint", seen.complaints, `loaded in ${Math.round(seen.milliseconds)} ms`),
    none("no request", seen.requests, "only the file itself"),
    none("axe-core finds no violation", seen.violations, `${seen.axePasses} rules kept`),
    {
      what: `${what}: nothing is wider than the page`,
      ok: seen.overflow <= 0,
      detail: seen.overflow <= 0 ? `${view.width} px` : `${seen.overflow} px too wide`,
    },
    ...(view.media === "print"
      ? [
          {
            what: `${what}: everything is open`,
            ok: seen.hiddenDetails === 0,
            detail: seen.hiddenDetails === 0 ? "no part is closed" : `${seen.hiddenDetails} parts are closed`,
          },
        ]
      : []),
  ];
}

/** Looks for one server by the filter, and at the page where no script runs. */
async function use(name: string, browser: Browser, url: string, server: string): Promise<Row[]> {
  const [desk] = VIEWS.filter(({ name: view }) => view === "desktop-light");
  if (desk === undefined) throw new Error("no view is a desk");
  const seen = await behaviour(browser, url, desk, server);
  return [
    {
      what: `${name}: the filter shows what is looked for`,
      ok: seen.filtered > 0 && seen.wrong === 0 && seen.restored === seen.rows,
      detail: `${seen.filtered} of ${seen.rows} findings, ${seen.wrong} of them others, ${seen.restored} without it`,
    },
    {
      what: `${name}: nothing is missing without scripts`,
      ok: !seen.filterWithoutScript && seen.rowsWithoutScript === seen.rows,
      detail: `${seen.rowsWithoutScript} of ${seen.rows} findings${seen.filterWithoutScript ? ", and a filter that does nothing" : ""}`,
    },
  ];
}

/** Has the faulty page looked at: every judgement of it must be a bad one. */
async function control(browser: Browser, folder: string, axeSource: string): Promise<Row[]> {
  const file = path.join(folder, "faulty.html");
  writeFileSync(file, FAULTY);
  const paper = VIEWS.find(({ media }) => media === "print");
  if (paper === undefined) throw new Error("no view is on paper");
  const rows = judge(
    "a faulty page",
    paper,
    await visit(browser, pathToFileURL(file).href, paper, axeSource, undefined),
  );
  return rows.map(({ what, ok }) => ({
    what: `${what} does not hold`,
    ok: !ok,
    detail: ok ? "the fault was not seen" : "the fault was seen",
  }));
}

async function look(browser: Browser, folder: string, screenshots: string | undefined): Promise<Row[]> {
  const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const rows: Row[] = [];
  const report = (row: Row): void => {
    console.log(`${row.ok ? "ok  " : "FAIL"} ${row.what}: ${row.detail}`);
    rows.push(row);
  };
  (await control(browser, folder, axeSource)).forEach(report);
  for (const [name, make] of Object.entries(PAGES)) {
    const started = performance.now();
    const page = await make();
    const bytes = Buffer.byteLength(page.html);
    report({
      what: `${name}: the page is small`,
      ok: bytes <= MOST_BYTES,
      detail: `${Math.round(bytes / 1000)} kB, made in ${Math.round(performance.now() - started)} ms`,
    });
    const file = path.join(folder, `plan-${name}.html`);
    writeFileSync(file, page.html);
    (await use(name, browser, pathToFileURL(file).href, somebody(page))).forEach(report);
    for (const view of VIEWS) {
      const picture = screenshots === undefined ? undefined : (`${folder}/plan-${name}-${view.name}.png` as const);
      judge(name, view, await visit(browser, pathToFileURL(file).href, view, axeSource, picture)).forEach(report);
    }
  }
  return rows;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { help: { type: "boolean" }, "if-available": { type: "boolean" }, screenshots: { type: "string" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const missing = "Chromium: install chromium, or name the browser in CHROMIUM_PATH";
    if (values["if-available"] === true) {
      console.log(`skipped: this machine lacks ${missing}`);
      return 0;
    }
    console.error(`this machine lacks ${missing}`);
    console.log("0 passed, 1 failed");
    return 1;
  }
  const { screenshots } = values;
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true });
  const folder = screenshots === undefined ? makeTemporaryFolder("report") : path.resolve(screenshots);
  // Chromium refuses its own sandbox to the superuser, as whom containers run.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await launch({ executablePath, headless: true, args: [...sandbox, "--disable-dev-shm-usage"] });
  try {
    const rows = await look(browser, folder, screenshots);
    const failed = rows.filter(({ ok }) => !ok).length;
    console.log(`${rows.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
  },
);
