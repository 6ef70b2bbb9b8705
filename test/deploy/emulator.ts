import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import * as path from "node:path";
import { run } from "../support/terraform";

const START_SECONDS = 60;

/** A local AWS emulator: moto with the operations it lacks (`aws_emulator.py`). */
export interface Emulator {
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** What the emulator needs and this machine has not, as a sentence, or undefined. */
export async function emulatorLacks(): Promise<string | undefined> {
  const { code } = await run("python3", ["-c", "import moto.server"]);
  return code === 0 ? undefined : "python3 with the package moto[server] 5.2.1 (pip install 'moto[server]==5.2.1')";
}

/**
 * Starts an emulator of an account on a free port of the loopback interface. `log` gets the operations it was asked for and
 * lacks.
 */
export async function startEmulator(log: string, account = "123456789012"): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // It reads its standard input to the end and dies then: also where the lab itself is killed.
  const child: ChildProcess = spawn(
    "python3",
    [path.join(__dirname, "aws_emulator.py"), String(port), "--until-stdin-closes"],
    { stdio: ["pipe", "ignore", "ignore"], env: { ...process.env, AWS_EMULATOR_LOG: log, MOTO_ACCOUNT_ID: account } },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once("exit", () => {
        resolve();
      });
      child.kill("SIGKILL");
    });
  };
  for (let tries = 0; tries < START_SECONDS * 5; tries++) {
    if (child.exitCode !== null) break;
    const answered = await fetch(`${url}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`the AWS emulator did not answer on ${url} within ${START_SECONDS} s`);
}
