/** The bytes of what `terraform show -json` and `tofu show -json` print. */

/**
 * Returns the bytes as text; undefined where they are none. UTF-16, which PowerShell writes with `>`, is read too, and a byte
 * order mark is left out.
 */
export function decodeTerraformJson(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Returns a number of bytes in whole mebibytes, as errors say it. */
export function mebibytesOf(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
