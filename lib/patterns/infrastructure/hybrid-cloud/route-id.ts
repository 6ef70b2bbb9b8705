/** The construct id of a thing that is about a block or a name: by what it is about, so that adding one moves no other. */
export function routeId(prefix: string, about: string): string {
  return `${prefix}-${about.replaceAll(/[./:]/g, "-")}`;
}
