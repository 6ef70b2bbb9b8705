/** Text in a table that a person may open in a spreadsheet. */

/**
 * Checks whether a spreadsheet takes the text for a formula: it begins with `=`, `+`, `-`, `@`, a tab or a carriage return (OWASP,
 * CSV Injection).
 */
export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}
