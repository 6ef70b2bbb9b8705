import { describe, expect, it } from "@jest/globals";
import { stackCommand } from "../../../lib/plan/runbook/stack-command";

describe("a command of a step, as it is typed", () => {
  it.each([
    // The CLI refuses a stack whose dependencies are not named too, however long they are deployed.
    ["cdktf deploy", "cdktf deploy wave-1 plan --ignore-missing-stack-dependencies"],
    ["npx cdktf deploy", "cdktf deploy wave-1 plan --ignore-missing-stack-dependencies"],
    ["cdktf destroy", "cdktf destroy wave-1 --ignore-missing-stack-dependencies"],
    ["cdktf diff", "cdktf diff wave-1"],
    [
      "umask 077 && npx cdktf output --outputs-file device.json",
      "umask 077 && npx cdktf output wave-1 --outputs-file device.json",
    ],
    ["terraform -chdir=cdktf.out/stacks/<stack> plan", "terraform -chdir=cdktf.out/stacks/wave-1 plan"],
    ["ping <address of the tunnel's end>", "ping ADDRESS_OF_THE_TUNNEL_END"],
    ["aws sts get-caller-identity", "aws sts get-caller-identity"],
  ])("%s is %s", (command, typed) => {
    expect(stackCommand(command, "wave-1", "plan")).toBe(typed);
  });

  it("deploys the plan's stack once where it is the same, and not at all where there is none", () => {
    expect(stackCommand("cdktf deploy", "one", "one")).toBe("cdktf deploy one --ignore-missing-stack-dependencies");
    expect(stackCommand("cdktf deploy", "one")).toBe("cdktf deploy one --ignore-missing-stack-dependencies");
  });

  it("quotes a stack that the shell would take for something else", () => {
    expect(stackCommand("cdktf deploy", "a;b", "plan")).toBe(
      "cdktf deploy 'a;b' plan --ignore-missing-stack-dependencies",
    );
    expect(stackCommand("npx cdktf diff", "$&")).toBe("npx cdktf diff '$&'");
    expect(stackCommand("terraform -chdir=<stack> plan", "$&")).toBe("terraform -chdir='$&' plan");
  });
});
