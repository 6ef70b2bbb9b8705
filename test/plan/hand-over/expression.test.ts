import { describe, expect, it } from "@jest/globals";
import { referencesOfTemplate, rewriteTemplate, NotWritable } from "../../../lib/plan/hand-over/expression";

const values: Readonly<Record<string, unknown>> = {
  "aws_vpc.main.id": "vpc-1",
  "aws_vpc.main.cidrs": ["10.0.0.0/16", "10.1.0.0/16"],
  "aws_vpc.main.hostile": 'a${b}"%{c}\n',
  "aws_vpc.main.size": 3,
};

const rewritten = (template: string): unknown =>
  rewriteTemplate(template, ({ address, steps }) => {
    const key = [address, ...steps].join(".");
    return key in values ? { kind: "value", value: values[key] } : { kind: "keep" };
  });

describe("rewriteTemplate", () => {
  it.each([
    ["a reference alone is its value", "${aws_vpc.main.id}", "vpc-1"],
    ["a list stays one", "${aws_vpc.main.cidrs}", ["10.0.0.0/16", "10.1.0.0/16"]],
    ["a number stays one", "${aws_vpc.main.size}", 3],
    ["a reference in text", "arn:${aws_vpc.main.id}/x${aws_vpc.main.size}", "arn:vpc-1/x3"],
    ["a list in text is an expression", "x ${aws_vpc.main.cidrs} y", 'x ${["10.0.0.0/16","10.1.0.0/16"]} y'],
    ["one within a call", '${join(",", aws_vpc.main.cidrs)}', '${join(",", ["10.0.0.0/16","10.1.0.0/16"])}'],
    ["one within a string within a call", '${upper("x${aws_vpc.main.id}y")}', '${upper("x${"vpc-1"}y")}'],
    ["one behind an object's braces", "${{ a = 1 }.a + aws_vpc.main.size}", "${{ a = 1 }.a + 3}"],
    ["what stays is kept as it is written", "${aws_subnet.a.id}/${aws_vpc.main.id}", "${aws_subnet.a.id}/vpc-1"],
    ["text that looks like one", "aws_vpc.main.id", "aws_vpc.main.id"],
    ["a string that looks like one", '${upper("aws_vpc.main.id")}', '${upper("aws_vpc.main.id")}'],
    ["an escaped beginning", "$${aws_vpc.main.id}", "$${aws_vpc.main.id}"],
    ["a value that would be code", "${aws_vpc.main.hostile}", 'a$${b}"%%{c}\n'],
    ["the same within a call", "${upper(aws_vpc.main.hostile)}", '${upper("a$${b}\\"%%{c}\\n")}'],
  ])("%s", (_what, template, expected) => {
    expect(rewritten(template)).toEqual(expected);
  });

  it("throws where a value may not be written, and says for which", () => {
    const refuse = (): unknown => rewriteTemplate("x${data.aws_secret.a.value[0]}", () => ({ kind: "secret" }));
    expect(refuse).toThrow(NotWritable);
    expect(referencesOfTemplate("x${data.aws_secret.a.value[0]}")).toEqual([
      { address: "data.aws_secret.a", steps: ["value", 0], open: false },
    ]);
  });

  it("says where an expression goes on into a value", () => {
    const found = referencesOfTemplate('${aws_subnet.a[*].id} ${aws_subnet.b[each.key].id} ${data.aws_x.c["k"].id}');
    expect(found.map(({ address, open }) => [address, open])).toEqual([
      ["aws_subnet.a", true],
      ["aws_subnet.b", true],
      ["data.aws_x.c", false],
    ]);
  });
});
