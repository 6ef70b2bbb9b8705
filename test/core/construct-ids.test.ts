import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { constructId, cut, joinIds, tagText } from "../../lib/core/construct-ids";

describe("constructId", () => {
  it("leaves a legal name as it is", () => {
    expect(constructId("web-01")).toBe("web-01");
    expect(constructId("WEB_01")).toBe("WEB_01");
    expect(constructId("10.20.0.0/16")).toBe("10-20-0-0-16");
  });

  it.each([
    "web 01",
    "web.01",
    "web--01",
    "-web",
    "Default",
    "Resource",
    "constructor",
    "__proto__",
    "2001:db8::/32",
    "wéb",
  ])("tells %s apart by a hash", (name) => {
    expect(constructId(name)).toMatch(/^[A-Za-z0-9_-]+-[0-9a-f]{6}$/);
  });

  it("is the hash alone where nothing of the name is legal", () => {
    expect(constructId("倉庫")).toMatch(/^[0-9a-f]{6}$/);
  });

  it("gives different names different ids, whatever they have in common", () => {
    const names = ["a b", "a.b", "a/b", "a-b", "a  b", " a b"];
    expect(new Set(names.map(constructId)).size).toBe(names.length);
  });

  it("is legal, and never has what ids are joined by", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const id = constructId(name);
        expect(id).toMatch(/^[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*$/);
      }),
    );
  });
});

it("joinIds keeps parts apart", () => {
  expect(joinIds("a", "b-c")).not.toBe(joinIds("a-b", "c"));
});

it("cut keeps what it cuts unique", () => {
  expect(cut("short", 10)).toBe("short");
  const one = cut("a".repeat(300), 255);
  expect(one).toHaveLength(255);
  expect(one).not.toBe(cut("a".repeat(301), 255));
});

it("tagText replaces what a tag cannot hold", () => {
  expect(tagText("web (old) <1>")).toBe("web -old- -1-");
});
