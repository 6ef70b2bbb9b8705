/** A packet capture in a namespace, for as long as something happens. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { attempt, sleep, start, stop, until } from "./process";
import type { Place, Topology } from "./topology";

export class Capture {
  private static count = 0;

  /** Captures while `action` runs. */
  public static async during(
    topology: Topology,
    folder: string,
    where: { readonly place: Place; readonly device: string },
    action: () => Promise<void> | void,
  ): Promise<Capture> {
    const file = path.join(folder, `capture${++Capture.count}.pcap`);
    const log = `${file}.log`;
    const command = ["tcpdump", "-i", where.device, "-U", "--immediate-mode", "-Z", "root", "-w", file];
    const child = start(topology.in(where.place, command), log);
    await until(`tcpdump on ${where.device}`, 5_000, () => readFileSync(log, "utf8").includes("listening on"));
    await action();
    await sleep(300);
    await stop(child, "SIGINT");
    return new Capture(file);
  }

  private constructor(private readonly file: string) {}

  /** Whether the bytes occur in any packet. */
  public has(hex: string): boolean {
    return readFileSync(this.file).includes(Buffer.from(hex, "hex"));
  }

  /** The packets that match, one line each. */
  public packets(filter: string): string[] {
    const { out } = attempt(["tcpdump", "-nn", "-r", this.file, filter]);
    return out.split("\n").filter((line) => /^\d\d:/.test(line));
  }
}
