import { describe, expect, it } from "@jest/globals";
import { readAccess, type Access } from "../../../lib/plan/access";
import { thrown } from "../../support/thrown";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The access that stacks with these resources give. */
function accessOf(stacks: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Access {
  return readAccess(Object.entries(stacks).map(([path, terraform]) => ({ path, terraform })));
}

/** The access of one stack with these resources. */
function access(resource: Resources, others: Readonly<Record<string, unknown>> = {}): Access {
  return accessOf({ shop: { resource, ...others } });
}

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const comment = (path: string) => ({ "//": { metadata: { path } } });
const trust = policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });

describe("who may assume what", () => {
  it("is told with the conditions, and the account in words", () => {
    const { roles, unread } = access(
      {
        aws_iam_role: {
          import: {
            ...comment("shop/images/role"),
            assume_role_policy: policy({
              Effect: "Allow",
              Principal: { Service: ["vmie.amazonaws.com"], AWS: "*" },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.me.account_id}" } },
            }),
          },
        },
      },
      { data: { aws_caller_identity: { me: {} } } },
    );
    expect(unread).toEqual([]);
    expect(roles).toEqual([
      {
        name: "shop/images/role",
        address: "shop/aws_iam_role.import",
        trust: [
          {
            effect: "Allow",
            principals: ["Service vmie.amazonaws.com", "everybody"],
            actions: ["sts:AssumeRole"],
            resources: [],
            conditions: ["StringEquals aws:SourceAccount = <this account>"],
          },
        ],
        usedBy: [],
        permissions: [],
        namedPolicies: [],
      },
    ]);
  });

  it("is said to be unread where only Terraform evaluates it", () => {
    const { roles, unread } = access({ aws_iam_role: { odd: { assume_role_policy: "${file(var.policy)}" } } });
    expect(roles[0]?.trust).toEqual([]);
    expect(unread).toEqual([
      {
        name: "shop/aws_iam_role.odd",
        address: "shop/aws_iam_role.odd",
        reason: "who may assume it: its policy is made by an expression that only Terraform evaluates",
      },
    ]);
  });

  it("follows an instance profile to the servers", () => {
    const { roles } = access({
      aws_iam_role: { server: { assume_role_policy: trust } },
      aws_iam_instance_profile: { server: { role: "${aws_iam_role.server.name}" } },
      aws_instance: {
        web: { ...comment("shop/web"), iam_instance_profile: "${aws_iam_instance_profile.server.name}" },
      },
    });
    expect(roles[0]?.usedBy).toEqual([{ name: "shop/web", address: "shop/aws_instance.web" }]);
  });
});

