/**
 * Reads what `aws ec2 describe-…` printed, JSON or YAML, of one account in one region. No error repeats a value that could be a
 * secret: of a VPN connection only what the schemas name is kept.
 */
import { readDocument } from "../../core/document/document";
import { DOCUMENT_LIMIT } from "../../core/document/limits";
import type { ParsedDocument } from "../../core/document/model";
import { MigrationError } from "../../core/error";
import { formatLocation } from "../../core/location";
import { listed } from "../../core/text";
import { regionOfZone } from "../../parts/network/server-network";
import { decodeTerraformJson, mebibytesOf } from "../../plan/terraform-json";
import { answers, type Described, type DescribedInstance } from "./described-model";

/** A file with the answer of a `describe` command: its name and its bytes. */
export interface DescribedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Answer = keyof typeof answers;

const KEYS = Object.keys(answers) as Answer[];
const COMMANDS = KEYS.map((key) => answers[key].command);
const PURPOSE = {
  code: "ADOPT_FILE",
  tooLargeCode: "ADOPT_FILE_TOO_LARGE",
  allowed: `what one of these prints: aws ec2 ${COMMANDS.join(", ")}`,
};

/**
 * Refuses a file that is too large, before it is read: our own limit, that of a document.
 *
 * @throws MigrationError `ADOPT_FILE_TOO_LARGE`
 */
export function refuseLargeAnswer(name: string, size: number): void {
  if (size <= DOCUMENT_LIMIT) return;
  throw new MigrationError({
    code: "ADOPT_FILE_TOO_LARGE",
    path: name,
    received: `${mebibytesOf(size)} MB`,
    allowed: `at most ${mebibytesOf(DOCUMENT_LIMIT)} MB`,
    fix: "ask AWS for less, with --filters Name=vpc-id,Values=VPC, and pass several files",
  });
}

/**
 * Reads the files together.
 *
 * @throws MigrationError `ADOPT_FILE` (something else), `ADOPT_FILE_TOO_LARGE`, `ADOPT_TRUNCATED` (a page of several),
 * `ADOPT_DUPLICATE` (two entries for one resource)
 */
export function readDescribed(files: readonly DescribedFile[]): Described {
  const found = new Map<Answer, unknown[]>();
  for (const file of files) {
    for (const [key, entries] of readAnswers(file)) found.set(key, [...(found.get(key) ?? []), ...entries]);
  }
  const all = <Entry>(key: Answer): Entry[] => (found.get(key) ?? []) as Entry[];
  const described: Described = {
    instances: all<{ OwnerId?: string; Instances: DescribedInstance[] }>("Reservations").flatMap(
      ({ OwnerId, Instances }) => Instances.map((each) => (OwnerId === undefined ? each : { ...each, OwnerId })),
    ),
    vpcs: all("Vpcs"),
    subnets: all("Subnets"),
    routeTables: all("RouteTables"),
    volumes: all("Volumes"),
    vpnConnections: all("VpnConnections"),
    vpnGateways: all("VpnGateways"),
    customerGateways: all("CustomerGateways"),
    transitGateways: all("TransitGateways"),
  };
  refuseDuplicates(described);
  return described;
}

/**
 * Refuses resources of two accounts or of two regions: an import block has one provider, and an id of another account is not
 * found. A VPC that another account shares is none of them: its owner is.
 *
 * @throws MigrationError `ADOPT_ACCOUNTS`, `ADOPT_REGIONS`
 */
export function refuseMixed({ instances, vpcs, subnets, volumes, vpnGateways }: Described): void {
  const owners = distinct(instances.map(({ OwnerId }) => OwnerId));
  const accounts = owners.length > 0 ? owners : distinct(vpcs.map(({ OwnerId }) => OwnerId));
  if (accounts.length > 1) {
    throw new MigrationError({
      code: "ADOPT_ACCOUNTS",
      received: accounts,
      allowed: "resources of one account",
      fix: "adopt each account by itself, or choose its VPCs with --vpc",
    });
  }
  const zones = [
    ...instances.map(({ Placement }) => Placement.AvailabilityZone),
    ...[...subnets, ...volumes, ...vpnGateways].map(({ AvailabilityZone }) => AvailabilityZone),
  ];
  const regions = distinct(zones.map((zone) => (zone === undefined ? undefined : regionOfZone(zone))));
  if (regions.length > 1) {
    throw new MigrationError({
      code: "ADOPT_REGIONS",
      received: regions,
      allowed: "resources of one region",
      fix: "adopt each region by itself, or choose its VPCs with --vpc",
    });
  }
}

function readAnswers({ name, bytes }: DescribedFile): [Answer, readonly unknown[]][] {
  refuseLargeAnswer(name, bytes.length);
  // Where it is no text at all, the reader says so.
  const document = readDocument({ name, content: decodeTerraformJson(bytes) ?? bytes }, PURPOSE);
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw noAnswer(document, "something else: save the output as it is, without --query, and as JSON or YAML");
  }
  const answer = value as Readonly<Record<string, unknown>>;
  const keys = KEYS.filter((key) => Object.hasOwn(answer, key));
  if (keys.length === 0) throw noAnswer(document, `it has none of the keys ${listed(KEYS)}`);
  if (answer["NextToken"] !== undefined && answer["NextToken"] !== null && answer["NextToken"] !== "") {
    throw new MigrationError({
      code: "ADOPT_TRUNCATED",
      path: formatLocation(document.locate(["NextToken"])),
      allowed: "a whole answer, and NextToken says that there is more",
      fix: "call the command again without --max-items and --no-paginate",
    });
  }
  return keys.map((key) => {
    const parsed = answers[key].schema.safeParse(answer[key]);
    if (parsed.success) return [key, parsed.data];
    const [issue] = parsed.error.issues;
    const place = formatLocation(document.locate([key, ...(issue?.path ?? [])]));
    throw new MigrationError({
      code: "ADOPT_FILE",
      path: place,
      allowed: `what aws ec2 ${answers[key].command} prints`,
      fix: issue?.message ?? "save the output again",
    });
  });
}

function noAnswer(document: ParsedDocument, fix: string): MigrationError {
  return new MigrationError({
    code: "ADOPT_FILE",
    path: formatLocation(document.locate([])),
    allowed: PURPOSE.allowed,
    fix,
  });
}

function refuseDuplicates(of: Described): void {
  const ids = [
    ...of.instances.map(({ InstanceId }) => InstanceId),
    ...of.vpcs.map(({ VpcId }) => VpcId),
    ...of.subnets.map(({ SubnetId }) => SubnetId),
    ...of.routeTables.map(({ RouteTableId }) => RouteTableId),
    ...of.volumes.map(({ VolumeId }) => VolumeId),
    ...of.vpnConnections.map(({ VpnConnectionId }) => VpnConnectionId),
    ...of.vpnGateways.map(({ VpnGatewayId }) => VpnGatewayId),
    ...of.customerGateways.map(({ CustomerGatewayId }) => CustomerGatewayId),
    ...of.transitGateways.map(({ TransitGatewayId }) => TransitGatewayId),
  ];
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) {
      throw new MigrationError({
        code: "ADOPT_DUPLICATE",
        received: id,
        allowed: "each resource once",
        fix: "leave out one of the answers: two of different times may disagree",
      });
    }
    seen.add(id);
  }
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((each) => each !== undefined && each !== ""))].sort() as string[];
}
