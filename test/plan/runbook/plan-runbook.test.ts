import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { phases as phaseNames, type Phase } from "../../../lib/core/phase";
import { windowMinutes, type RunbookStep } from "../../../lib/core/runbook-step";
import type { Stage } from "../../../lib/core/stage";
import type { TrafficShare } from "../../../lib/core/traffic-share";
import type { PlanDocument, PlannedMigration, PlannedNeed, PlannedWave } from "../../../lib/plan/plan-document";
import { planRunbook, WITHOUT_WAVE } from "../../../lib/plan/runbook/plan-runbook";
import { planRunbookJson, planRunbookMarkdown } from "../../../lib/plan/runbook/plan-runbook-markdown";
import type { PlanRunbook, RunbookWave, WaveWork } from "../../../lib/plan/runbook/plan-runbook-model";
import { workParts, workPartsOf } from "../../../lib/plan/runbook/wave-work";
import { thrown } from "../../support/thrown";
import { planDocument, step } from "./fixture";

const document = planDocument();
const runbook = planRunbook(document);
const [foundation, wave1, wave2] = runbook.waves as [RunbookWave, RunbookWave, RunbookWave];

describe("planRunbook", () => {
  it("has the waves of the plan, the foundation first", () => {
    expect(runbook.waves.map(({ name }) => name)).toEqual(["foundation", "wave-1", "wave-2"]);
  });

  it("prepares before the window, cuts over in it, rolls out by daylight, and gives the source up afterwards", () => {
    const entered = (work: WaveWork): unknown[] => work.forward.map(({ migration, to }) => `${migration} ${to ?? ""}`);
    expect(entered(wave2.preparation)).toEqual([
      "wave-2/servers replicate",
      "wave-2/servers test",
      "routing/shop aws-0",
    ]);
    expect(entered(wave2.cutover)).toEqual(["wave-2/servers cutover"]);
    expect(entered(wave2.rollout)).toEqual(["routing/shop aws-10", "routing/shop aws-100"]);
    expect(entered(wave2.afterwards)).toEqual(["wave-2/servers finalized"]);
  });

  it("leaves what is behind the declared stage out of the clock, and keeps its names", () => {
    expect(foundation.preparation.done.map(({ to }) => to)).toEqual(["connect"]);
    expect(foundation.preparation.forward[0]).toMatchObject({ to: "verify", startsAt: 0, declared: true });
    expect(foundation.preparation.forward[0]?.steps[0]?.id).toBe("P5");
  });

  it("goes back the other way round", () => {
    const ways = ({ back }: WaveWork): unknown[] => back.map(({ migration, from, to }) => [migration, from, to]);
    expect(ways(wave2.rollout)).toEqual([
      ["routing/shop", "aws-100", "aws-10"],
      ["routing/shop", "aws-10", "aws-0"],
    ]);
    expect(ways(wave2.cutover)).toEqual([["wave-2/servers", "cutover", "test"]]);
    expect(wave2.rollout.back[0]?.steps[0]?.id).toBe("RS1");
    expect(wave2.cutover.back.flatMap(({ steps }) => steps.map(({ id }) => id)).slice(0, 2)).toEqual(["RC1", "RC2"]);
  });

  it("counts from the window's end how late it may be decided to go back", () => {
    const back = wave1.cutover.back.reduce((sum, { minutes }) => sum + minutes, 0);
    expect(wave1.decisions).toEqual([
      {
        migration: "wave-1/servers",
        stage: "cutover",
        reachedAt: wave1.cutover.minutes,
        backMinutes: back,
        decideBy: 360 - back,
        beginBy: 360 - back - wave1.cutover.minutes,
      },
    ]);
    expect(wave2.decisions.map(({ backMinutes }) => backMinutes)).toEqual([195]);
  });

  it("has no latest time where there is no window, and no way back after what is irreversible", () => {
    expect(foundation.decisions[0]).not.toHaveProperty("decideBy");
    const irreversible: Stage = {
      name: "switched",
      phase: "serve",
      summary: "",
      trafficShare: 1,
      enter: [step("switch", 10)],
      reverse: { irreversible: "restore" },
    };
    const [wave] = planRunbook(withStages([irreversible])).waves;
    expect(wave?.decisions).toEqual([{ migration: "only/one", stage: "switched", reachedAt: 10 }]);
    expect(wave?.gates[1]?.questions[0]?.now).toBe(
      "there is no way back by steps from here: agree on an alternative before you begin",
    );
  });

  it("gives the bare CDKTF command its stack, and angle brackets to no shell", () => {
    const commands = foundation.preparation.forward.flatMap(({ steps }) => steps.map(({ command }) => command));
    expect(commands).toContain("npx cdktf deploy network --ignore-missing-stack-dependencies");
    expect(commands).toContain("ping -c 5 -M do -s 1372 ADDRESS_ON_THE_OTHER_SIDE");
    expect(commands.join("\n")).not.toMatch(/[<>]/);
  });

  it("asks at the gates what the plan knows, and where to look", () => {
    expect(wave2.gates.map(({ id }) => id)).toEqual(["start", "keep", "advance", "finalize"]);
    const [start, keep, advance, finalize] = wave2.gates;
    const now = start?.questions.map((question) => question.now ?? "").join("\n");
    expect(now).toContain("network/vpn is only in stage verify, and wave-2/servers needs live before cutover");
    expect(now).toContain("the announcement of 2026-11-28 to booking team, service desk and customers");
    expect(now).toContain("no: forward 3:15, back 3:15, window 6:00: 0:30 too long");
    expect(keep?.questions[0]?.now).toBe("decide by T+2:45 at the latest; going back takes 3:15");
    expect(keep?.questions[1]?.command).toContain("wave-2-booking-answers wave-2-booking-journey shop-p95");
    expect(advance?.questions.map(({ ask }) => ask)).toEqual([
      "Which step is next?",
      "Is every alarm OK, larkspur-stop-the-migration among them?",
      "Has none of the rollback triggers occurred?",
    ]);
    expect(advance?.questions[1]?.command).toContain("shop-p95 larkspur-stop-the-migration");
    expect(finalize?.questions[0]?.command).toContain("describe-alarm-history");
    expect(finalize?.questions.map((question) => question.now ?? "").join()).toContain("kept until 2027-01-04");
  });

  it("asks for an alarm of which no command can show the state, because only Terraform knows its name", () => {
    const migrations = document.migrations.map((migration) => ({
      ...migration,
      verifications: [{ kind: "health-check", name: "it answers", unnamedAlarm: true, notifies: true } as const],
    }));
    const asked = planRunbook({ ...document, migrations }).waves[2]?.gates[1]?.questions ?? [];
    const question = asked.find(({ ask }) => ask === "Is every alarm OK of which only Terraform knows the name?");
    expect(question?.now).toContain("it answers (health-check, wave-2/servers)");
    expect(asked.map(({ ask }) => ask).join()).not.toContain("checked by hand");
  });

  it("says at the first gate what blocks the plan", () => {
    const blocked = planRunbook(
      planDocument({
        verdict: "blocked",
        findings: [
          { rule: "big-bang", severity: "blocker", subject: "wave-1", message: "all at once", why: "", remedy: "" },
        ],
      }),
    );
    expect(blocked.blockers).toEqual(["big-bang on wave-1: all at once"]);
    expect(blocked.waves[1]?.gates[0]?.questions[0]?.now).toBe(
      "no: 1 blocker on 2026-11-22, the first is big-bang on wave-1: all at once",
    );
  });

  it("schedules the messages from the wave's day, for those who are to be told", () => {
    expect(wave2.messages.map(({ event, day, to }) => [event, day, to.length])).toEqual([
      ["announcement", "2026-11-28", 3],
      ["reminder", "2026-12-04", 2],
      ["go-no-go", "2026-12-05", 2],
      ["start", "2026-12-05", 3],
      ["completion", "2026-12-05", 3],
      ["rollback", "2026-12-05", 3],
    ]);
    expect(wave1.messages[0]).toMatchObject({ day: "2026-11-21", late: true, sender: "migration lead" });
    expect(wave2.messages.at(-1)?.text).toBe(
      "wave-2 goes back because TRIGGER was seen at TIME: booking-app01, booking-app02 and booking-db01 may be unavailable, and what relies on Multi-cloud routing (routing/shop) may be interrupted, for up to 3 hours and 15 minutes. The next message comes at TIME.",
    );
  });

  it("tells of what moves, and of what only changes, in sentences of their own", () => {
    const text = ({ messages }: RunbookWave, wanted: string): string =>
      messages.find(({ event }) => event === wanted)?.text ?? "";
    expect(text(wave1, "announcement")).toBe(
      "On 2026-11-28, 20:00 Europe/Berlin, wave-1 is cut over: intranet-web01 and wiki01 may be unavailable for up to 6 hours. Tell us at once if that day cannot be.",
    );
    expect(text(foundation, "announcement")).toBe(
      "On DAY, foundation is carried out, which moves no server: what relies on Hybrid cloud (network/vpn) may be interrupted during the change. Tell us at once if that day cannot be.",
    );
    expect(text(foundation, "start")).toBe(
      "The change window of foundation began at TIME: what relies on Hybrid cloud (network/vpn) may be interrupted. The next message says how it went.",
    );
    expect(text(foundation, "completion")).toBe(
      "foundation is done: since TIME, Hybrid cloud (network/vpn) is in effect. Report anything unusual to CONTACT.",
    );
    expect(text(wave2, "completion")).toBe(
      "wave-2 is done: since TIME, booking-app01, booking-app02 and booking-db01 run at the new place, and Multi-cloud routing (routing/shop) is in effect. Report anything unusual to CONTACT.",
    );
  });

  it("says of one server that it runs, and of the rest of the plan what moves in it", () => {
    const waves = document.waves.filter(({ name }) => name !== "wave-1");
    const migrations = document.migrations.map((each) =>
      each.path === "wave-1/servers" ? { ...each, moves: ["wiki01"] } : each,
    );
    const rest = planRunbook(planDocument({ waves, migrations })).waves.at(-1);
    expect(rest?.messages.find(({ event }) => event === "completion")?.text).toBe(
      "the rest of the plan is done: since TIME, wiki01 runs at the new place. Report anything unusual to CONTACT.",
    );
  });

  it("has for every stage of every migration a row to decide by", () => {
    expect(wave2.rollback.map(({ stage, steps }) => [stage, ...(steps ?? [])])).toEqual([
      ["replicate", "RP3", "RP7"],
      ["test", "RP2", "RP2"],
      ["cutover", "RC1", "RC6"],
      ["finalized"],
      ["aws-0", "RP1", "RP1"],
      ["aws-10", "RS5", "RS8"],
      ["aws-100", "RS1", "RS4"],
    ]);
    expect(wave2.rollback[2]).toMatchObject({
      sourceKeptUntil: "2027-01-04",
      decides: "migration lead",
      withinHours: 8,
    });
    expect(wave2.rollback[2]?.lost).toContain("booking");
    expect(wave2.rollback[0]?.lost).toBe("no production data: the target carries no production traffic");
  });

  it("says how long each role is needed", () => {
    expect(wave2.roles.find(({ role }) => role === "database administrator")).toEqual({
      role: "database administrator",
      preparation: 30,
      cutover: 45,
      rollout: 0,
      afterwards: 0,
      back: 60,
    });
  });

  it("ticks off, in order, the messages, the gates, the steps and the latest times", () => {
    const kinds = wave1.checklist.map(({ kind, step: id }) => id ?? kind);
    const steps = wave1.cutover.forward.flatMap((each) => each.steps.map(({ id }) => id));
    expect(kinds).toEqual([
      ...["message", "message", "gate", "message", "message", "deadline"],
      ...steps,
      ...["deadline", "gate", "message"],
    ]);
  });

  it("names what moves in the wave and no migration moves yet", () => {
    const waves = document.waves.map((wave) => ({ ...wave, moves: [...wave.moves, "forgotten"] }));
    expect(planRunbook(planDocument({ waves })).waves[1]?.unmoved).toEqual(["forgotten"]);
    expect(wave2.unmoved).toEqual([]);
  });

  it("keeps migrations that are in no wave, after the others", () => {
    const waves = document.waves.filter(({ name }) => name !== "wave-2");
    const last = planRunbook(planDocument({ waves })).waves.at(-1);
    expect(last?.name).toBe(WITHOUT_WAVE);
    expect(last?.migrations.map(({ path }) => path)).toEqual(["wave-2/servers", "routing/shop"]);
  });

  it("refuses a wave with a migration that the plan does not have, and a migration in two waves", () => {
    expect(thrown(() => planRunbook(planDocument({ migrations: [] }))).code).toBe("RUNBOOK_MIGRATION");
    const twice = document.waves.map((wave) => ({ ...wave, migrations: ["network/vpn"] }));
    expect(thrown(() => planRunbook(planDocument({ waves: twice }))).code).toBe("RUNBOOK_MIGRATION");
  });
});

