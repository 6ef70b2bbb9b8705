/** The page on the access that an app gives, for an auditor; and the same for a program. */
import { groupBy } from "../core/collections";
import { admit } from "../core/door/admit";
import { codeCell, codeSpan, escapeMarkdown, markdownTable } from "../core/markdown";
import { dataWithoutSecrets } from "../core/secret/redact";
import { count } from "../core/text";
import type { Access, AccessStatement, AccessSubject, KeyAccess, RoleAccess } from "../plan/access/model";

/** Options for {@link accessMarkdown}. */
export interface AccessMarkdownOptions {
  /** The page's title. @default "Access" */
  readonly title?: string;
}

/** Renders the page as Markdown. Ends with a line feed. */
export function accessMarkdown(access: Access, options: AccessMarkdownOptions = {}): string {
  admit("accessMarkdown", { access, options });
  const { title, access: shown } = dataWithoutSecrets({ title: options.title ?? "Access", access });
  const { stacks, roles, policies, groups, routes, keys, withoutOwnKey, unread } = shown;
  return [
    `# ${escapeMarkdown(title)}`,
    "",
    `Read from the Terraform of ${count(stacks.length, "stack")}: ${stacks.map(codeSpan).join(", ")}. Names are the paths of ` +
      "constructs. What is in angle brackets is known to the account or to Terraform alone. Nothing was asked of AWS.",
    ...section("Who may assume what", roles.length === 0 ? ["No role is made."] : roles.flatMap(roleLines)),
    ...section(
      "Who may use what, by its own policy",
      policies.length === 0
        ? ["Nothing has a policy of its own."]
        : policies.flatMap((policy) => [`### ${codeSpan(policy.name)}`, "", ...statementTable(policy.statements)]),
    ),
    ...section("Who may reach what", [
      ...groups.flatMap((group) => [
        `### ${codeSpan(group.name)}`,
        "",
        group.members.length === 0 ? "Nothing of this app is in the group." : `In it: ${subjects(group.members)}.`,
        "",
        ...(group.open.length === 0
          ? ["Nothing may reach it, and it reaches nothing.", ""]
          : markdownTable(
              ["Direction", "Other side", "Open", "For"],
              group.open.map(({ direction, peer, ports, description }) => [
                direction === "from" ? "from" : "to",
                codeCell(peer),
                codeCell(ports),
                escapeMarkdown(description),
              ]),
            ).concat("")),
      ]),
      ...(groups.length === 0 ? ["There is no security group."] : []),
    ]),
    ...section(
      "Ways out of the networks",
      routes.length === 0
        ? ["No route leaves a network."]
        : markdownTable(
            ["Route table", "Destination", "Through"],
            routes.map(({ table, destination, through }) => [
              codeCell(table),
              codeCell(destination),
              codeCell(through),
            ]),
          ),
    ),
    ...section("Who may decrypt what", [
      ...keys.flatMap(keyLines),
      ...(withoutOwnKey.length === 0
        ? []
        : [
            "### Keys that AWS manages",
            "",
            "No key is named, so whoever may use the resource may decrypt it:",
            "",
            ...[...groupBy(withoutOwnKey, ({ type }) => type)].map(
              ([type, each]) => `- ${each.length} of ${codeSpan(type)}: ${subjects(each)}`,
            ),
          ]),
      ...(keys.length === 0 && withoutOwnKey.length === 0 ? ["Nothing is said to be encrypted."] : []),
    ]),
    ...section(
      "What the code does not tell",
      unread.length === 0
        ? ["Everything was read."]
        : unread.map(({ name, reason }) => `- ${codeSpan(name)}: ${escapeMarkdown(reason)}`),
    ),
    "",
  ].join("\n");
}

/** Renders the access as JSON, keys in a fixed order. Ends with a line feed. */
export function accessJson(access: Access): string {
  admit("accessJson", { access });
  const shown = dataWithoutSecrets(access);
  const { stacks, roles, policies, groups, routes, keys, withoutOwnKey, unread } = shown;
  const document = { stacks, roles, policies, groups, routes, keys, withoutOwnKey, unread };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function section(title: string, body: readonly string[]): string[] {
  const lines = [...body];
  while (lines.at(-1) === "") lines.pop();
  return ["", `## ${title}`, "", ...lines];
}

function roleLines({ name, trust, usedBy, permissions, namedPolicies }: RoleAccess): string[] {
  return [
    `### ${codeSpan(name)}`,
    "",
    ...(trust.length === 0
      ? ["The role is there already: who may assume it, and what else it may, is not in this code.", ""]
      : [
          ...markdownTable(
            ["May assume it", "Only where"],
            trust.map(({ effect, principals, conditions }) => [
              `${effect === "Deny" ? "**not** " : ""}${codes(principals)}`,
              conditions.length === 0 ? "always" : codes(conditions),
            ]),
          ),
          "",
        ]),
    usedBy.length === 0 ? "Nothing of this app is given the role." : `Given to: ${subjects(usedBy)}.`,
    "",
    ...(permissions.length === 0 && namedPolicies.length === 0 ? ["It may do nothing.", ""] : []),
    ...(permissions.length === 0 ? [] : statementTable(permissions)),
    ...namedPolicies.flatMap((policy) => [
      `It has the policy ${codeSpan(policy)}, whose text is not in this code.`,
      "",
    ]),
  ];
}

function statementTable(statements: readonly AccessStatement[]): string[] {
  const withPrincipals = statements.some(({ principals }) => principals.length > 0);
  return [
    ...markdownTable(
      [...(withPrincipals ? ["Who"] : []), "May", "With", "Only where"],
      statements.map(({ effect, principals, actions, resources, conditions }) => [
        ...(withPrincipals ? [codes(principals)] : []),
        `${effect === "Deny" ? "**not** " : ""}${codes(actions)}`,
        resources.length === 0 ? "itself" : codes(resources),
        conditions.length === 0 ? "always" : codes(conditions),
      ]),
    ),
    "",
  ];
}

function keyLines({ key, made, encrypts, policy, decryptors }: KeyAccess): string[] {
  return [
    `### ${codeSpan(key)}`,
    "",
    encrypts.length === 0 ? "Nothing of this app names the key." : `Encrypts: ${subjects(encrypts)}.`,
    "",
    ...(made ? [] : ["The key is there already: its policy is not in this code.", ""]),
    ...(policy.length === 0 ? [] : ["By the key's own policy:", "", ...statementTable(policy)]),
    ...(decryptors.length === 0
      ? []
      : [
          "By the policies of roles:",
          "",
          ...markdownTable(
            ["Role", "May", "Only where"],
            decryptors.map(({ role, statement: { actions, conditions } }) => [
              codeCell(role),
              codes(actions),
              conditions.length === 0 ? "always" : codes(conditions),
            ]),
          ),
          "",
        ]),
  ];
}

function codes(texts: readonly string[]): string {
  return texts.map(codeCell).join("<br>");
}

/** The number of subjects that a line names. The JSON has all of them. */
const SHOWN = 6;

function subjects(list: readonly AccessSubject[]): string {
  const shown = list.slice(0, list.length > SHOWN + 1 ? SHOWN : list.length);
  const more = list.length - shown.length;
  return `${shown.map(({ name }) => codeSpan(name)).join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}
