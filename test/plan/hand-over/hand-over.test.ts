import { describe, expect, it } from "@jest/globals";
import { HAND_OVER_COMMENT } from "../../../lib/core/only-for-move";
import { handOver, parseTerraformState, readTerraformState, type HandOver } from "../../../lib/plan/hand-over";
import { commandsOf } from "../../deploy/hand-over";
import { thrown } from "../../support/thrown";
import { DECLARED, fixture, handedOver, REACHED, textOf, written } from "./fixture";

const rules = ({ findings }: HandOver): string[] => findings.map(({ rule, subject }) => `${rule} ${subject}`);

describe("what is handed over", () => {
  it("imports what stays under its own address, and forgets it in the stack", () => {
    const of = handedOver({
      own: {
        "aws_vpc.main": { cidr_block: "10.0.0.0/16" },
        "aws_route.out": { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" },
      },
    });
    expect(of.imports).toEqual([
      { to: "aws_route.out", id: "rtb-1_0.0.0.0/0" },
      { to: "aws_vpc.main", id: "id-of-main" },
    ]);
    expect(of.ends).toEqual([DECLARED, REACHED]);
    expect(JSON.parse(textOf(of, "stack/removed.tf.json"))).toEqual({
      removed: ["aws_route.out", "aws_vpc.main"].map((from) => ({ from, lifecycle: { destroy: false } })),
    });
    expect(textOf(of, "stack/removed.ts")).toContain('"aws_vpc.main",');
    expect(of.findings).toEqual([]);
  });

  it("keeps references between what stays, and writes the state's value for any other", () => {
    const of = handedOver({
      own: {
        "aws_vpc.main": { cidr_block: "10.0.0.0/16" },
        "aws_subnet.a": {
          vpc_id: "${aws_vpc.main.id}",
          availability_zone: "${data.aws_region.here.name}a",
          tags: { Team: "${aws_sns_topic.team.name}" },
        },
      },
      others: { "aws_sns_topic.team": { name: "team" } },
      data: { "data.aws_region.here": { name: "eu-central-1" } },
      terraform: { data: { aws_region: { here: {} } } },
    });
    expect(written(of, "aws_subnet.a")).toEqual({
      vpc_id: "${aws_vpc.main.id}",
      availability_zone: "eu-central-1a",
      tags: { Team: "team" },
    });
    // What it refers to stays in the stack.
    expect(of.imports.map(({ to }) => to)).not.toContain("aws_sns_topic.team");
  });

  it("carries variables and local values along", () => {
    const of = handedOver({
      own: { "aws_vpc.main": { cidr_block: "${local.cidr}", tags: { Name: "${var.name}" } } },
      terraform: {
        locals: { cidr: "${data.aws_x.y.cidr}", other: "1" },
        variable: { name: { type: "string", "//": {} }, other: {} },
        data: { aws_x: { y: {} } },
      },
      data: { "data.aws_x.y": { cidr: "10.0.0.0/16" } },
    });
    const main = JSON.parse(textOf(of, "module/main.tf.json")) as Record<string, unknown>;
    expect(main["locals"]).toEqual({ cidr: "10.0.0.0/16" });
    expect(main["variable"]).toEqual({ name: { type: "string" } });
    expect(of.variables).toEqual(["name"]);
  });

  it("keeps what protects a resource, and drops what asks for the migration", () => {
    const lifecycle = {
      prevent_destroy: true,
      ignore_changes: ["ami"],
      replace_triggered_by: ["aws_vpc.main", "aws_x.gone"],
      precondition: [{ condition: "${true}" }],
    };
    const of = handedOver({
      own: {
        "aws_vpc.main": {},
        "aws_instance.web": { lifecycle, depends_on: ["aws_vpc.main", "aws_ssm_parameter.declared"] },
      },
    });
    expect(written(of, "aws_instance.web")).toEqual({
      lifecycle: { prevent_destroy: true, ignore_changes: ["ami"], replace_triggered_by: ["aws_vpc.main"] },
      depends_on: ["aws_vpc.main"],
    });
    expect(rules(of)).toEqual(["hand-over-dropped aws_instance.web"]);
  });

  it("writes the name that a prefix was made into", () => {
    const of = handedOver({
      own: { "aws_cloudwatch_log_group.logs": { name_prefix: "/vpn/" } },
      state: { "aws_cloudwatch_log_group.logs": { name: "/vpn/2026", name_prefix: "/vpn/" } },
    });
    expect(written(of, "aws_cloudwatch_log_group.logs")).toEqual({ name: "/vpn/2026" });
  });

  it("takes along what belongs to no migration and refers to what leaves, and what refers to that", () => {
    const of = handedOver({
      own: { "aws_vpc.main": {} },
      others: {
        "aws_subnet.mine": { vpc_id: "${aws_vpc.main.id}" },
        "aws_eip.mine": { tags: { x: "${aws_subnet.mine.id}" } },
        "aws_sns_topic.apart": {},
      },
      state: { "aws_eip.mine": { allocation_id: "eipalloc-1" } },
    });
    expect(of.beside).toEqual(["aws_eip.mine", "aws_subnet.mine"]);
    expect(of.imports.map(({ to }) => to)).toEqual(["aws_eip.mine", "aws_subnet.mine", "aws_vpc.main"]);
  });

  it("names providers that are used, and none of their secrets", () => {
    const aliases = {
      provider: {
        aws: [
          { region: "eu-central-1", secret_key: "hunter22" },
          { alias: "east", region: "us-east-1" },
          { alias: "unused", region: "us-west-2" },
        ],
      },
    };
    const of = handedOver({
      own: { "aws_vpc.main": { provider: "aws.east" }, "aws_eip.a": {} },
      terraform: aliases,
      state: { "aws_eip.a": { allocation_id: "e" } },
    });
    const { provider } = JSON.parse(textOf(of, "module/providers.tf.json")) as { provider: unknown };
    expect(provider).toEqual({ aws: [{ region: "eu-central-1" }, { alias: "east", region: "us-east-1" }] });
  });

  it("moves the entries of what importing does not take in", () => {
    const of = handedOver({ own: { "aws_vpn_connection_route.a": { destination_cidr_block: "10.0.0.0/8" } } });
    expect(of.stateMoves).toEqual(["aws_vpn_connection_route.a"]);
    expect(of.imports).toEqual([]);
    expect(written(of, "aws_vpn_connection_route.a")).toBeDefined();
    expect(textOf(of, "README.md")).toContain(
      "terraform state mv -state=old.tfstate -state-out=new.tfstate aws_vpn_connection_route.a",
    );
    expect(rules(of)).toEqual(["hand-over-state-move aws_vpn_connection_route.a"]);
    // And back again, before the imports are planned.
    const [plan = ""] = commandsOf(textOf(of, "README.md"), "The way back");
    const lines = plan.trimEnd().split("\n");
    expect(lines).toContain(
      "terraform state mv -state=new.tfstate -state-out=old.tfstate aws_vpn_connection_route.a aws_vpn_connection_route.a",
    );
    expect(lines.at(-2)).toMatch(/^terraform -chdir=\S+ state push "\$PWD"\/old\.tfstate$/);
    expect(lines.at(-1)).toMatch(/^terraform -chdir=\S+ plan -out=back\.tfplan$/);
  });

  it("comes back by a plan alone where nothing but imports has left", () => {
    const of = handedOver({ own: { "aws_vpc.x": {} } });
    const [plan = "", apply = ""] = commandsOf(textOf(of, "README.md"), "The way back");
    expect(plan).toMatch(/^terraform -chdir=\S+ plan -out=back\.tfplan\n$/);
    expect(apply).toMatch(/^terraform -chdir=\S+ apply back\.tfplan\nterraform -chdir=\S+ plan -detailed-exitcode/);
    expect(textOf(of, "README.md")).toContain("**1 to import, 2 to add, 0 to destroy**");
  });

  it("says which imports list a change, and of what", () => {
    const of = handedOver({
      own: { "aws_kms_key.a": {}, "aws_kms_key.b": {} },
      state: {
        "aws_kms_key.a": { key_id: "k1", deletion_window_in_days: 30, bypass_policy_lockout_safety_check: false },
        "aws_kms_key.b": { key_id: "k2", deletion_window_in_days: null, bypass_policy_lockout_safety_check: false },
      },
    });
    expect(of.settings).toEqual([
      { address: "aws_kms_key.a", arguments: ["bypass_policy_lockout_safety_check", "deletion_window_in_days"] },
    ]);
    expect(textOf(of, "README.md")).toContain("**2 to import, 0 to add, 1 to change, 0 to destroy**");
  });

  it("calls the id of a type that it does not know a guess", () => {
    expect(rules(handedOver({ own: { "aws_unheard_of.x": {} } }))).toEqual(["hand-over-import-id aws_unheard_of.x"]);
    expect(rules(handedOver({ own: { "aws_vpc.x": {} } }))).toEqual([]);
  });
});

describe("what ends", () => {
  it("is what was made for the move, but for what holds data", () => {
    const of = handedOver({
      own: { "aws_iam_role.import": {}, "aws_cloudwatch_log_group.evidence": { name: "x" } },
      onlyForMove: ["aws_iam_role.import", "aws_cloudwatch_log_group.evidence"],
    });
    expect(of.ends).toEqual(["aws_iam_role.import", DECLARED, REACHED]);
    expect(of.imports.map(({ to }) => to)).toEqual(["aws_cloudwatch_log_group.evidence"]);
    expect(rules(of)).toEqual(["hand-over-kept aws_cloudwatch_log_group.evidence"]);
  });

  it("is nothing to which something refers that stays, by way of anything", () => {
    const of = handedOver({
      own: {
        "aws_iam_role.a": { name: "a" },
        "aws_iam_role_policy.b": { role: "${aws_iam_role.a.name}", name: "b" },
        "aws_instance.c": { x: "${aws_iam_role_policy.b.id}" },
      },
      onlyForMove: ["aws_iam_role.a", "aws_iam_role_policy.b"],
    });
    expect(of.ends).toEqual([DECLARED, REACHED]);
    expect(rules(of)).toEqual(["hand-over-kept aws_iam_role.a", "hand-over-kept aws_iam_role_policy.b"]);
  });

  it("may be what something was created with", () => {
    const of = handedOver({
      own: {
        "aws_iam_role.import": { name: "import" },
        "aws_ebs_snapshot_import.disk": { role_name: "${aws_iam_role.import.name}" },
      },
      onlyForMove: ["aws_iam_role.import"],
    });
    expect(of.ends).toContain("aws_iam_role.import");
    expect(written(of, "aws_ebs_snapshot_import.disk")).toEqual({ role_name: "import" });
  });
});

describe("secrets", () => {
  const SECRET = "correct horse battery";
  const everything = (of: HandOver): string => of.files.map(({ text }) => text).join("\n");

  it("are not written, whether the provider, the name or another value says that they are", () => {
    const of = handedOver({
      own: {
        "aws_thing.a": {
          marked: SECRET,
          password: "by its name only",
          copy: "${data.aws_secretsmanager_random_password.p.random_password}",
          same: SECRET,
          manage_master_user_password: true,
        },
      },
      sensitive: { "aws_thing.a": { marked: true } },
      data: { "data.aws_secretsmanager_random_password.p": { random_password: "made up by AWS" } },
      terraform: { data: { aws_secretsmanager_random_password: { p: {} } } },
    });
    expect(written(of, "aws_thing.a")).toEqual({
      manage_master_user_password: true,
      lifecycle: { ignore_changes: ["marked", "password", "copy", "same"] },
    });
    expect(everything(of)).not.toMatch(/correct horse|by its name only|made up by AWS/);
    expect(rules(of).filter((each) => each.startsWith("hand-over-secret"))).toHaveLength(4);
  });

  it("are not read through an ephemeral value or a write-only argument", () => {
    const of = handedOver({
      own: {
        "aws_thing.a": {
          password_wo: "${ephemeral.aws_secret.x.value}",
          password_wo_version: 1,
          note: "${ephemeral.aws_secret.x.value}",
        },
      },
    });
    expect(written(of, "aws_thing.a")).toEqual({ lifecycle: { ignore_changes: ["note"] } });
  });

  it("stay in the account where they are a whole resource", () => {
    const own = {
      "aws_secretsmanager_secret_version.v": { secret_string: SECRET },
      "aws_ssm_parameter.key": { name: "/key", type: "SecureString", value: SECRET },
    };
    const of = handedOver({ own, sensitive: { "aws_ssm_parameter.key": { value: true } } });
    expect(of.released).toEqual(Object.keys(own).sort());
    expect(of.imports).toEqual([]);
    expect(textOf(of, "stack/removed.tf.json")).toContain("aws_ssm_parameter.key");
    expect(everything(of)).not.toContain(SECRET);
  });

  it("come back as another version where they are write-only, because an import would be replaced", () => {
    const own = {
      "aws_secretsmanager_secret_version.open": { secret_string: SECRET },
      "aws_secretsmanager_secret_version.wo": { secret_string_wo: "${ephemeral.x.y.z}", secret_string_wo_version: 3 },
    };
    const state = { "aws_secretsmanager_secret_version.wo": { secret_string_wo_version: 3 } };
    const of = handedOver({ own, state });
    expect(of.released).toHaveLength(2);
    expect(of.rewritten).toEqual(["aws_secretsmanager_secret_version.wo"]);
    expect(of.returns.map(({ to }) => to)).toEqual(["aws_secretsmanager_secret_version.open"]);
    expect(textOf(of, "README.md")).toContain("**1 to import, 3 to add, 0 to destroy**");
    expect(textOf(of, "README.md")).toContain("and another version, with the same value, of each secret");
  });

  it("are found within a text", () => {
    const of = handedOver({
      own: { "aws_thing.a": { url: `https://x:${SECRET}@host`, marked: SECRET } },
      sensitive: { "aws_thing.a": { marked: true } },
    });
    expect(written(of, "aws_thing.a")).toEqual({ lifecycle: { ignore_changes: ["url", "marked"] } });
  });

  it("are no public parameters, though the provider calls their values sensitive", () => {
    const image = "data.aws_ssm_parameter.image";
    const of = handedOver({
      own: {
        "aws_instance.web": { ami: `\${${image}.value}` },
        "aws_ssm_parameter.region": { name: "/region", type: "String", value: "eu-central-1" },
        "aws_subnet.a": { availability_zone: "eu-central-1a" },
      },
      terraform: { data: { aws_ssm_parameter: { image: {} } } },
      data: { [image]: { type: "String", value: "ami-0123456789" } },
      sensitive: { [image]: { value: true }, "aws_ssm_parameter.region": { value: true } },
    });
    expect(written(of, "aws_instance.web")).toEqual({ ami: "ami-0123456789" });
    expect(written(of, "aws_ssm_parameter.region")).toEqual({ name: "/region", type: "String", value: "eu-central-1" });
    expect(written(of, "aws_subnet.a")).toEqual({ availability_zone: "eu-central-1a" });
  });

  it("are no parameters that are open", () => {
    const of = handedOver({
      own: { "aws_ssm_parameter.host": { name: "/host", type: "String", insecure_value: "db.example.com" } },
      state: { "aws_ssm_parameter.host": { value: "db.example.com" } },
      sensitive: { "aws_ssm_parameter.host": { value: true } },
    });
    const host = { name: "/host", type: "String", insecure_value: "db.example.com" };
    expect(written(of, "aws_ssm_parameter.host")).toEqual(host);
    // Importing reads it into value alone, for ever.
    expect(of.stateMoves).toEqual(["aws_ssm_parameter.host"]);
    expect(of.returns).toEqual([]);
  });
});

describe("refusals", () => {
  it.each([
    ["a stage before the last", { stage: "prepare" }, {}, "hand-over-stage shop/orders"],
    [
      "another stage in the state",
      { recorded: { declared: "serve", reached: "prepare" } },
      {},
      "hand-over-not-reached shop/orders",
    ],
    ["no record in the state", { recorded: {} }, {}, "hand-over-not-reached shop/orders"],
    [
      "a resource that is not deployed",
      { own: { "aws_vpc.a": {} }, state: { "aws_vpc.a": null } },
      {},
      "hand-over-not-deployed aws_vpc.a",
    ],
    ["an import id that the state lacks", { own: { "aws_eip.a": {} } }, {}, "hand-over-not-deployed aws_eip.a"],
    ["a module", { own: { "module.net": {} } }, {}, "hand-over-unresolved module.net"],
    ["a module's output", { own: { "aws_vpc.a": { x: "${module.net.id}" } } }, {}, "hand-over-unresolved aws_vpc.a"],
    ["a count", { own: { "aws_vpc.a": { count: 2 } } }, {}, "hand-over-unresolved aws_vpc.a"],
    [
      "a data source that was not read",
      { own: { "aws_vpc.a": { x: "${data.aws_y.z.id}" } }, terraform: { data: { aws_y: { z: {} } } } },
      {},
      "hand-over-unresolved aws_vpc.a",
    ],
    [
      "another stage abandoned than declared",
      { stage: "serve" },
      { abandonedIn: "prepare" },
      "hand-over-stage shop/orders",
    ],
  ])("%s", (_what, init, options, finding) => {
    const of = handedOver(init, options);
    expect(rules(of)).toContain(finding);
    expect(of.files).toEqual([]);
  });

  it("none of an abandoned migration in the stage that is declared and reached", () => {
    const of = handedOver({ stage: "prepare" }, { abandonedIn: "prepare" });
    expect(of.findings).toEqual([]);
    expect(of.files).not.toEqual([]);
  });

  it("names the migrations that there are", () => {
    const { app, shown } = fixture();
    const state = parseTerraformState("state.json", shown);
    for (const name of ["orders", "shop.orders", "/migration/shop/orders", "shop/orders"]) {
      expect(handOver(app, state, name).migration).toBe("orders");
    }
    expect(thrown(() => handOver(app, state, "order"))).toEqual(
      expect.objectContaining({ code: "PLAN_HAND_OVER_MIGRATION", allowed: "one of shop/orders" }),
    );
    expect(thrown(() => handOver([], state, "orders"))).toEqual(
      expect.objectContaining({ code: "PLAN_HAND_OVER_MIGRATION" }),
    );
  });

  it.each([
    ["a state file", { lineage: "x", serial: 1, version: 4 }, "PLAN_HAND_OVER_STATE", "a state file"],
    ["a newer format", { format_version: "2.0" }, "PLAN_HAND_OVER_STATE_FORMAT", "2.0"],
    ["an empty state", { format_version: "1.0" }, "PLAN_HAND_OVER_STATE", "a state without a resource"],
    ["other JSON", [1], "PLAN_HAND_OVER_STATE", "JSON that is no state"],
  ])("%s", (_what, value, code, received) => {
    expect(thrown(() => parseTerraformState("s", value))).toEqual(expect.objectContaining({ code, received }));
  });

  it("text, of which nothing is repeated", () => {
    const bytes = Buffer.from('{"password": "hunter2"');
    const error = thrown(() => readTerraformState({ name: "s", bytes }));
    expect(error).toEqual(expect.objectContaining({ code: "PLAN_HAND_OVER_STATE" }));
    expect(String(error)).not.toContain("hunter2");
  });

  it("more than 128 MB", () => {
    const error = thrown(() => readTerraformState({ name: "s", bytes: new Uint8Array(128 * 1024 * 1024 + 1) }));
    expect(error).toEqual(expect.objectContaining({ code: "PLAN_HAND_OVER_STATE", received: "128 MB" }));
  });

  it("none of a plan, of which it takes the state before it", () => {
    const { app, shown } = fixture({ own: { "aws_vpc.a": {} } });
    const plan = { format_version: "1.2", resource_changes: [], prior_state: shown };
    expect(handOver(app, parseTerraformState("plan.json", plan), "orders").imports).toEqual([
      { to: "aws_vpc.a", id: "id-of-a" },
    ]);
  });
});

describe("migrations that hold each other", () => {
  const mark = (of: string, by: string, needs: readonly string[] = ["serve"]) => ({
    name: `/migration/${of}/dependents/${by}`,
    type: "String",
    insecure_value: JSON.stringify({ needs, while: ["serve"], stack: "other", before: "serve" }),
  });

  it("keeps the record while another stack of the app names it", () => {
    const terraform = { resource: { aws_ssm_parameter: { mark: mark("shop/orders", "shop.routing") } } };
    const of = handedOver({ stacks: [{ name: "other", path: "other", folder: "other", terraform }] });
    expect(of.ends).toEqual([]);
    expect(of.stateMoves).toEqual([DECLARED, REACHED]);
    expect(written(of, REACHED)).toEqual({
      name: "/migration/shop/orders/reached",
      type: "String",
      insecure_value: "serve",
      depends_on: [DECLARED],
    });
    const moves = [`hand-over-state-move ${DECLARED}`, `hand-over-state-move ${REACHED}`];
    expect(rules(of)).toEqual(["hand-over-named shop/orders", ...moves]);
  });

  it("keeps it while the account has another app's mark", () => {
    const data = {
      "data.aws_ssm_parameters_by_path.own": {
        names: ["/migration/shop/orders/reached", "/migration/shop/orders/dependents/web.front"],
      },
    };
    const of = handedOver({ data });
    expect(of.ends).toEqual([]);
    expect(of.findings[0]?.message).toBe("its record stays: web/front named it");
  });

  it("leaves what a runner has reached to the runner's word", () => {
    const of = handedOver({
      own: {
        "aws_ssm_parameter.word": {
          name: "/word",
          type: "String",
          insecure_value: "none",
          lifecycle: { ignore_changes: ["insecure_value"] },
        },
      },
    });
    expect(written(of, "aws_ssm_parameter.word")).toEqual({
      name: "/word",
      type: "String",
      insecure_value: "none",
      lifecycle: { ignore_changes: ["insecure_value"] },
    });
  });

  it("ends its own marks, and says who is no longer held", () => {
    const of = handedOver({ others: { "aws_ssm_parameter.mark": mark("net/office", "shop.orders") } });
    expect(of.ends).toEqual([DECLARED, "aws_ssm_parameter.mark", REACHED]);
    expect(rules(of)).toEqual(["hand-over-hold-ends net/office"]);
  });

  it("says what another migration of the stack, or another stack, still reads", () => {
    const comment = { "//": { [HAND_OVER_COMMENT]: { migration: "shop/other", onlyForMove: [] } } };
    const of = handedOver({
      own: { "aws_vpc.main": {} },
      others: {
        "aws_subnet.theirs": { vpc_id: "${aws_vpc.main.id}" },
        "aws_ssm_parameter.theirs": {
          name: "/migration/shop/other/reached",
          insecure_value: "serve",
          depends_on: ["aws_subnet.theirs"],
          ...comment,
        },
      },
      terraform: { output: { "cross-vpc": { value: "${aws_vpc.main.id}" } } },
      stacks: [
        {
          name: "web",
          path: "web",
          folder: "web",
          terraform: { resource: { aws_lb: { a: { vpc: "${data.terraform_remote_state.shop.outputs.cross-vpc}" } } } },
        },
      ],
    });
    expect(rules(of).filter((each) => each.startsWith("hand-over-referred"))).toEqual([
      "hand-over-referred shop/aws_subnet.theirs",
      "hand-over-referred web/aws_lb.a",
    ]);
    expect(of.beside).toEqual([]);
  });
});
