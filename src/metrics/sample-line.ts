import type { Labels, MetricSample } from "./own-metric.ts";

/**
 * Writes the part of a line that both formats share, name, labels and value, for one family and one scrape.
 * Label values that throw or are symbols throw here: the scraper then leaves the family out.
 */
export class SampleWriter {
  readonly #familyName: string;
  readonly #defaults: Labels;
  readonly #hasDefaults: boolean;
  #lastShared: Labels | undefined;
  #sharedText = "";

  constructor(familyName: string, defaultLabels: Labels) {
    this.#familyName = familyName;
    this.#defaults = defaultLabels;
    this.#hasDefaults = Object.keys(defaultLabels).length > 0;
  }

  write(sample: MetricSample): string {
    const name = sample.metricName ?? this.#familyName;
    const labels = this.#labels(sample);
    const value = formatValue(sample.value);
    return labels === "" ? `${name} ${value}` : `${name}{${labels}} ${value}`;
  }

  #labels(sample: MetricSample): string {
    const { labels = {}, sharedLabels } = sample;
    // As in prom-client: shared labels win over the sample's own, and those over the registry's defaults.
    if (this.#hasDefaults) return formatLabels({ ...this.#defaults, ...labels, ...sharedLabels });
    const own = formatLabels(labels);
    if (sharedLabels === undefined) return own;
    const shared = this.#shared(sharedLabels);
    return shared === "" || own === "" ? shared + own : `${shared},${own}`;
  }

  /** A histogram's lines come with the same shared labels one after the other: written once. */
  #shared(sharedLabels: Labels): string {
    if (sharedLabels !== this.#lastShared) {
      this.#lastShared = sharedLabels;
      this.#sharedText = formatLabels(sharedLabels);
    }
    return this.#sharedText;
  }
}

/** Labels as `a="b",c="d"`, values escaped; undefined ones are left out. */
export function formatLabels(labels: Labels): string {
  let text = "";
  for (const name of Object.keys(labels)) {
    const value = labels[name];
    if (value === undefined) continue;
    const separator = text === "" ? "" : ",";
    text += `${separator}${name}="${formatLabelValue(name, value)}"`;
  }
  return text;
}

function formatLabelValue(name: string, value: unknown): string {
  if (typeof value === "number" && (name === "le" || name === "quantile")) return formatBound(value);
  if (typeof value === "symbol") throw new TypeError(`the value of the label ${name} is a symbol`);
  const text = String(value);
  return /[\\\n"]/.test(text) ? escapeText(text).replaceAll('"', '\\"') : text;
}

/** Backslashes and line feeds escaped, as HELP texts and label values need. */
export function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

export function formatValue(value: number): string {
  if (typeof value !== "number") throw new TypeError("a sample's value is not a number");
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return `${value}`;
}

/**
 * A bound as OpenMetrics and Prometheus 3 spell it (`1.0`, `1e+06`), in both formats: otherwise a change of
 * format would start new series.
 */
function formatBound(bound: number): string {
  if (!Number.isFinite(bound)) return formatValue(bound);
  const magnitude = Math.abs(bound);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e6)) {
    return bound.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(bound) ? `${bound}.0` : `${bound}`;
}
