import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { COMPOSITE_ALARM_LIMITS } from "../../../lib/aws/gathered-alarms";
import {
  alarmRule,
  stopDescription,
  stoppingAlarm,
  compositeAlarmGroups,
  type StoppingAlarm,
} from "../../../lib/plan/metrics/stop-rule";

function named(name: string): StoppingAlarm {
  return { name, reference: name, characters: name.length };
}

describe("the parts of the alarm that stops the migration", () => {
  it("keep every alarm once, in order, within the limits of a composite alarm", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,255}$/), { maxLength: 400 }), (names) => {
        const parts = compositeAlarmGroups(names.map(named));
        expect(parts.flat().map(({ reference }) => reference)).toEqual(names);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(COMPOSITE_ALARM_LIMITS.alarms);
          expect(alarmRule(part.map(({ reference }) => reference)).length).toBeLessThanOrEqual(
            COMPOSITE_ALARM_LIMITS.characters,
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it("are one where one is enough", () => {
    expect(compositeAlarmGroups(Array.from({ length: 100 }, (_, index) => named(`alarm-${index}`)))).toHaveLength(1);
    expect(compositeAlarmGroups(Array.from({ length: 101 }, (_, index) => named(`alarm-${index}`)))).toHaveLength(2);
  });

  it("count what a reference will be, not what it is", () => {
    expect(stoppingAlarm({ name: "web", arn: "${TfToken[TOKEN.0]}" }).characters).toBe(67);
    expect(stoppingAlarm({ name: "${TfToken[TOKEN.1]}", arn: "${TfToken[TOKEN.0]}" }).characters).toBe(319);
    expect(
      stoppingAlarm({ name: "web", arn: "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web" }).characters,
    ).toBe(54);
  });
});

describe("the description of the alarm that stops the migration", () => {
  it("ends where all alarms are in the region", () => {
    expect(stopDescription({ dashboardName: "shop", elsewhere: [] })).toMatch(
      /as the owner of the rollback decides\.$/,
    );
  });

  it("counts the alarms elsewhere that there is no room to name", () => {
    const elsewhere = Array.from({ length: 60 }, (_, index) => `health-of-application-${index} (us-east-1)`);
    const description = stopDescription({ dashboardName: "shop", elsewhere });
    expect(description.length).toBeLessThanOrEqual(1024);
    const [, missing] = /and (\d+) more on the dashboard\.$/.exec(description)!;
    expect(description.match(/\(us-east-1\)/g)).toHaveLength(60 - Number(missing));
  });

  it("never exceeds what CloudWatch takes, whatever the names", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,600}$/), { maxLength: 40 }), (elsewhere) => {
        expect(stopDescription({ dashboardName: "d".repeat(100), elsewhere }).length).toBeLessThanOrEqual(1024);
      }),
    );
  });
});
