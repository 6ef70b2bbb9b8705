/**
 * ```ts
 * const launched = JSON.parse(readFileSync("source-servers.json", "utf8"));   // aws mgn describe-source-servers --filters
 * {}
 * new LiftAndShift(this, "wave-1", { …, images: adoptedImages(launchedInstances(launched, inventory.servers)) });
 * ```
 *
 * The adoption by Terraform of instances that a replication tool has launched. An instance launched for a *test* is not taken:
 * the service terminates it when it launches the one for the cut-over, and Terraform would make a new, empty server in its
 * place.
 *
 * Sources: Application Migration Service API Reference, DescribeSourceServers and LifeCycle.
 */
import { z } from "zod";
import { sortedEntries } from "../../../../core/collections";
import { admit } from "../../../../core/door/admit";
import { MigrationError } from "../../../../core/error";
import { formatPath } from "../../../../core/format-path";
import { compareText } from "../../../../core/text";
import type { Server } from "../../../../inventory/model";
import { ServerImage, type ServerImageTable } from "../server-image";

/** The instances that a replication tool has launched, by server. */
export interface LaunchedInstances {
  /** Instance ids by the server's name. */
  readonly instanceIds: Readonly<Record<string, string>>;
  /** Servers that the tool knows and that cannot be adopted yet, with the reason as a phrase. */
  readonly notLaunched: readonly { readonly server: string; readonly reason: string }[];
}

/** Options of {@link launchedInstances}. */
export interface LaunchedInstancesOptions {
  /**
   * Whether instances launched for a test are taken as well: for a rehearsal that ends before the cut-over.
   * @default false
   */
  readonly includeTestInstances?: boolean;
}

const answerSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      sourceServerID: z.string(),
      userProvidedID: z.string().optional(),
      isArchived: z.boolean().optional(),
      launchedInstance: z.looseObject({ ec2InstanceID: z.string().optional() }).optional(),
      lifeCycle: z.looseObject({ state: z.string().optional() }).optional(),
      sourceProperties: z
        .looseObject({
          identificationHints: z
            .looseObject({
              fqdn: z.string().optional(),
              hostname: z.string().optional(),
              vmWareUuid: z.string().optional(),
            })
            .optional(),
        })
        .optional(),
    }),
  ),
});

type SourceServer = z.infer<typeof answerSchema>["items"][number];

/** The lifecycle states in which the launched instance is the one that production runs on. */
const CUT_OVER = new Set(["CUTTING_OVER", "CUTOVER", "DISCONNECTED"]);

/**
 * Parses the answer of `aws mgn describe-source-servers`. A source server is matched to the inventory by its user-provided
 * id, which is the server's name where the agent was installed as the import file says; else by its UUID, its DNS name or
 * its host name.
 * Source servers of other waves, which are none of `servers`, are left out.
 *
 * @throws MigrationError `MGN_SOURCE_SERVERS` where it is no such answer, `MGN_SOURCE_SERVER_TWICE` where two source servers
 * are one server
 */
export function launchedInstances(
  answer: unknown,
  servers: readonly Server[],
  options: LaunchedInstancesOptions = {},
): LaunchedInstances {
  admit("launchedInstances", { answer, servers, options });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MigrationError({
      code: "MGN_SOURCE_SERVERS",
      path: formatPath(issue?.path ?? []) || "answer",
      allowed: "the answer of aws mgn describe-source-servers, as JSON",
      fix: issue?.message ?? "save the command's output again",
    });
  }
  const find = finder(servers);
  const seen = new Map<string, string>();
  const instanceIds: Record<string, string> = {};
  const notLaunched: { server: string; reason: string }[] = [];
  for (const item of parsed.data.items) {
    const server = item.isArchived === true ? undefined : find(item);
    if (server === undefined) continue;
    const earlier = seen.get(server.name);
    if (earlier !== undefined) {
      throw new MigrationError({
        code: "MGN_SOURCE_SERVER_TWICE",
        path: "items",
        received: item.sourceServerID,
        allowed: `one source server for ${server.name}, which ${earlier} is already`,
        fix: "archive the one that is not used, or give each the right user-provided id",
      });
    }
    seen.set(server.name, item.sourceServerID);
    const reason = reasonAgainst(item, options);
    const instanceId = item.launchedInstance?.ec2InstanceID;
    if (reason === undefined && instanceId !== undefined) instanceIds[server.name] = instanceId;
    else notLaunched.push({ server: server.name, reason: reason ?? "no instance is launched" });
  }
  notLaunched.sort((a, b) => compareText(a.server, b.server));
  return { instanceIds: sortedRecord(instanceIds), notLaunched };
}

/**
 * Returns images that adopt launched instances, for `LiftAndShift` and `ServerFleet`: each becomes an import block. A server
 * that is not among them has no image, which blocks the migration.
 *
 * @throws MigrationError `SERVER_IMAGE_INSTANCE`, `ADOPTED_INSTANCE_TWICE`
 */
export function adoptedImages(launched: LaunchedInstances | Readonly<Record<string, string>>): ServerImageTable {
  admit("adoptedImages", { launched });
  const instanceIds = isLaunchedInstances(launched) ? launched.instanceIds : launched;
  const owners = new Map<string, string>();
  const byName: Record<string, ServerImage> = {};
  for (const [server, instanceId] of Object.entries(sortedRecord(instanceIds))) {
    const owner = owners.get(instanceId);
    if (owner !== undefined) {
      throw new MigrationError({
        code: "ADOPTED_INSTANCE_TWICE",
        path: server,
        received: instanceId,
        allowed: `an instance of its own: ${owner} has this one already`,
        fix: "correct one of the two instance ids",
      });
    }
    owners.set(instanceId, server);
    byName[server] = ServerImage.adopt(instanceId);
  }
  return { byName };
}

function isLaunchedInstances(
  launched: LaunchedInstances | Readonly<Record<string, string>>,
): launched is LaunchedInstances {
  // A server may be called instanceIds; its value is then a text.
  return typeof launched["instanceIds"] === "object";
}

function reasonAgainst(item: SourceServer, options: LaunchedInstancesOptions): string | undefined {
  if (item.launchedInstance?.ec2InstanceID === undefined) return "no instance is launched";
  const state = item.lifeCycle?.state ?? "unknown";
  if (CUT_OVER.has(state) || options.includeTestInstances === true) return undefined;
  return `its lifecycle state is ${state}, so the instance is one for a test, which the cut-over terminates`;
}

function finder(servers: readonly Server[]): (item: SourceServer) => Server | undefined {
  const byName = index(servers, (server) => server.name);
  const byUuid = index(servers, (server) => server.uuid);
  const byFqdn = index(servers, (server) => server.fqdn);
  return (item) => {
    // Whoever gave the id meant it: one that names no server here is of another wave, whatever its host is called.
    if (item.userProvidedID !== undefined && item.userProvidedID !== "") return byName.get(key(item.userProvidedID));
    const hints = item.sourceProperties?.identificationHints ?? {};
    return (
      byUuid.get(key(hints.vmWareUuid)) ??
      byFqdn.get(key(hints.fqdn)) ??
      byName.get(key(hints.fqdn)) ??
      byName.get(key(hints.hostname))
    );
  };
}

function index(servers: readonly Server[], of: (server: Server) => string | undefined): Map<string, Server> {
  return new Map(servers.flatMap((server) => (of(server) === undefined ? [] : [[key(of(server)), server] as const])));
}

function key(text: string | undefined): string {
  return text?.toLowerCase() ?? "";
}

function sortedRecord(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(sortedEntries(record));
}
