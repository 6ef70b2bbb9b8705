import { describe, expect, it } from "@jest/globals";
import { secretInAnnotation } from "../../../lib/assessment/rules/secret-rules";
import { secretIn } from "../../../lib/core/secret/find-secrets";
import { formatFinding } from "../../../lib/core/finding";
import { seen, serverWith } from "../fixture";

describe("secret-in-annotation", () => {
  it.each([
    "owner: shop team, ticket 4711",
    "password: see KeePass",
    "Password is stored in the vault",
    "password = <ask the shop team>",
    "pwd: ********",
    "passwort: n/a",
    "password policy: 90 days",
    "password reset 2024-05-01",
    "token: none",
    "https://wiki.example.com/page:1",
    "https://user:{password}@db.example.com/",
    "api key: rotated",
  ])("finds nothing in: %s", (annotation) => {
    expect(seen(secretInAnnotation, serverWith({ annotation }))).toEqual([]);
  });

  it.each([
    ["root password: Summer2019!", "a password"],
    ["pwd=hunterhunter", "a password"],
    ["Passwort: Geheim#1", "a password"],
    ["the password is tr0ub4dor&3.", "a password"],
    ["api_key: 9f8e7d6c5b4a", "a password"],
    ["jdbc:postgresql://app:S3cret99@db-01/orders", "a password in a URL"],
    ["AKIAIOSFODNN7EXAMPLE", "an AWS access key id"],
    ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
    [`ghp_${"a1B2".repeat(9)}`, "a GitHub token"],
    ["xoxb-123456789012-abcdef", "a Slack token"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig", "a JSON web token"],
  ])("warns of: %s", (annotation, what) => {
    expect(seen(secretInAnnotation, serverWith({ annotation }))).toEqual([
      `warning web-01: its annotation seems to hold ${what}, which is not repeated here`,
    ]);
  });

  it("looks into tags, and never repeats the secret", () => {
    const secret = "Tr0ub4dor&3";
    const findings = secretInAnnotation(
      serverWith({ tags: { Password: secret, Owner: "shop" }, annotation: `pw: ${secret}` }),
    );
    expect(findings).toHaveLength(2);
    for (const finding of findings) expect(formatFinding(finding)).not.toContain(secret);
  });

  it("reads a long note in no time worth mentioning", () => {
    expect(secretIn("password: ".repeat(100_000))).toBeUndefined();
    expect(secretIn(`http://${"a".repeat(200_000)}`)).toBeUndefined();
  });
});
