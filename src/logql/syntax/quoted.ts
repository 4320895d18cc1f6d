/** What a quoted string holds, and the offset after its closing quote. */
export interface Quoted {
  readonly text: string;
  readonly end: number;
}

/**
 * Read a Go string literal: "…" with escapes, or `…` raw; PromQL's '…' is like "…". The result is the text, or the sentence that says what is wrong.
 * @see https://go.dev/ref/spec#String_literals
 */
export function readQuoted(source: string, at: number): Quoted | string {
  return source.charAt(at) === "`" ? readRaw(source, at) : readInterpreted(source, at);
}

/** Read a whole text as one Go string literal; undefined when it is none. */
export function unquote(text: string): string | undefined {
  if (text.charAt(0) !== '"' && text.charAt(0) !== "`") return undefined;
  const quoted = readQuoted(text, 0);
  return typeof quoted === "string" || quoted.end !== text.length ? undefined : quoted.text;
}

/** Write a text as a Go "…" literal. */
export function quote(text: string): string {
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, escapeOne)}"`;
}

const simple: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readRaw(source: string, at: number): Quoted | string {
  const close = source.indexOf("`", at + 1);
  if (close < 0) return "syntax error: literal not terminated";
  return { text: source.slice(at + 1, close).replaceAll("\r", ""), end: close + 1 };
}

function readInterpreted(source: string, at: number): Quoted | string {
  const close = source.charAt(at);
  let text = "";
  for (let i = at + 1; i < source.length; ) {
    const char = source.charAt(i);
    if (char === close) return { text: decodeBytes(text), end: i + 1 };
    if (char === "\n") break;
    if (char !== "\\") {
      text += char;
      i++;
      continue;
    }
    const escaped = readEscape(source, i + 1, close);
    if (!escaped) return "syntax error: invalid char escape";
    text += escaped.text;
    i = escaped.end;
  }
  return "syntax error: literal not terminated";
}

function readEscape(source: string, at: number, close: string): Quoted | undefined {
  const char = source.charAt(at);
  const plain = char === close ? char : simple[char];
  if (plain !== undefined) return { text: plain, end: at + 1 };
  const octal = /^[0-3][0-7]{2}/.exec(source.slice(at, at + 3))?.[0];
  if (octal) return { text: byte(Number.parseInt(octal, 8)), end: at + 3 };
  const length = digits[char];
  if (length === undefined) return undefined;
  const hex = source.slice(at + 1, at + 1 + length);
  if (hex.length !== length || !/^[0-9a-fA-F]+$/.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  if (char === "x") return { text: byte(code), end: at + 3 };
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), end: at + 1 + length };
}

// \x and octal escapes are bytes: marked by a private code unit here, joined as UTF-8 in decodeBytes.
function byte(code: number): string {
  return code < 0x80 ? String.fromCharCode(code) : String.fromCharCode(0xf700 + code);
}

function decodeBytes(text: string): string {
  return text.replace(/[\uf780-\uf7ff]+/g, (run) =>
    Buffer.from([...run].map((unit) => unit.charCodeAt(0) & 0xff)).toString("utf8"),
  );
}

function escapeOne(char: string): string {
  const short = char === '"' ? char : Object.entries(simple).find(([, value]) => value === char)?.[0];
  return short ? `\\${short}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
