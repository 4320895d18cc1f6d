import type { Dashboard, VariableModel } from "./dashboard.ts";
import { interpolate, referredNames, type VariableValue, type VariableValues } from "./interpolate.ts";

export const allValue = "$__all";

export interface Option {
  readonly text: string;
  readonly value: string;
}

/** The variables of a dashboard, each after those that its query names. */
export function orderVariables(models: readonly VariableModel[]): readonly VariableModel[] {
  const ordered: VariableModel[] = [];
  const entered = new Set<string>();
  const visit = (model: VariableModel): void => {
    if (entered.has(model.name)) return;
    entered.add(model.name);
    for (const name of referredNames(queryText(model))) {
      const other = models.find((candidate) => candidate.name === name);
      if (other) visit(other);
    }
    ordered.push(model);
  };
  for (const model of models) visit(model);
  return ordered;
}

/** All text of a variable that may name other variables. */
export function queryText(model: VariableModel): string {
  const query = typeof model.query === "string" ? model.query : JSON.stringify(model.query ?? "");
  return `${query} ${model.regex ?? ""}`;
}

/** The options a model holds in itself; a query variable's come from its data source. */
export function staticOptions(model: VariableModel): readonly Option[] {
  const query = typeof model.query === "string" ? model.query : "";
  switch (model.type) {
    case "custom":
      return splitCommas(query).map(readPair);
    case "interval":
      return splitCommas(query).map((text) => ({ text, value: text }));
    case "textbox":
    case "constant":
      return [{ text: query, value: query }];
    case "datasource":
      return [{ text: query, value: query }];
    default:
      return [];
  }
}

/** Keep what a variable's regular expression finds: its `text` and `value` groups, its first group, or the whole. */
export function applyRegex(options: readonly Option[], regex: string): readonly Option[] {
  if (regex === "") return options;
  const delimited = /^\/(.*)\/([a-z]*)$/s.exec(regex);
  const pattern = new RegExp(delimited?.[1] ?? `^${regex}$`, (delimited?.[2] ?? "").replace("g", ""));
  const kept = options.flatMap(({ value }) => {
    const found = pattern.exec(value);
    if (!found) return [];
    const picked = found.groups?.["value"] ?? found[1] ?? found[0];
    return [{ value: picked, text: found.groups?.["text"] ?? picked }];
  });
  return unique(kept);
}

/** Sort as the model's number says: 1, 2 by text; 3, 4 by number; 5, 6 ignoring case; 7, 8 naturally. Even ones descend. */
export function sortOptions(options: readonly Option[], sort: number): readonly Option[] {
  if (sort < 1 || sort > 8) return options;
  const direction = sort % 2 === 0 ? -1 : 1;
  const numeric = sort === 3 || sort === 4 || sort >= 7;
  const compare = new Intl.Collator("en", {
    numeric,
    sensitivity: sort === 5 || sort === 6 ? "base" : "variant",
  }).compare;
  return options.toSorted((a, b) => direction * compare(a.text, b.text));
}

/** What is chosen: the URL's values if there are any, else what the dashboard says, else the first option. */
export function chooseValue(
  model: VariableModel,
  options: readonly Option[],
  fromUrl: readonly string[],
): readonly string[] {
  if (model.type === "constant") return [options[0]?.value ?? ""];
  if (fromUrl.length > 0) return fromUrl;
  if (model.type === "textbox") return [text(model.current?.value) ?? options[0]?.value ?? ""];
  const saved = [model.current?.value]
    .flat()
    .map(text)
    .filter((value) => value !== undefined && value !== "");
  const known = saved.filter(
    (value): value is string => value === allValue || options.some((o) => o.value === value),
  );
  if (known.length > 0) return known;
  if (model.includeAll) return [allValue];
  return options[0] ? [options[0].value] : [];
}

/** What the chosen values stand for in a query. */
export function variableValue(
  model: VariableModel,
  chosen: readonly string[],
  options: readonly Option[],
): VariableValue {
  if (chosen.includes(allValue)) {
    // Where no values are known, all of them is whatever there is: an empty matcher would match nothing.
    return model.allValue || (options.length === 0 ? ".+" : options.map(({ value }) => value));
  }
  return model.multi ? chosen : (chosen[0] ?? "");
}

/** A textbox's and a constant's default may itself name variables. */
export function resolveOptions(options: readonly Option[], values: VariableValues): readonly Option[] {
  return options.map((option) => ({
    text: interpolate(option.text, values),
    value: interpolate(option.value, values),
  }));
}

export function variablesOf(dashboard: Dashboard): readonly VariableModel[] {
  return dashboard.templating?.list ?? [];
}

export function unique(options: readonly Option[]): readonly Option[] {
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

function splitCommas(query: string): readonly string[] {
  return query
    .split(/(?<!\\),/)
    .map((part) => part.trim().replaceAll("\\,", ","))
    .filter(Boolean);
}

function readPair(part: string): Option {
  const pair = /^(.+?)\s+:\s+(.+)$/.exec(part);
  return pair ? { text: pair[1] ?? "", value: pair[2] ?? "" } : { text: part, value: part };
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
