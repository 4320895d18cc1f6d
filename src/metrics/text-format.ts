import type { ExposedFamily, ExpositionFormat, FamilyWriter } from "./exposition-format.ts";
import type { Labels } from "./own-metric.ts";
import { escapeText, SampleWriter } from "./sample-line.ts";

const types: readonly string[] = ["counter", "gauge", "histogram", "summary"];

/**
 * The Prometheus text format.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export const textFormat: ExpositionFormat = {
  contentType: "text/plain; version=0.0.4; charset=utf-8",
  writer: createWriter,
  end: "",
};

function createWriter(family: ExposedFamily, defaultLabels: Labels): FamilyWriter {
  const { name, help, type } = family;
  const writer = new SampleWriter(name, defaultLabels);
  const knownType = types.includes(type) ? type : "untyped";
  return {
    head: `# HELP ${name} ${escapeText(help)}\n# TYPE ${name} ${knownType}\n`,
    line: (sample) => `${writer.write(sample)}\n`,
  };
}
