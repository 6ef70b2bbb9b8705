import type { SynthesizedStack, TerraformJson } from "./synthesize-example";

/** The examples' stacks of which the whole Terraform is kept, one for each pattern. Of all others, the addresses are. */
const COMPLETE: ReadonlySet<string> = new Set([
  "lift-and-shift/booking",
  "hybrid-vpn-bgp/hybrid-vpn-bgp",
  "multi-cloud-routing/users-routing",
]);

/** The golden files of one stack: name to text. */
export function goldenFiles(example: string, { name, terraform }: SynthesizedStack): Record<string, string> {
  return COMPLETE.has(`${example}/${name}`)
    ? { [`${name}.json`]: `${JSON.stringify(terraform, null, 2)}\n` }
    : { [`${name}.addresses.txt`]: addressesOf(terraform).join("\n") + "\n" };
}

/** The addresses of a stack's resources and data sources, sorted. */
export function addressesOf({ resource = {}, data = {} }: TerraformJson): string[] {
  const below = (prefix: string, types: NonNullable<TerraformJson["resource"]>): string[] =>
    Object.entries(types).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${prefix}${type}.${name}`));
  return [...below("", resource), ...below("data.", data)].sort();
}

/** Says which addresses have changed, and what that means. Undefined where none has. */
export function changedAddresses(
  stack: string,
  before: readonly string[],
  after: readonly string[],
): string | undefined {
  const gone = before.filter((address) => !after.includes(address));
  const added = after.filter((address) => !before.includes(address));
  if (gone.length + added.length === 0) return undefined;
  return [
    `The Terraform addresses of ${stack} have changed. A changed address is a breaking change: at the next apply, Terraform`,
    "destroys what had the old one, and creates what has the new one.",
    ...gone.map((address) => `  - ${address}`),
    ...added.map((address) => `  + ${address}`),
    "Where that is meant, run npm run golden, review the difference, and say in CHANGELOG.md how to move the state.",
  ].join("\n");
}
