import { describe, expect, it } from "@jest/globals";
import { shellWord } from "../../../lib/core/shell";
import { alarmCommands, historyCommand } from "../../../lib/plan/runbook/alarm-command";

describe("alarmCommands", () => {
  it("asks for a hundred alarms in a call, of both types", () => {
    const names = Array.from({ length: 201 }, (_none, index) => ({ name: `alarm-${index}` }));
    const commands = alarmCommands(names);
    expect(commands.map((command) => command.split("--alarm-names ")[1]?.split(" ").length)).toEqual([100, 100, 1]);
    expect(commands[0]).toMatch(/^aws cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm \\\n/);
    expect(alarmCommands([])).toEqual([]);
  });

  it("asks each region for its own alarms, and for each once", () => {
    const alarms = [{ name: "site", region: "us-east-1" }, { name: "order" }, { name: "site", region: "us-east-1" }];
    const commands = alarmCommands(alarms).map((command) => command.replace(/ \\\n\s*/g, " "));
    expect(commands).toEqual([
      expect.stringMatching(/^aws cloudwatch describe-alarms --alarm-types .* --alarm-names order$/),
      expect.stringMatching(/^aws cloudwatch describe-alarms --region us-east-1 .* --alarm-names site$/),
    ]);
    expect(historyCommand(alarms)).toMatch(
      /for alarm in site; do\n {2}aws cloudwatch describe-alarm-history --region us-east-1 /,
    );
  });

  it("lets no name be anything but a word", () => {
    expect(shellWord("wave-1/web:p95")).toBe("wave-1/web:p95");
    expect(shellWord("it's $(rm -rf ~) `x`")).toBe("'it'\\''s $(rm -rf ~) `x`'");
    expect(shellWord("")).toBe("''");
    expect(historyCommand([{ name: "a b" }])).toMatch(/^for alarm in 'a b'; do\n/);
  });
});
