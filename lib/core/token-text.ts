/** Recognizes CDKTF's tokens in a text without loading CDKTF, so that rules need not. */

/** Matches a token in a string, and a number token that has become part of one: CDKTF writes it as a huge negative number. */
export const TOKEN = /\$\{TfToken\[[^\]]*\]\}|-\d(?:\.\d+)?e\+\d{3}/g;

/** Checks whether the text has a value that only Terraform will know, a number that has become text among them. */
export function hasToken(text: string): boolean {
  return text.search(TOKEN) >= 0;
}
