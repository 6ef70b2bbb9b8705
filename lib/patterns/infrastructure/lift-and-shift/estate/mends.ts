/** The mends that findings about identities bring, to be pasted: TypeScript for the code, commands for a shell. */
import { listed } from "../../../../core/text";
import { shellWord } from "../../../../core/shell";
import type { RecordedServer } from "../../../../inventory/estate/estate-record";
import type { Server } from "../../../../inventory/model";

/** Returns what declares the former name of a server. */
export function renameServer(name: string, former: string): string {
  return `write renamedFrom: ${quoted(former)} at ${name} in the inventory, or fleet: { overrides: { ${quoted(name)}: { renamedFrom: ${quoted(former)} } } } in the code`;
}

/** Returns what declares the former label of a disk. */
export function renameDisk(server: string, disk: string, former: string): string {
  return `write renamedFrom: ${quoted(former)} at the disk ${disk} of ${server} in the inventory, or fleet: { overrides: { ${quoted(server)}: { disks: { ${quoted(disk)}: { renamedFrom: ${quoted(former)} } } } } } in the code`;
}

/** Returns what lets go of resources that stay. */
export function letGo(stack: string, id: string, addresses: readonly string[]): string {
  const list = addresses.map(quoted).join(", ");
  return `new ForgottenResources(this, ${quoted(`forgotten-${id}`)}, { addresses: [${list}] }) in the stack ${stack} (below Terraform 1.7: terraform ${folderOf(stack)} state rm with the same addresses)`;
}

/** Returns what drops the server from the record. */
export function forget(name: string): string {
  return `migration-patterns lock --forget ${shellWord(name)}`;
}

/** Returns the commands that move what is recorded of a server from the state of its stack to that of another. */
export function moveState(
  recorded: RecordedServer,
  stack: string,
  moves: readonly (readonly [string, string])[],
): string {
  const [from, to] = [`${recorded.stack}.tfstate`, `${stack}.tfstate`];
  return [
    `terraform ${folderOf(recorded.stack)} state pull > ${shellWord(from)}`,
    `terraform ${folderOf(stack)} state pull > ${shellWord(to)}`,
    ...moves.map(
      ([old, now]) =>
        `terraform state mv -state=${shellWord(from)} -state-out=${shellWord(to)} ${shellWord(old)} ${shellWord(now)}`,
    ),
    `terraform ${folderOf(stack)} state push "$PWD"/${shellWord(to)}`,
    `terraform ${folderOf(recorded.stack)} state push "$PWD"/${shellWord(from)}`,
  ].join(" && ");
}

/** Returns the line of code that takes a resource over from an address in the same stack. */
export function moveBlock(
  name: string,
  map: "instances" | "volumes" | "attachments",
  index: number,
  from: string,
): string {
  const found = `fleet.${map}.get(${quoted(name)})`;
  return `${map === "instances" ? found : `${found}?.[${index}]`}?.moveFromId(${quoted(from)});`;
}

/** Returns the lines of code that take over what a server was made from: its snapshots in their order, and behind them the image. */
export function moveImages(name: string, images: readonly string[]): string[] {
  const found = `fleet.diskImages?.servers.get(${quoted(name)})`;
  return images.map((from, index) => {
    const made = index === images.length - 1 ? `${found}?.ami` : `${found}?.snapshots[${index}]`;
    return `${made}?.moveFromId(${quoted(from)});`;
  });
}

/** Returns what comes before lines that take resources over by hand: each has one `moved` block, and a former name makes it too. */
export function withoutFormerNames({ name, renamedFrom, disks }: Server): string {
  const said = [
    ...(renamedFrom === undefined ? [] : [name]),
    ...disks.filter((disk) => disk.renamedFrom !== undefined).map((disk) => `the disk ${disk.name}`),
  ];
  return said.length === 0 ? "" : `take renamedFrom of ${listed(said)} out, and `;
}

/** Returns the addresses as a sentence names them. */
export function named(addresses: readonly string[]): string {
  return listed(addresses);
}

/** Resources whose destruction loses something: what else is recorded of a server is made again from what is left. */
const SERVING = /^aws_(?:instance|ebs_volume)\./;

/** Returns the addresses of servers and volumes, and the number of the others, for a message whose remedy has all of them. */
export function servingNamed(addresses: readonly string[]): string {
  const serving = addresses.filter((address) => SERVING.test(address));
  const others = addresses.length - serving.length;
  return listed(others === 0 ? serving : [...serving, `${others} more`]);
}

/** Returns the text as a literal of TypeScript, which JSON's strings are. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function folderOf(stack: string): string {
  return `-chdir=${shellWord(`cdktf.out/stacks/${stack}`)}`;
}
