/**
 * The command line as a function: arguments, streams and environment in, exit status out. It never throws and ends no
 * process.
 */
import { isMigrationError, MigrationError } from "../core/error";
import { printable } from "../core/printable";
import { withoutSecrets } from "../core/secret/redact";
import { parseArguments } from "./arguments";
import { commands, type Command } from "./commands";
import { EXIT_ERROR, EXIT_OK } from "./exit-status";
import { firstSteps } from "./first-steps";
import { manual, overview } from "./manual";
import { nearest } from "../core/suggest";
import { colorOf, widthOf, type Terminal, type TextStream } from "./terminal";
import { version } from "./version";

/** Runs the command line. What it prints has the kind of a secret in place of each. */
export async function run(args: readonly string[], given: Terminal): Promise<number> {
  const terminal = withoutSecretsOn(given);
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.stderr.write(`${describeError(error, terminal)}\n`);
    return EXIT_ERROR;
  }
}

/** Returns the terminal with streams that print no secret; everything else is the terminal's own, looked at when it is asked for. */
function withoutSecretsOn(terminal: Terminal): Terminal {
  const clean = (stream: TextStream): TextStream =>
    Object.create(stream, {
      write: { value: (text: string) => stream.write(withoutSecrets(text, { words: false })) },
    }) as TextStream;
  return Object.create(terminal, {
    stdout: { value: clean(terminal.stdout) },
    stderr: { value: clean(terminal.stderr) },
  }) as Terminal;
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  // A leading --no-color is an option of the command behind it, whose parser knows it.
  const start = args.findIndex((argument) => argument !== "--no-color");
  if (start > 0) return dispatch([...args.slice(start), "--no-color"], terminal);
  const [first, ...rest] = args;
  if (first === undefined || start < 0) {
    terminal.stderr.write(firstSteps({ color: colorOf(terminal, args.includes("--no-color")) }));
    return EXIT_ERROR;
  }
  if (first === "--version" || first === "-V") {
    terminal.stdout.write(`${version()}\n`);
    return EXIT_OK;
  }
  if (first === "--help" || first === "-h" || first === "help") {
    const topic =
      first === "help" ? rest.find((argument) => !argument.startsWith("-") && argument !== "help") : undefined;
    const text = topic === undefined ? overviewText(terminal, args) : manualText(commandNamed(topic), terminal, args);
    terminal.stdout.write(text);
    return EXIT_OK;
  }
  const command = commandNamed(first);
  const parsed = parseArguments(command.page, rest);
  if (parsed.has("help")) {
    terminal.stdout.write(manualText(command, terminal, rest));
    return EXIT_OK;
  }
  if (parsed.has("version")) {
    terminal.stdout.write(`${version()}\n`);
    return EXIT_OK;
  }
  return command.load()(parsed, terminal);
}

function commandNamed(name: string): Command {
  const command = commands.find(({ page }) => page.name === name);
  if (command !== undefined) return command;
  const names = commands.map(({ page }) => page.name);
  const option = name.startsWith("-");
  const meant = option
    ? nearest(name.replace(/^-+/, ""), ["help", "version", "no-color"])
    : nearest(name, [...names, "help"]);
  throw new MigrationError({
    code: option ? "CLI_UNKNOWN_OPTION" : "CLI_UNKNOWN_COMMAND",
    received: name,
    allowed: option ? "a command first, then its options" : `one of ${names.join(", ")}, help`,
    fix: meant === undefined ? "see migration-patterns --help" : `did you mean ${option ? "--" : ""}${meant}?`,
  });
}

function overviewText(terminal: Terminal, args: readonly string[]): string {
  const color = colorOf(terminal, args.includes("--no-color"));
  const text = overview(
    commands.map(({ page }) => page),
    { width: widthOf(terminal), color },
  );
  return `${text}\n`;
}

function manualText(command: Command, terminal: Terminal, args: readonly string[]): string {
  const color = colorOf(terminal, args.includes("--no-color"));
  return manual(command.page, { width: widthOf(terminal), color });
}

function describeError(error: unknown, terminal: Terminal): string {
  const debug = terminal.env.MIGRATION_PATTERNS_DEBUG === "1";
  if (debug && error instanceof Error) return `migration-patterns: ${error.stack ?? error.message}`;
  if (isMigrationError(error)) return `migration-patterns: ${error.message}`;
  // A fault of the library: its message alone helps nobody, and its stack trace only whoever repairs it.
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `migration-patterns: [CLI_INTERNAL] ${printable(message)}; this is a fault of migration-patterns: run it again with MIGRATION_PATTERNS_DEBUG=1 and report what it prints`;
}
