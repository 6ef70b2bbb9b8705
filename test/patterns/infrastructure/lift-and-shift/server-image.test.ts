import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import { imageOf, ServerImage } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { thrown } from "../../../support/thrown";
import { AMI, serverOf } from "./fixtures";

describe("ServerImage", () => {
  it.each([
    ["an AMI", () => ServerImage.ami("web"), "SERVER_IMAGE_AMI"],
    ["a parameter", () => ServerImage.ssmParameter("my parameter"), "SERVER_IMAGE_PARAMETER"],
    ["a bucket", () => ServerImage.diskImage("My Bucket", "a.vmdk"), "SERVER_IMAGE_DISKS"],
    ["no disk", () => ServerImage.diskImage("exports", []), "SERVER_IMAGE_DISKS"],
    ["a format that EBS does not import", () => ServerImage.diskImage("exports", "a.qcow2"), "SERVER_IMAGE_DISKS"],
    ["two formats", () => ServerImage.diskImage("exports", ["a.vmdk", "b.vhd"]), "SERVER_IMAGE_DISKS"],
    ["an instance", () => ServerImage.adopt("web-01"), "SERVER_IMAGE_INSTANCE"],
    [
      "an instance that Terraform does not know yet",
      () => ServerImage.adopt(Token.asString({ resolve: () => "i-1" })),
      "SERVER_IMAGE_INSTANCE",
    ],
  ])("refuses %s", (_what, make, code) => {
    expect(thrown(make).code).toBe(code);
  });

  it("reads the format from the keys, or takes it", () => {
    expect(ServerImage.diskImage("exports", ["A.VMDK"]).source).toMatchObject({ format: "VMDK", keys: ["A.VMDK"] });
    expect(ServerImage.diskImage("exports", "disk.img").source).toMatchObject({ format: "RAW" });
    expect(ServerImage.diskImage("exports", "disk-0", { format: "VHD" }).source).toMatchObject({ format: "VHD" });
  });

  it("takes tokens but for adopted instances", () => {
    const token = Token.asString({ resolve: () => "x" });
    expect(ServerImage.ami(token).source).toMatchObject({ id: token });
  });
});

describe("imageOf", () => {
  const image = (letter: string) => ServerImage.ami(`ami-0000000${letter}`);
  const images = {
    byName: { special: image("a") },
    byOs: { linux: image("b"), "linux 9": image("c"), "Red Hat Enterprise Linux 9 (64-bit)": image("d") },
  };
  const os = { family: "linux", version: "9", name: "Red Hat Enterprise Linux 9 (64-bit)" } as const;

  it("goes by name before operating system, and by the most exact of it", () => {
    expect(imageOf(images, serverOf("special", { os }))).toBe(images.byName.special);
    expect(imageOf(images, serverOf("a", { os }))).toBe(images.byOs["Red Hat Enterprise Linux 9 (64-bit)"]);
    expect(imageOf(images, serverOf("a", { os: { family: "linux", version: "9" } }))).toBe(images.byOs["linux 9"]);
    expect(imageOf(images, serverOf("a", { os: { family: "linux", version: "7" } }))).toBe(images.byOs.linux);
  });

  it("has none for what the table does not know", () => {
    expect(imageOf(images, serverOf("a", { os: { family: "windows" } }))).toBeUndefined();
    expect(imageOf(images, serverOf("constructor", { os: { family: "other" } }))).toBeUndefined();
    expect(imageOf({}, serverOf("a"))).toBeUndefined();
  });

  it("asks a function", () => {
    expect(imageOf((server) => (server.name === "a" ? AMI : undefined), serverOf("a"))).toBe(AMI);
  });
});