describe("what a role may do", () => {
  const role = { assume_role_policy: trust };
  const write = { Effect: "Allow", Action: "s3:PutObject", Resource: "${aws_s3_bucket.files.arn}/*" };
  const files = { files: { ...comment("shop/files") } };
  const statement = {
    effect: "Allow",
    principals: [],
    actions: ["s3:PutObject"],
    resources: ["shop/files/*"],
    conditions: [],
  };

  it("is read from its own policy, and from one that is attached", () => {
    const attached = access({
      aws_s3_bucket: files,
      aws_iam_role: { role },
      aws_iam_policy: { write: { policy: policy(write) } },
      aws_iam_role_policy_attachment: {
        write: { role: "${aws_iam_role.role.name}", policy_arn: "${aws_iam_policy.write.arn}" },
        ssm: { role: "${aws_iam_role.role.name}", policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      },
    });
    const own = access({
      aws_s3_bucket: files,
      aws_iam_role: { role },
      aws_iam_role_policy: { write: { role: "${aws_iam_role.role.id}", policy: policy(write) } },
    });
    expect(own.roles[0]?.permissions).toEqual([statement]);
    expect(attached.roles[0]?.permissions).toEqual([statement]);
    expect(attached.roles[0]?.namedPolicies).toEqual(["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]);
  });

  it("is read from a policy document, whose exceptions are said", () => {
    const { roles } = access(
      {
        aws_iam_role: { role: { assume_role_policy: "${data.aws_iam_policy_document.trust.json}" } },
        aws_iam_role_policy: {
          all: { role: "${aws_iam_role.role.id}", policy: "${data.aws_iam_policy_document.all.json}" },
        },
      },
      {
        data: {
          aws_iam_policy_document: {
            trust: {
              statement: [
                {
                  actions: ["sts:AssumeRole"],
                  principals: [{ type: "Service", identifiers: ["dms.amazonaws.com"] }],
                  condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }],
                },
              ],
            },
            all: { statement: { effect: "Deny", not_actions: ["iam:*"], resources: ["*"] } },
          },
        },
      },
    );
    expect(roles[0]?.trust[0]).toMatchObject({
      principals: ["Service dms.amazonaws.com"],
      conditions: ["StringEquals aws:SourceAccount = 111122223333"],
    });
    expect(roles[0]?.permissions[0]).toMatchObject({ effect: "Deny", actions: ["everything but iam:*"] });
  });

  it("is told of a role that is there already", () => {
    const { roles } = access({ aws_iam_role_policy: { write: { role: "existing-role", policy: policy(write) } } });
    expect(roles).toMatchObject([{ name: "existing-role", trust: [], permissions: [{ actions: ["s3:PutObject"] }] }]);
  });
});

describe("what has a policy of its own", () => {
  it("is listed, and an endpoint without one lets everybody do everything", () => {
    const { policies, unread } = access({
      aws_sns_topic_policy: {
        alarms: {
          policy: policy({
            Effect: "Deny",
            NotPrincipal: { AWS: "111122223333" },
            NotAction: "sns:Publish",
            Resource: "t",
          }),
        },
      },
      aws_vpc_endpoint: { s3: { service_name: "com.amazonaws.eu-central-1.s3" } },
      aws_ecr_lifecycle_policy: { tidy: { policy: JSON.stringify({ rules: [] }) } },
    });
    expect(policies.map(({ name, statements }) => [name, statements[0]])).toEqual([
      [
        "shop/aws_sns_topic_policy.alarms",
        {
          effect: "Deny",
          principals: ["everybody but AWS 111122223333"],
          actions: ["everything but sns:Publish"],
          resources: ["t"],
          conditions: [],
        },
      ],
      ["shop/aws_vpc_endpoint.s3", expect.objectContaining({ principals: ["everybody"], actions: ["*"] })],
    ]);
    expect(unread.map(({ name }) => name)).toEqual(["shop/aws_ecr_lifecycle_policy.tidy"]);
  });
});

describe("who may reach what", () => {
  it("is read from all three forms of rules, over stacks", () => {
    const { groups } = accessOf({
      network: {
        resource: { aws_security_group: { office: { ...comment("network/office") } } },
        output: { office: { value: "${aws_security_group.office.id}" } },
      },
      shop: {
        data: { terraform_remote_state: { "cross-stack-reference-input-network": {} } },
        resource: {
          aws_security_group: {
            web: {
              ...comment("shop/web-group"),
              ingress: [{ protocol: "tcp", from_port: 80, to_port: 81, cidr_blocks: ["10.0.0.0/8"], self: true }],
            },
          },
          aws_vpc_security_group_ingress_rule: {
            https: {
              security_group_id: "${aws_security_group.web.id}",
              referenced_security_group_id:
                "${data.terraform_remote_state.cross-stack-reference-input-network.outputs.office}",
              ip_protocol: "tcp",
              from_port: 443,
              to_port: 443,
              description: "Offices to the shop",
            },
          },
          aws_security_group_rule: {
            out: {
              type: "egress",
              security_group_id: "sg-0123",
              protocol: "-1",
              cidr_blocks: ["0.0.0.0/0"],
              ipv6_cidr_blocks: ["::/0"],
            },
          },
          aws_instance: { web: { ...comment("shop/web"), vpc_security_group_ids: ["${aws_security_group.web.id}"] } },
        },
      },
    });
    expect(groups).toEqual([
      { name: "network/office", address: "network/aws_security_group.office", members: [], open: [] },
      {
        name: "sg-0123",
        address: "sg-0123",
        members: [],
        open: [
          { direction: "to", peer: "0.0.0.0/0", ports: "all traffic", description: "" },
          { direction: "to", peer: "::/0", ports: "all traffic", description: "" },
        ],
      },
      {
        name: "shop/web-group",
        address: "shop/aws_security_group.web",
        members: [{ name: "shop/web", address: "shop/aws_instance.web" }],
        open: [
          { direction: "from", peer: "10.0.0.0/8", ports: "tcp 80-81", description: "" },
          { direction: "from", peer: "network/office", ports: "tcp 443", description: "Offices to the shop" },
          { direction: "from", peer: "the group itself", ports: "tcp 80-81", description: "" },
        ],
      },
    ]);
  });

  it("has the routes out of a network, and what a gateway announces", () => {
    const { routes } = access({
      aws_internet_gateway: { gate: { ...comment("shop/internet") } },
      aws_route_table: {
        public: {
          ...comment("shop/public"),
          route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.gate.id}" }],
        },
      },
      aws_route: {
        office: {
          route_table_id: "${aws_route_table.public.id}",
          destination_cidr_block: "10.0.0.0/8",
          transit_gateway_id: "tgw-1",
        },
      },
      aws_vpn_gateway_route_propagation: {
        public: { route_table_id: "${aws_route_table.public.id}", vpn_gateway_id: "vgw-1" },
      },
    });
    expect(routes.map(({ table, destination, through }) => [table, destination, through])).toEqual([
      ["shop/public", "0.0.0.0/0", "shop/internet"],
      ["shop/public", "10.0.0.0/8", "tgw-1"],
      ["shop/public", "<what the gateway announces>", "vgw-1"],
    ]);
  });
});

