import { describe, expect, it } from "@jest/globals";
import { valueTable } from "../../../lib/parts/configuration/value-tables";

const row = (source: string): string =>
  valueTable({ application: "shop", environmentVariables: [{ name: "A", source, target: "b" }] }, "serve").split(
    "\r\n",
  )[1]!;

describe("the table of values", () => {
  it.each(["=HYPERLINK(A1)", "+x", "-Xmx2g", "@SUM(A1)", "=1+1"])("has %s as text, and not as a formula", (value) => {
    expect(row(value)).toBe(`environment variable,A,'${value},b,target`);
  });

  it.each(["-1", "+49", "-0.5", "a=b"])("has %s as it is", (value) => {
    expect(row(value)).toBe(`environment variable,A,${value},b,target`);
  });

  it("quotes what a table must quote after that", () => {
    expect(row('=A1,"x"')).toBe(`environment variable,A,"'=A1,""x""",b,target`);
  });
});
