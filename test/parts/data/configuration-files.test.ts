import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { inventorySchema } from "../../../lib/inventory/model";
import { configurationFilesRules } from "../../../lib/parts/data/rules";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import * as path from "node:path";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { ConfigurationFiles, type ConfigurationFilesProps } from "../../../lib/parts/data";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import type { Assessment } from "../../../lib/assessment";
import { readyAssessment } from "../../support/ready-assessment";
import { inStage, stageSteps } from "../../support/toy-migration";
import { newStack, shopProps, type InStage } from "./fixtures";
import { templateText } from "../../support/terraform-template";

const synthesizeFiles = (over: Partial<ConfigurationFilesProps> & InStage = {}) => {
  const { stack } = newStack();
  const files = new ConfigurationFiles(stack, "shop", shopProps(stack, over));
  return { files, json: synthesize(stack) };
};

interface Step {
  readonly name: string;
  readonly action: string;
  readonly precondition: Json;
  readonly inputs: { readonly sourceInfo?: string; readonly runCommand?: string[]; readonly destinationPath?: string };
}
const stepsOf = (json: ReturnType<typeof synthesizeFiles>["json"]): Step[] =>
  (JSON.parse(resourcesOf(json, "aws_ssm_document")[0]!["content"] as string) as { mainSteps: Step[] }).mainSteps;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("configuration files", () => {
  const { files, json } = synthesizeFiles();

  it("are objects of an encrypted, versioned, private bucket", () => {
    expect(resourcesOf(json, "aws_s3_object").map((each) => each["key"])).toEqual([
      "configuration/linux/app.conf",
      "configuration/windows/web/site.config",
    ]);
    for (const object of resourcesOf(json, "aws_s3_object")) {
      expect(object).toMatchObject({ server_side_encryption: "aws:kms", bucket_key_enabled: true });
    }
    expect(resourcesOf(json, "aws_s3_bucket_versioning")[0]).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect([...files.objects.keys()]).toEqual(["app.conf", "web/site.config"]);
  });

  it("keep their own dollars and percents from Terraform", () => {
    const [object] = resourcesOf(json, "aws_s3_object");
    expect(templateText(object!["content"])).toBe("listen=8080\nhome=${JAVA_HOME} %{HOST}\n");
  });

  it("are downloaded by the agent and checked by a script, on each system its own", () => {
    const steps = stepsOf(json);
    expect(steps.map(({ name, action }) => [name, action])).toEqual([
      ["downloadlinux", "aws:downloadContent"],
      ["placelinux", "aws:runShellScript"],
      ["downloadwindows", "aws:downloadContent"],
      ["placewindows", "aws:runPowerShellScript"],
    ]);
    expect(steps[0]!.inputs.sourceInfo).toContain("https://s3.eu-central-1.amazonaws.com/");
    expect(steps[2]!.precondition).toEqual({ StringEquals: ["platformType", "Windows"] });
    const [, linux, , windows] = steps;
    expect(linux!.inputs.runCommand!.join("\n")).toContain(sha256("listen=8080\nhome=${JAVA_HOME} %{HOST}\n"));
    expect(windows!.inputs.runCommand!.join("\n")).toContain(sha256("<site port='8080'/>\n"));
    expect(windows!.inputs.runCommand!.join("\n")).toContain(
      "Name = 'web\\site.config'; Path = 'C:\\Shop\\site.config'",
    );
  });

  it("are downloaded from the endpoint of their partition", () => {
    const sourceOf = (region: string | undefined): string | undefined =>
      stepsOf(synthesizeFiles({ region }).json)[0]!.inputs.sourceInfo;
    expect(sourceOf("cn-north-1")).toContain("https://s3.cn-north-1.amazonaws.com.cn/");
    expect(sourceOf("us-gov-west-1")).toContain("https://s3.us-gov-west-1.amazonaws.com/");
    expect(sourceOf(undefined)).toMatch(
      /https:\/\/s3\.\$\{data\.aws_region\.\w+\.name\}\.\$\{data\.aws_partition\.\w+\.dns_suffix\}\//,
    );
  });

  it("are placed on tagged servers, a few at a time, and stop at the first failure", () => {
    expect(resourcesOf(json, "aws_ssm_association")[0]).toMatchObject({
      parameters: { Action: "place" },
      targets: [{ key: "tag:migration:wave", values: ["wave-1"] }],
      max_concurrency: "20%",
      max_errors: "0",
    });
  });

  it("may be read below their prefix alone", () => {
    const policy = resourcesOf(json, "aws_iam_policy")[0]!["policy"] as string;
    expect(policy).toContain("/configuration/*");
    expect(policy).not.toMatch(/"Resource":"\*"/);
  });

  it("are uploaded and not placed while the source still serves", () => {
    const { files: before, json: other } = synthesizeFiles({ stage: "replicate" });
    expect(resourcesOf(other, "aws_ssm_association")).toEqual([]);
    expect(resourcesOf(other, "aws_s3_object")).toHaveLength(2);
    expect(before.association).toBeUndefined();
    expect(JSON.stringify(stageSteps(before).test.reverse)).toContain("Action=restore");
  });

  it("are restored on the servers that are known, and on VALUE where one is a token", () => {
    const targetsOf = (targets: ConfigurationFilesProps["targets"]): string | undefined => {
      const { reverse = [] } = stageSteps(synthesizeFiles({ targets }).files).test;
      return reverse.find(({ title }) => title.startsWith("Restore the files"))?.command?.replace(/^.* --targets /, "");
    };
    const token = new TerraformVariable(newStack().stack, "wave", { type: "string" }).stringValue;
    expect(
      targetsOf([
        { key: "tag:migration:wave", values: ["wave-1", token] },
        { key: "tag:role", values: ["web"] },
      ]),
    ).toBe("Key=tag:migration:wave,Values=wave-1,VALUE Key=tag:role,Values=web --region eu-central-1");
    const awkward = [{ key: "tag:Name", values: ["a b", "it's, x"] }];
    const argument = targetsOf(awkward)?.replace(/ --region eu-central-1$/, "") ?? "";
    const shown = execFileSync("sh", ["-c", `printf %s ${argument}`], { encoding: "utf8" });
    expect(JSON.parse(shown)).toEqual([{ Key: "tag:Name", Values: ["a b", "it's, x"] }]);
  });

  it("may be tokens and files that Terraform reads, whose sums it works out", () => {
    const { stack } = newStack();
    const variable = new TerraformVariable(stack, "settings", { type: "string" });
    new ConfigurationFiles(
      stack,
      "shop",
      shopProps(stack, {
        bucket: { arn: "arn:aws:s3:::mine", name: "mine" },
        kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
        schedule: "rate(1 day)",
        prefix: "shop/files",
        files: {
          a: { path: "/etc/a", content: variable.stringValue },
          b: { path: "/etc/b", source: "/srv/assets/b" },
        },
      }),
    );
    const other = synthesize(stack);
    const [a, b] = resourcesOf(other, "aws_s3_object");
    expect(a).toMatchObject({ content: "${var.settings}", bucket: "mine", key: "shop/files/linux/a" });
    expect(b).toMatchObject({ source: "/srv/assets/b", source_hash: '${filesha256("/srv/assets/b")}' });
    expect(resourcesOf(other, "aws_s3_bucket")).toEqual([]);
    const content = resourcesOf(other, "aws_ssm_document")[0]!["content"] as string;
    expect(content).toContain("${sha256(var.settings)}");
    expect(resourcesOf(other, "aws_ssm_association")[0]).toMatchObject({ schedule_expression: "rate(1 day)" });
  });
});

