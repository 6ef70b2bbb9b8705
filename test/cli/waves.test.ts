import { describe, expect, it } from "@jest/globals";
import { sampleChecklist } from "../../lib/cli/init/sample";
import type { Wave } from "../../lib/plan/waves/plan-waves";
import { cli, temporaryFolder } from "./captured";

const { file } = temporaryFolder();
const server = (name: string, application: string): string =>
  `  - { name: ${name}, application: ${application}, environment: prod, cpus: 2, memoryMiB: 4096 }\n`;
const estate = file(
  "estate.yaml",
  `servers:\n${server("web-01", "shop")}${server("db-01", "shop")}${server("mail-01", "mail")}${server("batch-01", "batch")}`,
);
const flows = file("flows.csv", "source,destination,port,protocol\nbatch-01,db-01,5432,tcp\nweb-01,mail-01,25,tcp\n");

interface Printed {
  readonly waves: readonly Wave[];
  readonly findings: readonly { readonly rule: string; readonly subject: string }[];
}

async function waves(...options: string[]): Promise<Printed> {
  const { status, stdout, stderr } = await cli(["waves", estate, flows, "--format", "json", ...options]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as Printed;
}

describe("waves", () => {
  it("keeps applications together and moves what is needed first", async () => {
    const printed = await waves("--max-moves", "2");
    expect(printed.waves.map(({ name, moves }) => [name, ...moves])).toEqual([
      ["wave-1", "mail-01"],
      ["wave-2", "db-01", "web-01"],
      ["wave-3", "batch-01"],
    ]);
    expect(printed.findings).toEqual([
      expect.objectContaining({ rule: "wave-synchronous-crossing", subject: "batch-01 → db-01 tcp/5432" }),
    ]);
  });

  it("reads the strategies of the checklist, and says in text where nobody has given one", async () => {
    const decided = file(
      "checklist.yaml",
      sampleChecklist("schema.json").replace(
        "  network_configuration:",
        "  servers_and_specifications:\n    - { server: batch-01, strategy: retire }\n  network_configuration:",
      ),
    );
    const printed = await waves("--checklist", decided);
    expect(printed.waves.flatMap(({ moves }) => moves).sort()).toEqual(["db-01", "mail-01", "web-01"]);
    const text = await cli(["waves", estate, flows]);
    expect(text.stderr).toContain("no server of the inventory has a strategy");
    expect(text.stderr).toContain("--checklist FILE");
    expect(text.stdout).not.toContain("--checklist");
    expect(await cli(["waves", estate, flows, "-c", decided])).toMatchObject({ status: 0, stderr: "" });
  });

  it("keeps to the change window", async () => {
    const printed = await waves("--window", "120", "--minutes-per-move", "60");
    expect(printed.waves.map(({ name, moves }) => [name, ...moves])).toEqual([
      ["wave-1", "mail-01"],
      ["wave-2", "db-01", "web-01"],
      ["wave-3", "batch-01"],
    ]);
    const { status, stdout } = await cli(["waves", estate, "--window", "100", "--minutes-per-move", "60"]);
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "the cut-over takes 120 minutes, and the change window of wave-2 has 100: db-01, web-01",
    );
  });

  it("takes a window and the minutes of a move together or not at all", async () => {
    for (const [option, other] of [
      ["--window", "--minutes-per-move"],
      ["--minutes-per-move", "--window"],
    ] as const) {
      const { status, stderr } = await cli(["waves", estate, option, "60"]);
      expect(status).toBe(2);
      expect(stderr).toContain("CLI_OPTION_VALUE");
      expect(stderr).toContain(`together with ${other}`);
    }
  });

  it("gives the waves days, and puts off those that are blacked out", async () => {
    const options = ["--first-day", "2027-01-09", "--every", "14", "--blackout", "2027-01-20..2027-01-31"];
    const printed = await waves("--max-moves", "2", ...options);
    expect(printed.waves.map(({ day }) => day)).toEqual(["2027-01-09", "2027-02-01", "2027-02-15"]);
  });

  it("leaves out what is excluded, with what it would have held together", async () => {
    const printed = await waves("--exclude", "mail-01", "--exclude", "web-01");
    expect(printed.waves.flatMap(({ moves }) => moves)).toEqual(["batch-01", "db-01"]);
  });

  it("refuses to exclude what does not move", async () => {
    const { status, stderr } = await cli(["waves", estate, "--exclude", "web-99"]);
    expect(status).toBe(2);
    expect(stderr).toContain("CLI_OPTION_VALUE");
    expect(stderr).toContain('"web-99"');
  });

  it("says in which wave each is as text and as a table", async () => {
    expect((await cli(["waves", estate])).stdout).toMatch(/^wave-1, 4 moves\n {2}- batch-01\n/);
    expect((await cli(["waves", estate, "--format", "markdown"])).stdout).toContain("| wave-1 |  | 4 | batch-01<br>");
  });
});
