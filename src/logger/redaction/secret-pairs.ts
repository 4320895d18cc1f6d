const maxKeyLength = 64;

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
    if (key === "" || !isSecretName(key, isSecret)) continue;
    const start = skip(text, afterSeparator(text, at), isFiller);
    const end = valueEnd(text, start, key);
    if (end === start) continue;
    clean += `${text.slice(done, start)}***`;
    done = end;
    at = end - 1;
  }
  return done === 0 ? text : clean + text.slice(done);
}

/** `=>` separates as well as `=`. */
function afterSeparator(text: string, at: number): number {
  return text.startsWith("=>", at) ? at + 2 : at + 1;
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
function isSecretName(key: string, isSecret: (key: string) => boolean): boolean {
  if (isSecret(key)) return true;
  const dot = key.lastIndexOf(".");
  return dot >= 0 && isSecret(key.slice(dot + 1));
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
const colon = 58;
const equals = 61;
const backslash = 92;

const fillers = table(" \t\"'\\");
const keyCharacters = table("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
const wordEnds = table(" \t\r\n,;&\"'`<>()[]{}|\\");

/** Marks by character code, ASCII only: this is asked for every character of a text. */
function table(characters: string): Uint8Array {
  const marks = new Uint8Array(128);
  for (const character of characters) marks[character.charCodeAt(0)] = 1;
  return marks;
}

/** A space, a tab, a quote, a backslash: what may stand between a key, its separator and its value. */
function isFiller(code: number): boolean {
  return fillers[code] === 1;
}

function isKeyCharacter(code: number): boolean {
  return keyCharacters[code] === 1;
}

function isWord(code: number): boolean {
  return wordEnds[code] !== 1;
}

function isNotLineEnd(code: number): boolean {
  return code !== lineFeed && code !== doubleQuote && code !== singleQuote && code !== backslash;
}
