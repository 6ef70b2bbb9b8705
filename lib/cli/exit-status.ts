/** Done; for `assess`, the migration is ready. */
export const EXIT_OK = 0;
/** The migration is blocked, or the assessment incomplete. */
export const EXIT_BLOCKED = 1;
/** Called wrongly, or an input could not be read. */
export const EXIT_ERROR = 2;
