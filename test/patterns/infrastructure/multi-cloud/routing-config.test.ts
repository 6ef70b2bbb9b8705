import { describe, expect, it } from "@jest/globals";
import type { MigrationError } from "../../../../lib/core/error";
import { renderMermaid } from "../../../../lib/patterns/infrastructure/multi-cloud/mermaid";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { explainRequest, readRoutingConfig } from "../../../../lib/patterns/infrastructure/multi-cloud/routing-config";
import { thrown } from "../../../support/thrown";
import { catalogIntent, twoClouds } from "./intents";

const yaml = `service: user-service
destinations:
  local: { cloud: on-premises, host: user-service, subset: local }
  aws: { cloud: aws, region: us-east-1, host: aws-service.company.com }
routes:
  - name: us-east
    match:
      - headers: { region: { exact: us-east } }
    to: aws
default:
  to:
    local: 80
    aws: 20
schedule:
  towards: aws
  steps: [0, 20, 100]
`;

const refused = (text: string): MigrationError => thrown(() => readRoutingConfig(text, "routing.yaml"));

describe("a routing in a file", () => {
  it("is read", () => {
    const routing = readRoutingConfig(yaml, "routing.yaml");
    expect(routing.stages).toEqual(["0-percent", "20-percent", "100-percent"]);
    expect(readRoutingConfig(JSON.stringify(catalogIntent), "routing.json").service).toBe("user-service");
  });

  it("is UTF-8", () => {
    expect(readRoutingConfig(new TextEncoder().encode(yaml), "routing.yaml").service).toBe("user-service");
    const error: MigrationError = thrown(() => readRoutingConfig(new Uint8Array([0xff, 0xfe, 0x00]), "routing.yaml"));
    expect(error.code).toBe("ROUTING_YAML");
  });

  it.each([
    ["a wrong type", yaml.replace("local: 80", "local: many"), "ROUTING_INTENT", /^routing\.yaml:11:3/],
    ["an unknown name", yaml.replace("to: aws", "to: azure"), "ROUTING_NAME", /^routing\.yaml:9:5 \(routes\[0\]\.to\)/],
    ["steps that go down", yaml.replace("[0, 20, 100]", "[0, 20, 10]"), "ROUTING_SCHEDULE", /^routing\.yaml:16:18/],
    ["no YAML", "a: [", "ROUTING_YAML", /^routing\.yaml:1/],
    ["one key twice", `${yaml}service: other\n`, "ROUTING_YAML", /^routing\.yaml/],
    ["a token", `${yaml}residency: "\${TfToken[TOKEN.0]}"\n`, "ROUTING_TOKEN", /^routing\.yaml:\d+/],
    ["the token of a key", `${yaml}"&{TfToken[TOKEN.0]}": 1\n`, "ROUTING_TOKEN", /^routing\.yaml:\d+/],
    ["two documents", `${yaml}---\n${yaml}`, "ROUTING_YAML", /^routing\.yaml$/],
    ["nothing", "", "ROUTING_YAML", /^routing\.yaml$/],
  ])("is refused at its line: %s", (_title, text, code, path) => {
    const error = refused(text);
    expect(error.code).toBe(code);
    expect(error.path).toMatch(path);
  });
});

describe("explaining a request", () => {
  const routing = readRoutingConfig(yaml, "routing.yaml");

  it("prints a table", () => {
    expect(explainRequest(routing, { headers: ["region=us-east"] })).toBe(
      [
        "user-service",
        "",
        "mesh: us-east decides (match 0 of route us-east)",
        "  destination  cloud  region     share  instead of",
        "  aws          aws    us-east-1  100 %  -",
        "",
      ].join("\n"),
    );
  });

  it("prints what fails", () => {
    const text = explainRequest(routing, { down: ["aws"], stage: "20-percent" });
    expect(text).toContain("user-service at stage 20-percent, down: aws");
    expect(text).toMatch(/local +on-premises +- +80 %/);
    expect(text).toMatch(/\(fails\) +- +- +20 %/);
  });

  it("prints DNS beside the mesh", () => {
    const text = explainRequest(Routing.parse(twoClouds), { down: ["aws"], location: "EU/DE" });
    expect(text).toContain("dns users.example.com: weighted decides (by the weights of the healthy records)");
    expect(text.match(/gcp +gcp +europe-west1 +100 % +aws/g)).toHaveLength(2);
  });

  it.each([
    [{ headers: ["region"] }, /name=value/],
    [{ sourceLabels: ["=x"] }, /--source-label/],
    [{ down: ["azure"] }, /one of local, aws/],
    [{ nearest: ["azure"] }, /one of local, aws/],
  ])("refuses %j", (options, message) => {
    const error: MigrationError = thrown(() => explainRequest(routing, options));
    expect(error.code).toBe("ROUTING_REQUEST");
    expect(error.message).toMatch(message);
  });

  it("takes what is near, for latency", () => {
    const intent = { ...twoClouds, dns: { ...twoClouds.dns, policy: "latency" } };
    expect(explainRequest(Routing.parse(intent), { nearest: ["gcp"] })).toMatch(
      /latency decides \(the nearest healthy record\)\n.*\n +gcp/,
    );
  });

  it("takes a request's other sides", () => {
    const intent = {
      ...catalogIntent,
      routes: [
        {
          name: "post",
          match: [
            {
              method: { exact: "POST" },
              uri: { prefix: "/a" },
              authority: { exact: "x" },
              gateways: ["edge"],
              sourceLabels: { app: "web" },
            },
          ],
          to: "gcp",
        },
      ],
    };
    const text = explainRequest(Routing.parse(intent), {
      method: "POST",
      path: "/a",
      authority: "x",
      gateway: "edge",
      sourceLabels: ["app=web"],
    });
    expect(text).toContain("mesh: post decides");
  });
});

describe("the diagram", () => {
  it("shows routes, shares and failover", () => {
    expect(renderMermaid(Routing.parse(twoClouds).at("0-percent"))).toBe(
      [
        "flowchart LR",
        '  client(["users"])',
        '  d0["aws<br/>aws us-east-1"]',
        '  d1["gcp<br/>gcp europe-west1"]',
        '  client -->|"otherwise"| r0{"default"}',
        '  r0 -->|"100 %"| d0',
        '  r0 -.->|"0 %"| d1',
        '  d0 -.->|"failover 1"| d1',
        '  d1 -.->|"failover 1"| d0',
        "",
      ].join("\n"),
    );
  });

  it("describes matches, and escapes what Mermaid would read", () => {
    const routes = [
      {
        match: [
          {
            headers: { a: { exact: '"<b>&' }, c: { present: true } },
            withoutHeaders: { d: { prefix: "e" } },
            uri: { regex: "/f.*" },
          },
        ],
        to: "aws",
        mirror: { to: "gcp", percent: 5 },
      },
    ];
    const text = renderMermaid(Routing.parse({ ...catalogIntent, routes }));
    expect(text).toContain("path matches /f.* and a = &quot;&lt;b&gt;&amp; and c is there and not d begins with e");
    expect(text).toContain('-.->|"copy of 5 %"|');
  });
});
