import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Anchors } from "../../../lib/report/html/anchors";
import { shortened, shortenedName } from "../../../lib/report/html/figure";
import { escapeHtml, joined, markup, trusted } from "../../../lib/report/html/markup";
import { compactStyle, page } from "../../../lib/report/html/page";
import { table } from "../../../lib/report/html/table";
import { all, parseHtml } from "./document";

describe("markup", () => {
  it("escapes whatever is not markup already", () => {
    const name = `<script>alert("x")</script> & 'y'`;
    expect(markup`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</p>',
    );
  });

  it("joins lists, nests pieces and leaves out what is not there", () => {
    expect(markup`<p>${[1, "a", markup`<br>`, undefined, false]}</p>`.text).toBe("<p>1a<br></p>");
    expect(joined(["<", markup`<br>`], ", ").text).toBe("&lt;, <br>");
    expect(trusted("<br>").text).toBe("<br>");
  });

  it("shows a control character instead of having it", () => {
    expect(escapeHtml("a\u202eb\u0000\n")).toBe("a\\u202eb\\x00\\n");
  });

  it("lets no text become an element", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const root = parseHtml(markup`<p class="${text}">${text}</p>`.text);
        expect(root.children).toEqual([]);
        expect(root.text).toBe(root.attributes.class);
      }),
    );
  });
});

describe("page", () => {
  const html = page({ title: "<t>", description: '"d"', style: "p{}", script: "1 < 2", body: markup`<p>b</p>` });
  const meta = all(parseHtml(html)).filter(({ name }) => name === "meta");

  it("allows its own style and script by their hashes, and nothing else", () => {
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = meta.find((element) => element.attributes["http-equiv"] === "Content-Security-Policy");
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; img-src data:; style-src ${hash("p{}")}; script-src ${hash("1 < 2")}; base-uri 'none'; form-action 'none'`,
    );
  });

  it("fits a phone and knows both schemes", () => {
    const byName = new Map(meta.map(({ attributes }) => [attributes.name, attributes.content]));
    expect(byName.get("viewport")).toBe("width=device-width, initial-scale=1");
    expect(byName.get("color-scheme")).toBe("light dark");
  });

  it("has its style without what only an author needs", () => {
    expect(compactStyle("/* why */\n a  b { color: red ;\n}\n")).toBe("a b{color: red;}");
  });
});

describe("table", () => {
  it("has a caption, scopes, and each column's title at its cells", () => {
    const root = parseHtml(
      table({
        caption: "Servers",
        columns: [{ title: "Name" }, { title: "CPUs", numeric: true }, { title: "Note", bare: true }],
        rows: [["web01", 2, "x"]],
      }).text,
    );
    const elements = all(root);
    expect(elements.find(({ name }) => name === "caption")?.text).toBe("Servers");
    expect(elements.filter(({ name }) => name === "th").map(({ attributes }) => attributes.scope)).toEqual([
      "col",
      "col",
      "col",
      "row",
    ]);
    expect(elements.filter(({ name }) => name === "td").map(({ attributes }) => attributes["data-label"])).toEqual([
      "CPUs",
      undefined,
    ]);
  });

  it("has groups of rows under headings", () => {
    const root = parseHtml(
      table({ caption: "c", captionHidden: true, columns: [{ title: "a" }], rows: [{ title: "G", rows: [["x"]] }] })
        .text,
    );
    const heading = all(root).find(({ attributes }) => attributes.scope === "rowgroup");
    expect(heading?.text).toBe("G");
    expect(heading?.attributes.colspan).toBe("1");
  });
});

describe("Anchors", () => {
  it("are made of names, and never twice the same", () => {
    const anchors = new Anchors();
    expect(["Rule os-unknown", "rule OS unknown", "<>", ""].map((name) => anchors.of(name))).toEqual([
      "rule-os-unknown",
      "rule-os-unknown-2",
      "section",
      "section-2",
    ]);
  });
});

describe("shortened", () => {
  it.each([
    ["web01", 5, "web01"],
    ["web01x", 5, "web0…"],
    ["𝒂𝒃𝒄", 3, "𝒂𝒃𝒄"],
    ["𝒂𝒃𝒄𝒅", 3, "𝒂𝒃…"],
  ])("cuts %s at %i characters", (text, characters, short) => {
    expect(shortened(text, characters)).toBe(short);
  });
});

describe("shortenedName", () => {
  it.each([
    ["application-12", 14, "application-12"],
    ["application-12", 9, "appl…n-12"],
    ["application-12", 8, "appl…-12"],
  ])("cuts %s at %i characters in its middle", (name, characters, short) => {
    expect(shortenedName(name, characters)).toBe(short);
  });
});
