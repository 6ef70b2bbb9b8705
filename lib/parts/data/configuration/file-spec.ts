/** The specification of a configuration file: its content and its path on servers. */
import { Fn, Token } from "cdktf";
import { createHash } from "node:crypto";
import { z } from "zod";
import { isUnresolved } from "../../../core/tokens";

/** A file that is placed on servers. Exactly one of `content` and `source` is given. */
export interface ConfigurationFile {
  /**
   * The path on the server: `/etc/shop/app.conf` on Linux, `C:\Shop\app.conf` on Windows. Its form determines the
   * platform.
   */
  readonly path: string;
  /**
   * The content of the file, as text or as a token. It is kept in Terraform's state, so never pass a secret.
   * @default - taken from `source`
   */
  readonly content?: string;
  /**
   * The path of a file that Terraform reads when it runs: absolute, or the path of a `TerraformAsset`.
   * @default - `content` is used
   */
  readonly source?: string;
  /**
   * The owner of the file on Linux.
   * @default "root"
   */
  readonly owner?: string;
  /**
   * The group of the file on Linux.
   * @default "root"
   */
  readonly group?: string;
  /**
   * The permissions of the file on Linux, octal.
   * @default "0640"
   */
  readonly mode?: string;
}

/** The operating system that a file is placed on. */
export type Platform = "linux" | "windows";

// No quotes, line ends, dollars, backticks or braces: the path stands in a script between single quotes.
const LINUX_PATH = /^(?:\/[A-Za-z0-9._@+ -]+)+$/;
const WINDOWS_PATH = /^[A-Za-z]:(?:\\[A-Za-z0-9._@+ ()-]+)+$/;
const account = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, "must be a name of a Linux account, like root");

/** The schema of a file's name below the prefix. */
export const fileName = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    "must be letters, digits, dots, dashes and slashes, like shop/app.conf",
  )
  .refine((name) => !name.split("/").some((part) => part === "." || part === ".."), "must not have . or .. as a part");

/** The schema of a {@link ConfigurationFile}. */
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
    message: "must be given if source is not, and must be left out if source is given",
    path: ["content"],
  })
  .refine(({ path, owner, group, mode }) => path.startsWith("/") || (owner ?? group ?? mode) === undefined, {
    message: "is for Linux only; on Windows a file inherits the permissions of its folder",
    path: ["mode"],
  });

/** Returns the platform of the servers that a file is placed on, from the form of its path. */
export function platformOf(file: ConfigurationFile): Platform {
  return file.path.startsWith("/") ? "linux" : "windows";
}

/**
 * Returns the SHA-256 of the file in hexadecimal: the digest of a literal, and for other contents a Terraform expression.
 */
export function sha256Of(file: ConfigurationFile): string {
  if (file.source !== undefined) return Token.asString(Fn.filesha256(file.source));
  const content = file.content ?? "";
  return isUnresolved(content)
    ? Token.asString(Fn.sha256(content))
    : createHash("sha256").update(content, "utf8").digest("hex");
}