describe("workPartsOf", () => {
  const stages = (...of: readonly (readonly [Phase, boolean?])[]): Stage[] =>
    of.map(([phase, window], index) => ({
      name: String(index),
      phase,
      summary: "",
      enter: [],
      reverse: [],
      ...(window === undefined ? {} : { window }),
    }));

  it("enters the first serving stage in a window, and rolls out the others", () => {
    expect(workPartsOf(stages(["prepare"], ["try"], ["serve"], ["serve"], ["final"]))).toEqual([
      ...["preparation", "preparation", "cutover", "rollout", "afterwards"],
    ]);
  });

  it("needs none where the stages say so", () => {
    expect(workPartsOf(stages(["prepare"], ["serve", false], ["serve", false]))).toEqual([
      ...["preparation", "rollout", "rollout"],
    ]);
    expect(workPartsOf(stages(["try"], ["try"], ["final"]))).toEqual(["preparation", "preparation", "afterwards"]);
  });

  it("keeps the order of the stages: what lies before a window is done beforehand, what lies between two in it", () => {
    expect(workPartsOf(stages(["serve", false], ["serve", true], ["serve"], ["serve", true]))).toEqual([
      ...["preparation", "cutover", "cutover", "cutover"],
    ]);
    expect(workPartsOf(stages(["prepare", true], ["try"], ["serve", false]))).toEqual([
      ...["cutover", "rollout", "rollout"],
    ]);
  });

  it("leaves what gives the way back up for afterwards, in a window of its own", () => {
    expect(workPartsOf(stages(["serve"], ["final", true]))).toEqual(["cutover", "afterwards"]);
  });
});

