import { describe, expect, it } from "@jest/globals";
import { endpointPolicy, type EndpointTrust } from "../../../lib/parts/network/endpoint-policies";

interface Statement {
  readonly Sid: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const place = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
const statementsOf = (service: string, trust: EndpointTrust = {}): Statement[] =>
  (JSON.parse(endpointPolicy(service, { ...place, trust }) ?? '{"Statement":[]}') as { Statement: Statement[] })
    .Statement;

describe("the policy of an endpoint", () => {
  it("lets nobody through without a condition, but to read what is published", () => {
    for (const service of ["s3", "dynamodb", "ssm", "kms", "sts", "com.amazonaws.eu-central-1.ecr.api"]) {
      const statements = statementsOf(service);
      expect(statements.length).toBeGreaterThan(1);
      for (const { Condition, Resource, Action } of statements) {
        if (Condition === undefined) expect([Resource, Action]).not.toContain("*");
      }
    }
  });

  it("is of the account, and of those that it trusts", () => {
    const trust = { accountIds: ["444455556666"], organizationId: "o-a1b2c3d4e5", readableBuckets: ["vendor"] };
    const [accounts, organization, services, objects] = statementsOf("s3", trust);
    expect(accounts?.Condition).toEqual({ StringEquals: { "aws:PrincipalAccount": ["111122223333", "444455556666"] } });
    expect(organization?.Condition).toEqual({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });
    expect(services?.Condition).toEqual({ Bool: { "aws:PrincipalIsAWSService": "true" } });
    expect(objects).toMatchObject({ Action: ["s3:GetObject"] });
    expect(objects?.Resource).toEqual(expect.arrayContaining(["arn:aws:s3:::vendor/*"]));
    expect(statementsOf("ssm", trust)).toHaveLength(3);
  });

  it("lets sign in who has no role yet", () => {
    expect(statementsOf("sts").at(-1)).toMatchObject({ Sid: "FederatedSignIn" });
  });

  it("is left to AWS where a service takes none", () => {
    expect(endpointPolicy("execute-api", { ...place, trust: {} })).toBeUndefined();
    expect(endpointPolicy("com.amazonaws.vpce.eu-central-1.vpce-svc-1", { ...place, trust: {} })).toBeUndefined();
  });
});
