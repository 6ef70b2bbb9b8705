/** Forms of the keys of clouds. */
import type { SecretForm } from "./secret-form";

/** The forms of clouds' keys. */
export const cloudForms: readonly SecretForm[] = [
  {
    // AWS Identity and Access Management User Guide, "IAM identifiers", unique ID prefixes: AKIA, and ASIA of AWS STS.
    id: "aws-access-key-id",
    what: "an AWS access key id",
    hints: ["AKIA", "ASIA"],
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg,
  },
  {
    // The same guide, "Manage access keys for IAM users": 40 characters, as in wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.
    id: "aws-secret-access-key",
    what: "an AWS secret access key",
    hints: [],
    pattern: /(?<![A-Za-z0-9/+._-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=._-])/dg,
    accepts: isRandomInBase64,
  },
  {
    // The same guide, "Request temporary security credentials": the tokens that AWS STS gives begin with base64 of its origin.
    id: "aws-session-token",
    what: "an AWS session token",
    hints: ["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"],
    pattern: /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+%]{40,4000}={0,2}/dg,
  },
  {
    // Google Cloud, "Manage API keys", and Purview's entity definition "Google API key": AIza and 35 characters.
    id: "google-api-key",
    what: "a Google API key",
    hints: ["AIza"],
    pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/dg,
  },
  {
    // Google Identity, "Using OAuth 2.0 to access Google APIs": client secrets since 2021.
    id: "google-client-secret",
    what: "a Google OAuth client secret",
    hints: ["GOCSPX-"],
    pattern: /(?<![A-Za-z0-9_-])GOCSPX-[A-Za-z0-9_-]{28,64}/dg,
  },
  {
    // Google Cloud, "Token types": opaque access tokens.
    id: "google-access-token",
    what: "a Google access token",
    hints: ["ya29."],
    pattern: /(?<![A-Za-z0-9_-])ya29\.[A-Za-z0-9_-]{20,2048}/dg,
  },
  {
    // Azure Storage, "Configure Azure Storage connection strings": AccountKey is base64 of 64 bytes. Standing alone it has the
    // form of a SHA-512 digest, which is written behind the name of the algorithm.
    id: "azure-storage-key",
    what: "an Azure storage key",
    hints: ["=="],
    pattern: /(?<!(?:sha512|SHA512)[-:=]|[A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?!=)/dg,
  },
  {
    // Azure Service Bus and Event Hubs, "Get a connection string": base64 of 32 bytes. IoT Hub has SharedAccessKey too.
    id: "azure-shared-access-key",
    what: "an Azure shared access key",
    hints: ["SharedAccessKey=", "sharedaccesskey=", "sharedAccessKey="],
    pattern: /shared ?access ?key=(?<secret>[A-Za-z0-9+/]{20,86}={0,2})/dgi,
  },
  {
    // Azure Storage, "Create a service SAS": `sig` is base64 of an HMAC-SHA256, 43 characters and a sign that is percent-encoded.
    id: "azure-shared-access-signature",
    what: "an Azure shared access signature",
    hints: ["sig="],
    pattern: /(?<![A-Za-z0-9])sig=(?<secret>(?:[A-Za-z0-9+/]|%[0-9A-Fa-f]{2}){43,90}(?:=|%3[Dd])?)/dg,
    // Nothing shorter is 32 bytes, and a checksum has one case of letters.
    accepts: (signature) => /[A-Z]/.test(signature) && /[a-z]/.test(signature),
  },
  {
    // Microsoft Purview, "Azure AD client secret" (entity definition): three characters, a digit, Q~.
    id: "entra-client-secret",
    what: "a Microsoft Entra client secret",
    hints: ["Q~"],
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/dg,
  },
  {
    // Azure DevOps, "Use personal access tokens", changes to format: 84 characters with the signature AZDO.
    id: "azure-devops-token",
    what: "an Azure DevOps token",
    hints: ["AZDO"],
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/dg,
  },
  {
    // DigitalOcean API, "Authentication": dop_v1_ for personal, doo_v1_ for OAuth, dor_v1_ for refresh tokens.
    id: "digitalocean-token",
    what: "a DigitalOcean token",
    hints: ["_v1_"],
    pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/dg,
  },
  {
    // Heroku Dev Center, changelog "Prefixed OAuth tokens".
    id: "heroku-key",
    what: "a Heroku API key",
    hints: ["HRKU-"],
    pattern: /(?<![A-Za-z0-9])HRKU-[A-Za-z0-9_-]{36,80}/dg,
  },
  {
    // Databricks, "Authenticate with personal access tokens".
    id: "databricks-token",
    what: "a Databricks token",
    hints: ["dapi"],
    pattern: /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/dg,
  },
  {
    // HashiCorp Vault, "Tokens", token prefixes: service, batch and recovery tokens.
    id: "vault-token",
    what: "a HashiCorp Vault token",
    hints: ["hvs.", "hvb.", "hvr."],
    pattern: /(?<![A-Za-z0-9_-])hv[sbr]\.[A-Za-z0-9_-]{24,400}/dg,
  },
  {
    // HCP Terraform, "API tokens".
    id: "terraform-token",
    what: "an HCP Terraform token",
    hints: [".atlasv1."],
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,80}/dg,
  },
  {
    // Pulumi Cloud, "Access tokens".
    id: "pulumi-token",
    what: "a Pulumi token",
    hints: ["pul-"],
    pattern: /(?<![A-Za-z0-9_-])pul-[a-f0-9]{40}(?![A-Za-z0-9])/dg,
  },
  {
    // Tailscale, "Auth keys", "API": tskey-auth-, tskey-api-, tskey-client-.
    id: "tailscale-key",
    what: "a Tailscale key",
    hints: ["tskey-"],
    pattern: /(?<![A-Za-z0-9])tskey-[a-z]{2,12}-[A-Za-z0-9]{8,32}-[A-Za-z0-9]{16,64}/dg,
  },
];

const CLASSES: readonly RegExp[] = [/[A-Z]/, /[a-z]/, /\d/];

/**
 * Checks whether the text is base64 of random bytes: all kinds of characters in disorder. A name in camel case has few places where
 * the kind changes, but for that from a capital to what follows it, and a path has many slashes.
 */
function isRandomInBase64(text: string): boolean {
  if (!CLASSES.every((each) => each.test(text)) || (text.match(/\//g)?.length ?? 0) > 4) return false;
  if ((text.match(/\d/g)?.length ?? 0) < 2 && !/[+/]/.test(text)) return false;
  const changes = text.match(/[a-z](?=[^a-z])|\d(?=\D)|[A-Z](?=[^A-Za-z])|[+/](?=[^+/])/g)?.length ?? 0;
  return changes >= 10;
}
