import { describe, expect, it } from "@jest/globals";
import { isPublicAddress } from "../../lib/network/public-address";

describe("isPublicAddress", () => {
  it.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.128.0.0",
    "172.32.0.1",
    "198.20.0.0",
    "223.255.255.255",
    "2001:db8::1",
  ])("takes %s for one that is reached from the internet", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "0.0.0.1",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fd00::1",
    "fe80::1",
    "ff02::1",
  ])("does not take %s for one", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["", "example.com", "1.1.1.1/32", "1.1.1", "01.1.1.1"])("takes %j for no address", (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});
