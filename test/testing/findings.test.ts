import { describe, expect, it } from "@jest/globals";
import { defineRule } from "cdktf-migration-patterns/core";
import type { Inventory } from "cdktf-migration-patterns/inventory";
import {
  assertBlockedBy,
  assertFinding,
  assertNoFinding,
  assessmentOf,
  findingsOf,
  inventoryOf,
  server,
} from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import { rawDeviceMapping } from "../../lib/assessment/rules/storage-rules";
import { messageOf } from "../support/message-of";
import { thrown } from "../support/thrown";
import { partRule, toyApp, ToyPart } from "./app";

const namedByUs = defineRule<Inventory>({
  id: "acme-server-name",
  title: "A server's name does not follow our convention",
  severity: "warning",
  why: "monitoring and backup find servers by their names",
  remedy: "rename it before the move",
  *check({ servers }) {
    for (const { name } of servers) {
      if (!/^[a-z]+-\d{2}$/.test(name)) {
        yield {
          subject: name,
          message: `${name} is not of the form web-01`,
          location: { file: "estate.yaml", line: 3 },
        };
      }
    }
  },
});
const mapped = (name: string) =>
  server(name, { disks: [{ name: "Hard disk 1", capacityMiB: 1024, kind: "raw-device-mapping" }] });
const waived = () =>
  assessmentOf([mapped("db-01")], {
    waivers: [
      { rule: "raw-device-mapping", reason: "the agent replicates it", approvedBy: "A. Owner", expires: "2026-12-31" },
    ],
  });
describe("toHaveFinding", () => {
  const found = namedByUs(inventoryOf(["WEB1", "web-01"]));

  it("finds by the rule itself, and by each condition", () => {
    expect(found).toHaveFinding(namedByUs);
    expect(found).toHaveFinding("acme-server-name", { subject: "WEB1" });
    expect(found).toHaveFinding(namedByUs, {
      subject: /^web/i,
      severity: "warning",
      message: "of the form",
      at: "estate.yaml:3",
    });
    expect(found).toHaveFinding({ message: /form web-\d/g });
    expect(found).toHaveFinding();
    expect(findingsOf(found)).toEqual(found);
  });

  it.each([
    [{ subject: "web-01" }, "its subject is WEB1"],
    [{ subject: "WEB" }, "its subject is WEB1"],
    [{ severity: "blocker" as const }, "it is of severity warning"],
    [{ message: "of another form" }, "its message is another"],
    [{ at: "estate.yaml:4" }, "it is at estate.yaml:3"],
    [{ waived: true }, "it is not waived"],
  ])("finds nothing with %j, and says that %s", (conditions, differs) => {
    expect(found).not.toHaveFinding(namedByUs, conditions);
    const message = messageOf(() => {
      expect(found).toHaveFinding(namedByUs, conditions);
    });
    expect(message).toContain("expected that the list has ");
    expect(message).toContain(`Near, but ${differs}:\n  warning acme-server-name on WEB1`);
    expect(message).toContain("at:     estate.yaml:3");
    expect(message).toContain("remedy: rename it before the move");
  });

  it("shows the findings that should not be there", () => {
    const message = messageOf(() => {
      expect(found).not.toHaveFinding({ severity: "warning" });
    });
    expect(message).toMatch(
      /^expected that the list has not a warning, but it has one\n\n {2}warning acme-server-name on WEB1/,
    );
  });

  it("names the rules that found something where nothing comes near", () => {
    const message = messageOf(() => {
      expect(found).toHaveFinding("disk-too-large", { subject: "db-01" });
    });
    expect(message).toContain("disk-too-large is about this: A disk exceeds the limit of its EBS volume type");
    expect(message).toContain("It has findings of other rules: acme-server-name (1)");
    expect(
      messageOf(() => {
        expect([]).toHaveFinding();
      }),
    ).toMatch(/There are no findings at all\.$/);
  });

  it("shows a few of many that are near, and counts the others", () => {
    const many = namedByUs(inventoryOf(Array.from({ length: 30 }, (_unused, index) => `WEB${index}`)));
    const message = messageOf(() => {
      expect(many).toHaveFinding(namedByUs, { subject: "web-01" });
    });
    expect(message.match(/Near, but/g)).toHaveLength(5);
    expect(message).toContain("and 25 more that are as near");
    expect(
      messageOf(() => {
        expect(many).not.toHaveFinding();
      }),
    ).toContain("and 10 more: acme-server-name (10)");
  });

  it("finds what is waived only where it is asked for", () => {
    expect(waived()).not.toHaveFinding("raw-device-mapping");
    expect(waived()).toHaveFinding(rawDeviceMapping, { waived: true });
    expect(
      messageOf(() => {
        expect(waived()).toHaveFinding(rawDeviceMapping);
      }),
    ).toContain("Near, but it is waived by A. Owner until 2026-12-31");
  });

  it("asks a migration, its part and their app", () => {
    const { app, stack, migration } = toyApp();
    const part = new ToyPart(stack, "part", migration);
    for (const subject of [app, stack, migration, part])
      expect(subject).toHaveFinding(partRule, { subject: "wave-1/part" });
  });

  it("asks an inventory what its readers have found", () => {
    const finding = { rule: "acme", severity: "info", subject: "a", message: "b", why: "c", remedy: "d" } as const;
    expect(inventoryOf(["web-01"], { findings: [finding] })).toHaveFinding("acme");
  });
});

