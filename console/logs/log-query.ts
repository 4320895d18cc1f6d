export interface Filter {
  readonly field: string;
  readonly operator: "=" | "!=";
  readonly value: string;
}

/** What the logs page looks for. */
export interface Search {
  readonly services: readonly string[];
  readonly levels: readonly string[];
  readonly text: string;
  readonly filters: readonly Filter[];
  /** LogQL of the user's own, in place of all of the above. */
  readonly custom: string | undefined;
}

const serviceLabel = "service_name";

/** The LogQL of a search. Only the fields that are filtered by are taken from the JSON: that is cheap, and meets no collision. */
export function toLogql(search: Search, service: string = serviceLabel): string {
  if (search.custom !== undefined) return search.custom;
  return [
    selector(search.services, service),
    lineFilter(search.text),
    levelFilter(search.levels),
    ...search.filters.map(fieldFilter),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** Lines in steps of time by level, for the bars above the list. */
export function toVolumeLogql(logql: string, step: string): string {
  return `sum by (level) (count_over_time(${logql} | label_format level=\`{{or .level .detected_level "unknown"}}\` [${step}]))`;
}

/** Every line that a request left, whichever service wrote it. */
export function requestLogql(id: string): { readonly inText: string; readonly inMetadata: string } {
  const all = selector([], serviceLabel);
  return {
    inText: `${all} |= ${quote(id)}`,
    inMetadata: `${all} | request_id=${quote(id)} or trace_id=${quote(id)}`,
  };
}

export function parseFilter(text: string): Filter | undefined {
  const found = /^([^=!]+)(!?=)(.*)$/s.exec(text);
  return found
    ? { field: found[1] ?? "", operator: found[2] as Filter["operator"], value: found[3] ?? "" }
    : undefined;
}

export function formatFilter({ field, operator, value }: Filter): string {
  return field + operator + value;
}

/** A Go string: backquotes keep what is in them as it is, if there is none inside. */
export function quote(text: string): string {
  return text.includes("`") || text.includes("\n")
    ? JSON.stringify(text)
    : text.includes('"') || text.includes("\\")
      ? `\`${text}\``
      : `"${text}"`;
}

function selector(services: readonly string[], label: string): string {
  if (services.length === 0) return `{${label}=~".+"}`;
  if (services.length === 1) return `{${label}=${quote(services[0] ?? "")}}`;
  return `{${label}=~${quote(services.map(escapeRegex).join("|"))}}`;
}

/** Words in any case, as a search box means them. */
function lineFilter(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  return /[a-z]/i.test(trimmed) ? `|~ ${quote(`(?i)${escapeRegex(trimmed)}`)}` : `|= ${quote(trimmed)}`;
}

function levelFilter(levels: readonly string[]): string {
  if (levels.length === 0) return "";
  const wanted = levels.map((level) => (level === "unknown" ? "" : level));
  return `| json level="level" | level=~${quote(`^(${wanted.join("|")})$`)}`;
}

/** Loki writes names of nested fields with `_`; a path is given to take just this one. */
function fieldFilter({ field, operator, value }: Filter): string {
  const name = field.replace(/\W/g, "_");
  const path = field
    .split(".")
    .map((part, index) => (/^[A-Za-z_]\w*$/.test(part) ? (index === 0 ? part : `.${part}`) : `["${part}"]`));
  return `| json ${name}=${quote(path.join(""))} | ${name}${operator}${quote(value)}`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
