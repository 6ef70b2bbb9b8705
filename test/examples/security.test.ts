/** The security defaults, over the synthesized Terraform of all examples. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { exampleNames } from "../support/examples";
import { synthesizeExample, type SynthesizedStack } from "../support/synthesize-example";

/** The end of an attribute's path that names a secret itself, not a reference to one. */
const SECRET = /\.(password|master_password|\w*preshared_key|secret_string|auth_token|private_key)$/;

type Attributes = Readonly<Record<string, unknown>>;

describe.each(exampleNames())("examples/%s", (name) => {
  let stacks: SynthesizedStack[] = [];
  beforeAll(async () => {
    stacks = await synthesizeExample(name);
  }, 120_000);

  /** Every resource of a type, with its address. */
  const resources = (type: string): [string, Attributes][] =>
    stacks.flatMap(({ name: stack, terraform }) =>
      Object.entries(terraform.resource?.[type] ?? {}).map(
        ([id, attributes]) => [`${stack}/${type}.${id}`, attributes] as [string, Attributes],
      ),
    );
  const addressesWhere = (type: string, wrong: (attributes: Attributes) => boolean): string[] =>
    resources(type)
      .filter(([, attributes]) => wrong(attributes))
      .map(([address]) => address);

  it("encrypts every volume", () => {
    expect(addressesWhere("aws_ebs_volume", (volume) => volume["encrypted"] !== true)).toEqual([]);
    const devices = (instance: Attributes): Attributes[] =>
      ["root_block_device", "ebs_block_device"].flatMap((key) =>
        [(instance[key] ?? []) as Attributes | Attributes[]].flat(),
      );
    expect(
      addressesWhere("aws_instance", (instance) => devices(instance).some((device) => device["encrypted"] !== true)),
    ).toEqual([]);
  });

  it("gives every log group a key", () => {
    expect(addressesWhere("aws_cloudwatch_log_group", (group) => group["kms_key_id"] === undefined)).toEqual([]);
  });

  it("takes instance metadata by version 2 only", () => {
    const http = (instance: Attributes): unknown => {
      const options = instance["metadata_options"] as Attributes | Attributes[] | undefined;
      return (Array.isArray(options) ? options[0] : options)?.["http_tokens"];
    };
    expect(addressesWhere("aws_instance", (instance) => http(instance) !== "required")).toEqual([]);
  });

  it("admits nobody from the whole internet", () => {
    const open = (rule: Attributes): boolean => rule["cidr_ipv4"] === "0.0.0.0/0" || rule["cidr_ipv6"] === "::/0";
    expect(addressesWhere("aws_vpc_security_group_ingress_rule", open)).toEqual([]);
    expect(addressesWhere("aws_security_group", (group) => group["ingress"] !== undefined)).toEqual([]);
  });

  it("allows no wildcard action on a wildcard resource", () => {
    const text = JSON.stringify(stacks.map((stack) => stack.terraform));
    const policies = [...text.matchAll(/\{\\"Version\\":\\"2012-10-17\\".*?\}"/g)].map((match) => match[0]);
    const everything = policies.filter(
      (policy) =>
        /\\"Action\\":\s*(\[\s*)?\\"[a-z0-9*]*:?\*\\"/.test(policy) &&
        /\\"Resource\\":\s*(\[\s*)?\\"\*\\"/.test(policy),
    );
    // A key policy's Resource is the key it is attached to, and "*" is the only way to say so (AWS KMS developer guide).
    expect(everything.filter((policy) => !policy.includes("kms:"))).toEqual([]);
  });

  it("writes no secret, neither into the Terraform nor into an artifact", () => {
    const text = JSON.stringify(stacks);
    const keys = [...text.matchAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}/g)].map((match) => match[0]);
    expect(keys).toEqual([]);
    // An attribute that holds a secret may only refer to where Terraform finds it.
    const literal: string[] = [];
    const look = (value: unknown, at: string): void => {
      if (typeof value === "string" && SECRET.test(at) && !value.includes("${")) literal.push(at);
      if (typeof value !== "object" || value === null) return;
      for (const [key, child] of Object.entries(value)) look(child, `${at}.${key}`);
    };
    for (const { name: stack, terraform } of stacks) look(terraform.resource, stack);
    expect(literal).toEqual([]);
  });
});
