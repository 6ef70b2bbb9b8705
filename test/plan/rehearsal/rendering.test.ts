import { describe, expect, it } from "@jest/globals";
import { rehearse, type Rehearsal } from "../../../lib/plan/rehearsal/rehearse";
import { rehearsalMarkdown } from "../../../lib/plan/rehearsal/rehearsal-markdown";
import { rehearsalText } from "../../../lib/plan/rehearsal/rehearsal-text";
import { resource, stage, toyApp } from "./toy";

const irreversible = stage("contract", { reverse: { irreversible: "restore from the backup" } });

const rehearsal = (): Promise<Rehearsal> =>
  rehearse(
    toyApp([stage("expand"), stage("migrate"), irreversible], (toy) => {
      for (const id of ["a", "b", "c", "d", "e"]) {
        resource(toy, `rule-${id}`, "aws_cloudwatch_event_rule", { schedule: toy.stage.name, tags: toy.tags });
      }
      resource(toy, "volume", "aws_ebs_volume", { encrypted: toy.hasReached("migrate") });
      resource(toy, "sql", "aws_opensearch_domain", { engine_version: toy.hasReached("migrate") ? "2" : "1" });
      resource(toy, "topic", "aws_sns_topic", { tags: { ...toy.tags, deployed: toy.stage.name } });
      if (!toy.hasReached("contract")) {
        for (const id of ["a", "b", "c", "d"]) resource(toy, `db-${id}`, "aws_db_instance");
      }
    }),
  );

/** Without the hashes that CDKTF puts behind a name. */
const plain = (text: string): string => text.replace(/(\\?_)[0-9A-F]{8}/g, "");

describe("the rehearsal as text", () => {
  it("tells of each transition in groups, and names all data that goes", async () => {
    const lines = plain(rehearsalText(await rehearsal())).split("\n");
    expect(lines.slice(0, lines.indexOf(""))).toEqual([
      "stack/toy (toy)",
      "  forward: nothing deployed → expand",
      "    creates 14 resources: 5 aws_cloudwatch_event_rule, 4 aws_db_instance, 1 aws_ebs_volume, 1 aws_opensearch_domain, 1 aws_sns_topic, 2 aws_ssm_parameter",
      "  forward: expand → migrate",
      "    replaces 1 aws_ebs_volume (the data of a volume) because of encrypted: stack/toy_volume",
      "    may replace 1 aws_opensearch_domain (indexed documents) because of engine_version: stack/toy_sql",
      "    changes 5 aws_cloudwatch_event_rule in schedule: stack/toy_rule-a, stack/toy_rule-b, stack/toy_rule-c, 2 more",
      "    changes only the tags of 1 resource",
      "    records expand → migrate in 2 parameters",
      "  forward: migrate → contract",
      "    destroys 4 aws_db_instance (the records of a database): stack/toy_db-a, stack/toy_db-b, stack/toy_db-c, stack/toy_db-d",
      "    changes 5 aws_cloudwatch_event_rule in schedule: stack/toy_rule-a, stack/toy_rule-b, stack/toy_rule-c, 2 more",
      "    changes only the tags of 1 resource",
      "    records migrate → contract in 2 parameters",
      "  back: contract → migrate",
      "    there is no way back by steps: restore from the backup",
      "  back: migrate → expand",
      "    replaces 1 aws_ebs_volume (the data of a volume) because of encrypted: stack/toy_volume",
      "    may replace 1 aws_opensearch_domain (indexed documents) because of engine_version: stack/toy_sql",
      "    changes 5 aws_cloudwatch_event_rule in schedule: stack/toy_rule-a, stack/toy_rule-b, stack/toy_rule-c, 2 more",
      "    changes only the tags of 1 resource",
      "    records migrate → expand in 2 parameters",
      "  back: expand → withdrawn",
      "    withdraws 14 resources: 5 aws_cloudwatch_event_rule, 4 aws_db_instance, 1 aws_ebs_volume, 1 aws_opensearch_domain, 1 aws_sns_topic, 2 aws_ssm_parameter",
      "    these hold data: stack/toy_db-a, stack/toy_db-b, stack/toy_db-c, stack/toy_db-d, stack/toy_volume, stack/toy_sql",
    ]);
  });

  it("ends with the findings", async () => {
    const made = await rehearsal();
    expect(rehearsalText(made)).toContain(`\n\nblocker rehearsal-data-destroyed on ${made.findings[0]!.subject}: `);
    expect(rehearsalText({ ...made, findings: [] })).toMatch(/\n\nno findings\n$/);
  });

  it("names as many as it is told to", async () => {
    const text = plain(rehearsalText(await rehearsal(), { limit: 0 }));
    expect(text).toContain("changes 5 aws_cloudwatch_event_rule in schedule\n");
    expect(plain(rehearsalText(await rehearsal(), { limit: 9 }))).toContain("stack/toy_rule-e\n");
  });

  it("says why a stage was not rehearsed, that nothing changes, and that nothing holds data", async () => {
    const text = rehearsalText(
      await rehearse(
        toyApp([stage("a"), stage("b"), stage("c")], (toy) => {
          if (toy.stage.name === "c") throw new Error("not yet\u001b[2J");
          resource(toy, "topic", "aws_sns_topic");
        }),
      ),
    );
    expect(text).toContain("could not be rehearsed: the stage c of stack/toy cannot be synthesized: not yet\\x1b[2J");
    expect(text).toContain("forward: a → b\n    changes nothing\n");
    expect(text).toContain("none of these holds data");
  });

  it("tells apart what it knows from what it does not", async () => {
    const app = toyApp([stage("a"), stage("b")], (toy) => resource(toy, "it", "other_thing", { name: toy.stage.name }));
    expect(plain(rehearsalText(await rehearse(app)))).toContain(
      "changes or replaces 1 other_thing because of name: stack/toy_it",
    );
  });

  it("tells of instances that go or may go, and of data that is meant to go", async () => {
    const app = toyApp([stage("a"), stage("b", { discards: ["aws_db_instance"] })], (toy) => {
      const [fewer, other] = toy.hasReached("b") ? [1, "${var.n}"] : [2, 2];
      resource(toy, "queue", "aws_sqs_queue", { count: fewer });
      resource(toy, "table", "aws_dynamodb_table", { count: other });
      if (!toy.hasReached("b")) resource(toy, "db", "aws_db_instance");
    });
    const rehearsal = await rehearse(app);
    const text = plain(rehearsalText(rehearsal));
    expect(text).toContain("destroys 1 aws_db_instance (the records of a database, meant to go): stack/toy_db\n");
    expect(text).toContain(
      "destroys 1 aws_sqs_queue (messages that nobody has read yet) because of count: stack/toy_queue\n",
    );
    expect(text).toContain(
      "may destroy 1 aws_dynamodb_table (the items of a table) because of count: stack/toy_table\n",
    );
    expect(rehearsal.findings.map(({ severity, message }) => `${severity} ${plain(message)}`)).toEqual([
      "blocker stack/toy: entering b from a removes instances of stack/aws_sqs_queue.toy_queue by its count, which holds messages that nobody has read yet",
      "warning stack/toy: entering b from a may remove instances of stack/aws_dynamodb_table.toy_table by its count, which holds the items of a table",
      "warning stack/toy: going back from b to a may remove instances of stack/aws_dynamodb_table.toy_table by its count, which holds the items of a table",
    ]);
  });

  it("tells of a migration that makes nothing but the record of its stage", async () => {
    expect(rehearsalText(await rehearse(toyApp([stage("a")], () => undefined)))).toContain(
      "creates 2 resources: 2 aws_ssm_parameter",
    );
  });
});

