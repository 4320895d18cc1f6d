import { TemplateRunError } from "./values.ts";

/** Characters a function may make of its arguments: a template must not be able to fill the memory. */
const maxText = 1_000_000;

export function title(text: string): string {
  return text.replace(
    /(^|[^\p{L}\p{N}_])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

export function trimSpace(text: string): string {
  return text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, "");
}

export function trimSet(text: string, characters: string, side: "start" | "end" | "both"): string {
  const all = [...text];
  const set = new Set(characters);
  let start = 0;
  let end = all.length;
  if (side !== "end") while (start < end && set.has(all[start] ?? "")) start++;
  if (side !== "start") while (end > start && set.has(all[end - 1] ?? "")) end--;
  return all.slice(start, end).join("");
}

export function replaceAll(text: string, from: string, to: string): string {
  return replaceSome(text, from, { to, count: -1 });
}

export function replaceSome(
  text: string,
  from: string,
  { to, count }: { to: string; count: number },
): string {
  const parts = from === "" ? ["", ...text, ""] : text.split(from);
  const replaced = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
  bounded(text.length + replaced * to.length);
  return (
    parts.slice(0, replaced + 1).join(to) +
    parts
      .slice(replaced + 1)
      .map((part) => from + part)
      .join("")
  );
}

// Go cuts strings by bytes; what is left of a character that was cut through is a replacement character.
export function truncate(count: number, text: string): string {
  const bytes = Buffer.from(text);
  if (count < 0) return bytes.length + count > 0 ? bytes.toString("utf8", bytes.length + count) : text;
  return bytes.toString("utf8", 0, count);
}

export function substring(from: number, to: number, text: string): string {
  const bytes = Buffer.from(text);
  const open = from >= 0 && (to < 0 || to > bytes.length);
  const [start, end] = [Math.max(0, from), open ? bytes.length : to];
  if (end < 0) throw new TemplateRunError(`runtime error: slice bounds out of range [:${end}]`);
  if (end > bytes.length)
    throw new TemplateRunError(
      `runtime error: slice bounds out of range [:${end}] with length ${bytes.length}`,
    );
  if (start > end) throw new TemplateRunError(`runtime error: slice bounds out of range [${start}:${end}]`);
  return bytes.toString("utf8", start, end);
}

export function align(count: number, text: string, side: "left" | "right"): string {
  const all = [...text];
  if (count < 0 || all.length === count) return text;
  if (all.length > count)
    return (side === "left" ? all.slice(0, count) : all.slice(all.length - count)).join("");
  const room = " ".repeat(bounded(count - all.length));
  return side === "left" ? text + room : room + text;
}

export function indent(count: number, text: string): string {
  if (count < 0) throw new TemplateRunError("strings: negative Repeat count");
  bounded(count * text.split("\n").length);
  const room = " ".repeat(count);
  return room + text.replaceAll("\n", `\n${room}`);
}

export function repeat(text: string, count: number): string {
  if (count < 0) throw new TemplateRunError("strings: negative Repeat count");
  bounded(text.length * count);
  return text.repeat(count);
}

export function decodeBase64(text: string): string {
  // The text of the error is the result: sprig, whose function this is, does not fail.
  const valid = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const padding = text.length - valid;
  const complete = text.length % 4 === 0 && padding <= 2 && text.endsWith("=".repeat(padding));
  if (complete) return Buffer.from(text, "base64").toString("utf8");
  return `illegal base64 data at input byte ${padding === 0 ? valid - (valid % 4) : valid}`;
}

export function unescapeQuery(text: string): string {
  const invalid = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)?.[0];
  if (invalid) throw new TemplateRunError(`invalid URL escape "${invalid}"`);
  const raw = text
    .replaceAll("+", " ")
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(0xf700 + Number.parseInt(hex, 16)),
    );
  return raw.replace(/[\uf700-\uf7ff]+/g, (run) =>
    Buffer.from([...run].map((unit) => unit.charCodeAt(0) & 0xff)).toString("utf8"),
  );
}

function bounded(size: number): number {
  if (size > maxText) throw new TemplateRunError(`the text would be longer than ${maxText} characters`);
  return size;
}
