/** Secrets are known by their content, and ordinary words are none. */
import { describe, expect, it } from "@jest/globals";
import { refuseSecrets } from "../../../lib/core/door/admit";
import { findSecrets, secretForms, secretIn } from "../../../lib/core/secret/find-secrets";
import {
  dataWithoutSecrets,
  findSecretPlace,
  secretOnceIn,
  valueWithoutSecrets,
  withoutSecrets,
} from "../../../lib/core/secret/redact";
import { thrown } from "../../support/thrown";
import { characters, formIds, formsSampled, partsOf, secretSamples } from "../../support/secret-samples";
import { ordinaryNames } from "./ordinary-names";

const titled = secretSamples.map((sample, index) => ({ ...sample, title: `${sample.form}, sample ${index}` }));

describe("the samples", () => {
  it("have one of each form, and there are forty forms", () => {
    expect([...formsSampled].sort()).toEqual([...formIds].sort());
    expect(secretForms.length).toBeGreaterThanOrEqual(40);
    expect(new Set(formIds).size).toBe(formIds.length);
  });
});

describe.each(titled)("a secret: $title", (sample) => {
  const { form, text, secret } = sample;

  it("is known for what it is, alone and in a sentence", () => {
    expect(findSecrets(text).map(({ id }) => id)).toContain(form);
    expect(findSecrets(`note of 2024: ${text} (ask the shop team)`).map(({ id }) => id)).toContain(form);
  });

  it.each([
    ["alone", text],
    ["in a sentence", `note of 2024: ${text} (ask the shop team)`],
    ["in JSON", JSON.stringify({ note: text })],
    ["in YAML", `note: ${JSON.stringify(text)}\nowner: shop\n`],
    ["behind a name", `CACHE_SETTING=${text}`],
    ["in quotes", `'${text}'`],
    ["in a cell of CSV", `web-01,"${text.replaceAll('"', '""')}",shop`],
  ])("is left out of a text, %s", (_, whole) => {
    const written = withoutSecrets(whole);
    expect(written).not.toContain(secret);
    for (const part of partsOf(sample)) expect(written).not.toContain(part);
    expect(written).toContain("redacted-");
    expect(secretOnceIn(written)).toBeDefined();
    // What was redacted is no secret, and stays as it is.
    expect(withoutSecrets(written)).toBe(written);
  });
});

describe("ordinary words", () => {
  it("are no secrets: 500 names of hosts, tags, variables, paths and resources", () => {
    expect(new Set(ordinaryNames).size).toBeGreaterThanOrEqual(500);
    expect(ordinaryNames.filter((name) => findSecrets(name).length > 0)).toEqual([]);
    expect(ordinaryNames.filter((name) => valueWithoutSecrets("Name", name) !== name)).toEqual([]);
  });

  it.each([
    "postgresql://shop:{{password}}@db-01.example.internal:5432/shop",
    "postgresql://shop:${DB_PASSWORD}@db-01/shop",
    "postgres://shop:$DB_PASSWORD@db-01/shop",
    "postgres://shop:<password>@db-01/shop",
    "postgres://shop:****@db-01/shop",
    "Server=db-01;User Id=shop;Password={{password}};Encrypt=true",
    "jdbc:mysql://db-01/shop?user=shop&password=${password}",
    "host=db-01 user=shop password='{{password}}'",
    "password: /run/secrets/database",
    "password = arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf",
    "Basic authentication is off",
    "a bearer of bad news and of nothing else at all",
    "sha512-" + "A1b2".repeat(21) + "Cd==",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
    "https://hooks.slack.com/services/",
    "https://shop.example.com/?sig=abc",
    "MyVeryLongLogicalResourceNameInAStack0012",
    "/opt/Shop/Releases/2024/Build1234567890ab",
    "${TfToken[TOKEN.12]}",
  ])("are no secret: %s", (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  it("are no secret in camel case or in hexadecimal, however long", () => {
    const words = ["Web", "Server", "Shop", "Launch", "Config", "Group", "Alarm", "Stage", "Policy", "Role", "42", "7"];
    for (let seed = 1; seed <= 2000; seed++) {
      let name = "";
      for (let index = 0; name.length < 40; index++) name += words[(seed * 7 + index * seed) % words.length] ?? "";
      expect([name.slice(0, 40), secretIn(name.slice(0, 40))]).toEqual([name.slice(0, 40), undefined]);
      const digest = characters("0123456789abcdef", 40, seed);
      expect([digest, secretIn(digest)]).toEqual([digest, undefined]);
    }
  });
});

describe("an AWS secret access key", () => {
  it("is known among random ones, but for a few", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const keys = Array.from({ length: 2000 }, (_, index) => characters(alphabet, 40, index + 1));
    const missed = keys.filter((key) => secretIn(key) === undefined);
    expect(missed.length).toBeLessThan(keys.length * 0.02);
  });
});

describe("data", () => {
  const key = secretSamples.find(({ form }) => form === "github-token")?.text ?? "";

  it("are returned as they are where they hold no secret", () => {
    const data = { servers: [{ name: "web-01", tags: { owner: "shop" } }] };
    expect(dataWithoutSecrets(data)).toBe(data);
    expect(findSecretPlace(data)).toBeUndefined();
  });

  it("lose the secret wherever it is, in names of properties too", () => {
    const data = { list: [{ deep: `x ${key}` }], [key]: 1, kept: "web-01" };
    expect(dataWithoutSecrets(data)).toEqual({
      list: [{ deep: "x redacted-github-token" }],
      "redacted-github-token": 1,
      kept: "web-01",
    });
    expect(findSecretPlace({ a: [{ b: key }] })).toEqual({ what: "a GitHub token", path: ["a", 0, "b"] });
  });

  it("lose what the name of a property says is a secret", () => {
    const data = { Password: `Tr0ub4dor&3`, Owner: "shop" };
    expect(dataWithoutSecrets(data)).toEqual({ Password: "redacted-password", Owner: "shop" });
    expect(findSecretPlace({ tags: data })).toEqual({ what: "a password", path: ["tags", "Password"] });
  });

  it("are refused with the place and the kind, and without the secret", () => {
    const error = thrown(() => {
      refuseSecrets({ tags: { note: key } }, { construct: "stack/shop" });
    });
    expect(error).toMatchObject({ code: "SECRET_IN_CLEAR", path: "tags.note", construct: "stack/shop" });
    expect(error.message).toContain("a GitHub token");
    expect(`${error.message}${String(error.stack)}${JSON.stringify(error)}`).not.toContain(key);
  });

  it("may have themselves in them", () => {
    const data: Record<string, unknown> = { name: "web-01" };
    data["self"] = data;
    expect(findSecretPlace(data)).toBeUndefined();
  });
});

describe("a long text", () => {
  // Each ends within the time that a test has, or nobody would wait for an inventory.
  it.each([
    "password: ",
    "http://",
    "a:",
    "postgres://u:p",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----a",
    "eyJabcdefghij.",
    "sig=",
    "host=a ",
    "Password=",
    ";Pwd=",
    "PuTTY-User-Key-File-2:",
    "a1B/",
    "Basic ",
    "glpat-",
    "jdbc:oracle:thin:a/",
    "dp.st.",
    "?password=",
  ])("is read at once: %s over and over", (piece) => {
    const text = piece.repeat(Math.ceil(300_000 / piece.length));
    expect(withoutSecrets(text).length).toBeGreaterThan(0);
  });
});
