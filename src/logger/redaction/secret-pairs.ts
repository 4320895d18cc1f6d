import { characterSet } from "./character-set.ts";
import { valueEnd, valueStart } from "./pair-value.ts";

const maxKeyLength = 64;
const percent = 37;
const colon = 58;
const equals = 61;
/** What may stand between a key and its separator: a space, a tab, a quote, a backslash, a form's bracket. */
const isFiller = characterSet(" \t\"'`\\]");
const isKeyCharacter = characterSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

/**
 * Mask the values of secret keys in `key=value`, `key: value`, `key => value`, `"key":"value"` and the same with
 * escaped quotes. One walk over the text: a key is looked for only back to the separator before it, and the
 * walk goes on behind a masked value.
 */
export function maskPairs(text: string, isSecret: (key: string) => boolean): string {
  let clean = "";
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== equals && code !== colon) continue;
    const key = keyBefore(text, at, done);
    if (key === "" || !isSecret(key)) continue;
    const start = valueStart(text, at);
    const end = valueEnd(text, start, key);
    if (end === start) continue;
    clean += `${text.slice(done, start)}***`;
    done = end;
    at = end - 1;
  }
  return done === 0 ? text : clean + text.slice(done);
}

function keyBefore(text: string, separator: number, from: number): string {
  let end = separator;
  const least = Math.max(from, separator - maxKeyLength);
  while (end > least && isFiller(text.charCodeAt(end - 1))) end--;
  // A form's nested key, `user[password]=`, may have its brackets encoded.
  if (isEncoded(text, end - 3, "%5d")) end = Math.max(end - 3, least);
  let start = end;
  while (start > least && isKeyCharacter(text.charCodeAt(start - 1))) start--;
  if (isEncoded(text, start - 1, "%5b")) start = Math.min(start + 2, end);
  return text.slice(start, end);
}

function isEncoded(text: string, at: number, code: string): boolean {
  return text.charCodeAt(at) === percent && text.slice(at, at + code.length).toLowerCase() === code;
}