describe("a rollout of the catalog", () => {
  const BAKE = 2400;
  const steps = (share: number): RunbookStep[] => [
    step(`Declare the stage ${share}-percent and deploy`, 10),
    step("Watch the rollback triggers", 30),
    step("Let it bake", BAKE, { waits: true }),
  ];
  const rollout = [0, 10, 50, 100].map((share): Stage => ({
    name: `${share}-percent`,
    phase: share === 0 ? "prepare" : "serve",
    summary: "",
    window: false,
    trafficShare: share / 100,
    enter: steps(share),
    reverse: steps(share),
  }));
  const { waves } = planRunbook(withStages(rollout, {}, { window: undefined }));
  const [wave] = waves as [RunbookWave];

  it("was one window of more than 7,000 minutes, and is none", () => {
    expect(wave.cutover).toMatchObject({ forward: [], back: [], minutes: 0, windowMinutes: 0 });
    expect(wave.rollout).toMatchObject({ minutes: 3 * (40 + BAKE), workMinutes: 120 });
    expect(wave.decisions).toEqual([]);
    expect(wave.checklist).toEqual([]);
  });

  it("has its first stage alone in the window where nothing says that it needs none", () => {
    const [first] = planRunbook(withStages(rollout.map(({ window: _none, ...stage }) => stage))).waves;
    expect(first?.cutover.forward.map(({ to }) => to)).toEqual(["10-percent"]);
    expect(first?.cutover).toMatchObject({ minutes: 40 + BAKE, windowMinutes: 40 });
    expect(first?.decisions).toMatchObject([{ reachedAt: 40, backMinutes: 40, decideBy: 200, beginBy: 160 }]);
    expect(first?.gates.map(({ id }) => id)).toEqual(["start", "keep", "advance"]);
  });

  it("has one gate for all steps, which asks what the gate of a window would have asked", () => {
    expect(wave.gates.map(({ id }) => id)).toEqual(["advance"]);
    expect(wave.gates[0]).toMatchObject({ title: "Continue the rollout?" });
    const asked = wave.gates[0]?.questions.map(({ ask }) => ask).join(" ");
    expect(asked).toContain("does nothing block the plan?");
    expect(asked).toContain("Which step is next?");
    expect(asked).toContain("Is every alarm OK");
  });

  it("tells people of steps by daylight, and of no window", () => {
    const texts = wave.messages.map(({ text, when }) => `${when}: ${text}`).join(" ");
    expect(texts).toContain("begins to be rolled out in steps, over days and by daylight");
    expect(texts).toContain("when the first step is begun: The rollout of wave-1 began at TIME");
    expect(texts).not.toMatch(/window/);
  });

  it("is written down as steps of its own, with work apart from waiting", () => {
    const text = planRunbookMarkdown(planRunbook(withStages(rollout, {}, { window: undefined })));
    expect(text).toContain("- Window: **none is needed**");
    expect(text).toContain(
      "## Wave-1: rollout\n\n2:00 of work and 120:00 of waiting, over days, without a change window.",
    );
    expect(text).toContain("**S3** · T+0:40 · **platform engineer** · waiting 40:00");
    expect(text).toContain("### Wave-1: go or no-go before each step of the rollout");
    expect(text).not.toContain("Wave-1: cut-over");
  });

  it("does not say that no window is needed where something moves that no migration moves yet", () => {
    const unmoved = withStages(rollout, {}, { window: undefined, moves: ["forgotten"] });
    expect(planRunbookMarkdown(planRunbook(unmoved))).toContain("- Window: **not set**");
  });

  it("asks nobody's time for what is only waited for", () => {
    expect(wave.roles).toEqual([
      { role: "platform engineer", preparation: 40, cutover: 0, rollout: 120, afterwards: 0, back: 120 },
    ]);
  });
});

