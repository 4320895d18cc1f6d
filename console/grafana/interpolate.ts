/** What a variable stands for: several values when it is a multi-value one. */
export type VariableValue = string | readonly string[];

export type VariableValues = Readonly<Record<string, VariableValue>>;

/** How values are written into a text that names no format. */
export type DefaultFormat = (value: VariableValue) => string;

const reference = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/g;

/** Replace `$name`, `${name}`, `${name:format}` and `[[name]]`; a name that is not known is left as it is. */
export function interpolate(text: string, values: VariableValues, otherwise: DefaultFormat = asGlob): string {
  return text.replace(reference, (whole, dollar, square, squareFormat, curly, path, curlyFormat) => {
    const name: string = dollar ?? square ?? curly;
    if (path !== undefined || !Object.hasOwn(values, name)) return whole;
    const value = values[name] ?? "";
    const format: string | undefined = curlyFormat ?? squareFormat;
    return format === undefined ? otherwise(value) : formatVariable(name, value, format);
  });
}

/** The names a text refers to. */
export function referredNames(text: string): readonly string[] {
  return [...text.matchAll(reference)].map((found) => found[1] ?? found[2] ?? found[4] ?? "");
}

/**
 * Inside a LogQL or PromQL matcher: the value of a single-value variable as it is, so that it may be a regular expression;
 * those of a multi-value one as an alternation, each escaped.
 */
export const forQuery: DefaultFormat = (value) =>
  typeof value === "string" ? value : alternation(value.map(escapeRegexInString));

/** Write a value in one of Grafana's formats. A format that is not known gives the glob form, as in Grafana. */
export function formatVariable(name: string, value: VariableValue, format: string): string {
  const list = typeof value === "string" ? [value] : value;
  switch (format.split(":")[0]) {
    case "raw":
      return list.join(",");
    case "csv":
      return list.join(",");
    case "text":
      return list.join(" + ");
    case "regex":
      return alternation(list.map(escapeRegex));
    case "pipe":
      return list.join("|");
    case "json":
      return JSON.stringify(value);
    case "doublequote":
      return list.map((item) => `"${item.replaceAll('"', '\\"')}"`).join(",");
    case "singlequote":
      return list.map((item) => `'${item.replaceAll("'", "\\'")}'`).join(",");
    case "percentencode":
      return encodeURIComponent(asGlob(value));
    case "queryparam":
      return list.map((item) => `var-${encodeURIComponent(name)}=${encodeURIComponent(item)}`).join("&");
    case "date":
      return formatDate(list[0] ?? "", format.slice("date:".length));
    default:
      return asGlob(value);
  }
}

function asGlob(value: VariableValue): string {
  if (typeof value === "string") return value;
  return value.length === 1 ? (value[0] ?? "") : `{${value.join(",")}}`;
}

function alternation(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join("|")})`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function escapeRegexInString(text: string): string {
  return escapeQuotes(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
}

function escapeQuotes(text: string): string {
  return text.replace(/[\\"]/g, "\\$&");
}

function formatDate(milliseconds: string, format: string): string {
  const date = new Date(Number(milliseconds));
  if (Number.isNaN(date.getTime())) return milliseconds;
  return format === "seconds" ? String(Math.floor(date.getTime() / 1000)) : date.toISOString();
}
