import { statusMeanings } from "../../plan/status/migration-status";
import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns status`. */
export const statusPage: CommandPage = {
  name: "status",
  summary: "show how far each migration has come in the account",
  synopsis: [
    "status [--synthesized DIR] [--region REGION] [OPTION]...",
    "status --app NAME... [--region REGION] [OPTION]...",
  ],
  description: [
    "Prints, for each migration of a synthesized app, the stage that the code declares, the stage that was declared to the " +
      "account, the stage that was reached, and what that means; below it, which other migrations hold it, and while they are " +
      "in which stages. Migrations of the same app that the account has and the code does not are listed too.",
    "With --app and without --synthesized, the account alone is read.",
    "The stages are read from the parameters below /migration/APP in AWS Systems Manager Parameter Store, with " +
      "ssm:GetParametersByPath and nothing else. Nothing is written. Credentials come from the standard chain of the AWS SDK: " +
      "the environment's variables, the profile with its login or role, the role of the container or instance.",
  ],
  options: [
    {
      name: "synthesized",
      short: "s",
      value: "DIR",
      text: "The folder into which cdktf synth has written the app.",
      default: "cdktf.out, unless --app is given",
    },
    {
      name: "app",
      short: "a",
      value: "NAME",
      multiple: true,
      text: "The migrations of that app only. May be given more than once.",
      default: "all apps of the code",
    },
    {
      name: "region",
      short: "r",
      value: "REGION",
      text: "The region whose records are read.",
      default: "for each stack the region of its AWS provider, otherwise AWS_REGION or the region of the profile",
    },
    formatOption(["text", "json"]),
    outputOption,
  ],
  sections: [
    { title: "STATES", terms: Object.entries(statusMeanings).map(([state, meaning]) => [state, `${meaning}.`]) },
    {
      title: "FORMATS",
      terms: [
        ["text", "A table for each region, and below it what its states mean."],
        [
          "json",
          "The same for programs: migrations, each with app, migration, region, stack, code, declared, reached, state, " +
            "lastModified and dependents, each with app, migration, needs, while, stack and before; null where there is nothing.",
        ],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Everything was read, whatever the states are."],
        ["2", "The command was called wrongly, or the folder or the account could not be read."],
      ],
    },
    {
      ...environmentSection,
      terms: [
        ["AWS_PROFILE", "The profile with the credentials, of aws configure or aws sso login."],
        ["AWS_REGION", "The region where neither --region nor the stack names one."],
        ["AWS_ENDPOINT_URL", "Another endpoint than that of AWS, for an emulator."],
        ...(environmentSection.terms ?? []),
      ],
    },
  ],
  examples: [
    ["Where does everything stand?", "cdktf synth && migration-patterns status"],
    [
      "What another team's app has reached, without its code:",
      "AWS_PROFILE=shop migration-patterns status --app shop --region eu-central-1",
    ],
    [
      "Wait in a pipeline until everything has been reached:",
      "until migration-patterns status --format json | jq -e 'all(.migrations[]; .state == \"reached\")'; do sleep 30; done",
    ],
  ],
};
