import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { Artifact } from "../../lib/core/artifact";
import { writeRemedy, writeWholeFile } from "../../lib/core/whole-file";
import { thrown } from "../support/thrown";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "whole-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a file that is written whole", () => {
  it("is new or takes the place of the old one, with its permissions, and nothing is left beside it", () => {
    const file = path.join(folder, "a.txt");
    writeWholeFile(file, "one");
    writeFileSync(file, "one", { mode: 0o600 });
    writeWholeFile(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("stays as it was where the new content cannot be written, and nothing is left beside it", () => {
    const file = path.join(folder, "a.txt");
    writeFileSync(file, "old");
    expect(() => {
      writeWholeFile(file, undefined as unknown as string);
    }).toThrow();
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("is said what to do about", () => {
    expect(writeRemedy(Object.assign(new Error("x"), { code: "ENOSPC" }))).toContain("the disk is full");
    expect(writeRemedy(new Error("something else"))).toBe("something else");
    expect(writeRemedy("a text")).toBe("a text");
  });
});

describe("an artifact that cannot be written", () => {
  const synthesized = (spoil: (stackFolder: string) => void) => {
    const app = new App({ outdir: folder });
    new Artifact(new TerraformStack(app, "s"), "report", { fileName: "report.md", content: () => "# Report" });
    const stackFolder = path.join(folder, "stacks", "s");
    mkdirSync(stackFolder, { recursive: true });
    spoil(stackFolder);
    return { app, file: path.join(stackFolder, "report.md"), stackFolder };
  };

  it("is a coded error that names the file and the construct", () => {
    const { app, file, stackFolder } = synthesized((parent) => {
      mkdirSync(path.join(parent, "report.md"));
    });
    const error = thrown(() => {
      app.synth();
    });
    expect(error.code).toBe("ARTIFACT_WRITE");
    expect(error.path).toBe(file);
    expect(error.construct).toBe("s/report");
    expect(error.fix).toContain("a folder has this name");
    expect(readdirSync(stackFolder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("tells that the disk is full", () => {
    const { app } = synthesized((parent) => {
      symlinkSync("/dev/full", path.join(parent, "report.md"));
    });
    const error = thrown(() => {
      app.synth();
    });
    expect(error.code).toBe("ARTIFACT_WRITE");
    expect(error.fix).toContain("the disk is full");
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });
});
