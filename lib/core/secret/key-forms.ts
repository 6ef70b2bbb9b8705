/** Forms of keys and of tokens that a standard describes. */
import type { SecretForm } from "./secret-form";

/**
 * A private key as text: from its beginning to its end, or, where the end is cut off, as far as its body goes. In JSON and in YAML
 * the ends of its lines are escapes.
 */
const privateKey = (label: string): RegExp =>
  new RegExp(
    `-----BEGIN ${label}-----(?:(?:(?!-----)[\\s\\S]){0,20000}-----END ${label}-----|[A-Za-z0-9+/=\\s\\\\]{0,20000})`,
    "dg",
  );

/** The forms of keys. */
export const keyForms: readonly SecretForm[] = [
  {
    // RFC 7468, sections 10 and 11 (PKCS #8), and OpenSSL's older labels `RSA`, `EC` and `DSA` (openssl-pkey manual page). A
    // Google service account's key file has one in `private_key` (Google Cloud, "Create and delete service account keys").
    id: "private-key",
    what: "a private key",
    hints: ["PRIVATE KEY-----"],
    pattern: privateKey("(?!OPENSSH|PGP)(?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY"),
  },
  {
    // OpenSSH, PROTOCOL.key.
    id: "openssh-private-key",
    what: "an OpenSSH private key",
    hints: ["OPENSSH PRIVATE"],
    pattern: privateKey("OPENSSH PRIVATE KEY"),
  },
  {
    // RFC 9580, section 6.2.1.
    id: "pgp-private-key",
    what: "a PGP private key",
    hints: ["PGP PRIVATE"],
    pattern: privateKey("PGP PRIVATE KEY BLOCK"),
  },
  {
    // PuTTY manual, appendix C, "PPK file format".
    id: "putty-private-key",
    what: "a PuTTY private key",
    hints: ["PuTTY-User-Key-File-"],
    pattern:
      /PuTTY-User-Key-File-\d:[\s\S]{0,8000}?Private-MAC:\s{0,3}[0-9a-f]{1,128}|PuTTY-User-Key-File-\d:[\s\S]{0,8000}/dg,
  },
  {
    // C2SP, age.md, "The X25519 recipient type": Bech32 of 32 bytes.
    id: "age-key",
    what: "an age secret key",
    hints: ["AGE-SECRET-KEY-"],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{58,120}/dg,
  },
  {
    // RFC 7519 with the compact form of RFC 7515: a header and a set of claims begin with `{"`, which is `eyJ` in base64url.
    id: "json-web-token",
    what: "a JSON web token",
    hints: ["eyJ"],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,4000}/dg,
  },
  {
    // RFC 7617, section 2: base64 of `user:password`.
    id: "basic-credentials",
    what: "credentials of basic authentication",
    hints: ["Basic ", "basic "],
    pattern: /(?<![A-Za-z])[Bb]asic {1,3}(?<secret>[A-Za-z0-9+/]{8,2000}={0,2})(?![A-Za-z0-9+/=])/dg,
    accepts: isUserAndPassword,
  },
  {
    // RFC 6750, section 2.1.
    id: "bearer-token",
    what: "a bearer token",
    hints: ["Bearer ", "bearer "],
    pattern: /(?<![A-Za-z])[Bb]earer {1,3}(?<secret>[A-Za-z0-9._~+/-]{20,8000}={0,2})/dg,
    accepts: (token) => /\d/.test(token) && /[A-Za-z]/.test(token),
  },
];

function isUserAndPassword(base64: string): boolean {
  // "Basic authentication" is two words; a decoded one has a colon and nothing that is not printed.
  return /^[\x20-\x39\x3b-\x7e]{0,500}:[\x20-\x7e\x80-\xff]{1,1000}$/.test(atob(base64.length % 4 === 1 ? "" : base64));
}
