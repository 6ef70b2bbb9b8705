/**
 * The launch settings that the import file cannot hold: those that `aws mgn update-launch-configuration` takes. The one that
 * must not be forgotten is right-sizing: where it is on, the service overrules the instance type of the import file.
 *
 * The service's own id of a server is only known once its agent is installed, so the settings are listed by the server's
 * user-provided id; `README.md` has the command that applies them.
 *
 * Source: Application Migration Service API Reference, UpdateLaunchConfiguration.
 */
import { admit } from "../../../../core/door/admit";
import { dataWithoutSecrets } from "../../../../core/secret/redact";
import { compareText } from "../../../../core/text";
import type { ReplicationServer } from "./replication-server";

/** The request of `UpdateLaunchConfiguration`, but for the source server's id. */
export interface MgnLaunchConfiguration {
  readonly bootMode: "LEGACY_BIOS" | "UEFI" | "USE_SOURCE";
  /** Always false: the address is in the import file, or AWS chooses one. */
  readonly copyPrivateIp: boolean;
  readonly copyTags: boolean;
  readonly launchDisposition: "STARTED" | "STOPPED";
  readonly licensing: { readonly osByol: boolean };
  readonly targetInstanceTypeRightSizingMethod: "NONE" | "BASIC";
}

/** The launch settings of one server. */
export interface MgnLaunchSettings {
  readonly userProvidedID: string;
  readonly launchConfiguration: MgnLaunchConfiguration;
}

/** Returns the launch settings of the servers, in the order of their names. */
export function mgnLaunchSettings(servers: readonly ReplicationServer[]): MgnLaunchSettings[] {
  admit("mgnLaunchSettings", { servers });
  return [...servers]
    .sort((a, b) => compareText(a.server.name, b.server.name))
    .map(({ server, instanceType, target }) => ({
      userProvidedID: server.name,
      launchConfiguration: {
        bootMode: server.firmware === "efi" ? "UEFI" : server.firmware === "bios" ? "LEGACY_BIOS" : "USE_SOURCE",
        copyPrivateIp: false,
        copyTags: true,
        launchDisposition: "STARTED",
        licensing: { osByol: target.operatingSystemLicensing === "BYOL" },
        targetInstanceTypeRightSizingMethod: instanceType === undefined ? "BASIC" : "NONE",
      },
    }));
}

/** Writes the launch settings as JSON, one server after the other. */
export function writeMgnLaunchSettings(servers: readonly ReplicationServer[]): string {
  admit("writeMgnLaunchSettings", { servers });
  return `${JSON.stringify(dataWithoutSecrets(mgnLaunchSettings(servers)), undefined, 2)}\n`;
}
