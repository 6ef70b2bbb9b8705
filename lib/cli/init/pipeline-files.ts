/** The pipeline of a repo: what has to hold before a change may be merged. */
import type { AddedFile } from "../add-files";
import type { InitAnswers } from "./answers";
import { TERRAFORM_VERSION, toolchainPackages } from "./versions";

/** The steps of the pipeline after the packages are installed, in order. */
export function pipelineSteps({ toolchain }: InitAnswers): readonly { readonly name: string; readonly run: string }[] {
  const { command } = toolchainPackages(toolchain);
  return [
    { name: "Compile and test", run: "npm test" },
    { name: "Assess and synthesize", run: `npx ${command} synth` },
    {
      name: "Validate",
      run: [
        "for stack in cdktf.out/stacks/*; do",
        '  terraform -chdir="$stack" init -backend=false -input=false',
        '  terraform -chdir="$stack" validate',
        "done",
      ].join("\n"),
    },
  ];
}

/** Returns the pipeline's file; none where none is wanted. */
export function pipelineFiles(answers: InitAnswers): AddedFile[] {
  if (answers.pipeline === "none") return [];
  return answers.pipeline === "github"
    ? [{ name: ".github/workflows/platform.yml", content: github(answers) }]
    : [{ name: ".gitlab-ci.yml", content: gitlab(answers) }];
}

const WHAT = `# A change of the platform, before it is merged: does it compile, is what it makes what is meant, may the migration start, and
# does Terraform accept it. While something of the estate is unknown, the second step fails and says what, first what holds most.
`;

function github(answers: InitAnswers): string {
  const steps = pipelineSteps(answers).map(({ name, run }) =>
    run.includes("\n")
      ? `      - name: ${name}\n        run: |\n${run.replace(/^/gm, "          ")}\n`
      : `      - name: ${name}\n        run: ${run}\n`,
  );
  return `${WHAT}name: platform
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  platform:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_version: ${TERRAFORM_VERSION}
          terraform_wrapper: false
      - name: Install
        run: npm ci
${steps.join("")}      - name: Keep the report
        uses: actions/upload-artifact@v4
        with:
          name: report
          path: cdktf.out/stacks/plan/report.html
`;
}

function gitlab(answers: InitAnswers): string {
  const lines = ["npm ci", ...pipelineSteps(answers).map(({ run }) => run)].map((run) =>
    run.includes("\n") ? `    - |\n${run.replace(/^/gm, "      ")}\n` : `    - ${run}\n`,
  );
  return `${WHAT}platform:
  image: node:22-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
  variables:
    npm_config_cache: $CI_PROJECT_DIR/.npm
    TERRAFORM_VERSION: "${TERRAFORM_VERSION}"
  before_script:
    - curl --fail --silent --show-error --output /tmp/terraform.zip "https://releases.hashicorp.com/terraform/\${TERRAFORM_VERSION}/terraform_\${TERRAFORM_VERSION}_linux_amd64.zip"
    - apt-get update --quiet && apt-get install --yes --quiet unzip && unzip -o -d /usr/local/bin /tmp/terraform.zip terraform
  script:
${lines.join("")}  artifacts:
    paths: [cdktf.out/stacks/plan/report.html]
`;
}
