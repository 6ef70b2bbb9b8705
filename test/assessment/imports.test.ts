import { describe, expect, it, jest } from "@jest/globals";

describe("the assessment's room", () => {
  it("does without CDKTF, so that the command line starts fast", () => {
    const refuse = () => {
      throw new Error("CDKTF was loaded");
    };
    jest.doMock("cdktf", refuse);
    jest.doMock("constructs", refuse);
    expect(jest.requireActual("../../lib/assessment/index")).toHaveProperty("assess");
  });
});
