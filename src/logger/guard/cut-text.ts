/** Longer than nearly every word. */
const longWord = 256;

/**
 * Cut a text whose secrets are not masked yet, where none is halved, since half a secret is not recognised any more:
 * between words, before groups of digits (a card's number has four), not in what may be a URL's user info. Where no word
 * ends, a long word's length is given up.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const least = Math.max(limit - longWord, 0);
  const end = text.slice(least, limit).search(/\s[\d -]*(?:[^\s\d-]\S*)?$/);
  const kept = text.slice(0, end < 0 ? least : least + end);
  const authority = kept.lastIndexOf("//");
  const isOpen = authority >= 0 && !/[\s/?#"'<>@]/.test(kept.slice(authority + 2));
  return isOpen ? kept.slice(0, authority) : kept;
}
