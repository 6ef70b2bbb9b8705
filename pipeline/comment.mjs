/**
 * Writes the summary as a comment of the pull request, for `action.yml`: the one that it wrote the last time, found by a line that is
 * not shown, or a new one. Where the token may not write, in a pull request from a fork for example, it warns and fails nothing.
 */
import { readFileSync } from "node:fs";

const {
  TOKEN,
  SUMMARY,
  PULL_REQUEST,
  WORKING_DIRECTORY = ".",
  GITHUB_API_URL,
  GITHUB_REPOSITORY,
  GITHUB_JOB,
} = process.env;

// A repo may have the action more than once, in other jobs or for other folders.
const mark = `<!-- migration-patterns ${JSON.stringify([GITHUB_JOB, WORKING_DIRECTORY]).replaceAll("-->", "")} -->`;
const comments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments`;
const body = JSON.stringify({ body: `${mark}\n${readFileSync(SUMMARY, "utf8")}` });

try {
  const known = await findOwn();
  await (known === undefined ? request("POST", comments, body) : request("PATCH", known.url, body));
} catch (error) {
  console.log(`::warning title=Migration patterns::no comment was written: ${error.message.replace(/[\r\n]+/g, " ")}`);
}

async function findOwn() {
  for (let page = 1; ; page += 1) {
    const found = await request("GET", `${comments}?per_page=100&page=${page}`);
    const own = found.find((each) => each.body.startsWith(mark));
    if (own !== undefined || found.length < 100) return own;
  }
}

async function request(method, url, content) {
  const response = await fetch(url, {
    method,
    body: content,
    signal: AbortSignal.timeout(30_000),
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
  });
  if (response.ok) return response.json();
  const remedy = response.status === 403 ? "; the job needs permissions: { pull-requests: write }" : "";
  throw new Error(`GitHub answered ${response.status} to ${method} .../comments${remedy}`);
}
