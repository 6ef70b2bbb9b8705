/** The part `parts/configuration`: the cutover of an application's configuration from source to target. */
export * from "./configuration-cutover";
export { type ConnectionSecret } from "./connection-secrets";
export * from "./connection-string";
export { PASSWORD_PLACEHOLDER } from "./connection-template";
export * from "./cutover-side";
export { findMentions, type Mention, type MentionKind } from "./mentions";
export type { ExportedText } from "../../core/exported-text";
export * from "./rules";
export { configurationSteps, type SynthesizedConfiguration } from "./runbook-steps";
export {
  configurationSettingsSchema,
  LOWERED_DNS_TTL,
  DEFAULT_DNS_TTL,
  type ConfigurationSettings,
  type ConnectionStringSettings,
  type DnsAnswer,
  type DnsRecordSettings,
  type EnvironmentValue,
  type EnvironmentVariableSettings,
  type HealthCheckSettings,
  type HostMoveSettings,
  type SecretReference,
} from "./settings";