describe("toBeBlockedBy", () => {
  it("holds of a blocker that nobody has waived", () => {
    expect(assessmentOf([mapped("db-01")])).toBeBlockedBy(rawDeviceMapping, { subject: "db-01" });
    expect(waived()).not.toBeBlockedBy(rawDeviceMapping);
    expect(namedByUs(inventoryOf(["WEB1"]))).not.toBeBlockedBy(namedByUs);
    expect(
      messageOf(() => {
        expect(waived()).toBeBlockedBy(rawDeviceMapping);
      }),
    ).toContain("it is waived by A. Owner");
  });
});

describe("an expectation that proves nothing", () => {
  it("is refused where no rule has this name", () => {
    const error = thrown(() => {
      expect(assessmentOf()).not.toHaveFinding("raw-device-maping");
    });
    expect(error).toMatchObject({ code: "TESTING_RULE_UNKNOWN", received: "raw-device-maping" });
    expect(error.fix).toMatch(/^write raw-device-mapping; /);
    expect(
      thrown(() => {
        expect([]).not.toHaveFinding("qqqq");
      }).fix,
    ).toMatch(/^look it up in docs\/rules\.md/);
  });

  it("is refused where the rule has not looked at the subject", () => {
    const error = thrown(() => {
      expect(assessmentOf()).not.toHaveFinding("fleet-address");
    });
    expect(error).toMatchObject({ code: "TESTING_RULE_NOT_RUN", received: "fleet-address" });
    expect(toyApp().app).not.toHaveFinding("fleet-address");
  });

  it("is refused where a condition does not exist", () => {
    const conditions = { subjet: "db-01" } as object;
    const error = thrown(() => {
      expect([]).not.toHaveFinding("raw-device-mapping", conditions);
    });
    expect(error).toMatchObject({ code: "TESTING_FINDING_QUERY", received: conditions });
    expect(
      thrown(() => {
        expect([]).toHaveFinding({ subject: 1 as never });
      }),
    ).toMatchObject({
      path: "subject",
      fix: "Expected a text or a regular expression",
    });
  });
});

describe("the assertions", () => {
  it("say the same", () => {
    const blocked = assessmentOf([mapped("db-01")]);
    assertBlockedBy(blocked, "raw-device-mapping", { subject: "db-01" });
    assertFinding(blocked, { severity: "blocker" });
    assertNoFinding(blocked, "disk-too-large");
    expect(
      messageOf(() => {
        assertNoFinding(blocked);
      }),
    ).toContain("blocker raw-device-mapping on db-01");
    expect(
      messageOf(() => {
        assertFinding(assessmentOf());
      }),
    ).toContain("There are no findings at all.");
    expect(
      messageOf(() => {
        assertBlockedBy(assessmentOf(), "raw-device-mapping");
      }),
    ).toContain("but it has none");
  });
});