describe("the dependencies of a wave", () => {
  const asked = (stage: string, need: Partial<PlannedNeed> = {}) => {
    const migrations = document.migrations.map((each) =>
      each.path === "network/vpn"
        ? { ...each, stage }
        : { ...each, dependsOn: each.dependsOn.map((one) => ({ ...one, ...need })) },
    );
    return planRunbook(planDocument({ migrations })).waves[1]?.gates[0]?.questions.find(({ ask }) =>
      ask.startsWith("Do all migrations that this wave depends on"),
    );
  };

  it("is there where the other has declared what is needed, and not there where it has not", () => {
    expect(asked("live")?.now).toBe("network/vpn is in stage live");
    expect(asked("verify")?.now).toBe(
      "network/vpn is only in stage verify, and wave-1/servers needs live before cutover",
    );
  });

  it("is asked of the account where the other is of another app", () => {
    const question = asked("live", { migration: "/migration/network/office" });
    expect(question?.now).toBe(
      "/migration/network/office is not in this plan, and wave-1/servers needs live before cutover",
    );
    expect(question?.command).toBe("npx migration-patterns status --app network");
  });
});

describe("what is typed and changed", () => {
  const placed = planDocument({
    region: "eu-west-1",
    migrations: document.migrations.map((each) => ({
      ...each,
      region: "eu-central-1",
      sourceFile: `stacks/${each.pattern}.ts`,
    })),
  });
  const made = planRunbook(placed);

  it("says the region in every call of the AWS CLI", () => {
    const gates = made.waves.flatMap((each) => each.gates).flatMap(({ questions }) => questions);
    const steps = made.waves
      .flatMap(({ preparation, cutover, rollout, afterwards }) => [preparation, cutover, rollout, afterwards])
      .flatMap(({ done, forward, back }) => [...done, ...forward, ...back])
      .flatMap((transition) => transition.steps);
    const calls = [...gates, ...steps].flatMap(({ command = "" }) => command.match(/\baws [a-z-]+ [a-z-]+.*/g) ?? []);
    expect(calls.length).toBeGreaterThan(20);
    expect(calls.filter((call) => !/ --region eu-(?:central|west)-1/.test(call))).toEqual([]);
    // The stop alarm is the plan's own, in its region.
    const [start] = made.waves[1]?.gates ?? [];
    const alarms = start?.questions.find(({ ask }) => ask.startsWith("Is every alarm OK"))?.command;
    expect(alarms).toMatch(
      /--region eu-central-1 [^]*wave-1-wiki-answers[^]*--region eu-west-1 [^]*stop-the-migration/,
    );
  });

  it("names the file of the construct whose stage is changed, until it is declared", () => {
    const text = planRunbookMarkdown(made);
    expect(text).toContain(
      "Declare the stage cutover and deploy.\nIn the code, the `stage` of `wave-1/servers` becomes `cutover`: its construct is in `stacks/lift-and-shift.ts`.\n",
    );
    expect(text).toContain(
      "Declare the stage test and deploy.\nIn the code, the `stage` of `wave-1/servers` becomes `test`: its construct is in `stacks/lift-and-shift.ts`.\n",
    );
    expect(text).not.toContain(
      "the `stage` of `wave-1/servers` becomes `replicate`: its construct is in `stacks/lift-and-shift.ts`.\n\n```sh\nnpx cdktf deploy wave-1 --ignore-missing-stack-dependencies\n```\n\nSeen: every server",
    );
    expect(planRunbookMarkdown(planRunbook(planDocument()))).toContain(
      "In the code, the `stage` of `wave-1/servers` becomes `cutover`.\n",
    );
  });

  it("has nothing to copy that an escape stands in", () => {
    const communications = {
      stakeholders: [{ name: "Operations", role: "on call", channel: "on-call@example.com or #ops_night" }],
      alarmsNotify: true,
    };
    const text = planRunbookMarkdown(planRunbook(planDocument({ communications })));
    expect(text).toContain("- [ ] Operations (on call): `on-call@example.com` or `#ops_night`");
    expect(text).toContain("`INSUFFICIENT_DATA` counts as no");
    expect(text.split("\n").filter((line) => /\\_|<!--/.test(line))).toEqual([]);
  });
});

