import { MigrationError } from "../../core/error";
import { adopt, isEmpty } from "../adopt/adopt";
import { adoptionCode, adoptionFiles } from "../adopt/adoption-files";
import { readDescribed, refuseLargeAnswer, type DescribedFile } from "../adopt/read-described";
import { adoptionJson, adoptionText } from "../adopt/adoption-report";
import { missingArgument, type Arguments } from "../arguments";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { adoptPage } from "../pages/adopt";
import { ProgressLine } from "../progress";
import { colorOf, widthOf, type Terminal } from "../terminal";
import { terraformInput } from "../terraform-input";
import { refuseFullFolder, writeFolder } from "../write-folder";

/** Runs `migration-patterns adopt`. */
export async function runAdopt(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.operands.length === 0) throw missingArgument(adoptPage, "FILE");
  const folder = args.value("output");
  const networks = networksOf(args.all("networks"));
  // Before a pipe is waited for.
  if (folder !== undefined) refuseFullFolder(folder);
  const described = readDescribed(await read(args.operands, terminal));
  const adoption = adopt(described, { ...(args.has("vpc") ? { vpcIds: args.all("vpc") } : {}), networks });
  const empty = isEmpty(adoption);
  const files = empty ? [] : adoptionFiles(adoption);
  const written = folder !== undefined && !empty;
  if (written) writeFolder(folder, files);
  const report = { ...adoption, files: files.map(({ name }) => name), ...(written ? { folder } : {}) };
  const options = { width: widthOf(terminal), color: colorOf(terminal, args.has("no-color")) };
  switch (args.value("format")) {
    case "json":
      terminal.stdout.write(adoptionJson(report));
      break;
    case "typescript":
      if (!empty) terminal.stdout.write(adoptionCode(adoption));
      // What is left out has no place in the code, and is not to be missed.
      if (empty || adoption.left.length > 0) terminal.stderr.write(adoptionText(report, options));
      break;
    default:
      terminal.stdout.write(adoptionText(report, options));
  }
  return empty ? EXIT_BLOCKED : EXIT_OK;
}

async function read(names: readonly string[], terminal: Terminal): Promise<DescribedFile[]> {
  const progress = new ProgressLine(terminal);
  const files: DescribedFile[] = [];
  try {
    for (const name of names) {
      progress.callback?.({ what: name, done: 0 });
      const input = { argument: "FILE", refuseLarge: refuseLargeAnswer };
      const file = await terraformInput(name, terminal, input);
      if (file === undefined) throw missingArgument(adoptPage, "FILE");
      files.push(file);
    }
    return files;
  } finally {
    progress.end();
  }
}

/** Reads the values of `--networks`: `vpn-0a1b2c3d=192.168.0.0/16,172.16.0.0/12`. */
function networksOf(values: readonly string[]): Record<string, readonly string[]> {
  const networks = new Map<string, readonly string[]>();
  for (const value of values) {
    const [, id = "", list = ""] = /^(vpn-[0-9a-f]+)=([^=]+)$/.exec(value) ?? [];
    if (id === "" || networks.has(id)) {
      throw new MigrationError({
        code: "CLI_OPTION_VALUE",
        path: "--networks",
        received: value,
        allowed:
          "the id of a VPN connection, once, and its networks: vpn-0a1b2c3d4e5f60718=192.168.0.0/16,172.16.0.0/12",
        fix: "write it so",
      });
    }
    networks.set(id, list.split(","));
  }
  return Object.fromEntries(networks);
}
