import { describe, expect, it } from "@jest/globals";
import { nativeReader } from "../../../lib/inventory/native/native-reader";
import { errorOf, fixtureFile, textFile } from "../input";

const read = (text: string, name = "estate.yaml") => nativeReader.read([textFile(name, text)]);

describe("the native form", () => {
  it("is read from YAML, with the line of every item", async () => {
    const inventory = await nativeReader.read([fixtureFile("estate.yaml")]);
    expect(inventory.findings).toEqual([]);
    expect(inventory.format).toBe("native");
    expect(inventory.source).toBe("estate.yaml");
    expect(inventory.servers.map((server) => server.name)).toEqual(["web01", "db01"]);
    expect(inventory.servers[0]?.location).toEqual({ file: "estate.yaml", line: 3, character: 5, path: "servers[0]" });
    expect(inventory.servers[1]?.location?.line).toBe(11);
    expect(inventory.servers[1]?.powerState).toBe("on");
    expect(inventory.networks[0]).toMatchObject({ name: "production", cidr: "10.0.0.0/24", location: { line: 17 } });
  });

  it("keeps an unquoted version as it is written", async () => {
    const inventory = await nativeReader.read([fixtureFile("estate.yaml")]);
    expect(inventory.servers[0]?.os.version).toBe("22.10");
  });

  it("is read from JSON, with the line of every item", async () => {
    const inventory = await read(
      '{\n "servers": [\n  {"name": "a"},\n  {"name": "b", "cpus": 2}\n ]\n}',
      "estate.json",
    );
    expect(inventory.servers.map(({ location }) => [location?.line, location?.character])).toEqual([
      [3, 3],
      [4, 3],
    ]);
  });

  it("lets several servers share what they have in common", async () => {
    const inventory = await read(
      "servers:\n  - &base { name: a, cpus: 4, tags: { team: x } }\n  - { <<: *base, name: b }\n",
    );
    expect(inventory.servers.map(({ name, cpus, tags }) => [name, cpus, tags])).toEqual([
      ["a", 4, { team: "x" }],
      ["b", 4, { team: "x" }],
    ]);
  });

  it("takes a key with nothing behind it for an empty list", async () => {
    const inventory = await read("servers:\nnetworks:\n");
    expect(inventory).toMatchObject({ servers: [], networks: [], findings: [] });
  });

  it("is recognized by its keys and not by its name", () => {
    const recognized = (text: string) => nativeReader.recognizes([textFile("export.dat", text)]);
    expect(recognized("# a comment\nservers:\n  - name: a\n")).toBe(true);
    expect(recognized('{"$schema": "x", "servers": []}')).toBe(true);
    expect(recognized("{servers: [{name: a}]}")).toBe(true);
    expect(recognized("flows: []")).toBe(true);
    expect(recognized("host,servers: many\n")).toBe(false);
    expect(recognized("hosts:\n  - a\n")).toBe(false);
    expect(recognized("")).toBe(false);
  });
});

describe("what the model refuses", () => {
  it("costs no more than the value it is about", async () => {
    const inventory = await read(
      "servers:\n  - name: a\n    memoryMiB: -5\n    memory: 4\n    cpus: 2\n  - name: b\n    cpus: many\n",
    );
    expect(inventory.servers).toMatchObject([{ name: "a", cpus: 2 }, { name: "b" }]);
    expect(inventory.servers[0]).not.toHaveProperty("memoryMiB");
    expect(
      inventory.findings.map(({ rule, subject, location }) => [rule, subject, location?.line, location?.path]),
    ).toEqual([
      ["inventory-value-invalid", "a", 3, "servers[0].memoryMiB"],
      ["inventory-value-invalid", "a", 4, "servers[0].memory"],
      ["inventory-value-invalid", "b", 7, "servers[1].cpus"],
    ]);
    expect(inventory.findings[1]?.message).toBe("memory is not a key of the format and is left out");
  });

  it("costs the disk where the disk makes no sense without it", async () => {
    const inventory = await read(
      "servers:\n  - name: a\n    disks:\n      - { name: d0, capacityMiB: .nan }\n      - { name: d1, capacityMiB: 10 }\n      - { name: d2, capacityMiB: 1e300 }\n",
    );
    expect(inventory.servers[0]?.disks.map((disk) => disk.name)).toEqual(["d1"]);
    expect(inventory.findings.map(({ location }) => location?.path)).toEqual([
      "servers[0].disks[0]",
      "servers[0].disks[2]",
    ]);
    expect(inventory.findings[0]?.message).toMatch(/^disks\[0\] is refused, because its capacityMiB is refused: /);
    expect(inventory.findings[1]?.location?.line).toBe(6);
  });

  it("costs the server where it has no name, and the others are read", async () => {
    const inventory = await read("servers:\n  - cpus: 2\n  - name: b\n  - just text\n  - name: ''\n");
    expect(inventory.servers.map((server) => server.name)).toEqual(["b"]);
    expect(inventory.findings).toHaveLength(3);
    expect(inventory.findings[0]).toMatchObject({
      rule: "inventory-row-skipped",
      subject: "server 1",
      message: "the server is left out, because name is missing",
      location: { file: "estate.yaml", line: 2, path: "servers[0].name" },
    });
    expect(inventory.findings[1]).toMatchObject({ subject: "server 3", location: { line: 4 } });
  });

  it("is counted where there is too much of it", async () => {
    const disks = Array.from({ length: 20_000 }, (_, index) => ({ name: `d${index}`, capacityMiB: "big" }));
    const inventory = await read(JSON.stringify({ servers: [{ name: "a", disks }], constructor: 1 }));
    expect(inventory.servers).toMatchObject([{ name: "a", disks: [] }]);
    expect(inventory.findings).toHaveLength(22);
    expect(inventory.findings[20]?.message).toBe("19980 more values are left out");
    expect(inventory.findings[21]?.message).toBe("constructor is not a key of the format and is left out");
  });

  it("is nothing where nothing stands behind the key", async () => {
    const inventory = await read(
      "servers:\n  - name: a\n    fqdn:\n    os: ~\n    disks: null\n  - name: ~\n  - name: 7\n",
    );
    expect(inventory.servers.map((server) => server.name)).toEqual(["a", "7"]);
    expect(inventory.findings.map(({ message }) => message)).toEqual([
      "the server is left out, because name is missing",
    ]);
  });

  it("is said of the document's own keys too", async () => {
    const inventory = await read("server:\n  - name: a\nservers: 7\nsource: [x]\n");
    expect(inventory.findings.map(({ location, message }) => [location?.line, message])).toEqual([
      [3, "servers is not a list and is left out"],
      [1, "server is not a key of the format and is left out"],
      [4, "source is not a text and is left out"],
    ]);
  });

  it("is said with the place in JSON", async () => {
    const inventory = await read(
      '{"servers": [\n {"name": "a",\n  "disks": [{"name": "x",\n   "capacityMiB": "big"}]}]}',
    );
    expect(inventory.findings[0]?.location).toMatchObject({ line: 3, character: 13, path: "servers[0].disks[0]" });
  });

  it("is never quoted, because it may be a secret", async () => {
    const inventory = await read(
      "servers:\n  - name: a\n    cpus: hunter2\n    firmware: hunter2\n    disks: hunter2\n  - hunter2\nflows: hunter2\n",
    );
    expect(inventory.findings.length).toBeGreaterThan(4);
    expect(JSON.stringify(inventory)).not.toContain("hunter2");
  });
});

