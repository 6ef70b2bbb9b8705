/**
 * A sample of every form of secret, made when the tests run: of a prefix in two pieces and of characters that a counter gives, so
 * that nothing in this file is a key or looks like one.
 */
import { secretForms } from "../../lib/core/secret/find-secrets";

/** A text with a secret in it. */
export interface SecretSample {
  /** The id of its form. */
  readonly form: string;
  /** The text as it stands in a field. */
  readonly text: string;
  /** The part that must not be seen anywhere. */
  readonly secret: string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const WORD = UPPER + LOWER + DIGITS;
const BASE64 = `${WORD}+/`;

/** Returns characters of an alphabet in an order that depends on nothing but the number. */
export function characters(alphabet: string, count: number, seed = 1): string {
  let state = (seed * 2_654_435_761) >>> 0;
  let text = "";
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet.charAt(Math.floor((state / 0x1_0000_0000) * alphabet.length));
  }
  return text;
}

const word = (count: number, seed?: number): string => characters(WORD, count, seed);
const hex = (count: number, seed?: number): string => characters(HEX, count, seed);
const base64 = (count: number, seed?: number): string => characters(BASE64, count, seed);
const armour = (label: string, body = base64(64, 7)): string =>
  `-----BEGIN ${label}-----\n${body}\n${base64(40, 8)}\n-----END ${label}-----`;
const token = (form: string, prefix: string, rest: string): SecretSample => {
  const text = prefix + rest;
  return { form, text, secret: text };
};
const within = (form: string, before: string, secret: string, after = ""): SecretSample => ({
  form,
  text: before + secret + after,
  secret,
});
const claims = (text: string): string => Buffer.from(text).toString("base64url");
const PASSWORD = `Kq7vRt29xZ`;

