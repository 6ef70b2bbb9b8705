import { patternTerms } from "../../patterns/pattern-terms";
import { environmentSection, type CommandPage } from "../command-page";
import { readerOption, readerTerms } from "./readers";

/** The tool chains that `init` knows: CDKTF, and its successor under CDKTF's names. */
export const toolchainNames = ["cdktf", "cdktn"] as const;

/** The pipelines that `init` writes. */
export const pipelineNames = ["github", "gitlab", "none"] as const;

/** The help of `migration-patterns init`. */
export const initPage: CommandPage = {
  name: "init",
  summary: "write a platform repo that works at once, with the patterns that are chosen and your own export",
  synopsis: ["init DIR --pattern NAME... [--inventory FILE...] [OPTION]...", "init DIR"],
  description: [
    "Writes a repo to DIR: package.json with every version pinned, tsconfig.json, cdktf.json, main.ts, a stack file for each " +
      "pattern, the checklist, waivers, a test, a pipeline, the JSON Schemas for editors, and a README of one page that says what " +
      "to do next.",
    "With --inventory the files are copied to DIR/estate, and the checklist is begun from them: what they prove is answered, " +
      "every other item is unknown, with its question and an example in comments. The first cdktf synth then says what is missing, " +
      "in the order of what it holds up. Without it the repo has a small sample, of which everything is known, and synthesizes.",
    "In a terminal it asks for what no option says; in a pipe, or with --yes, it takes the defaults. Nothing is written over an " +
      "existing file, and either all files are written or none.",
  ],
  options: [
    {
      name: "pattern",
      short: "p",
      value: "NAME",
      choices: patternTerms.map(([name]) => name),
      multiple: true,
      text: "A pattern of the repo. May be repeated. Required where nothing can be asked.",
    },
    {
      name: "inventory",
      short: "i",
      value: "FILE",
      multiple: true,
      text:
        "An inventory file or folder, as for the command inventory. May be repeated, the most trusted first; arguments behind " +
        "DIR are inventory files too, so that --inventory exports/*.csv works.",
      default: "a small sample",
    },
    readerOption,
    {
      name: "app",
      value: "NAME",
      text: "The name of the app, part of the names in AWS: lower-case letters, digits and dashes, 30 at most.",
      default: "made of the name of DIR",
    },
    { name: "region", value: "REGION", text: "The AWS region.", default: "AWS_REGION, or eu-central-1" },
    {
      name: "toolchain",
      value: "NAME",
      choices: toolchainNames,
      text: "CDKTF, or its successor CDK Terrain under CDKTF's names.",
      default: "cdktf",
    },
    {
      name: "backend",
      value: "WHERE",
      text:
        "Where Terraform keeps its state: local, or s3://BUCKET/PREFIX, a bucket that exists. Its locks need Terraform 1.10 or " +
        "OpenTofu 1.10.",
      default: "local",
    },
    { name: "ci", value: "NAME", choices: pipelineNames, text: "The pipeline that is written.", default: "github" },
    {
      name: "package",
      value: "SPEC",
      text: "The library as npm is to install it: a version, or the file of a package.",
      default: "the version of this program",
    },
    { name: "yes", short: "y", text: "Ask nothing." },
  ],
  sections: [
    { title: "PATTERNS", terms: patternTerms },
    { title: "INPUT FORMATS", terms: readerTerms },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Written."],
        [
          "2",
          "The command was called wrongly, a file is there already, or an input could not be read. Nothing was written.",
        ],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["A repo, in questions and answers:", "migration-patterns init platform"],
    [
      "A repo for an export, without a question:",
      "migration-patterns init platform --pattern hybrid-cloud --pattern lift-and-shift --inventory estate.xlsx",
    ],
    [
      "The same with the state in S3 and a pipeline of GitLab:",
      "migration-patterns init platform -p lift-and-shift -i estate.xlsx --backend s3://acme-terraform/platform --ci gitlab",
    ],
  ],
};
