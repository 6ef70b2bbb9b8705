/** The configuration of the application at both ends of the move. */
import type { ConfigurationCutover, ConfigurationSettings } from "cdktf-migration-patterns/parts/configuration";

/** The endpoints of the target, which are known once it is created. */
export interface TargetEndpoints {
  readonly databaseHost: string;
  readonly webAddress: string;
  /** The Route 53 zone of booking.example. */
  readonly zoneId: string;
}

const databaseHost = "booking-db01.corp.example";
const password = (secret: string) => ({ secretId: `booking/${secret}`, jsonKey: "password" });

/** Returns the configuration of the application at both ends of the move. */
export function applicationConfiguration(target: TargetEndpoints): ConfigurationSettings {
  const origin = {
    source: { type: "A", values: ["10.30.10.11"] },
    target: { type: "A", values: [target.webAddress] },
  } as const;
  return {
    application: "booking",
    connectionStrings: [
      {
        name: "booking/database",
        source: `postgresql://booking:{{password}}@${databaseHost}:5432/booking?sslmode=require`,
        target: { hosts: [{ from: { host: databaseHost }, to: { host: target.databaseHost } }] },
        sourcePassword: password("source"),
        targetPassword: password("target"),
      },
    ],
    environmentVariables: [
      { name: "/booking/REPORT_DATABASE_HOST", source: databaseHost, target: target.databaseHost },
      {
        name: "/booking/SESSION_KEY",
        source: { secret: { secretId: "booking/session" } },
        target: { secret: { secretId: "booking/session-target" } },
      },
    ],
    dnsRecords: [
      // In our zone already, so that the first deployment imports it.
      { fqdn: "origin.booking.example", zoneId: target.zoneId, existing: true, ttl: 3600, ...origin },
      // In the partner's: a line of dns-changes.csv for whoever runs it.
      { fqdn: "booking.partner.example", ...origin },
    ],
  };
}

/** Returns the policy by which the application's server may read its configuration. */
export function readConfigurationPolicy({ secrets, parameters }: ConfigurationCutover): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [...secrets.values()].map(({ secret }) => secret.arn),
      },
      { Effect: "Allow", Action: "ssm:GetParameters", Resource: [...parameters.values()].map(({ arn }) => arn) },
    ],
  });
}
