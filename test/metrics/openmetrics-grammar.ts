/**
 * Checks a scrape against OpenMetrics 1.0 and answers its samples by series. Strict where Prometheus'
 * own parser is lenient: families in one piece, suffixes by type, canonical bounds, exemplars in place.
 */
export function checkOpenMetrics(body: string): Map<string, number> {
  if (!body.endsWith("\n# EOF\n")) throw new Error("no # EOF at the end");
  const samples = new Map<string, number>();
  const seen = new Set<string>();
  let family: Family | undefined;
  for (const line of body.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    const meta = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (meta !== null) {
      const [, kind = "", name = "", text = ""] = meta;
      if (family?.name !== name) {
        if (seen.has(name)) throw new Error(`family in two pieces: ${line}`);
        seen.add(name);
        family = { name, type: "unknown" };
      }
      if (kind === "TYPE") family = { name, type: text };
      if (kind === "UNIT" && !name.endsWith(`_${text}`)) throw new Error(`unit not in the name: ${line}`);
      if (kind === "HELP" && /(^|[^\\])"/.test(text)) throw new Error(`unescaped quote: ${line}`);
    } else {
      if (family === undefined) throw new Error(`sample before its family: ${line}`);
      const { series, value } = checkSample(line, family);
      if (samples.has(series)) throw new Error(`twice: ${line}`);
      samples.set(series, value);
    }
  }
  return samples;
}

interface Family {
  readonly name: string;
  readonly type: string;
}

const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total", "_created"],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum", "_created"],
  summary: ["", "_count", "_sum", "_created"],
  info: ["_info"],
  unknown: [""],
};

const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\[\\"n])*"`;
const labels = String.raw`\{(?:${label}(?:,${label})*)?\}`;
const number = String.raw`(?:[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|Inf)|NaN)`;
const sample = new RegExp(
  String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(${labels})? (${number})(?: # (${labels}) (${number})( \d+(?:\.\d+)?)?)?$`,
);

function checkSample(
  line: string,
  { name, type }: Family,
): { readonly series: string; readonly value: number } {
  const match = sample.exec(line);
  if (match === null) throw new Error(`no sample: ${line}`);
  const [, sampleName = "", labelText = "", valueText = "", exemplar] = match;
  const suffix = sampleName.startsWith(name) ? sampleName.slice(name.length) : "?";
  if (!suffixes[type]?.includes(suffix)) throw new Error(`not a sample of the ${type} ${name}: ${line}`);
  if (exemplar !== undefined && suffix !== "_bucket" && suffix !== "_total")
    throw new Error(`exemplar: ${line}`);
  const bound = /[{,]le="([^"]*)"/.exec(labelText)?.[1];
  if (suffix === "_bucket" && !/^(\d+\.\d+|\d(\.\d+)?e[+-]\d\d+|\+Inf)$/.test(bound ?? "")) {
    throw new Error(`bound: ${line}`);
  }
  return { series: sampleName + labelText, value: Number(valueText.replace("Inf", "Infinity")) };
}
