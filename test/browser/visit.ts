/**
 * One look at a page. It is loaded twice: first as anybody would open it, with its own policy in force, to see that it asks for
 * nothing and complains of nothing; then without the policy, because axe-core has to be put into it.
 */
import type { Browser, Page } from "puppeteer-core";
import type { AxeResults } from "axe-core";
import type { View } from "./views";

/** The rules of axe-core that are asked. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What was seen. */
export interface Visit {
  /** Errors and warnings of the console, uncaught errors, and what the policy refused. */
  readonly complaints: readonly string[];
  /** Whatever was requested beside the page itself. */
  readonly requests: readonly string[];
  readonly violations: readonly string[];
  /** How many checks axe-core found kept. */
  readonly axePasses: number;
  /** How many pixels the body is wider than the window. */
  readonly overflow: number;
  /** The details that are closed, and so would be missing on paper. */
  readonly hiddenDetails: number;
  readonly milliseconds: number;
}

/** Opens the file and looks; leaves a picture of the whole page where one is wanted. */
export async function visit(
  browser: Browser,
  url: string,
  view: View,
  axeSource: string,
  screenshot: `${string}.png` | undefined,
): Promise<Visit> {
  const { complaints, requests, overflow, hiddenDetails, milliseconds } = await asOpened(
    browser,
    url,
    view,
    screenshot,
  );
  return {
    complaints,
    requests,
    overflow,
    hiddenDetails,
    milliseconds,
    ...(await asked(browser, url, view, axeSource)),
  };
}

async function open(browser: Browser, view: View): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: view.width, height: view.height });
  // In one command: each of the two that puppeteer has for this undoes what the other said.
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", {
    media: view.media,
    features: [{ name: "prefers-color-scheme", value: view.scheme }],
  });
  return page;
}

async function asOpened(browser: Browser, url: string, view: View, screenshot: `${string}.png` | undefined) {
  const page = await open(browser, view);
  try {
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warn")
        complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`uncaught: ${String(error)}`));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      // The empty icon is written into the page: nothing leaves the browser for it.
      if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
    });
    const started = performance.now();
    await page.goto(url, { waitUntil: "networkidle0" });
    const milliseconds = performance.now() - started;
    const asTold = await page.evaluate(
      `matchMedia("${view.media} and (prefers-color-scheme: ${view.scheme})").matches`,
    );
    if (asTold !== true) complaints.push(`the browser did not show the page as ${view.media}, ${view.scheme}`);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    const hiddenDetails = await page.evaluate(
      "[...document.querySelectorAll('details > :not(summary)')].filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length",
    );
    if (screenshot !== undefined) await page.screenshot({ path: screenshot, fullPage: true });
    return { complaints, requests, overflow: Number(overflow), hiddenDetails: Number(hiddenDetails), milliseconds };
  } finally {
    await page.close();
  }
}

async function asked(browser: Browser, url: string, view: View, axeSource: string) {
  const page = await open(browser, view);
  try {
    await page.setBypassCSP(true);
    await page.goto(url, { waitUntil: "networkidle0" });
    // What is closed is looked at as well: somebody will open it.
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    await page.evaluate(axeSource);
    const results = (await page.evaluate(
      `axe.run({ runOnly: ${JSON.stringify(AXE_TAGS)}, resultTypes: ["violations"] })`,
    )) as AxeResults;
    return {
      violations: results.violations.map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.length}), first ${nodes[0]?.html.slice(0, 160) ?? ""}`,
      ),
      axePasses: results.passes.length,
    };
  } finally {
    await page.close();
  }
}

/** What the page does with its script, and without. */
export interface Behaviour {
  /** How many rows of findings are seen after the filter was given the text. */
  readonly filtered: number;
  /** How many of them do not hold it. */
  readonly wrong: number;
  /** How many rows are seen when the filter is empty again. */
  readonly restored: number;
  readonly rows: number;
  /** Whether the filter is there where no script runs: it would do nothing. */
  readonly filterWithoutScript: boolean;
  /** How many rows there are where no script runs. */
  readonly rowsWithoutScript: number;
}

/** Uses the filter as a reader would, and opens the page once more where scripts are forbidden. */
export async function behaviour(browser: Browser, url: string, view: View, text: string): Promise<Behaviour> {
  const count = (extra: string): string =>
    `[...document.querySelectorAll("#findings .found tbody tr")].filter((row) => ${extra}).length`;
  const page = await open(browser, view);
  try {
    await page.goto(url, { waitUntil: "load" });
    const rows = Number(await page.evaluate(count("true")));
    await page.type("#filter", text);
    const filtered = Number(await page.evaluate(count("row.checkVisibility()")));
    const wrong = Number(
      await page.evaluate(count(`row.checkVisibility() && !row.textContent.includes(${JSON.stringify(text)})`)),
    );
    for (let typed = 0; typed < text.length; typed += 1) await page.keyboard.press("Backspace");
    const restored = Number(await page.evaluate(count("!row.hidden")));
    await page.setJavaScriptEnabled(false);
    await page.goto(url, { waitUntil: "load" });
    const filter = await page.$("#filter");
    return {
      filtered,
      wrong,
      restored,
      rows,
      filterWithoutScript: (await filter?.isVisible()) ?? false,
      rowsWithoutScript: (await page.$$("#findings .found tbody tr")).length,
    };
  } finally {
    await page.close();
  }
}