describe("a document that cannot be read", () => {
  const cases: readonly (readonly [name: string, text: string, code: string, message: RegExp])[] = [
    [
      "a tab as indentation",
      "servers:\n\t- name: a\n",
      "INVENTORY_DOCUMENT_SYNTAX",
      /estate\.yaml:2:1: .* tab is used/,
    ],
    ["a key twice", "servers: []\nservers: []\n", "INVENTORY_DOCUMENT_SYNTAX", /estate\.yaml:2:1: .* occurs twice/],
    [
      "a key twice in JSON",
      '{"servers": [{"name": "a",\n"name": "b"}]}',
      "INVENTORY_DOCUMENT_SYNTAX",
      /:2:\d+ .* occurs twice/,
    ],
    ["two documents", "servers: []\n---\nservers: []\n", "INVENTORY_DOCUMENT_SYNTAX", /more than one document/],
    ["a bracket left open", "servers: [{name: hunter2\n", "INVENTORY_DOCUMENT_SYNTAX", /estate\.yaml:2:1: /],
    ["truncated JSON", '{"servers": [{"name": "hunter2', "INVENTORY_DOCUMENT_SYNTAX", /estate\.yaml:1:\d+: /],
    [
      "a bad indentation",
      "servers:\n  - name: a\n cpus: hunter2\n",
      "INVENTORY_DOCUMENT_SYNTAX",
      /estate\.yaml:\d+:\d+: /,
    ],
    ["an alias without anchor", "servers: [*hunter2]\n", "INVENTORY_DOCUMENT_SYNTAX", /anchor/],
    ["an anchor that contains itself", "servers: &a [*a]\n", "INVENTORY_DOCUMENT_ALIASES", /aliases that add at most/],
    ["a list", "- name: hunter2\n", "INVENTORY_DOCUMENT_SHAPE", /received "a list"/],
    ["a text", "hunter2\n", "INVENTORY_DOCUMENT_SHAPE", /received "a string"/],
    ["nothing", "# servers: []\n", "INVENTORY_DOCUMENT_SHAPE", /received "an empty document"/],
    ["deep nesting", `servers: ${"[".repeat(50_000)}`, "INVENTORY_DOCUMENT_SYNTAX", /.*/],
    ["binary data", "servers:\0\0\u0001", "INVENTORY_NOT_TEXT", /YAML or JSON text/],
    ["more YAML than is read", `servers:\n#${"x".repeat(8 * 1024 * 1024)}`, "INVENTORY_DOCUMENT_TOO_LARGE", /as JSON/],
  ];

  it.each(cases)("%s", async (_name, text, code, message) => {
    const error = await errorOf(() => read(text));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("hunter2");
  });

  it("the alias bomb, before it goes off", async () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? "l0: &l0 { name: lol }"
        : `l${level}: &l${level} [${Array(9)
            .fill(`*l${level - 1}`)
            .join(", ")}]`,
    );
    const error = await errorOf(() => read(`${levels.join("\n")}\nservers: *l11\n`));
    expect(error.code).toBe("INVENTORY_DOCUMENT_ALIASES");
  });

  it("is JSON nested too deeply; what is nested less and does not belong there is left out", async () => {
    const nested = (levels: number) => `{"servers": [{"name": "a", "x": ${"[".repeat(levels)}${"]".repeat(levels)}}]}`;
    const inventory = await read(nested(90));
    expect(inventory.servers).toMatchObject([{ name: "a" }]);
    expect(inventory.findings).toHaveLength(1);
    const error = await errorOf(() => read(nested(100_000)));
    expect(error.code).toBe("INVENTORY_DOCUMENT_SYNTAX");
    expect(error.message).toContain("more than 100 levels");
  });
});
