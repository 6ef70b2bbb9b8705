import { describe, expect, it } from "@jest/globals";
import { readAccess } from "../../lib/plan/access";
import { accessMarkdown } from "../../lib/report/access-report";

/** The page of an app with these resources. */
function pageOf(resource: object): string {
  return accessMarkdown(readAccess([{ path: "shop", terraform: { resource } }]));
}

describe("the page on access", () => {
  it("says of an app that gives none that there is nothing", () => {
    const page = pageOf({});
    for (const sentence of [
      "No role is made.",
      "Nothing has a policy of its own.",
      "There is no security group.",
      "No route leaves a network.",
      "Nothing is said to be encrypted.",
      "Everything was read.",
    ]) {
      expect(page).toContain(`\n${sentence}\n`);
    }
    expect(page.endsWith("\n")).toBe(true);
    expect(page).not.toContain("\n\n\n");
  });

  it("names six of many and counts the others", () => {
    const volume = { encrypted: true };
    const volumes = (number: number) =>
      pageOf({ aws_ebs_volume: Object.fromEntries(Array.from({ length: number }, (_, at) => [`v${at}`, volume])) });
    expect(volumes(7)).toMatch(/- 7 of `aws_ebs_volume`: (?:`[^`]+`, ){6}`[^`]+`\n/);
    expect(volumes(9)).toMatch(/- 9 of `aws_ebs_volume`: (?:`[^`]+`, ){5}`[^`]+` and 3 more\n/);
  });

  it("lets no name or policy out of its cell", () => {
    const page = pageOf({
      aws_vpc_security_group_ingress_rule: {
        a: { security_group_id: "sg|1`", cidr_ipv4: "10.0.0.0/8", description: "a | b <script>", ip_protocol: "tcp" },
      },
    });
    expect(page).toContain("\n### `` sg|1` ``\n");
    expect(page).toContain("a \\| b &lt;script&gt; |");
  });
});
