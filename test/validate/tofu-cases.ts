/** The cases of the guard's rung that OpenTofu alone has: words in its language and in its state that Terraform does not know. */
import type { Expectation } from "./guard-cases";
import type { StateResource } from "./plan-folder";

const VOLUME = "aws_ebs_volume";
const volume = { availability_zone: "eu-central-1a", size: 20 };

/** What has to come of each case. */
export const tofuExpectations: readonly Expectation[] = [
  {
    what: "a volume that is not enabled",
    address: `${VOLUME}.disabled`,
    actions: "delete",
    rule: "guard-data-destroyed",
  },
  {
    what: "a volume that is replaced and not destroyed",
    address: `${VOLUME}.left`,
    actions: "forget create",
    rule: "guard-forgotten",
  },
  {
    what: "a volume whose state says that it is not destroyed",
    address: `${VOLUME}.kept`,
    actions: "forget",
    rule: "guard-forgotten",
  },
  {
    what: "harmless, a value that is in no state",
    address: "ephemeral.aws_secretsmanager_secret_version.later",
  },
];

/** The written state of the cases. */
export const tofuState: readonly StateResource[] = [
  { type: VOLUME, name: "disabled", attributes: { id: "vol-1", final_snapshot: false, ...volume } },
  { type: VOLUME, name: "left", attributes: { id: "vol-2", final_snapshot: false, encrypted: false, ...volume } },
  { type: VOLUME, name: "kept", attributes: { id: "vol-3", final_snapshot: false, ...volume }, isLeft: true },
];

/** The resources of the cases, by type. */
export const tofuResources: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  [VOLUME]: {
    disabled: { ...volume, lifecycle: { enabled: false } },
    left: { ...volume, encrypted: true, lifecycle: { destroy: false } },
  },
};

/** The ephemeral resources of the cases, which OpenTofu 1.11 lists and 1.12 does not. What makes its argument is yet to be created, so that no account is asked. */
export const tofuEphemerals = {
  aws_secretsmanager_secret_version: { later: { secret_id: `\${${VOLUME}.added.arn}` } },
};
