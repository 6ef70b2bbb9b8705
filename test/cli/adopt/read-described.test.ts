import { describe, expect, it } from "@jest/globals";
import { adopt } from "../../../lib/cli/adopt/adopt";
import { readDescribed, refuseLargeAnswer } from "../../../lib/cli/adopt/read-described";
import { thrown } from "../../support/thrown";
import { account, id, instance, KEY_1, KEY_2, read, reservation, subnet, vpc } from "./fixture";

describe("the answers", () => {
  it("are read from one file or several, as JSON, as YAML and as PowerShell writes them", () => {
    const { Vpcs, ...others } = account();
    const utf16 = Buffer.from(`\ufeff${JSON.stringify({ Vpcs })}`, "utf16le");
    const yaml = `Vpcs:\n- CidrBlock: 10.20.0.0/16\n  VpcId: ${id("vpc", 1)}\n`;
    for (const bytes of [Buffer.from(JSON.stringify({ Vpcs })), utf16, Buffer.from(yaml)]) {
      const rest = { name: "others.json", bytes: Buffer.from(JSON.stringify(others)) };
      const described = readDescribed([{ name: "vpcs", bytes }, rest]);
      expect(described.vpcs.map(({ VpcId, CidrBlock }) => [VpcId, CidrBlock])).toEqual([
        [id("vpc", 1), "10.20.0.0/16"],
      ]);
      expect(described.vpnConnections).toHaveLength(1);
    }
  });

  it("lose the keys of a VPN as they are read", () => {
    const text = JSON.stringify(read(account()));
    expect(JSON.stringify(account())).toContain(KEY_1);
    for (const secret of [KEY_1, KEY_2, "PreSharedKey", "CustomerGatewayConfiguration"]) {
      expect(text).not.toContain(secret);
    }
  });

  it.each([
    ["nothing", "", /^\[ADOPT_FILE\] answer-1\.json.*describe-instances/],
    ["no document", "{ [", /^\[ADOPT_FILE\] answer-1\.json/],
    ["a list, as --query prints one", [vpc()], /without --query/],
    ["another command's answer", { SecurityGroups: [] }, /it has none of the keys Reservations, Vpcs, /],
    ["a text table", "+---+\n| a |\n", /^\[ADOPT_FILE\] answer-1\.json/],
    [
      "an id that is none",
      { Vpcs: [vpc({ VpcId: "vpc-${x}" })] },
      /\(Vpcs\[0\]\.VpcId\): .*must be an id that begins with vpc-/,
    ],
    [
      "a value of another type",
      { Vpcs: "none" },
      /answer-1\.json:1:9 \(Vpcs\): allowed is what aws ec2 describe-vpcs prints/,
    ],
  ])("are refused where one is %s", (_what, answer, message) => {
    expect(thrown(() => read(answer)).message).toMatch(message);
  });

  it("are refused with the fault's place, and without what stands there", () => {
    const [connection] = account()["VpnConnections"] as Record<string, unknown>[];
    const { message } = thrown(() => read({ VpnConnections: [{ ...connection, State: { secret: KEY_2 } }] }));
    expect(message).toMatch(/^\[ADOPT_FILE\] answer-1\.json:1:\d+ \(VpnConnections\[0\]\.State\): /);
    expect(message).not.toContain(KEY_2);
    expect(message).not.toContain(KEY_1);
  });

  it("are refused where they are a page of several", () => {
    const { message } = thrown(() => read({ Vpcs: [vpc()], NextToken: "eyJ0IjoxfQ==" }));
    expect(message).toMatch(/^\[ADOPT_TRUNCATED\] answer-1\.json:1:\d+ \(NextToken\): .*without --max-items/);
    expect(message).not.toContain("eyJ0IjoxfQ==");
    expect(read({ Vpcs: [vpc()], NextToken: null }).vpcs).toHaveLength(1);
  });

  it("are refused where a resource is in two of them", () => {
    expect(thrown(() => read({ Vpcs: [vpc()] }, { Vpcs: [vpc()] })).message).toMatch(
      /^\[ADOPT_DUPLICATE\] received "vpc-0a1b2c3d4e5f60001"/,
    );
  });

  it("are refused by their size, before they are read", () => {
    expect(
      thrown(() => {
        refuseLargeAnswer("instances.json", 300 * 1024 * 1024);
      }).message,
    ).toMatch(/^\[ADOPT_FILE_TOO_LARGE\] instances\.json: received "300 MB", allowed is at most 128 MB; .*--filters/);
  });

  it("are read fast where there are many", () => {
    const many = Array.from({ length: 4_000 }, (_unused, index) =>
      instance(index % 250, `server-${index}`, {
        InstanceId: `i-0a1b2c3d4${String(index).padStart(8, "0")}`,
      }),
    );
    const started = performance.now();
    const { servers } = adopt(read({ Reservations: many.map((each) => reservation(each)) }));
    expect(Object.keys(servers?.instanceIds ?? {})).toHaveLength(4_000);
    expect(performance.now() - started).toBeLessThan(15_000);
  }, 60_000);
});

describe("accounts and regions", () => {
  const inOhio = subnet(9, { AvailabilityZone: "us-east-2a", VpcId: id("vpc", 2) });

  it("are not mixed", () => {
    const other = { ...reservation(instance(2, "b")), OwnerId: "444455556666" };
    expect(thrown(() => adopt(read({ Reservations: [reservation(instance(1, "a")), other] }))).message).toMatch(
      /^\[ADOPT_ACCOUNTS\] received \["111122223333","444455556666"\]/,
    );
    expect(thrown(() => adopt(read({ Subnets: [subnet(1), inOhio] }))).message).toMatch(
      /^\[ADOPT_REGIONS\] received \["eu-central-1","us-east-2"\].*--vpc/,
    );
  });

  it("are those of the chosen VPCs alone", () => {
    const other = vpc({ VpcId: id("vpc", 2), Tags: [], OwnerId: "444455556666" });
    const described = read({ Vpcs: [vpc(), other], Subnets: [subnet(1), inOhio] });
    expect(thrown(() => adopt(described)).code).toBe("ADOPT_ACCOUNTS");
    const { left } = adopt(described, { vpcIds: [id("vpc", 1)] });
    expect(left.map((each) => each.id)).toEqual([id("vpc", 1)]);
    expect(thrown(() => adopt(described, { vpcIds: [id("vpc", 3)] })).message).toMatch(/^\[ADOPT_VPC_UNKNOWN\] --vpc/);
  });

  it("may share a VPC: its owner is another account then", () => {
    const shared = vpc({ OwnerId: "444455556666" });
    expect(adopt(read({ Vpcs: [shared], Reservations: [reservation(instance(1, "a"))] })).servers).toBeDefined();
  });
});
