import { LabelSet } from "../../logql/parts.ts";
import { type FamilyMetadata, parseSeries } from "./exposition.ts";

export interface LabelContext {
  readonly families: ReadonlyMap<string, FamilyMetadata>;
  /** Labels of the target: they win, and what the target wrote under the same name is kept as `exported_…`. */
  readonly targetLabels: Readonly<Record<string, string>>;
}

/** The labels under which a series is stored. @throws ExpositionError */
export function seriesLabels(series: string, { families, targetLabels }: LabelContext): LabelSet {
  const labels = new Map(parseSeries(series));
  normalizeBounds(labels, families);
  for (const [name, value] of Object.entries(targetLabels)) {
    const own = labels.get(name);
    if (own !== undefined && own !== value) labels.set(freeName(`exported_${name}`, labels), own);
    labels.set(name, value);
  }
  return LabelSet.from(labels);
}

function freeName(name: string, labels: ReadonlyMap<string, string>): string {
  return labels.has(name) ? freeName(`exported_${name}`, labels) : name;
}

// Prometheus 3 stores le="1" as le="1.0", whichever format the target speaks.
function normalizeBounds(labels: Map<string, string>, families: LabelContext["families"]): void {
  const name = labels.get("__name__") ?? "";
  const type = families.get(name.replace(/_bucket$/, ""))?.type;
  const bucket = name.endsWith("_bucket") && (type === "histogram" || type === "gaugehistogram");
  const bound = bucket ? "le" : families.get(name)?.type === "summary" ? "quantile" : "";
  const text = labels.get(bound);
  if (text !== undefined) labels.set(bound, floatText(text));
}

function floatText(text: string): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent >= 21) return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}
