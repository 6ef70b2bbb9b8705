/** The remedies for errors of the operating system about a file that a user has named. */

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  ENOENT: "there is no such file: check the path, which counts from the current folder",
  ENOTDIR: "there is no such file: a part of the path is a file and not a folder",
  EACCES: "this user may not read it: check the permissions of the file and of the folders above it",
};

/** Returns the remedy for the error; the error's own message where there is none. */
export function fileRemedy(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REMEDIES[code ?? ""] ?? message;
}
