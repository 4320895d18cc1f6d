/**
 * What JSON allows but a terminal, a log viewer or a line splitter would obey: DEL and the C1 controls, line and
 * paragraph separators, the marks that reverse the reading direction, what joins or is invisible (Unicode's
 * "Trojan Source" set and its like).
 * @see https://www.unicode.org/reports/tr55/
 */
const risky: RegExp = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;
const everyRisky: RegExp = new RegExp(risky, "g");
const loneSurrogate: RegExp = /\p{Surrogate}/gu;

/**
 * Write every risky character of formatted lines as `\uXXXX`. They can only stand within JSON's strings, where that
 * means the same. What lies below U+0020 the formatter has escaped already.
 */
export function escapeText(text: string): string {
  const clean = risky.test(text) ? text.replace(everyRisky, escapeCharacter) : text;
  // Asked first: for a text of one-byte characters the answer costs nothing.
  return clean.isWellFormed() ? clean : clean.replace(loneSurrogate, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
