/**
 * ```ts
 * images: {
 *   byName: { "db-01": ServerImage.diskImage("exports", ["db-01/disk-0.vmdk", "db-01/disk-1.vmdk"]) },
 *   byOs: { windows: ServerImage.ssmParameter("/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base") },
 * }
 * ```
 *
 * The sources of a server's disks. There are four, because a lift and shift mixes them: an image that exists, one whose id
 * is published as a parameter, disks that were exported to S3, and an instance that a replication tool has launched.
 */
import { admit } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import { isUnresolved } from "../../../core/tokens";
import type { Server } from "../../../inventory/model";

/** The formats of exported disks that EBS imports: Amazon EC2 API Reference, `SnapshotDiskContainer`. */
export const diskImageFormats = ["VMDK", "VHD", "RAW"] as const;

/** A format of an exported disk that EBS imports. */
export type DiskImageFormat = (typeof diskImageFormats)[number];

/** The source of a server's disks, as data. */
export type ImageSource =
  | { readonly kind: "ami"; readonly id: string }
  | { readonly kind: "ssm-parameter"; readonly name: string }
  | {
      readonly kind: "disk-image";
      readonly bucket: string;
      readonly keys: readonly string[];
      readonly format: DiskImageFormat;
    }
  | { readonly kind: "adopt"; readonly instanceId: string };

/** The source of a server's disks, created by the static functions of this class. */
export class ServerImage {
  /**
   * Returns the image of an AMI by its id.
   *
   * @throws MigrationError `SERVER_IMAGE_AMI`
   */
  public static ami(id: string): ServerImage {
    admit("ServerImage.ami", { id });
    check("id", id, /^ami-[0-9a-f]{8,17}$/, "SERVER_IMAGE_AMI", "the id of an AMI, like ami-0a1b2c3d4e5f60718");
    return new ServerImage({ kind: "ami", id });
  }

  /**
   * Returns the image of the AMI whose id is the value of an SSM parameter when the server is first made. A newer value
   * later does not replace the server.
   *
   * @throws MigrationError `SERVER_IMAGE_PARAMETER`
   */
  public static ssmParameter(name: string): ServerImage {
    admit("ServerImage.ssmParameter", { name });
    check("name", name, /^[A-Za-z0-9_.\-/:]{1,1011}$/, "SERVER_IMAGE_PARAMETER", "the name of an SSM parameter");
    return new ServerImage({ kind: "ssm-parameter", name });
  }

  /**
   * Returns the image of disks exported to S3, in the order of the server's disks with the root disk first. They are
   * imported as encrypted snapshots: the first becomes an AMI, the others the server's data volumes. The images must be in
   * the servers' region.
   *
   * @param options the format, where a key does not end in `.vmdk`, `.vhd`, `.raw` or `.img`
   * @throws MigrationError `SERVER_IMAGE_DISKS`
   */
  public static diskImage(
    bucket: string,
    keys: string | readonly string[],
    options: { readonly format?: DiskImageFormat } = {},
  ): ServerImage {
    admit("ServerImage.diskImage", { bucket, keys, options });
    const list = typeof keys === "string" ? [keys] : keys;
    check("bucket", bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "SERVER_IMAGE_DISKS", "the name of an S3 bucket");
    const format = options.format ?? formatOf(list);
    const wrong = list.findIndex(
      (key) => key === "" || (options.format === undefined && formatOf([key]) === undefined),
    );
    if (list.length === 0 || format === undefined || wrong >= 0) {
      refuse({
        code: "SERVER_IMAGE_DISKS",
        path: wrong < 0 || typeof keys === "string" ? "keys" : `keys[${wrong}]`,
        received: list,
        allowed: "one key for each disk, all of one format: .vmdk, .vhd, .raw or .img",
        fix: "list the keys, root disk first, and pass format where their extensions do not say it",
      });
    }
    return new ServerImage({ kind: "disk-image", bucket, keys: [...list], format });
  }

  /**
   * Returns the image of an instance that a replication tool has launched: Terraform takes it over with an import block.
   * Arguments that would replace it (image, subnet, address, disks, tenancy) are left as the tool set them, as is its size;
   * tags, security groups, monitoring, the instance profile, metadata options and termination protection become what this
   * library sets.
   *
   * @throws MigrationError `SERVER_IMAGE_INSTANCE`
   */
  public static adopt(instanceId: string): ServerImage {
    admit("ServerImage.adopt", { instanceId });
    // Not a token: Terraform asks for it before it knows any.
    if (isUnresolved(instanceId))
      refused("instanceId", instanceId, "SERVER_IMAGE_INSTANCE", "an instance id that is known at synthesis");
    check(
      "instanceId",
      instanceId,
      /^i-[0-9a-f]{8,17}$/,
      "SERVER_IMAGE_INSTANCE",
      "the id of an instance, like i-0a1b2c3d4e5f60718",
    );
    return new ServerImage({ kind: "adopt", instanceId });
  }

  private constructor(public readonly source: ImageSource) {}
}

/** Images by server or by operating system. */
export interface ServerImageTable {
  /**
   * The images by the server's name. They come before `byOs`.
   * @default - none
   */
  readonly byName?: Readonly<Record<string, ServerImage>>;
  /**
   * The images by operating system: the most exact of its name (`Ubuntu Linux (64-bit)`), family and version (`linux
   * 22.04`), family (`linux`).
   * @default - none
   */
  readonly byOs?: Readonly<Record<string, ServerImage>>;
}

/** The images of servers: a table, or a function. A server without an image blocks the migration. */
export type ServerImages = ServerImageTable | ((server: Server) => ServerImage | undefined);

/** Returns the image of a server, or undefined where there is none. */
export function imageOf(images: ServerImages, server: Server): ServerImage | undefined {
  admit("imageOf", { images, server });
  if (typeof images === "function") return images(server);
  const { byName, byOs } = images;
  const named = own(byName, server.name);
  if (named !== undefined || byOs === undefined) return named;
  const { name, family, version } = server.os;
  return (
    (name === undefined ? undefined : own(byOs, name)) ??
    (version === undefined ? undefined : own(byOs, `${family} ${version}`)) ??
    own(byOs, family)
  );
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function formatOf(keys: readonly string[]): DiskImageFormat | undefined {
  const formats = new Set(keys.map((key) => FORMATS[/\.([A-Za-z]+)$/.exec(key)?.[1]?.toLowerCase() ?? ""]));
  const [format] = formats;
  return formats.size === 1 ? format : undefined;
}

const FORMATS: Readonly<Record<string, DiskImageFormat | undefined>> = {
  vmdk: "VMDK",
  vhd: "VHD",
  raw: "RAW",
  img: "RAW",
};

function check(path: string, value: string, pattern: RegExp, code: string, allowed: string): void {
  if (!isUnresolved(value) && !pattern.test(value)) refused(path, value, code, allowed);
}

function refused(path: string, received: string, code: string, allowed: string): never {
  refuse({ code, path, received, allowed, fix: "correct the value" });
}
