/** Parsing, rewriting and redacting of connection strings. */
export {
  parseConnectionString,
  redactConnectionString,
  REDACTED_SECRET,
  rewriteConnectionString,
  type ConnectionString,
  type ConnectionEndpoint,
  type HostAndPort,
  type HostMove,
  type RewriteOptions,
  type RewrittenConnectionString,
} from "./connection-string";
export { connectionStringForms, type ConnectionStringForm, type ConnectionEndpointKind } from "./model";
