/** Errors of the access to Parameter Store, each with its remedy. */
import { MigrationError } from "../../core/error";

/** The names of the SDK's and of AWS's errors about credentials. */
const CREDENTIALS = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "UnrecognizedClientException",
]);

const ACCESS = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "OptInRequired"]);

/** The names of the SDK's errors, and codes of the operating system, for an endpoint that does not answer. */
const UNREACHABLE = new Set([
  "TimeoutError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** Returns the error for a call that found no region. */
export function regionUnknownError(what: string, cause: unknown): MigrationError {
  return new MigrationError({
    code: "STAGE_RECORD_REGION",
    path: "region",
    allowed: "the name of a region, eu-central-1 for one",
    fix: `name the region, or set AWS_REGION, or choose a profile that has one with AWS_PROFILE: could not ${what}`,
    details: [messageOf(cause)],
    cause,
  });
}

/** Returns the error for a request that failed. */
export function parameterStoreError(what: string, region: string, cause: unknown): MigrationError {
  const init = { path: region, details: [messageOf(cause)], cause };
  const names = namesOf(cause);
  if (names.some((name) => CREDENTIALS.has(name))) {
    return new MigrationError({
      ...init,
      code: "STAGE_RECORD_CREDENTIALS",
      fix:
        `could not ${what}, because there are no AWS credentials, or they are not valid: they come from the SDK's standard chain ` +
        "(AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then the profile that AWS_PROFILE names, with its login or role, " +
        "then the role of the container or instance); log in, or set AWS_PROFILE",
    });
  }
  if (names.some((name) => ACCESS.has(name))) {
    return new MigrationError({
      ...init,
      code: "STAGE_RECORD_ACCESS",
      fix: `could not ${what}, because these credentials lack the permission: allow the action that is named below, or choose another profile with AWS_PROFILE`,
    });
  }
  if (names.some((name) => UNREACHABLE.has(name))) {
    return new MigrationError({
      ...init,
      code: "STAGE_RECORD_UNREACHABLE",
      fix: `could not ${what}, because Parameter Store does not answer: check the name of the region, the network and AWS_ENDPOINT_URL`,
    });
  }
  return new MigrationError({
    ...init,
    code: "STAGE_RECORD_SERVICE",
    fix: `could not ${what}: Parameter Store refused it for the reason below; where it was throttled, run it again later`,
  });
}

/** Returns the names of the error and of those underneath, with the codes that Node.js gives. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  // A chain of causes is short; the bound is against one that bites its own tail.
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth += 1) {
    names.push(each.name);
    const { code } = each as NodeJS.ErrnoException;
    if (typeof code === "string") names.push(code);
    if (each instanceof AggregateError) names.push(...each.errors.flatMap(namesOf));
  }
  return names;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several addresses that were tried, Node.js gives an error without a message of its own.
  const nested: unknown[] = error instanceof AggregateError ? error.errors : [];
  const message = error.message === "" ? nested.map(messageOf).join("; ") : error.message;
  return `${error.name}: ${message}`;
}
