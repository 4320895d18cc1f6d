import type { ExposedFamily, ExpositionFormat, FamilyWriter } from "./exposition-format.ts";
import type { Labels, SampleExemplar } from "./own-metric.ts";
import { escapeText, formatLabels, formatValue, SampleWriter } from "./sample-line.ts";

const types: readonly string[] = ["gauge", "histogram", "summary"];
const maxExemplarLength = 128;

/**
 * OpenMetrics 1.0: what the text format says, with exemplars and units.
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export const openMetricsFormat: ExpositionFormat = {
  contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8",
  writer: createWriter,
  end: "# EOF\n",
};

function createWriter(family: ExposedFamily, defaultLabels: Labels): FamilyWriter {
  const { name, type } = familyHead(family);
  const writer = new SampleWriter(family.name, defaultLabels);
  const { unit } = family;
  const unitLine = unit !== undefined && name.endsWith(`_${unit}`) ? `# UNIT ${name} ${unit}\n` : "";
  return {
    head: `# HELP ${name} ${escapeHelp(family.help)}\n# TYPE ${name} ${type}\n${unitLine}`,
    line: (sample) => `${writer.write(sample)}${formatExemplar(sample.exemplar)}\n`,
  };
}

/**
 * A family is called what its samples are called without their suffix. A counter whose name lacks `_total`
 * would have to be renamed, and be another series than in the text format: it is `unknown` instead.
 */
function familyHead({ name, type }: ExposedFamily): { readonly name: string; readonly type: string } {
  if (name === "target_info") return { name: "target", type: "info" };
  if (type === "counter" && name.endsWith("_total")) return { name: name.slice(0, -"_total".length), type };
  return { name, type: types.includes(type) ? type : "unknown" };
}

function escapeHelp(help: string): string {
  return escapeText(help).replaceAll('"', '\\"');
}

/** An exemplar longer than the specification's 128 characters would fail the scrape: it is left out. */
function formatExemplar(exemplar: SampleExemplar | null | undefined): string {
  if (exemplar === null || exemplar === undefined) return "";
  let length = 0;
  for (const [name, value] of Object.entries(exemplar.labelSet)) length += name.length + String(value).length;
  if (length > maxExemplarLength) return "";
  const timestamp = exemplar.timestamp === undefined ? "" : ` ${exemplar.timestamp.toFixed(3)}`;
  return ` # {${formatLabels(exemplar.labelSet)}} ${formatValue(exemplar.value)}${timestamp}`;
}
