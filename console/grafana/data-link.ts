import type { DataLink } from "./dashboard.ts";
import { displayName, type Field, type Frame } from "./frame.ts";
import { interpolate, type VariableValues } from "./interpolate.ts";

export interface LinkContext {
  readonly variables: VariableValues;
  /** As the URL has it: `now-1h`. */
  readonly from: string;
  readonly to: string;
  readonly frame?: Frame;
  readonly field?: Field;
  readonly row?: number;
}

export interface ResolvedLink {
  readonly title: string;
  readonly url: string;
}

/** Fill in a link's variables: the value's, the row's fields', the time's and the dashboard's own. Values are URL-encoded. */
export function resolveLink(link: DataLink, context: LinkContext): ResolvedLink {
  const fill = (text: string, encode: (value: string) => string): string => {
    const filled = fillOwn(text, context, encode);
    return interpolate(filled, context.variables, (value) => encode([value].flat().join(",")));
  };
  return { title: fill(link.title || "Open", (value) => value), url: fill(link.url, encodeURIComponent) };
}

/** Whether following it runs nothing: a relative address, or http(s). */
export function isSafeUrl(url: string): boolean {
  return /^(https?:)?\//i.test(url) || /^[#?]/.test(url);
}

function fillOwn(text: string, context: LinkContext, encode: (value: string) => string): string {
  return text.replace(
    /\$\{__(value|field|data|series)([^}:]*)(?::(\w+))?\}|\$\{?__(url_time_range|all_variables|from|to)(?::\w+)?\}?/g,
    (
      _whole,
      kind: string | undefined,
      path: string | undefined,
      format: string | undefined,
      special: string,
    ) => {
      if (kind === undefined) return specialText(special, context);
      const value = ownValue(kind, path ?? "", context);
      return format === "raw" ? value : encode(value);
    },
  );
}

function specialText(name: string, { from, to, variables }: LinkContext): string {
  if (name === "from") return from;
  if (name === "to") return to;
  if (name === "url_time_range") return `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
  return Object.entries(variables)
    .filter(([variable]) => !variable.startsWith("__"))
    .flatMap(([variable, value]) =>
      [value].flat().map((item) => `var-${variable}=${encodeURIComponent(item)}`),
    )
    .join("&");
}

function ownValue(kind: string, path: string, { frame, field, row = 0 }: LinkContext): string {
  if (kind === "value") return path === ".time" ? timeAt(frame, row) : asText(field?.values[row]);
  if (kind === "series") return field && frame ? displayName(field, frame) : "";
  if (kind === "field") {
    const label = /^\.labels(?:\.(\w+)|\["([^"]+)"\])$/.exec(path);
    if (label) return field?.labels?.[label[1] ?? label[2] ?? ""] ?? "";
    return field && frame ? displayName(field, frame) : "";
  }
  const name = /^\.fields(?:\.([\w-]+)|\["([^"]+)"\]|\[(\d+)\])/.exec(path);
  const column =
    name?.[3] === undefined ? findField(frame, name?.[1] ?? name?.[2] ?? "") : frame?.fields[Number(name[3])];
  return asText(column?.values[row]);
}

function findField(frame: Frame | undefined, name: string): Field | undefined {
  return frame?.fields.find((field) => field.name === name || displayName(field, frame) === name);
}

function timeAt(frame: Frame | undefined, row: number): string {
  return asText(frame?.fields.find(({ type }) => type === "time")?.values[row]);
}

function asText(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
