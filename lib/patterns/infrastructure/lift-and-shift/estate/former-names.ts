import type { Server } from "../../../../inventory/model";
import type { ServerOverride } from "../fleet-options";

/** Returns the server with the former names of it and of its disks that the fleet's overrides say; they win. */
export function withFormerNames(
  server: Server,
  overrides: Readonly<Record<string, ServerOverride>> | undefined,
): Server {
  const override = own(overrides, server.name);
  if (override === undefined) return server;
  const { renamedFrom } = override;
  return {
    ...server,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    disks: server.disks.map((disk) => {
      const former = own(override.disks, disk.name)?.renamedFrom;
      return former === undefined ? disk : { ...disk, renamedFrom: former };
    }),
  };
}

/** A caller in JavaScript may pass anything: the fleet refuses it, and says what is wrong. */
function own<Value extends object>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  const found: unknown =
    typeof record === "object" && (record as object | null) !== null && Object.hasOwn(record, key)
      ? record[key]
      : undefined;
  return typeof found === "object" && found !== null ? (found as Value) : undefined;
}
