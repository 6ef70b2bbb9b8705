import { describe, expect, it } from "@jest/globals";
import {
  codeBlock,
  codeCell,
  codeSpan,
  copyableMarkdown,
  escapeMarkdown,
  markdownTable,
  tableCell,
} from "../../lib/core/markdown";

describe("escapeMarkdown", () => {
  it.each([
    ["a*b*", "a\\*b\\*"],
    ["_x_ and snake_case", "\\_x\\_ and snake\\_case"],
    ["# no heading, #12 no issue", "\\# no heading, #<!-- -->12 no issue"],
    ["ask @ops, a@example.com or GH-7", "ask @<!-- -->ops, a@<!-- -->example.com or GH<!-- -->-7"],
    ["https://x.example and WWW.example.com", "https:<!-- -->//x.example and WWW<!-- -->.example.com"],
    ["mailto:a and an @ alone, #", "mailto<!-- -->:a and an @ alone, \\#"],
    ["    no block of code", "&#32;   no block of code"],
    ["- no list", "\\- no list"],
    ["+", "\\+"],
    ["1. no list", "1\\. no list"],
    ["<b> &amp; [l](u)", "&lt;b&gt; &amp;amp; \\[l\\](u)"],
    ["a | b ~c~ {d} `e`", "a \\| b \\~c\\~ {d} \\`e\\`"],
    ["line\nline\u0007", "line\\\\nline\\\\x07"],
  ])("leaves nothing of %j that would be markup", (given, expected) => {
    expect(escapeMarkdown(given)).toBe(expected);
  });
});

describe("copyableMarkdown", () => {
  it.each([
    ["ask on-call@example.com, at night.", "ask `on-call@example.com`, at night."],
    ["#platform-moves (@ops)", "`#platform-moves` (`@ops`)"],
    ["INSUFFICIENT_DATA counts as no", "`INSUFFICIENT_DATA` counts as no"],
    ["see https://x.example/a_b.", "see `https://x.example/a_b`."],
    ["C:\\ProgramData\\shop holds no backup", "`C:\\ProgramData\\shop` holds no backup"],
    ["a * b_c | <x_y>", "a \\* `b_c` \\| &lt;`x_y`&gt;"],
    ["nothing of note: 3 rows", "nothing of note: 3 rows"],
    ["_ and @ alone", "\\_ and @ alone"],
    // A backtick beside that of a span would make it another one.
    ["`a_b`", "\\`a\\_b\\`"],
    ["a_b\nc\u0007", "`a_b`\\\\nc\\\\x07"],
  ])("of %j is %j", (given, expected) => {
    expect(copyableMarkdown(given)).toBe(expected);
  });
});

describe("code", () => {
  it.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["", "`  `"],
  ])("of %j is the span %j", (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it("has a fence longer than any inside, as a block too", () => {
    expect(codeBlock("x ``` y")).toEqual(["````sh", "x ``` y", "````"]);
  });
});

describe("a table", () => {
  it("is made of cells that nothing ends but the table", () => {
    expect(markdownTable(["a", "b"], [[codeCell("c|d"), tableCell("e|f\ng")]])).toEqual([
      "| a | b |",
      "| --- | --- |",
      "| `c\\|d` | e\\|f<br>g |",
    ]);
  });
});
