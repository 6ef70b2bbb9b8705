import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { defineInventory } from "../../lib/inventory/define-inventory";
import { FILE_LIMIT, FOLDER_LIMIT } from "../../lib/inventory/input-files";
import type { InventoryReader } from "../../lib/inventory/reader";
import { readers, readInventory, readInventoryFiles } from "../../lib/inventory/read-inventory";
import { errorOf, fixture, textFile } from "./input";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { writeXlsx } from "../support/xlsx";

let folder: string;

beforeAll(() => {
  folder = makeTemporaryFolder("inventory");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const made = path.join(folder, name);
  mkdirSync(made, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(made, file), text);
  return made;
}

describe("a file", () => {
  it.each([
    ["migration-hub.csv", "migration-hub"],
    ["mgn.csv", "mgn"],
    ["cloud-migration-factory.csv", "cloud-migration-factory"],
    ["azure-migrate.csv", "azure-migrate"],
    ["flows.csv", "flows"],
    ["azure-dependencies.csv", "flows"],
    ["discovery-connections.csv", "flows"],
    ["estate.yaml", "native"],
  ])("%s is recognized as %s", async (name, format) => {
    const inventory = await readInventory(fixture(name));
    expect(inventory).toMatchObject({ format, source: fixture(name) });
  });

  it("is recognized by no reader but one", async () => {
    for (const name of [
      "migration-hub.csv",
      "mgn.csv",
      "cloud-migration-factory.csv",
      "azure-migrate.csv",
      "flows.csv",
    ]) {
      const bytes = Buffer.from(await import("node:fs").then((fs) => fs.readFileSync(fixture(name))));
      const knowing = [];
      for (const reader of readers)
        if (await reader.recognizes([{ name: "export.csv", bytes }])) knowing.push(reader.format);
      expect(knowing).toHaveLength(1);
    }
  });

  it("is read in the format that is named", async () => {
    const file = path.join(folder, "empty.json");
    writeFileSync(file, "{}");
    expect((await errorOf(() => readInventory(file))).code).toBe("INVENTORY_FORMAT_UNKNOWN");
    expect(await readInventory(file, { format: "native" })).toMatchObject({ format: "native", servers: [] });
  });
});

describe("several files", () => {
  it("are one inventory, the first the most trusted", async () => {
    const inventory = await readInventory([fixture("estate.yaml"), fixture("flows.csv")]);
    expect(inventory.format).toBe("native + flows");
    expect(inventory.servers.map((server) => server.name)).toEqual(["web01", "db01"]);
    expect(inventory.flows).toHaveLength(6);
    expect(inventory.findings).toHaveLength(5);
  });

  it("of one folder too, each in its own format", async () => {
    const made = folderOf("mixed", {
      "a.yaml": "servers: [{ name: a }]\n",
      "b.csv": "source,destination,port\na,b,1\n",
      "c.csv": "just,some,table\n1,2,3\n",
      "README.md": "not ours",
      ".hidden.csv": "nor this",
    });
    mkdirSync(path.join(made, "old.csv"));
    const inventory = await readInventory(made);
    expect(inventory.servers).toMatchObject([{ name: "a" }]);
    expect(inventory.flows).toMatchObject([{ source: "a" }]);
    expect(inventory.findings).toMatchObject([
      {
        rule: "inventory-sheet-unreadable",
        severity: "blocker",
        subject: path.join(made, "c.csv"),
        message: "no reader recognizes the file, which is a table with the columns just, some, table",
      },
    ]);
  });

  it("may already be in memory", async () => {
    const inventory = await readInventoryFiles([textFile("a.yaml", "servers: [{ name: a }]")]);
    expect(inventory.servers).toMatchObject([{ name: "a" }]);
  });
});

describe("a reader of one's own", () => {
  const register: InventoryReader = {
    format: "acme-register",
    title: "Acme's register of assets",
    recognizes: ([file]) =>
      Buffer.from(file?.bytes ?? [])
        .toString("utf8")
        .startsWith("asset "),
    whyNot: () => "its first line does not begin with asset",
    read(files) {
      const names = files.flatMap(({ bytes }) => Buffer.from(bytes).toString("utf8").trim().split("\n"));
      const servers = names.map((line) => ({ name: line.slice("asset ".length) }));
      return Promise.resolve(defineInventory({ format: "acme-register", servers }));
    },
  };
  const options = { readers: [register] };

  it("is tried beside those of the library", async () => {
    const made = folderOf("own", {
      "a.txt": "asset web01\nasset app01\n",
      "b.csv": "source,destination,port\na,b,1\n",
    });
    const inventory = await readInventory([made, fixture("estate.yaml")], options);
    expect(inventory.format).toBe("acme-register + flows + native");
    expect(inventory.servers.map(({ name }) => name)).toEqual(["web01", "app01", "db01"]);
    expect(await readInventoryFiles([textFile("x", "asset web01")], options)).toMatchObject({
      format: "acme-register",
    });
  });

  it("comes before them, and is named by its format", async () => {
    const all = { ...register, recognizes: () => true, format: "acme-all" };
    const estate = textFile("estate.yaml", "servers: [{ name: web01 }]");
    expect((await readInventoryFiles([estate], { readers: [all] })).servers).not.toMatchObject([{ name: "web01" }]);
    const file = path.join(folder, "register.txt");
    writeFileSync(file, "asset web01\n");
    expect(await readInventory(file, { ...options, format: "acme-register" })).toMatchObject({
      format: "acme-register",
    });
    const error = await errorOf(() => readInventory(file, { ...options, format: "acme" }));
    expect(error).toMatchObject({ code: "INVENTORY_FORMAT_NAME", allowed: expect.stringContaining("acme-register") });
  });

  it("says why it does not know a file", async () => {
    const error = await errorOf(() => readInventoryFiles([textFile("x.csv", "just,a\n1,2\n")], options));
    expect(error.code).toBe("INVENTORY_FORMAT_UNKNOWN");
    expect(error.message).toContain(
      "acme-register (Acme's register of assets): its first line does not begin with asset",
    );
  });
});

describe("what cannot be read ends in a coded error", () => {
  const path_ = (name: string, content: string | Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it("a file that is not there", async () => {
    const error = await errorOf(() => readInventory(path.join(folder, "none.csv")));
    expect(error.code).toBe("INVENTORY_FILE_NOT_FOUND");
    expect(error.path).toBe(path.join(folder, "none.csv"));
  });

  it("a file within a file", async () => {
    const error = await errorOf(() => readInventory(path.join(path_("file.csv", "x"), "none.csv")));
    expect(error.code).toBe("INVENTORY_FILE_NOT_FOUND");
  });

  it("a file that is none", async () => {
    const error = await errorOf(() => readInventory("/dev/null"));
    expect(error.code).toBe("INVENTORY_FILE_UNREADABLE");
    expect(error.message).toContain("a device, a pipe or a folder");
  });

  it("a file that the user may not read", async () => {
    const file = path_("secret.csv", "x");
    chmodSync(file, 0o000);
    const error = await errorOf(() => readInventory(file));
    // The superuser may read everything.
    expect(error.code).toBe(process.getuid?.() === 0 ? "INVENTORY_FORMAT_UNKNOWN" : "INVENTORY_FILE_UNREADABLE");
  });

  it("a name that no system has", async () => {
    const error = await errorOf(() => readInventory("a\0b"));
    expect(error.code).toBe("INVENTORY_FILE_UNREADABLE");
  });

  it("a file that is too large, before it is read", async () => {
    const file = path_("large.csv", "");
    truncateSync(file, FILE_LIMIT + 1);
    const error = await errorOf(() => readInventory(file));
    expect(error.code).toBe("INVENTORY_FILE_TOO_LARGE");
    rmSync(file);
  });

  it("a folder with too many files", async () => {
    const files = Object.fromEntries(Array.from({ length: FOLDER_LIMIT + 1 }, (_, index) => [`${index}.csv`, ""]));
    const error = await errorOf(() => readInventory(folderOf("many", files)));
    expect(error.code).toBe("INVENTORY_FILE_TOO_LARGE");
  });

  it("a folder with nothing of ours", async () => {
    const error = await errorOf(() => readInventory(folderOf("docs", { "README.md": "" })));
    expect(error.code).toBe("INVENTORY_FOLDER_EMPTY");
    expect(error.message).toContain("a folder with 1 entries");
  });

  it("no file at all", async () => {
    expect((await errorOf(() => readInventory([]))).code).toBe("INVENTORY_NOTHING_GIVEN");
  });

  it("a format that no reader has", async () => {
    const error = await errorOf(() => readInventory(fixture("flows.csv"), { format: "excel" }));
    expect(error.code).toBe("INVENTORY_FORMAT_NAME");
    for (const { format } of readers) expect(error.allowed).toContain(format);
  });

  it.each([
    ["a table of something else", "host;owner;secret=hunter2\n1;2;3\n", "a table with the columns host, owner"],
    ["a document of something else", "hosts:\n  - hunter2\nvars: 1\n", "a document with the keys hosts, vars"],
    ["prose", "hunter2 is the password\n", "a text without a row of headers"],
    ["an empty file", "", "an empty file"],
    ["a blank file", "\n \n", "a file with nothing but white space"],
    ["binary data", Buffer.from([0, 1, 2, 0, 0, 255]), "binary data"],
  ])("%s", async (name, content, seen) => {
    const error = await errorOf(() => readInventory(path_(`${name}.dat`, content)));
    expect(error.code).toBe("INVENTORY_FORMAT_UNKNOWN");
    expect(error.message).toContain(`the file is ${seen}:`);
    expect(error.message).not.toContain("hunter2");
    for (const { format } of readers) expect(error.allowed).toContain(format);
  });
});

describe("a file that no reader knows", () => {
  /** The reader's line of the error. */
  const reasons = async (name: string, content: string | Buffer): Promise<Record<string, string>> => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    const { code, message } = await errorOf(() => readInventory(file));
    expect(code).toBe("INVENTORY_FORMAT_UNKNOWN");
    expect(message).not.toContain("hunter2");
    const lines = message.split("\n  ").slice(2);
    return Object.fromEntries(
      readers.map(({ format, title }, index) => {
        const start = `${format} (${title}): `;
        expect(lines[index]).toContain(start);
        return [format, lines[index]!.slice(start.length)];
      }),
    );
  };

  it("is told which headers each format would have had", async () => {
    expect(await reasons("half.csv", "server_name,port,secret\nhunter2,1,hunter2\n")).toEqual({
      "migration-hub": expect.stringMatching(/^it has none of the columns .*HostName/),
      mgn: "it has fewer than two columns that begin with mgn:",
      "cloud-migration-factory": "it has the column server_name, and no column r_type",
      "azure-migrate": "it has the column Server name, and no column Cores",
      flows: "it has no column for the source and destination",
      native: expect.stringMatching(/^it is no YAML or JSON document with one of the keys servers, networks/),
      rvtools: "it is neither a workbook nor the CSV file of the tab vInfo",
    });
  });

  it("is told that it is no table", async () => {
    const prose = await reasons("prose.txt", "hunter2 is the password\n");
    expect(prose).toMatchObject({ mgn: "it is a text without columns", flows: "it is a text without columns" });
    expect(await reasons("blank.txt", "")).toMatchObject({ "azure-migrate": "it is no text with rows" });
  });

  it("is told which sheet a workbook lacks", async () => {
    expect(await reasons("budget.xlsx", writeXlsx([{ name: "Sheet1", rows: [["hunter2"]] }]))).toMatchObject({
      "migration-hub": "it is a workbook, and no CSV file",
      flows: "it is a workbook, and no CSV file",
      rvtools: "it is a workbook without a sheet vInfo",
    });
  });
});
