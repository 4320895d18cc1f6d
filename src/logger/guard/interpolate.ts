import type { Shaper } from "./shaper.ts";

/** The placeholders pino knows; `%%` is a percent sign. */
const placeholder = /%[sdifjoOc%]/g;

/** Count the values that a template asks for. */
export function placeholders(template: string): number {
  if (!template.includes("%")) return 0;
  return template.match(placeholder)?.filter((mark) => mark !== "%%").length ?? 0;
}

/** Fill a template's placeholders with values, secrets masked. Never throws, whatever the values' `toString` does. */
export function interpolate(template: string, values: readonly unknown[], shaper: Shaper): string {
  if (values.length === 0) return template;
  let next = 0;
  return template.replace(placeholder, (mark) => {
    if (mark === "%%") return "%";
    return next < values.length ? fill(mark, values[next++], shaper) : mark;
  });
}

function fill(mark: string, value: unknown, shaper: Shaper): string {
  if (mark === "%d" || mark === "%f" || mark === "%i") {
    const number = asNumber(value);
    return shaper.text(String(mark === "%i" ? Math.trunc(number) : number));
  }
  const shaped = shaper.value(value);
  if (typeof shaped === "string" && (mark === "%s" || mark === "%c")) return shaped;
  return String(JSON.stringify(shaped));
}

/** No number is written longer. */
const maxNumberLength = 1_000;

function asNumber(value: unknown): number {
  try {
    const plain: unknown = Object(value) === value ? (value as object).valueOf() : value;
    // An array would become a text first, however many items it has.
    if (Object(plain) === plain) return Number.NaN;
    return typeof plain === "string" && plain.length > maxNumberLength ? Number.NaN : Number(plain);
  } catch {
    return Number.NaN; // A symbol, or a valueOf that threw.
  }
}
