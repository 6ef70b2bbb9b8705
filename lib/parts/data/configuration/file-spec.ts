/** One configuration file: what is in it and where it goes. */
import { Fn, Token } from "cdktf";
import { createHash } from "node:crypto";
import { z } from "zod";
import { isUnresolved } from "../../../core/tokens";

/** A file that is placed on servers. Exactly one of `content` and `source` is given. */
export interface ConfigurationFile {
  /** Where it goes: `/etc/shop/app.conf` on Linux, `C:\Shop\app.conf` on Windows. The path says which of the two. */
  readonly path: string;
  /**
   * What is in it, as text or as a token. It is in Terraform's state: no secrets.
   * @default - taken from `source`
   */
  readonly content?: string;
  /**
   * A file's path, which Terraform reads when it runs: absolute, or the path that a `TerraformAsset` gives.
   * @default - `content` is used
   */
  readonly source?: string;
  /**
   * Owner on Linux.
   * @default "root"
   */
  readonly owner?: string;
  /**
   * Group on Linux.
   * @default "root"
   */
  readonly group?: string;
  /**
   * Permissions on Linux, octal.
   * @default "0640"
   */
  readonly mode?: string;
}

/** Which system a file is for. */
export type Platform = "linux" | "windows";

// No quotes, line ends, dollars, backticks or braces: the path stands in a script between single quotes.
const LINUX_PATH = /^(?:\/[A-Za-z0-9._@+ -]+)+$/;
const WINDOWS_PATH = /^[A-Za-z]:(?:\\[A-Za-z0-9._@+ ()-]+)+$/;
const account = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, "must be a name of a Linux account, like root");

/** A file's name below the prefix. */
export const fileName = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    "must be letters, digits, dots, dashes and slashes, like shop/app.conf",
  )
  .refine((name) => !name.split("/").some((part) => part === "." || part === ".."), "must not have . or .. as a part");

/** Checks a {@link ConfigurationFile}. */
export const configurationFileSchema = z
  .strictObject({
    path: z
      .string()
      .max(259)
      .refine(
        (path) => (LINUX_PATH.test(path) || WINDOWS_PATH.test(path)) && !/[/\\]\.{1,2}(?:[/\\]|$)/.test(path),
        "must be a plain absolute path, like /etc/shop/app.conf or C:\\Shop\\app.conf",
      ),
    content: z.string().optional(),
    source: z.string().min(1).optional(),
    owner: account.optional(),
    group: account.optional(),
    mode: z
      .string()
      .regex(/^0?[0-7]{3}$/, "must be octal, like 0640")
      .optional(),
  })
  .refine(({ content, source }) => (content === undefined) !== (source === undefined), {
    message: "must be given, or source, and not both",
    path: ["content"],
  })
  .refine(({ path, owner, group, mode }) => path.startsWith("/") || (owner ?? group ?? mode) === undefined, {
    message: "is for Linux only; on Windows a file inherits the permissions of its folder",
    path: ["mode"],
  });

/** The platform of the server that a file is placed on, by the form of its path. */
export function platformOf(file: ConfigurationFile): Platform {
  return file.path.startsWith("/") ? "linux" : "windows";
}

/**
 * The content as Terraform takes it. A literal may well have `${JAVA_HOME}` in it, which Terraform would take for its own;
 * a text with a token in it is left alone, as the token's own braces must stay.
 */
export function terraformContent(content: string): string {
  // By a function: in a replacement text two dollars are one.
  return isUnresolved(content) ? content : content.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** The SHA-256 of the file in hexadecimal: worked out here for a literal, and by Terraform for the others. */
export function sha256Of(file: ConfigurationFile): string {
  if (file.source !== undefined) return Token.asString(Fn.filesha256(file.source));
  const content = file.content ?? "";
  return isUnresolved(content)
    ? Token.asString(Fn.sha256(content))
    : createHash("sha256").update(content, "utf8").digest("hex");
}
