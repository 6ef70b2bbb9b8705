import { describe, expect, it } from "@jest/globals";
import { commandLineOf, stackCommand, typedCommand } from "../../../lib/plan/runbook/stack-command";

const place = { stack: "wave-1", planStack: "plan", region: "eu-central-1" };

describe("a command of a step, as it is typed", () => {
  it.each([
    // The CLI refuses a stack whose dependencies are not named too, however long they are deployed.
    ["cdktf deploy", "npx cdktf deploy wave-1 plan --ignore-missing-stack-dependencies"],
    ["npx cdktf deploy", "npx cdktf deploy wave-1 plan --ignore-missing-stack-dependencies"],
    ["cdktn deploy", "npx cdktf deploy wave-1 plan --ignore-missing-stack-dependencies"],
    ["cdktf destroy", "npx cdktf destroy wave-1 --ignore-missing-stack-dependencies"],
    ["cdktf diff", "npx cdktf diff wave-1"],
    ["cdktf synth && migration-patterns lock", "npx cdktf synth && npx migration-patterns lock"],
    [
      "(migration-patterns status; npx migration-patterns lock)",
      "(npx migration-patterns status; npx migration-patterns lock)",
    ],
    ["cat cdktf-migration-patterns deploy", "cat cdktf-migration-patterns deploy"],
    [
      "umask 077 && npx cdktf output --outputs-file device.json",
      "umask 077 && npx cdktf output wave-1 --outputs-file device.json",
    ],
    ["terraform -chdir=cdktf.out/stacks/<stack> plan", "terraform -chdir=cdktf.out/stacks/wave-1 plan"],
    ["ping <address of the tunnel's end>", "ping ADDRESS_OF_THE_TUNNEL_END"],
  ])("%s is %s", (command, typed) => {
    expect(stackCommand(command, place)).toBe(typed);
  });

  it("deploys the plan's stack once where it is the same, and not at all where there is none", () => {
    const alone = "npx cdktf deploy one --ignore-missing-stack-dependencies";
    expect(stackCommand("cdktf deploy", { stack: "one", planStack: "one" })).toBe(alone);
    expect(stackCommand("cdktf deploy", { stack: "one" })).toBe(alone);
  });

  it("quotes a stack that the shell would take for something else", () => {
    expect(stackCommand("cdktf deploy", { stack: "a;b", planStack: "plan" })).toBe(
      "npx cdktf deploy 'a;b' plan --ignore-missing-stack-dependencies",
    );
    expect(stackCommand("npx cdktf diff", { stack: "$&" })).toBe("npx cdktf diff '$&'");
    expect(stackCommand("terraform -chdir=<stack> plan", { stack: "$&" })).toBe("terraform -chdir='$&' plan");
  });

  it.each([
    ["aws ec2 describe-volumes --filters A", "aws ec2 describe-volumes --region eu-central-1 --filters A"],
    ["aws sts get-caller-identity", "aws sts get-caller-identity --region eu-central-1"],
    [
      'aws dms start-replication --arn "$(aws dms describe-replication-configs --output text)"',
      'aws dms start-replication --region eu-central-1 --arn "$(aws dms describe-replication-configs --region eu-central-1 --output text)"',
    ],
    [
      "for each in a b; do\n  aws ec2 delete-volume --volume-id $each\ndone",
      "for each in a b; do\n  aws ec2 delete-volume --region eu-central-1 --volume-id $each\ndone",
    ],
    // One that says its own region is left as it is, and so is what is no command of the AWS CLI.
    ["aws ec2 describe-volumes --region us-east-1", "aws ec2 describe-volumes --region us-east-1"],
    ["aws configure set region eu-west-1", "aws configure set region eu-west-1"],
    ["laws ec2 describe-volumes", "laws ec2 describe-volumes"],
  ])("%s says its region", (command, typed) => {
    expect(stackCommand(command, place)).toBe(typed);
    expect(stackCommand(command, { stack: "wave-1" })).toBe(command);
  });

  it("is of the command line that is installed", () => {
    expect(commandLineOf("cdktf")).toBe("cdktf");
    // CDK Terrain is installed under CDKTF's name.
    expect(commandLineOf("cdktn")).toBe("cdktn");
    expect(stackCommand("cdktf deploy", { stack: "one", commandLine: "cdktn" })).toBe(
      "npx cdktn deploy one --ignore-missing-stack-dependencies",
    );
    expect(typedCommand("cdktf deploy", "cdktn")).toBe("npx cdktn deploy");
    expect(typedCommand("cdktf deploy")).toBe("npx cdktf deploy");
  });
});
