/**
 * The way of `examples/lift-and-shift`: there, back, there again and to the end, with what moves beside the servers looked at
 * through the AWS API: the name in DNS, the connection string, the parameters, and who is let in.
 */
import { admitted } from "./admitted";
import type { AwsApi } from "./aws";
import { deleteRootVolumes, ROOT_VOLUME } from "./root-volumes";
import type { Walk } from "./walks";

const ZONE = "booking.example";
const NAME = `origin.${ZONE}`;
const SOURCE_ADDRESS = "10.30.10.11";
const SOURCE_DATABASE = "booking-db01.corp.example";
/** What a password must be escaped for. */
const PASSWORDS = { source: "p@ss/w%rd", target: "t#rget:2" };
const SESSION_KEYS = { source: "session key of the source", target: "session key of the target" };

/** What each stage lets in from outside, whose values hold, and for how long DNS answers are kept. */
const STAGES: Readonly<Record<string, { admits: string; side: "source" | "target"; ttl: number }>> = {
  replicate: { admits: "", side: "source", ttl: 3600 },
  test: { admits: "10.30.99.0/24", side: "source", ttl: 60 },
  cutover: { admits: "203.0.113.10/32", side: "target", ttl: 60 },
  finalized: { admits: "203.0.113.10/32", side: "target", ttl: 3600 },
};

/** What the last stage demands, as the application's owner would sign it. */
const evidence = {
  validation: ["booking-health-site", "booking-end-to-end-journey", "booking-performance-journey"].map((alarmName) => ({
    alarmName,
    state: "OK",
    observedFrom: "2026-11-17T06:00:00Z",
    observedTo: "2026-11-21T06:00:00Z",
  })),
  bakeHours: 96,
  signOff: { name: "A. Owner", role: "application owner", day: "2026-11-21" },
  restorePoint: {
    kind: "database-snapshot",
    reference: "rds:booking-db-2026-11-21",
    takenAt: "2026-11-21T07:00:00Z",
    restoreTestedOn: "2026-11-21",
  },
};

const declared = (stage: string): object => (stage === "finalized" ? { stage, evidence } : { stage });

export const bookingWalk: Walk = {
  stages: ["replicate", "test", "cutover", "test", "cutover", "finalized"],
  options: (stage) => ({ declared: declared(stage) }),
  refusesDestroyIn: "cutover",
  unprotected: (stage) => ({
    declared: declared(stage),
    unprotected: { reason: "the lab is over", approvedBy: "A. Owner", until: "2026-11-22" },
  }),
  handOver: "booking/booking-booking",
  comesBack: true,
  moves: {
    aws_vpc_security_group_ingress_rule: "comes-and-goes",
    aws_vpc_security_group_egress_rule: "comes-and-goes",
    aws_route53_record: ["records", "ttl"],
    // A version is never changed: a new value is a new one, and the one before stays as AWSPREVIOUS.
    aws_secretsmanager_secret_version: { comesAndGoes: /configuration_connection-strings_/, attributes: [] },
    aws_ssm_parameter: ["description", "has_value_wo", "insecure_value", "value_wo_version", "version"],
    // Files are placed from the stage test on, and copied on a schedule until the cut-over.
    aws_ssm_association: "comes-and-goes",
    aws_datasync_task: ["schedule"],
    // Nobody is told of a replication that is stopped on purpose, nor of a target that nobody tries yet.
    aws_cloudwatch_metric_alarm: ["actions_enabled"],
    aws_cloudwatch_composite_alarm: ["alarm_actions", "ok_actions"],
    aws_route53_health_check: ["disabled"],
    aws_synthetics_canary: ["start_canary"],
  },
  movesInto: {
    // What replicated is gone; what was replicated to is not named here, and so it stays.
    finalized: {
      aws_cloudwatch_log_resource_policy: "comes-and-goes",
      aws_cloudwatch_metric_alarm: { comesAndGoes: /database_replication_/, attributes: [] },
      aws_datasync_location_efs: "comes-and-goes",
      aws_datasync_location_nfs: "comes-and-goes",
      aws_datasync_task: "comes-and-goes",
      // Minor upgrades come by themselves once nothing is moved any more.
      aws_db_instance: ["auto_minor_version_upgrade"],
      aws_dms_endpoint: "comes-and-goes",
      aws_dms_replication_instance: "comes-and-goes",
      aws_dms_replication_subnet_group: "comes-and-goes",
      aws_dms_replication_task: "comes-and-goes",
      aws_iam_role: { comesAndGoes: /database_replication_|attachments_report-access_/, attributes: [] },
      aws_iam_role_policy: { comesAndGoes: /database_replication_|attachments_report-access_/, attributes: [] },
      aws_iam_role_policy_attachment: { comesAndGoes: /database_replication_/, attributes: [] },
      aws_security_group: { comesAndGoes: /database_replication_/, attributes: [] },
      aws_vpc_endpoint: { comesAndGoes: /database_replication_/, attributes: [] },
    },
  },
  // The last snapshot and the automated backups outlive the database, and root volumes their servers: a user decides when they go.
  leaves: [ROOT_VOLUME, /:rds:.*:snapshot:(booking-db-final|rds:booking-db-[\d-]+)$/],
  seenAfterDestroy: async (ask) => {
    const volumes = await deleteRootVolumes(ask, ["booking-app01", "booking-web01"]);
    if (volumes !== undefined) return volumes;
    const { DBSnapshots: snapshots } = await ask<{ DBSnapshots: { DBSnapshotIdentifier: string }[] }>(
      "rds",
      "describe_db_snapshots",
    );
    const { SecretList: secrets } = await ask<{ SecretList: { Name: string }[] }>("secretsmanager", "list_secrets");
    const names = secrets.map(({ Name: name }) => name);
    if (!snapshots.some(({ DBSnapshotIdentifier: id }) => id === "booking-db-final"))
      return "no final snapshot was taken";
    if (names.includes("booking/database")) return "the secret booking/database is still there";
    return names.length === 4 ? undefined : `of the account's own four secrets there are ${names.join(", ")}`;
  },
  given: async (ask) => {
    const { HostedZone: zone } = await ask<{ HostedZone: { Id: string } }>("route53", "create_hosted_zone", {
      Name: ZONE,
      CallerReference: "lab",
    });
    const record = { Name: NAME, Type: "A", TTL: 3600, ResourceRecords: [{ Value: SOURCE_ADDRESS }] };
    await ask("route53", "change_resource_record_sets", {
      HostedZoneId: zone.Id,
      ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: record }] },
    });
    const hold = async (name: string, value: string): Promise<unknown> =>
      ask("secretsmanager", "create_secret", { Name: `booking/${name}`, SecretString: value });
    for (const side of ["source", "target"] as const) {
      const database = { username: "booking", password: PASSWORDS[side], host: `${side}.example`, port: 5432 };
      await hold(side, JSON.stringify(database));
    }
    await hold("session", SESSION_KEYS.source);
    await hold("session-target", SESSION_KEYS.target);
  },
  seen: async (stage, ask) => {
    const wanted = STAGES[stage];
    if (wanted === undefined) return `there is no stage ${stage}`;
    const { admits, side, ttl } = wanted;
    const { database, web } = await hosts(ask, side);
    const expected = {
      admitted: admits,
      [NAME]: `${web} for ${ttl} s`,
      "booking/database": `postgresql://booking:${encodeURIComponent(PASSWORDS[side])}@${database}:5432/booking?sslmode=require`,
      "/booking/REPORT_DATABASE_HOST": `String ${database}`,
      "/booking/SESSION_KEY": `SecureString ${SESSION_KEYS[side]}`,
    };
    const found = {
      admitted: await admitted(ask, "10.80.0.0/16"),
      [NAME]: await answerOf(ask),
      "booking/database": await connectionString(ask),
      ...(await parameters(ask)),
    };
    const differ = Object.entries(expected).filter(([key, value]) => (found as Record<string, string>)[key] !== value);
    if (differ.length === 0) return undefined;
    return differ
      .map(([key, value]) => `${key} is "${(found as Record<string, string>)[key] ?? "not there"}", not "${value}"`)
      .join("\n");
  },
};

