/** Formats the path of a value as people write it: `["tunnels", 0, "insideCidr"]` is `tunnels[0].insideCidr`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}
