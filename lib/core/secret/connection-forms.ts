/** Forms of the passwords in connection strings. Where a stand-in is in place of the password there is none. */
import type { SecretForm } from "./secret-form";

/** Matches what stands in place of a password: `{{password}}`, `${DB_PASSWORD}`, `$(…)`, `%(password)s`, `<password>`, `****`, `xxxx`. */
const STAND_IN =
  /^(?:["']?(?:[{<[*]|\$[({A-Z_]|%[({A-Z]|x{3,}|X{3,}|\.{3}|redacted-|…|#\{|&\{|:|arn:)|%7[Bb]|["']{2}|-$)/;

const isPassword = (text: string): boolean => !STAND_IN.test(text);

/** The value of a key in `key=value;key=value`, quoted or not. */
const VALUE = `(?<secret>'[^']{1,200}'|"[^"]{1,200}"|[^\\s;,&"']{2,200})`;

/** The forms of connection strings. */
export const connectionForms: readonly SecretForm[] = [
  {
    // RFC 3986, section 3.2.1. So do PostgreSQL (libpq, "Connection URIs"), MySQL ("Connecting to the server using URI-like
    // strings"), MongoDB ("Connection strings", mongodb+srv too), AMQP (RabbitMQ, "URI specification") and Redis (IANA, redis).
    id: "url-password",
    what: "a password in a URL",
    hints: ["://"],
    pattern:
      /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}(?::[A-Za-z][A-Za-z0-9+.-]{1,20}){0,2}:\/\/[^\s/:@?#"'<>]{0,128}:(?<secret>[^\s/@"'<>]{3,256})@/dg,
    accepts: isPassword,
  },
  {
    // Oracle Database JDBC Developer's Guide, "Thin-style service name syntax": jdbc:oracle:thin:user/password@host.
    id: "oracle-password",
    what: "a password in an Oracle connection string",
    hints: ["jdbc:oracle:"],
    pattern: /jdbc:oracle:[a-z0-9]{2,8}:[^\s/@"']{1,128}\/(?<secret>[^\s@"']{2,128})@/dg,
    accepts: isPassword,
  },
  {
    // PostgreSQL JDBC, "Initializing the driver", and the other drivers: a parameter behind ? or &.
    id: "url-parameter-password",
    what: "a password in the parameters of a URL",
    hints: ["assword=", "ASSWORD=", "wd=", "asswd="],
    pattern:
      /[?&](?:password|passwd|pwd|sslpassword|trustStorePassword|keyStorePassword)=(?<secret>[^\s&;"'#]{2,256})/dgi,
    accepts: isPassword,
  },
  {
    // Microsoft Learn, "SqlConnection.ConnectionString": keys and values with semicolons between them; Microsoft JDBC Driver,
    // "Building the connection URL", has the same.
    id: "connection-string-password",
    what: "a password in a connection string",
    hints: ["assword", "ASSWORD", "wd", "WD"],
    pattern: new RegExp(`(?:;\\s{0,3}|(?<![^\\s"'=])(?=[^;]{3,220};))(?:password|pwd)\\s{0,3}=\\s{0,3}${VALUE}`, "dgi"),
    accepts: isPassword,
  },
  {
    // PostgreSQL, libpq, "Keyword/value connection strings": host=… password=….
    id: "keyword-password",
    what: "a password in a connection string",
    hints: ["password="],
    pattern:
      /(?:(?:host|hostaddr|dbname|user|port)=\S{1,256}\s{1,5}){1,6}password=(?<secret>'(?:[^'\\]|\\.){1,200}'|[^\s'"]{2,200})/dg,
    accepts: isPassword,
  },
];