/** A plan of one wave and one migration with those stages. */
function withStages(
  stages: readonly Stage[],
  over: Partial<PlannedMigration> = {},
  wave: Partial<PlannedWave> = {},
): PlanDocument {
  const [first] = document.migrations;
  if (first === undefined) throw new Error("the fixture has migrations");
  const migration = { ...first, dependsOn: [], stage: stages[0]?.name ?? "", ...over, path: "only/one", stages };
  return planDocument({
    migrations: [migration],
    waves: [
      {
        name: "wave-1",
        number: 1,
        day: "2026-12-05",
        window: { minutes: 240 },
        migrations: ["only/one"],
        moves: [],
        groups: [],
        estateShare: 1,
        ...wave,
      },
    ],
  });
}

const anyStep = fc.record({
  title: fc.string({ minLength: 1 }),
  owner: fc.string({ minLength: 1 }),
  command: fc.string(),
  expect: fc.string({ minLength: 1 }),
  minutes: fc.integer({ min: 0, max: 1440 }),
  waits: fc.boolean(),
});
const anyStages: fc.Arbitrary<Stage[]> = fc
  .array(
    fc.record({
      summary: fc.string(),
      enter: fc.array(anyStep, { maxLength: 4 }),
      reverse: fc.oneof(
        { weight: 4, arbitrary: fc.array(anyStep, { maxLength: 3 }) },
        { weight: 1, arbitrary: fc.record({ irreversible: fc.string({ minLength: 1 }) }) },
      ),
      trafficShare: fc.constantFrom<TrafficShare>(0, 0.1, 0.5, 1, { from: 0, to: 0.5, controlledBy: "x" }),
      phase: fc.constantFrom(...phaseNames),
      window: fc.constantFrom(undefined, true, false),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((stages) =>
    // The phases in their order, as every pattern has them.
    [...stages]
      .sort((a, b) => phaseNames.indexOf(a.phase) - phaseNames.indexOf(b.phase))
      .map(({ window, ...stage }, index) => ({
        ...stage,
        ...(window === undefined ? {} : { window }),
        name: `stage-${index}`,
      })),
  );
const anyPlan = fc
  .tuple(anyStages, fc.nat({ max: 5 }))
  .map(([stages, at]) => withStages(stages, { stage: stages[at % stages.length]?.name ?? "" }));

const partsOf = (wave: RunbookWave): WaveWork[] => workParts.map((part) => wave[part]);
const titles = (steps: readonly RunbookStep[]): string[] => steps.map(({ title }) => title).sort();

describe("any plan's runbook", () => {
  it("has every step of every stage once forward, and its reverse once", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const stages = plan.migrations[0]?.stages ?? [];
        const own = planRunbook(plan).waves.flatMap(partsOf);
        const forward = own.flatMap(({ done, forward: left }) => [...done, ...left]);
        expect(titles(forward.flatMap(({ steps }) => steps))).toEqual(titles(stages.flatMap(({ enter }) => enter)));
        expect(forward.map(({ to }) => to).sort()).toEqual(stages.map(({ name }) => name).sort());
        const back = own.flatMap((phase) => phase.back);
        const reverse = stages.flatMap((stage) => ("irreversible" in stage.reverse ? [] : stage.reverse));
        expect(titles(back.flatMap(({ steps }) => steps))).toEqual(titles(reverse));
        expect(back.map(({ from }) => from).sort()).toEqual(stages.map(({ name }) => name).sort());
        const ids = [...forward, ...back].flatMap(({ steps }) => steps.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it("has clocks that only go forward, without gaps", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        for (const phase of planRunbook(plan).waves.flatMap(partsOf)) {
          for (const transitions of [phase.forward, phase.back]) {
            let clock = 0;
            for (const { startsAt, minutes, steps } of transitions) {
              expect(startsAt).toBe(clock);
              for (const each of steps) {
                expect(each.startsAt).toBe(clock);
                clock += each.minutes;
              }
              expect(clock).toBe(startsAt + minutes);
            }
          }
        }
      }),
    );
  });

  it("leaves, at the latest time to decide, exactly the way back up to its last work", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const [wave] = planRunbook(plan).waves;
        const back = new Map(wave?.cutover.back.map((transition) => [transition.from, transition]));
        let steps: readonly RunbookStep[] | undefined = [];
        for (const { stage, backMinutes, decideBy } of wave?.decisions ?? []) {
          const transition = back.get(stage);
          steps =
            steps === undefined || transition === undefined || transition.irreversible !== undefined
              ? undefined
              : [...transition.steps, ...steps];
          expect(backMinutes).toBe(steps === undefined ? undefined : windowMinutes(steps));
          expect(decideBy).toBe(steps === undefined ? undefined : 240 - windowMinutes(steps));
        }
      }),
    );
  });

  it("keeps the stages of each migration in their order", () => {
    fc.assert(
      fc.property(anyStages, (stages) => {
        const places = workPartsOf(stages).map((part) => workParts.indexOf(part));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it("is the same bytes for the same plan, and no control character of an input is in them", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const render = (made: PlanRunbook): string[] => [planRunbookMarkdown(made), planRunbookJson(made)];
        const [markdown = "", json = ""] = render(planRunbook(plan));
        expect(render(planRunbook(structuredClone(plan)))).toEqual([markdown, json]);
        expect(markdown.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f]/);
      }),
    );
  });
});
