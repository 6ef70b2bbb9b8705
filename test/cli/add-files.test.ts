import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { addFiles, refuseExisting, type AddedFile } from "../../lib/cli/add-files";
import { thrown } from "../support/thrown";
import { temporaryFolder } from "./captured";

const { folder, file } = temporaryFolder();
const files: readonly AddedFile[] = [
  { name: "a.txt", content: "a" },
  { name: "in/b.bin", content: Uint8Array.of(0, 255) },
];

/** Everything below a folder, by name. */
const below = (name: string): string[] => readdirSync(file(name), { recursive: true, encoding: "utf8" }).sort();

describe("files that are added", () => {
  it("make a folder that is new, with the folders above it", () => {
    addFiles(file("new/deep"), files);
    expect(below("new")).toEqual(["deep", "deep/a.txt", "deep/in", "deep/in/b.bin"]);
    expect(readFileSync(file("new/deep/in/b.bin"))).toEqual(Buffer.of(0, 255));
  });

  it("are put beside those of a folder that exists", () => {
    mkdirSync(file("own/in"), { recursive: true });
    writeFileSync(file("own/in/mine"), "mine");
    addFiles(file("own"), files);
    expect(below("own")).toEqual(["a.txt", "in", "in/b.bin", "in/mine"]);
  });

  it("are put through a link to a folder", () => {
    mkdirSync(file("real"));
    symlinkSync(file("real"), file("link"));
    addFiles(file("link"), files);
    expect(below("real")).toEqual(["a.txt", "in", "in/b.bin"]);
  });
});

describe("a file that is there already", () => {
  it("is named with all others, and nothing is written", () => {
    mkdirSync(file("full"));
    writeFileSync(file("full/a.txt"), "mine");
    // A file where a folder would be, and a link that leads nowhere.
    writeFileSync(file("full/in"), "mine");
    symlinkSync("nowhere", file("full/c.txt"));
    const error = thrown(() => {
      addFiles(file("full"), [...files, { name: "c.txt", content: "c" }, { name: "d.txt", content: "d" }]);
    });
    expect(error.code).toBe("CLI_FILE_EXISTS");
    expect(error.message.split("\n").slice(1)).toEqual(["  a.txt", "  in", "  c.txt"]);
    expect(below("full")).toEqual(["a.txt", "c.txt", "in"]);
    expect(readFileSync(file("full/a.txt"), "utf8")).toBe("mine");
  });

  it("may be the folder itself", () => {
    const error = thrown(() => {
      refuseExisting(file("plain.txt", "x"), ["a.txt"]);
    });
    expect(error).toMatchObject({ code: "CLI_OUTPUT", path: "DIR" });
    expect(error.message).toContain("it is a file");
  });
});

describe("a failure", () => {
  /** A name that no file system takes. */
  const tooLong: AddedFile = { name: "x".repeat(300), content: "" };

  it("leaves nothing of a new folder, nor of those above it", () => {
    const error = thrown(() => {
      addFiles(file("broken/deep"), [...files, tooLong]);
    });
    expect(error).toMatchObject({ code: "CLI_OUTPUT", path: "DIR" });
    expect(existsSync(file("broken"))).toBe(false);
  });

  it("leaves a folder that existed as it was", () => {
    mkdirSync(file("before"));
    writeFileSync(file("before/mine"), "mine");
    thrown(() => {
      addFiles(file("before"), [...files, tooLong]);
    });
    expect(below("before")).toEqual(["mine"]);
  });

  it("takes back what was put in its place already", () => {
    mkdirSync(file("half"));
    // The second of one name finds the first in its place, as it would find a file that somebody has written meanwhile.
    const error = thrown(() => {
      addFiles(file("half"), [...files, { name: "in/c.txt", content: "c" }, { name: "a.txt", content: "again" }]);
    });
    expect(error.code).toBe("CLI_OUTPUT");
    expect(below("half")).toEqual([]);
  });

  it("of a folder that may not be made is one of writing", () => {
    const error = thrown(() => {
      addFiles(path.join(file("plain2.txt", "x"), "below"), files);
    });
    expect(error).toMatchObject({ code: "CLI_OUTPUT" });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
