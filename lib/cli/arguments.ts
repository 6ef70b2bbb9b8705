/** Arguments of a command, read by its page. `node:util` splits them; errors in them are reported here, with a suggestion. */
import { parseArgs } from "node:util";
import { MigrationError } from "../core/error";
import { commonOptions, type CommandPage, type OptionPage } from "./command-page";
import { nearest } from "../core/suggest";

/** The arguments of a command. */
export class Arguments {
  constructor(
    private readonly page: CommandPage,
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** The arguments without an option, in order. */
    public readonly operands: readonly string[],
  ) {}

  /** Checks whether the option was given. */
  public has(name: string): boolean {
    return this.values.has(name);
  }

  /** Returns the option's value, the last one where it was given twice. */
  public value(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  /** Returns all values of an option that may be repeated, in order. */
  public all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /**
   * Returns the value of a required option.
   * @throws MigrationError `CLI_MISSING_ARGUMENT`
   */
  public required(name: string): string {
    const value = this.value(name);
    if (value === undefined) throw missingArgument(this.page, `--${name}`);
    return value;
  }

  /**
   * Returns the value of an option that is a count.
   * @throws MigrationError `CLI_OPTION_VALUE`
   */
  public positiveInteger(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!/^[1-9]\d{0,8}$/.test(value)) {
      throw new MigrationError({
        code: "CLI_OPTION_VALUE",
        path: `--${name}`,
        received: value,
        allowed: "a whole number from 1",
        fix: `write a number, or leave --${name} out`,
      });
    }
    return Number(value);
  }
}

/** Builds the error for a missing argument of a command. */
export function missingArgument(page: CommandPage, what: string): MigrationError {
  return new MigrationError({
    code: "CLI_MISSING_ARGUMENT",
    path: what,
    fix: `call it as: migration-patterns ${page.synopsis[0] ?? page.name}`,
  });
}

/**
 * Reads the arguments of a command.
 *
 * @throws MigrationError `CLI_UNKNOWN_OPTION`, `CLI_OPTION_VALUE`
 */
export function parseArguments(page: CommandPage, args: readonly string[]): Arguments {
  const known = [...page.options, ...commonOptions];
  const { tokens, positionals } = parseArgs({
    args: [...args],
    // Not strict: its errors suggest nothing and name no remedy. The tokens tell everything.
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      known.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? "boolean" : "string", ...(short === undefined ? {} : { short }) } as const,
      ]),
    ),
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = known.find(({ name }) => name === token.name);
    if (option === undefined) throw unknownOption(page, known, token.rawName);
    const value = optionValue(option, token.value, token.inlineValue ?? false);
    if (values.has(option.name) && option.value !== undefined && option.multiple !== true) {
      throw new MigrationError({
        code: "CLI_OPTION_VALUE",
        path: `--${option.name}`,
        received: value,
        allowed: "one value",
        fix: `give --${option.name} once`,
      });
    }
    values.set(option.name, [...(values.get(option.name) ?? []), value]);
  }
  return new Arguments(page, values, positionals);
}

function optionValue(option: OptionPage, value: string | undefined, inline: boolean): string {
  const path = `--${option.name}`;
  if (option.value === undefined) {
    if (!inline) return "";
    throw new MigrationError({ code: "CLI_OPTION_VALUE", path, received: value, fix: `write ${path} without a value` });
  }
  const allowed = option.choices?.join(", ");
  // `--output --format json` has lost the file's name; a file that does begin with a dash is written --output=-x or ./-x.
  if (value === undefined || value === "" || (!inline && value.length > 1 && value.startsWith("-"))) {
    throw new MigrationError({
      code: "CLI_OPTION_VALUE",
      path,
      ...(value === undefined ? {} : { received: value }),
      allowed: allowed ?? `a value, ${option.value}`,
      fix: `write ${path} ${option.value}`,
    });
  }
  if (option.choices?.includes(value) === false) {
    const meant = nearest(value, option.choices);
    throw new MigrationError({
      code: "CLI_OPTION_VALUE",
      path,
      received: value,
      allowed: `one of ${allowed ?? ""}`,
      fix: meant === undefined ? `choose one of them` : `did you mean ${meant}?`,
    });
  }
  return value;
}

function unknownOption(page: CommandPage, known: readonly OptionPage[], rawName: string): MigrationError {
  const meant = nearest(
    rawName.replace(/^-+/, ""),
    known.map(({ name }) => name),
  );
  return new MigrationError({
    code: "CLI_UNKNOWN_OPTION",
    received: rawName,
    fix: meant === undefined ? `see migration-patterns help ${page.name}` : `did you mean --${meant}?`,
  });
}
