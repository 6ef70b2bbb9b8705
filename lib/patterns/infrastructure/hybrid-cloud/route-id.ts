/** Returns the construct id of a resource for a CIDR block or a name: derived from it, so that adding one moves no other. */
export function routeId(prefix: string, about: string): string {
  return `${prefix}-${about.replaceAll(/[./:]/g, "-")}`;
}
