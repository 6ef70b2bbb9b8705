/** The files of a repo that its tools read: package.json, tsconfig.json, cdktf.json, .gitignore, and the development container. */
import type { AddedFile } from "../add-files";
import type { InitAnswers } from "./answers";
import { pinned, TERRAFORM_VERSION, toolchainPackages } from "./versions";

/** The documents of a repo that have a JSON Schema, with its file. */
export const SCHEMAS = {
  inventory: "schemas/inventory.schema.json",
  checklist: "schemas/checklist.schema.json",
  waivers: "schemas/waivers.schema.json",
} as const;

/** Returns the files that the repo's tools read. */
export function projectFiles(answers: InitAnswers): AddedFile[] {
  return [
    { name: "package.json", content: `${JSON.stringify(packageJson(answers), undefined, 2)}\n` },
    { name: "tsconfig.json", content: json(TSCONFIG) },
    {
      name: "cdktf.json",
      content: json({
        language: "typescript",
        app: "npx tsc && npx tsx main.ts",
        projectId: answers.app,
        sendCrashReports: "false",
        // CDK Terrain asks what a project runs on. The lock of a state in S3 came with 1.10.
        ...(answers.toolchain === "cdktn" ? { targetVersions: { terraform: ">=1.10.0", opentofu: ">=1.10.0" } } : {}),
      }),
    },
    { name: ".gitignore", content: GITIGNORE },
    { name: ".devcontainer/devcontainer.json", content: json({ name: answers.app, ...DEVELOPMENT_CONTAINER }) },
  ];
}

function packageJson({ app, toolchain, library }: InitAnswers) {
  const { command, node, dependencies, devDependencies } = toolchainPackages(toolchain);
  const schemas = Object.entries(SCHEMAS).map(([name, file]) => `migration-patterns schema ${name} --output ${file}`);
  return {
    name: app,
    private: true,
    engines: { node },
    scripts: {
      test: "tsc && jest",
      synth: `${command} synth`,
      schemas: schemas.join(" && "),
    },
    dependencies: sorted({
      ...dependencies,
      ...pinned("constructs", "zod"),
      "cdktf-migration-patterns": library,
    }),
    devDependencies: sorted({
      ...devDependencies,
      ...pinned("@jest/globals", "@swc/core", "@swc/jest", "@types/node", "jest", "tsx", "typescript"),
    }),
    jest: {
      testEnvironment: "node",
      roots: ["<rootDir>/test"],
      testTimeout: 60_000,
      transform: {
        "^.+\\.ts$": [
          "@swc/jest",
          { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
        ],
      },
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2023"],
    module: "node16",
    moduleResolution: "node16",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["main.ts", "settings.ts", "undecided.ts", "stacks", "test"],
};

/**
 * The container in which editors and GitHub Codespaces open the repo: Node.js, the Terraform of the pipeline, the AWS CLI, and the
 * editor's extension that completes and checks the checklist by its schema.
 */
const DEVELOPMENT_CONTAINER = {
  image: "mcr.microsoft.com/devcontainers/typescript-node:22-bookworm",
  features: {
    "ghcr.io/devcontainers/features/terraform:1": { version: TERRAFORM_VERSION, tflint: "none", terragrunt: "none" },
    "ghcr.io/devcontainers/features/aws-cli:1": {},
  },
  postCreateCommand: "npm install",
  customizations: { vscode: { extensions: ["redhat.vscode-yaml", "hashicorp.terraform"] } },
};

const GITIGNORE = `node_modules/
cdktf.out/
.terraform/
# A state holds secrets, and so does a plan.
*.tfstate
*.tfstate.*
*.tfplan
plans/
`;

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns a document of JSON; a list of texts stands on one line. */
function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g, (_list, items: string) => `[${items.replace(/,\n\s+/g, ", ")}]`)}\n`;
}
