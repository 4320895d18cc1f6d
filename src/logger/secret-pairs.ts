const separators = /[=:]/g;
const maxKeyLength = 64;

/**
 * Mask the values of secret keys in `key=value`, `key: value`, `"key":"value"` and the same with escaped
 * quotes. One walk over the text: a key is looked for only back to the separator before it, and the
 * walk goes on behind a masked value.
 */
export function maskPairs(text: string, isSecret: (key: string) => boolean): string {
  let clean = "";
  let done = 0;
  separators.lastIndex = 0;
  for (let found = separators.exec(text); found !== null; found = separators.exec(text)) {
    const key = keyBefore(text, found.index, done);
    if (key === "" || !(isSecret(key) || isSecret(lastName(key)))) continue;
    const start = skip(text, found.index + 1, isFiller);
    const end = valueEnd(text, start, key);
    if (end === start) continue;
    clean += `${text.slice(done, start)}***`;
    done = end;
    separators.lastIndex = end;
  }
  return done === 0 ? text : clean + text.slice(done);
}

function keyBefore(text: string, separator: number, from: number): string {
  let end = separator;
  const least = Math.max(from, separator - maxKeyLength);
  while (end > least && isFiller(text.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > least && isKeyCharacter(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

/** `config.db.password` is asked by its last name, too. */
function lastName(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** A quoted value ends at its quote, any other where a word does; a header's goes on to the end of its line. */
function valueEnd(text: string, start: number, key: string): number {
  const before = text.charCodeAt(start - 1);
  if (before === doubleQuote || before === singleQuote) {
    return skip(text, start, (code) => code !== before && code !== lineFeed && code !== backslash);
  }
  const toLineEnd = /authorization|cookie/i.test(key);
  return skip(text, start, toLineEnd ? isNotLineEnd : isWord);
}

function skip(text: string, from: number, holds: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && holds(text.charCodeAt(at))) at++;
  return at;
}

const lineFeed = 10;
const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;

/** A space, a quote, a backslash: what may stand between a key, its separator and its value. */
function isFiller(code: number): boolean {
  return code === 32 || code === doubleQuote || code === singleQuote || code === backslash;
}

function isKeyCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

const wordEnds: ReadonlySet<string> = new Set([..." \t\r\n,;&\"'`<>()[]{}|\\"]);

function isWord(code: number): boolean {
  return !wordEnds.has(String.fromCharCode(code));
}

function isNotLineEnd(code: number): boolean {
  return code !== lineFeed && code !== doubleQuote && code !== singleQuote && code !== backslash;
}