describe("who may decrypt what", () => {
  const key = {
    ...comment("shop/key"),
    policy: policy({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
  };
  const role = { ...comment("shop/role"), assume_role_policy: trust };
  const allow = (action: object) => ({ Effect: "Allow", Resource: "${aws_kms_key.key.arn}", ...action });
  const decryptors = (action: object): string[] => {
    const { keys } = access({
      aws_kms_key: { key },
      aws_iam_role: { role },
      aws_iam_role_policy: { use: { role: "${aws_iam_role.role.id}", policy: policy(allow(action)) } },
    });
    return keys[0]?.decryptors.map((each) => each.role) ?? [];
  };

  it.each([
    [{ Action: "kms:Decrypt" }, true],
    [{ Action: "KMS:decrypt" }, true],
    [{ Action: "kms:*" }, true],
    [{ Action: "kms:De?rypt" }, true],
    [{ Action: "kms:ReEncrypt*" }, true],
    [{ Action: ["kms:GenerateDataKey*", "kms:Encrypt"] }, false],
    [{ NotAction: ["iam:*", "ec2:*"] }, true],
    [{ NotAction: ["iam:*", "kms:*"] }, false],
    [{ Action: "kms:*", Resource: "*" }, true],
    [{ Action: "kms:*", Resource: "arn:aws:kms:eu-central-1:111122223333:key/other" }, false],
    [{ Action: "kms:*", Effect: "Deny" }, false],
  ])("%j lets a role decrypt: %s", (action, may) => {
    expect(decryptors(action)).toEqual(may ? ["shop/role"] : []);
  });

  it("names what each key encrypts, at any depth, and what no key of the app does", () => {
    const { keys, withoutOwnKey } = access({
      aws_kms_key: { key: { ...comment("shop/key") } },
      aws_cloudwatch_log_group: { logs: { kms_key_id: "${aws_kms_key.key.arn}" } },
      aws_s3_bucket_server_side_encryption_configuration: {
        files: {
          rule: [{ apply_server_side_encryption_by_default: { kms_master_key_id: "arn:aws:kms:x:1:key/there" } }],
        },
      },
      aws_instance: {
        web: { root_block_device: { encrypted: true } },
        open: { root_block_device: { encrypted: false } },
      },
    });
    expect(keys).toEqual([
      {
        key: "arn:aws:kms:x:1:key/there",
        made: false,
        encrypts: [expect.objectContaining({ name: "shop/aws_s3_bucket_server_side_encryption_configuration.files" })],
        policy: [],
        decryptors: [],
      },
      {
        key: "shop/key",
        made: true,
        encrypts: [expect.objectContaining({ name: "shop/aws_cloudwatch_log_group.logs" })],
        policy: [expect.objectContaining({ principals: ["AWS arn:<this partition>:iam::<this account>:root"] })],
        decryptors: [],
      },
    ]);
    expect(withoutOwnKey).toEqual([
      { name: "shop/aws_instance.web", address: "shop/aws_instance.web", type: "aws_instance" },
    ]);
  });
});

describe("what the code does not tell", () => {
  it("has modules in it", () => {
    const { unread } = access({}, { module: { vpc: { source: "terraform-aws-modules/vpc/aws" } } });
    expect(unread).toEqual([
      {
        name: "shop/module.vpc",
        address: "shop/module.vpc",
        reason: "a module's resources are not in the synthesized JSON",
      },
    ]);
  });

  it("is refused where a property cannot be read", () => {
    const terraform = {
      get resource(): never {
        throw new Error("a getter that throws");
      },
    };
    const error = thrown(() => readAccess([{ path: "shop", terraform }]));
    expect([error.code, error.path]).toEqual(["ACCESS_STACKS", "stacks[0].terraform.resource"]);
  });

  it("ends where local values go round in a circle", () => {
    const { roles } = access(
      { aws_iam_role_policy: { odd: { role: "${local.a}", policy: policy() } } },
      { locals: { a: "${local.b}", b: "${local.a}" } },
    );
    expect(roles).toHaveLength(1);
  });
});