/** The addresses of one side. */
async function hosts(ask: AwsApi, side: "source" | "target"): Promise<{ database: string; web: string }> {
  if (side === "source") return { database: SOURCE_DATABASE, web: SOURCE_ADDRESS };
  const { DBInstances: databases } = await ask<{ DBInstances: { Endpoint: { Address: string } }[] }>(
    "rds",
    "describe_db_instances",
    { DBInstanceIdentifier: "booking-db" },
  );
  const { Reservations: reservations } = await ask<{
    Reservations: { Instances: { PrivateIpAddress: string }[] }[];
  }>("ec2", "describe_instances", { Filters: [{ Name: "tag:migration:server", Values: ["booking-web01"] }] });
  return {
    database: databases[0]?.Endpoint.Address ?? "no database",
    web: reservations[0]?.Instances[0]?.PrivateIpAddress ?? "no instance",
  };
}

async function answerOf(ask: AwsApi): Promise<string> {
  const { HostedZones: zones } = await ask<{ HostedZones: { Id: string }[] }>("route53", "list_hosted_zones");
  const { ResourceRecordSets: records } = await ask<{
    ResourceRecordSets: { Name: string; TTL?: number; ResourceRecords?: { Value: string }[] }[];
  }>("route53", "list_resource_record_sets", { HostedZoneId: zones[0]?.Id ?? "no zone" });
  const found = records.find(({ Name: name }) => name === `${NAME}.`);
  const values = found?.ResourceRecords?.map(({ Value: value }) => value) ?? [];
  return `${values.join(" ")} for ${found?.TTL ?? 0} s`;
}

async function connectionString(ask: AwsApi): Promise<string> {
  const { SecretString: text } = await ask<{ SecretString: string }>("secretsmanager", "get_secret_value", {
    SecretId: "booking/database",
  });
  return text;
}

async function parameters(ask: AwsApi): Promise<Record<string, string>> {
  const { Parameters: found } = await ask<{ Parameters: { Name: string; Type: string; Value: string }[] }>(
    "ssm",
    "get_parameters",
    { Names: ["/booking/REPORT_DATABASE_HOST", "/booking/SESSION_KEY"], WithDecryption: true },
  );
  return Object.fromEntries(found.map(({ Name: name, Type: type, Value: value }) => [name, `${type} ${value}`]));
}