/** The samples, at least one of each form. */
export const secretSamples: readonly SecretSample[] = [
  { form: "private-key", text: armour(`RSA PRIVATE KEY`), secret: base64(64, 7) },
  { form: "private-key", text: armour(`PRIVATE KEY`, base64(64, 9)), secret: base64(64, 9) },
  {
    form: "private-key",
    text: JSON.stringify({
      type: "service_account",
      private_key: armour(`PRIVATE KEY`, base64(64, 11)),
      client_email: "robot@shop.iam.gserviceaccount.com",
    }),
    secret: base64(64, 11),
  },
  { form: "openssh-private-key", text: armour(`OPENSSH PRIVATE KEY`, base64(64, 12)), secret: base64(64, 12) },
  { form: "pgp-private-key", text: armour(`PGP PRIVATE KEY BLOCK`, base64(64, 13)), secret: base64(64, 13) },
  {
    form: "putty-private-key",
    text: `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n${base64(48, 14)}\nPrivate-MAC: ${hex(64, 15)}`,
    secret: base64(48, 14),
  },
  token("age-key", `AGE-SECRET-KEY-1`, characters("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58, 16)),
  token("json-web-token", claims('{"alg":"HS256"}'), `.${claims('{"sub":"1234567890"}')}.${word(43, 17)}`),
  within("basic-credentials", "Authorization: Basic ", Buffer.from(`shop:${PASSWORD}`).toString("base64")),
  within("bearer-token", "Authorization: Bearer ", word(40, 18)),
  token("aws-access-key-id", "AKI", `A${characters(UPPER + "234567", 16, 19)}`),
  token("aws-access-key-id", "ASI", `A${characters(UPPER + "234567", 16, 20)}`),
  token("aws-secret-access-key", "", base64(40, 21)),
  token("aws-session-token", `IQoJb3JpZ2luX2VjE`, base64(300, 22)),
  token("google-api-key", "AI", `za${word(35, 23)}`),
  token("google-client-secret", "GOC", `SPX-${word(28, 24)}`),
  token("google-access-token", "ya2", `9.${word(80, 25)}`),
  token("azure-storage-key", "", `${base64(86, 26)}==`),
  within(
    "azure-storage-key",
    "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=",
    `${base64(86, 27)}==`,
    ";EndpointSuffix=core.windows.net",
  ),
  within(
    "azure-shared-access-key",
    "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=",
    `${base64(43, 28)}=`,
  ),
  within(
    "azure-shared-access-signature",
    "https://shop.blob.core.windows.net/backup?sv=2024-11-04&se=2027-01-01&sr=c&sp=r&sig=",
    `${word(43, 29)}%3D`,
  ),
  token("entra-client-secret", `${word(3, 30)}8Q`, `~${word(34, 31)}`),
  token("azure-devops-token", word(76, 32), `AZDO${word(4, 33)}`),
  token("digitalocean-token", "dop_", `v1_${hex(64, 34)}`),
  token("heroku-key", "HRK", `U-AA${word(58, 35)}`),
  token("databricks-token", "dap", `i${hex(32, 36)}`),
  token("vault-token", "hv", `s.${word(90, 37)}`),
  token("terraform-token", word(14, 38), `.atlasv1.${word(67, 39)}`),
  token("pulumi-token", "pu", `l-${hex(40, 40)}`),
  token("tailscale-key", "tsk", `ey-auth-${word(12, 41)}CNTRL-${word(32, 42)}`),
  ...["p", "o", "u", "s", "r"].map((kind, index) => token("github-token", `gh${kind}`, `_${word(36, 43 + index)}`)),
  token("github-fine-grained-token", "github_", `pat_${word(22, 48)}_${word(59, 49)}`),
  token("gitlab-token", "glp", `at-${word(20, 50)}`),
  token("gitlab-token", "glr", `t-${word(20, 51)}`),
  token("slack-token", "xox", `b-${characters(DIGITS, 12, 52)}-${characters(DIGITS, 12, 53)}-${word(24, 54)}`),
  token("slack-token", "xap", `p-1-${characters(UPPER + DIGITS, 11, 55)}-${hex(64, 56)}`),
  within("slack-webhook", "https://hooks.slack.com/services/", `T${word(10, 57)}/B${word(10, 58)}/${word(24, 59)}`),
  within("discord-webhook", "https://discord.com/api/webhooks/", `${characters(DIGITS, 18, 60)}/${word(68, 61)}`),
  token("npm-token", "np", `m_${word(36, 62)}`),
  token("pypi-token", "pyp", `i-AgEIcHlwaS5vcmc${word(80, 63)}`),
  token("rubygems-key", "ruby", `gems_${hex(48, 64)}`),
  token("nuget-key", "oy", `2${characters(LOWER + DIGITS, 43, 65)}`),
  token("docker-token", "dckr", `_pat_${word(27, 66)}`),
  token("stripe-key", "sk_", `live_${word(24, 67)}`),
  token("stripe-key", "rk_", `test_${word(24, 68)}`),
  token("stripe-key", "whs", `ec_${word(32, 69)}`),
  token("sendgrid-key", "SG", `.${word(22, 70)}.${word(43, 71)}`),
  token("twilio-key", "S", `K${hex(32, 72)}`),
  token("telegram-token", characters("123456789", 9, 73), `:AA${word(33, 74)}`),
  token("mailgun-key", "ke", `y-${hex(32, 75)}`),
  token("mailchimp-key", hex(32, 76), "-us12"),
  token("ai-service-key", "sk-", `ant-api03-${word(90, 77)}`),
  token("ai-service-key", "sk-", `proj-${word(48, 78)}`),
  token("hugging-face-token", "hf", `_${characters(UPPER + LOWER, 34, 79)}`),
  token("grafana-token", "gls", `a_${word(32, 80)}_${hex(8, 81)}`),
  token("new-relic-key", "NRA", `K-${characters(UPPER + DIGITS, 27, 82)}`),
  token("sentry-token", "sntr", `yu_${hex(64, 83)}`),
  token("shopify-token", "shp", `at_${hex(32, 84)}`),
  token("atlassian-token", "ATAT", `T3xFfGF0${word(180, 85)}`),
  token("artifactory-key", "AKC", `p${word(69, 86)}`),
  token("postman-key", "PMA", `K-${hex(24, 87)}-${hex(34, 88)}`),
  token("planetscale-key", "psc", `ale_pw_${word(43, 89)}`),
  token("doppler-token", "dp", `.pt.${word(43, 90)}`),
  token("one-password-token", "op", `s_${claims(`{"signInAddress":"my.1password.com","key":"${word(60, 91)}"}`)}`),
  token("linear-key", "lin", `_api_${word(40, 92)}`),
  ...["postgres", "mysql", "amqp", "mongodb+srv", "rediss", "jdbc:postgresql", "https"].map((scheme, index) =>
    within("url-password", `${scheme}://shop:`, word(16, 93 + index), "@db-01.example.internal/shop"),
  ),
  within("url-password", "redis://:", word(16, 100), "@cache.example.internal:6379/0"),
  within("oracle-password", "jdbc:oracle:thin:shop/", word(12, 101), "@//db-01:1521/ORCL"),
  within("url-parameter-password", "jdbc:mysql://db-01/shop?user=shop&password=", word(14, 102), "&useSSL=true"),
  within(
    "connection-string-password",
    "Server=db-01;Database=shop;User Id=shop;Password=",
    word(14, 103),
    ";Encrypt=true",
  ),
  within("connection-string-password", "Driver={ODBC Driver 18};Server=db-01;UID=shop;PWD=", word(14, 104)),
  within("keyword-password", "host=db-01 user=shop password=", word(14, 105), " dbname=shop"),
  within("password", "root password: ", PASSWORD),
  within("password", "DB_PASSWORD=", word(12, 106)),
  within("password", "client_secret: ", hex(32, 107)),
];

/** The number of forms, of which each has a sample. */
export const formsSampled: ReadonlySet<string> = new Set(secretSamples.map(({ form }) => form));
/** The ids of all forms. */
export const formIds: readonly string[] = [...secretForms.map(({ id }) => id), "password"];

/** Returns the parts of a secret of which none may be seen either: what stands after its prefix, in pieces of twelve characters. */
export function partsOf({ secret }: SecretSample): readonly string[] {
  if (secret.length <= 16) return [secret];
  return [secret.slice(-12), secret.slice(Math.floor(secret.length / 2), Math.floor(secret.length / 2) + 12)];
}
