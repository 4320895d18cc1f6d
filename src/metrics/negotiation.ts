import type { ExpositionFormat } from "./exposition-format.ts";
import { openMetricsFormat } from "./openmetrics-format.ts";
import { textFormat } from "./text-format.ts";

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

/**
 * Picks OpenMetrics when the client names it and wants it at least as much as text; text for everyone else,
 * a browser and `curl` among them.
 */
export function negotiateFormat(accept: string | undefined): ExpositionFormat {
  const ranges = (accept ?? "").split(",").map(parseRange);
  const openMetrics = bestQuality(
    ranges,
    ({ type, version }) =>
      type === "application/openmetrics-text" && (version === undefined || version === "1.0.0"),
  );
  const text = bestQuality(
    ranges,
    ({ type, version }) =>
      (type === "text/plain" && (version === undefined || version === "0.0.4")) || type === "text/*",
  );
  return openMetrics > 0 && openMetrics >= text ? openMetricsFormat : textFormat;
}

function parseRange(range: string): MediaRange {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const quality = Number(parameter(parameters, "q") ?? 1);
  return {
    type,
    version: parameter(parameters, "version"),
    quality: quality >= 0 && quality <= 1 ? quality : 0,
  };
}

function parameter(parameters: readonly string[], name: string): string | undefined {
  return parameters.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
}

function bestQuality(ranges: readonly MediaRange[], matches: (range: MediaRange) => boolean): number {
  return ranges.reduce((best, range) => (matches(range) ? Math.max(best, range.quality) : best), 0);
}