describe("the rehearsal as Markdown", () => {
  it("has the findings first, and a section for each migration and transition", async () => {
    const text = rehearsalMarkdown(await rehearsal());
    const headings = text.split("\n").filter((line) => line.startsWith("#"));
    expect(headings).toEqual([
      "# Rehearsal",
      "## Findings",
      "## Since the previous synthesis",
      "## stack/toy (toy)",
      "### Forward: nothing deployed → expand",
      "### Forward: expand → migrate",
      "### Forward: migrate → contract",
      "### Back: contract → migrate",
      "### Back: migrate → expand",
      "### Back: expand → withdrawn",
    ]);
    expect(text).toMatch(
      /^- \*\*blocker\*\* `rehearsal-data-destroyed`: stack\/toy: entering contract from migrate destroys /m,
    );
    expect(text).toContain("- there is no way back by steps: restore from the backup\n");
    expect(text.endsWith("\n")).toBe(true);
  });

  it("escapes what comes from the code, and shows who has waived a finding", async () => {
    const made = await rehearse(
      toyApp([stage("a"), stage("b", { reverse: { irreversible: "<b>|`no`" } })], (toy) => {
        if (!toy.hasReached("b")) resource(toy, "db", "aws_db_instance");
      }),
      {
        waivers: [
          { rule: "rehearsal-data-destroyed", reason: "archived on *tape*", approvedBy: "dba", expires: "2026-12-31" },
        ],
        asOf: "2026-11-22",
      },
    );
    const text = rehearsalMarkdown(made);
    expect(text).toContain("&lt;b&gt;\\|\\`no\\`");
    expect(text).toContain("- **waived** `rehearsal-data-destroyed`: ");
    expect(text).toContain("Waived by dba until 2026-12-31: archived on \\*tape\\*.");
  });

  it("says that there are no findings", () => {
    expect(rehearsalMarkdown({ transitions: [], findings: [], builds: 2 })).toContain("## Findings\n\nNone.\n");
  });
});
