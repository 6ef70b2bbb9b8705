/**
 * One strongSwan daemon. Each end runs one for each tunnel: `kernel-libipsec` has one TUN device for each daemon, and only
 * so does a device behave like the XFRM interface that it stands in for.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { ChildProcess } from "node:child_process";
import { attempt, run, start, stop, until, type Result } from "./process";
import type { Place, Topology } from "./topology";

const PLUGINS =
  "random nonce drbg aes sha1 sha2 hmac kdf gcm openssl kernel-libipsec kernel-netlink socket-default vici updown";
const FOLDERS = "x509 x509ca x509ocsp x509aa x509ac x509crl pubkey private rsa ecdsa bliss pkcs8 pkcs12";

/** What was agreed on, in the words of `swanctl --list-sas --raw`. */
export interface Agreed {
  readonly ike: string;
  readonly child: string;
  /** Traffic selectors: this end's, and the other's. */
  readonly selectors: readonly [string, string];
}

export class Charon {
  private readonly folder: string;
  private process: ChildProcess | undefined;

  constructor(
    private readonly topology: Topology,
    private readonly place: Place,
    private readonly number: 1 | 2,
    parent: string,
  ) {
    this.folder = path.join(parent, `${place}-charon${number}`);
    for (const each of FOLDERS.split(" ")) mkdirSync(path.join(this.folder, each), { recursive: true });
  }

  /** Starts the daemon. `generated` is a strongswan.conf of the device, read after the lab's own. */
  public async up(generated: string): Promise<void> {
    const second = this.number === 2;
    writeFileSync(path.join(this.folder, "generated.conf"), generated);
    writeFileSync(
      path.join(this.folder, "strongswan.conf"),
      `charon-systemd {
  load = ${PLUGINS}
  port = ${second ? 1500 : 500}
  port_nat_t = ${second ? 1501 : 4500}
  routing_table = ${219 + this.number}
  # After the main table, or the TUN's own packets would loop through it.
  routing_table_prio = 40000
  plugins { vici { socket = unix://${this.folder}/vici } }
  filelog { lab { path = ${this.logFile}
    default = 1
    flush_line = yes } }
}
swanctl { load = random openssl }
include ${this.folder}/generated.conf
`,
    );
    const command = this.topology.in(this.place, ["charon-systemd"]);
    this.process = start(command, path.join(this.folder, "output.log"), this.environment);
    await until(
      `the start of charon ${this.number} in ${this.place}`,
      10_000,
      () => existsSync(path.join(this.folder, "vici")) && this.swanctl(["--stats"]).ok,
    );
  }

  public async down(): Promise<void> {
    if (this.process !== undefined) await stop(this.process);
  }

  /** Loads the text, and gives back the names of the connections that the daemon accepted. */
  public load(text: string): string[] {
    writeFileSync(path.join(this.folder, "swanctl.conf"), text, { mode: 0o600 });
    // It ends with 0 after a syntax error too: what it says is what counts.
    const { out } = this.swanctl(["--load-all", "--clear"]);
    const loaded = [...out.matchAll(/^loaded connection '([^']+)'/gm)].map(([, name = ""]) => name);
    if (loaded.length === 0 || /failed|error/i.test(out))
      throw new Error(`swanctl did not load the file: ${out.trim()}`);
    return loaded;
  }

  public initiate(child: string): Result {
    return this.swanctl(["--initiate", "--child", child, "--timeout", "10"]);
  }

  public rekey(child: string): void {
    this.swanctl(["--rekey", "--child", child]);
  }

  public terminate(ike: string): void {
    this.swanctl(["--terminate", "--ike", ike, "--force", "--timeout", "5"]);
  }

  /** What the installed child of that name, and the association above it, agreed on; the newest where there are several. */
  public agreed(child: string): Agreed | undefined {
    const { out } = this.swanctl(["--list-sas", "--raw"]);
    const found = out.split(/^list-sa event/m).flatMap((event): { id: number; agreed: Agreed }[] => {
      const [ike = "", ...rest] = event.split("child-sas {");
      if (!/state=ESTABLISHED/.test(ike)) return [];
      return [...rest.join("child-sas {").matchAll(new RegExp(`${child}-(\\d+) \\{([^}]*)\\}`, "g"))].flatMap(
        ([, id = "0", text = ""]) =>
          text.includes("state=INSTALLED")
            ? [{ id: Number(id), agreed: { ike: suite(ike), child: suite(text), selectors: selectors(text) } }]
            : [],
      );
    });
    return found.sort((a, b) => b.id - a.id)[0]?.agreed;
  }

  /** The daemon's log so far. */
  public log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, "utf8") : "";
  }

  private get logFile(): string {
    return path.join(this.folder, "charon.log");
  }

  private get environment(): NodeJS.ProcessEnv {
    return { STRONGSWAN_CONF: path.join(this.folder, "strongswan.conf"), SWANCTL_DIR: this.folder };
  }

  private swanctl(args: readonly string[]): Result {
    const command = ["swanctl", ...args, "--uri", `unix://${this.folder}/vici`];
    return attempt(command, { env: this.environment, timeoutMs: 20_000 });
  }
}

/** `AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384`. */
function suite(text: string): string {
  const field = (name: string): string => new RegExp(`\\b${name}=(\\S+)`).exec(text)?.[1] ?? "";
  const encryption = [field("encr-alg"), field("encr-keysize")].filter((part) => part !== "").join("-");
  return [encryption, field("integ-alg"), field("prf-alg"), field("dh-group")].filter((part) => part !== "").join("/");
}

function selectors(text: string): [string, string] {
  const field = (name: string): string => new RegExp(`\\b${name}=\\[([^\\]]*)\\]`).exec(text)?.[1]?.trim() ?? "";
  return [field("local-ts"), field("remote-ts")];
}

/** Whether the tools at hand can read the file, without a daemon. For a shell script: its syntax. */
export function shellSyntax(file: string): void {
  run(["sh", "-n", file]);
}
