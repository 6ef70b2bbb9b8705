/** A form by which a secret is known from its content, whatever it is called. */
export interface SecretForm {
  /** The id, by which a redacted text names it: `github-token`. */
  readonly id: string;
  /** The kind of secret, as a phrase: `a GitHub token`. */
  readonly what: string;
  /**
   * Texts of which a text with such a secret has at least one, as they are written. A text with none is not searched.
   * None: every text that is long enough is searched.
   */
  readonly hints: readonly string[];
  /**
   * Matches the secret: the group `secret`, or all of it where there is no such group. Its quantifiers are bounded, because the text
   * is anybody's.
   */
  readonly pattern: RegExp;
  /** Checks what the pattern cannot say. @default - whatever matches is a secret */
  readonly accepts?: (secret: string) => boolean;
}