describe("the script for Linux", () => {
  it("checks before it places, keeps what it replaces, and puts it back", () => {
    const root = makeTemporaryFolder("placement");
    try {
      const { username } = userInfo();
      const group = execFileSync("id", ["-gn"], { encoding: "utf8" }).trim();
      const { json } = synthesizeFiles({
        files: {
          "app.conf": { path: "/etc/shop/app.conf", content: "new ${A}\n", owner: username, group, mode: "0600" },
          "sub/more.conf": { path: "/etc/shop/more folder/more.conf", content: "more\n", owner: username, group },
        },
      });
      const script = stepsOf(json)[1]!
        .inputs.runCommand!.join("\n")
        .replaceAll("'/var/lib/", `'${root}/var/lib/`)
        .replaceAll("'/etc/", `'${root}/etc/`);
      const run = (action: string): string => {
        mkdirSync(path.join(root, "var/lib/shop/download/sub"), { recursive: true });
        writeFileSync(path.join(root, "var/lib/shop/download/app.conf"), "new ${A}\n");
        writeFileSync(path.join(root, "var/lib/shop/download/sub/more.conf"), more);
        return execFileSync("sh", ["-c", script.replace("{{ Action }}", action)], { encoding: "utf8", stdio: "pipe" });
      };
      const file = path.join(root, "etc/shop/app.conf");
      const other = path.join(root, "etc/shop/more folder/more.conf");
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, "old\n");

      let more = "tampered\n";
      expect(() => run("place")).toThrow(/is not what was declared/);
      expect(readFileSync(file, "utf8")).toBe("old\n");

      more = "more\n";
      expect(run("place")).toContain("placed");
      // A second time, so that what is kept is the first file and not the placed one.
      run("place");
      expect(readFileSync(file, "utf8")).toBe("new ${A}\n");
      expect(readFileSync(other, "utf8")).toBe("more\n");
      // Its owner must be able to enter a folder that is new; nobody but root what is kept.
      const modeOf = (place: string): number => statSync(place).mode & 0o777;
      expect(modeOf(path.dirname(other))).toBe(0o755);
      expect(modeOf(other)).toBe(0o640);
      expect(modeOf(file)).toBe(0o600);
      expect(modeOf(path.join(root, "var/lib/shop/backup"))).toBe(0o700);

      expect(run("restore")).toContain("restored");
      expect(readFileSync(file, "utf8")).toBe("old\n");
      expect(existsSync(other)).toBe(false);
      run("place");
      expect(readFileSync(file, "utf8")).toBe("new ${A}\n");
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe("configuration-file-mentions-source", () => {
  const inventory = inventorySchema.parse({
    servers: [
      { name: "db-01", fqdn: "db-01.example.internal", nics: [{ addresses: ["10.0.0.1"] }] },
      { name: "web", nics: [{ addresses: ["10.0.0.20"] }] },
      { name: "keep-01", strategy: "retain", nics: [{ addresses: ["10.0.0.98"] }] },
    ],
  });
  // The ready assessment, of other servers.
  const assessed = Object.assign(Object.create(readyAssessment()) as Assessment, { inventory });
  const estate = (scope: TerraformStack) => inStage(scope, "test", { assessment: assessed });
  const found = (over: Partial<ConfigurationFilesProps>) => {
    const { stack } = newStack();
    return new ConfigurationFiles(stack, "shop", shopProps(stack, { migration: estate(stack), ...over })).findings();
  };
  const conf = (content: string) => ({ "app.conf": { path: "/etc/shop/app.conf", content } });

  it("is silent where a file names the target, a server that stays, or what is listed", () => {
    expect(found({ files: conf("db=db.example.net\nntp=10.0.0.98\npeer=10.0.0.10\n") })).toEqual([]);
    expect(found({ files: conf("db=10.0.0.1\n"), validAtTarget: ["10.0.0.1"] })).toEqual([]);
  });

  it("says in which line of which file, once for each thing that is named", () => {
    const findings = found({
      files: {
        ...conf("# the shop\ndb=DB-01.example.internal\r\nip=10.0.0.1\nagain=10.0.0.1\nlast=10.0.0.1"),
        "b.conf": { path: "/etc/b", content: "user=web\nnet=10.0.0.0/24\n" },
      },
    });
    expect(findings.map(({ severity, subject, message, location }) => [severity, subject, message, location])).toEqual([
      [
        "blocker",
        "shop/app.conf",
        "line 2 of app.conf contains DB-01.example.internal, the name of db-01, which is migrated",
        { file: "app.conf", line: 2 },
      ],
      [
        "blocker",
        "shop/app.conf",
        "line 3 of app.conf contains 10.0.0.1, an address of db-01, which is migrated; so do 2 more lines",
        { file: "app.conf", line: 3 },
      ],
      [
        "warning",
        "shop/b.conf",
        "line 1 of b.conf contains web, a word that equals the name of web, which is migrated",
        { file: "b.conf", line: 1 },
      ],
      [
        "warning",
        "shop/b.conf",
        "line 2 of b.conf contains 10.0.0.0/24, a network with an address of db-01, which is migrated",
        { file: "b.conf", line: 2 },
      ],
    ]);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["configuration-file-mentions-source"]));
  });

  it("passes over tokens, and files that Terraform reads", () => {
    const { stack } = newStack();
    const token = new TerraformVariable(stack, "settings", { type: "string" }).stringValue;
    const files = new ConfigurationFiles(
      stack,
      "shop",
      shopProps(stack, {
        migration: estate(stack),
        files: {
          a: { path: "/etc/a", content: token },
          b: { path: "/etc/b", source: "/srv/10.0.0.1" },
          c: { path: "/etc/c", content: `host=${token}\ndb=10.0.0.1` },
        },
      }),
    );
    expect(files.findings().map(({ location }) => location)).toEqual([{ file: "c", line: 2 }]);
  });

  it("looks for nothing where the estate is not known, and is one of the rules", () => {
    const { review } = synthesizeFiles({ files: conf("db=10.0.0.1\n") }).files;
    expect(configurationFilesRules.flatMap((rule) => rule(review))).toEqual([]);
    expect(configurationFilesRules.map(({ id }) => id)).toContain("configuration-file-mentions-source");
  });
});

describe("what configuration files refuse", () => {
  const file = { path: "/etc/a", content: "x" };
  it.each<[string, Partial<ConfigurationFilesProps> & InStage, RegExp]>([
    ["a quote in a path", { files: { a: { ...file, path: "/etc/a'; rm -rf /" } } }, /plain absolute path/],
    ["a way out", { files: { a: { ...file, path: "/etc/../root/a" } } }, /plain absolute path/],
    ["a relative path", { files: { a: { ...file, path: "etc/a" } } }, /plain absolute path/],
    ["a name that leaves the prefix", { files: { "../a": file } }, /as a part/],
    ["neither content nor source", { files: { a: { path: "/etc/a" } } }, /if source is not/],
    ["both", { files: { a: { ...file, source: "/b" } } }, /left out if source is given/],
    ["a mode on Windows", { files: { a: { path: "C:\\a", content: "x", mode: "0640" } } }, /Linux only/],
    ["a mode that is none", { files: { a: { ...file, mode: "rw" } } }, /octal/],
    ["no file", { files: {} }, /at least one file/],
    [
      "too many",
      { files: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, { path: `/f${i}`, content: "" }])) },
      /at most 100/,
    ],
    ["no server", { targets: [] }, /select the servers/],
    ["a target that is no tag", { targets: [{ key: "InstanceIds", values: ["i-1"] }] }, /tag:/],
  ])("refuses %s", (_what, over, message) => {
    const error = thrown(() => synthesizeFiles(over));
    expect(error.code).toBe("targets" in over ? "CONFIGURATION_FILES_TARGETS" : "CONFIGURATION_FILES_FILES");
    expect(error.message).toMatch(message);
  });

  it("refuses two files for one place", () => {
    expect(thrown(() => synthesizeFiles({ files: { a: file, b: file } })).code).toBe("CONFIGURATION_FILES_SAME_PATH");
    const windows = (name: string) => ({ path: `C:\\${name}`, content: "x" });
    expect(thrown(() => synthesizeFiles({ files: { a: windows("A.txt"), b: windows("a.TXT") } })).code).toBe(
      "CONFIGURATION_FILES_SAME_PATH",
    );
  });
});
