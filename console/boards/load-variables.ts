import type { Loki } from "../api/loki.ts";
import type { Prometheus } from "../api/prometheus.ts";
import type { VariableModel } from "../grafana/dashboard.ts";
import { datasourceKind } from "../grafana/datasource.ts";
import { forQuery, interpolate, type VariableValue, type VariableValues } from "../grafana/interpolate.ts";
import type { TimeRange } from "../grafana/time-range.ts";
import {
  applyRegex,
  chooseValue,
  type Option,
  orderVariables,
  resolveOptions,
  sortOptions,
  staticOptions,
  variableValue,
} from "../grafana/variable.ts";
import { readVariableQuery } from "../grafana/variable-query.ts";

export interface Variable {
  readonly model: VariableModel;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly value: VariableValue;
}

export interface VariableSources {
  readonly loki: Loki;
  readonly prometheus: Prometheus | undefined;
  readonly range: TimeRange;
  readonly signal: AbortSignal;
}

/** Fill in the variables one after the other, as a later one may name an earlier; those of the URL win. */
export async function loadVariables(
  models: readonly VariableModel[],
  url: URLSearchParams,
  sources: VariableSources,
): Promise<readonly Variable[]> {
  const loaded: Variable[] = [];
  for (const model of orderVariables(models)) {
    const values = valuesOf(loaded);
    const found =
      model.type === "query"
        ? await queryOptions(model, values, sources)
        : resolveOptions(staticOptions(model), values);
    const options = sortOptions(
      applyRegex(found, model.type === "query" ? (model.regex ?? "") : ""),
      model.sort ?? 0,
    );
    const chosen = chooseValue(model, options, url.getAll(`var-${model.name}`));
    loaded.push({ model, options, chosen, value: variableValue(model, chosen, options) });
  }
  return models.flatMap((model) => loaded.find((variable) => variable.model === model) ?? []);
}

export function valuesOf(variables: readonly Variable[]): VariableValues {
  return Object.fromEntries(variables.map(({ model, value }) => [model.name, value]));
}

async function queryOptions(
  model: VariableModel,
  values: VariableValues,
  sources: VariableSources,
): Promise<readonly Option[]> {
  const source = datasourceKind(model) === "prometheus" ? sources.prometheus : sources.loki;
  if (!source) return [];
  const { range, signal } = sources;
  const query = readVariableQuery(model);
  const fill = (text: string): string => interpolate(text, values, forQuery);
  if (query.kind === "label-values")
    return (
      await source.labelValues(fill(query.label), { selector: fill(query.selector), ...range, signal })
    ).map(asOption);
  if (query.kind === "label-names") return (await source.labels({ ...range, signal })).map(asOption);
  return [];
}

function asOption(value: string): Option {
  return { text: value, value };
}
