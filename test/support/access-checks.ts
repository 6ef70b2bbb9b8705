/**
 * Who may talk to whom, call what and act as whom, as checks of synthesized Terraform like those in `security-checks.ts`: each
 * answers where it does not hold. Public checkers see little of it.
 */
import { many, resourcesOf, statementsIn, type Resource, type SecurityCheck, type Statement } from "./security-checks";

const found = (holds: (resource: Resource) => boolean | undefined): SecurityCheck => {
  return (stacks) =>
    resourcesOf(stacks)
      .filter((resource) => holds(resource) === false)
      .map(({ address }) => address);
};

const isRule = (type: string): boolean => /^aws_vpc_security_group_(?:in|e)gress_rule$/.test(type);

/** Of these AWS documents no condition for who may assume a role: EC2's and Lambda's own docs have the bare principal. */
const UNBOUND = ["ec2.amazonaws.com", "lambda.amazonaws.com", "dms.amazonaws.com"];

/** AWS's policies that AWS itself extends with its agents and requires by their names. */
const REQUIRED_POLICIES =
  /:policy\/(?:AmazonSSMManagedInstanceCore|service-role\/AmazonDMS(?:VPCManagement|CloudWatchLogs)Role)$/;

/** Actions that know no resource, or only when they are given one (Service Authorization Reference). */
const WITHOUT_RESOURCE =
  /^(?:[a-z0-9]+:(?:Describe|List|Get)\w*|cloudwatch:PutMetricData|ec2:(?:Create|Delete)NetworkInterface)$/;

const isEverything = ({ Effect, Action, Resource: on, Condition }: Statement): boolean =>
  Effect === "Allow" && Condition === undefined && many(Action).includes("*") && many(on).includes("*");

const services = ({ Principal: of }: Statement): string[] => many((of as { Service?: unknown } | undefined)?.Service);

/** Whether another resource of the stack is about this one. */
const isAbout = ({ type, id, siblings }: Resource, other: string): boolean =>
  siblings(other).some(({ vpc_id: vpc }) => String(vpc).includes(`${type}.${id}.`));

/** The checks, by what holds where they answer nothing. */
export const accessChecks = {
  /** The default security group of a VPC admits nobody, and its flows are recorded. */
  vpcsAreClosed: found((vpc) => {
    if (vpc.type !== "aws_vpc") return undefined;
    return isAbout(vpc, "aws_default_security_group") && isAbout(vpc, "aws_flow_log");
  }),

  /** A rule says who talks to whom. */
  rulesSayWho: found(({ type, attributes }) =>
    isRule(type) ? /\S to \S/.test(String(attributes["description"])) : undefined,
  ),

  /** No rule opens the way to the whole internet, but where a flow to it was observed. */
  nothingCallsOut: found(({ type, attributes }) => {
    if (type !== "aws_vpc_security_group_egress_rule") return undefined;
    const everywhere = [attributes["cidr_ipv4"], attributes["cidr_ipv6"]].some((to) =>
      /^(?:0\.0\.0\.0|::)\/0$/.test(String(to)),
    );
    return !everywhere || String(attributes["description"]).endsWith(": observed at the source");
  }),

  /** An endpoint has a policy, and not one by which everybody passes. */
  endpointsHavePolicies: found(({ type, attributes: { policy } }) =>
    type === "aws_vpc_endpoint" ? policy !== undefined && !statementsIn(policy).some(isEverything) : undefined,
  ),

  /** A service that acts for any account it is told to may assume a role for one account alone. */
  serviceRolesAreBound: found(({ type, attributes }) => {
    if (type !== "aws_iam_role") return undefined;
    return statementsIn(attributes["assume_role_policy"]).every((each) => {
      const bare = services(each).every((service) => UNBOUND.includes(service));
      return bare || "aws:SourceAccount" in (each.Condition?.["StringEquals"] ?? {});
    });
  }),

  /** A role has policies of our own. */
  policiesAreOwn: found(({ type, attributes }) => {
    if (type !== "aws_iam_role_policy_attachment") return undefined;
    const arn = String(attributes["policy_arn"]);
    return !/:iam::aws:policy\//.test(arn) || REQUIRED_POLICIES.test(arn);
  }),

  /** An action that changes something names what. */
  writesAreNarrow: found(({ type, attributes }) => {
    if (type !== "aws_iam_role_policy" && type !== "aws_iam_policy") return undefined;
    return statementsIn(attributes["policy"])
      .filter(({ Effect, Resource: on }) => Effect === "Allow" && many(on).includes("*"))
      .every(({ Action }) => many(Action).every((action) => WITHOUT_RESOURCE.test(action)));
  }),

  /** What is logged is there when an auditor asks. */
  logsAreKept: found(({ type, attributes }) =>
    type === "aws_cloudwatch_log_group" ? Number(attributes["retention_in_days"]) >= 365 : undefined,
  ),

  /** A database that nothing moves into any more is kept up to date by RDS, and no plan takes that back. */
  finalDatabasesUpgrade: found(({ type, attributes, siblings }) => {
    if (type !== "aws_db_instance" && type !== "aws_rds_cluster_instance") return undefined;
    if (siblings("aws_dms_replication_task").length + siblings("aws_dms_replication_config").length > 0)
      return undefined;
    const { ignore_changes: ignored } = (attributes["lifecycle"] ?? {}) as { readonly ignore_changes?: unknown };
    return attributes["auto_minor_version_upgrade"] === true && many(ignored).includes("engine_version");
  }),

  /** DMS knows to whom it talks. */
  certificatesAreVerified: found(({ type, attributes }) =>
    type === "aws_dms_endpoint" ? /^verify-/.test(String(attributes["ssl_mode"])) : undefined,
  ),
} as const satisfies Readonly<Record<string, SecurityCheck>>;
