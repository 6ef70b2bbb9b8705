/** The exit status of success; for `assess`, of a migration that is ready. */
export const EXIT_OK = 0;
/** The exit status of a migration that is blocked, or of an incomplete assessment. */
export const EXIT_BLOCKED = 1;
/** The exit status of a wrong call, or of an input that could not be read. */
export const EXIT_ERROR = 2;
