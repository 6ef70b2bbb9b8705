/**
 * The steps that bring the servers' own disks up to date within the cut-over, after the source was stopped. A server that is
 * made of exported disks is made anew of another export, and Terraform refuses that in the stage `test`, where it is protected:
 * so the fleet goes through `replicate`, from which the stage `cutover` is declared next.
 */
import type { TerraformResource } from "cdktf";
import type { RunbookStep } from "../../../core/runbook-step";
import { terraformIn } from "../../../core/exported-text";
import { shellWord } from "../../../core/shell";
import { count } from "../../../core/text";
import { expectations } from "./expectations";
import type { ServerFleet } from "./server-fleet";
import { OWN_DISKS } from "./stages";

const OWNER = "platform engineer";

/** Returns the steps of the fleet in place of the one about the servers' own disks; that one alone where no disk is imported. */
export function diskSteps(step: RunbookStep, fleet: ServerFleet, stack: string): readonly RunbookStep[] {
  const imported = [...(fleet.diskImages?.servers ?? [])];
  if (imported.length === 0) return [step];
  const others = fleet.plan.servers.length > imported.length;
  const replaced = imported.flatMap(([name, { snapshots }]) => [
    ...snapshots,
    ...[fleet.instances.get(name)].filter((each) => each !== undefined),
    ...(fleet.volumes.get(name) ?? []),
  ]);
  return [
    {
      // Without their names: a text from a file has no place in a title. The addresses below have them.
      title: `Export the disks of ${count(imported.length, "server")} again, and upload them in place of the earlier exports`,
      owner: OWNER,
      expect:
        "each object of a server with state is newer than the stop of its source; a server without state may stay as it is, and is left out of the next steps",
      minutes: 60,
    },
    {
      title:
        "Go back to the stage replicate as its way back says, and deploy: in any later one Terraform refuses to make a server anew",
      owner: OWNER,
      command: "cdktf deploy",
      expect: expectations.testRemoved,
      minutes: 15,
    },
    {
      title: `${OWN_DISKS.title}: import what was exported, and make the servers of it anew; strike out those without state`,
      owner: OWNER,
      command: [
        `${terraformIn(stack)} apply`,
        ...replaced.map((each) => `  -replace=${shellWord(addressOf(each))}`),
      ].join(" \\\n"),
      expect:
        "each named snapshot, instance and volume is replaced, with what hangs on it, and nothing else; every server passes both EC2 status checks; the former root volumes are left, detached",
      minutes: 60,
    },
    ...(others ? [{ ...step, title: `${OWN_DISKS.title}, of the servers that are made of no exported disks` }] : []),
  ];
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
