/** One sample of an exposition. */
export interface ExposedSample {
  /** The series as it is written, name and labels: the same text is the same series. */
  readonly series: string;
  readonly value: number;
  /** Milliseconds since 1970, where the target says so itself. */
  readonly timeMs: number | undefined;
  readonly exemplar: ExposedExemplar | undefined;
}

export interface ExposedExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timeMs: number | undefined;
}

/** What the comments tell of a family of metrics. */
export interface FamilyMetadata {
  type: string;
  help: string;
  unit: string;
}

export interface Exposition {
  readonly samples: readonly ExposedSample[];
  readonly families: ReadonlyMap<string, FamilyMetadata>;
}

/** A text that is no exposition. */
export class ExpositionError extends Error {}

/**
 * Parse what a target shows, in Prometheus' text format or in OpenMetrics'.
 * @throws ExpositionError that names the line.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function parseExposition(
  text: string,
  { openMetrics }: { readonly openMetrics: boolean },
): Exposition {
  const samples: ExposedSample[] = [];
  const families = new Map<string, FamilyMetadata>();
  const lines = text.split("\n");
  let ended = false;
  lines.forEach((line, i) => {
    const trimmed = line.trim();
    if (trimmed === "" || ended) return;
    if (trimmed === "# EOF") ended = openMetrics;
    else if (trimmed.startsWith("#")) readComment(trimmed, families);
    else samples.push(readSample(trimmed, { line: i + 1, openMetrics }));
  });
  if (openMetrics && !ended) throw new ExpositionError('the text ends without "# EOF"');
  return { samples, families };
}

/** Read the labels of a series as a sample's line writes it, its name among them. @throws ExpositionError */
export function parseSeries(series: string): [string, string][] {
  const brace = series.indexOf("{");
  const name = (brace < 0 ? series : series.slice(0, brace)).trim();
  const labels: [string, string][] = name === "" ? [] : [["__name__", name]];
  let at = brace < 0 ? series.length : brace + 1;
  while (at < series.length && !/^\s*\}/.test(series.slice(at))) {
    label.lastIndex = at;
    const found = label.exec(series);
    if (!found)
      throw new ExpositionError(`expected name="value" at ${JSON.stringify(series.slice(at, at + 40))}`);
    const [, quotedName, plainName, value] = found;
    if (value === undefined) labels.push(["__name__", unescaped(quotedName ?? "")]);
    // A label without a value is no label.
    else if (value !== "") labels.push([plainName ?? unescaped(quotedName ?? ""), unescaped(value)]);
    at = label.lastIndex;
  }
  const names = labels.map(([each]) => each);
  const twice = names.find((each, i) => names.indexOf(each) < i);
  if (twice !== undefined) throw new ExpositionError(`label ${twice} stands twice`);
  if (!names.includes("__name__")) throw new ExpositionError("a sample without a metric's name");
  return labels;
}

// A name, quoted where it is no plain word, and its value; or alone and quoted the metric's name.
const label =
  /\s*(?:"((?:[^"\\]|\\.)*)"|([A-Za-z_][A-Za-z0-9_]*))\s*(?:=\s*"((?:[^"\\]|\\.)*)")?\s*(?:,|(?=\}))/y;
const comment = /^#\s*(TYPE|HELP|UNIT)\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))(?:\s+(.*))?$/;
const number = /^[+-]?(?:inf(?:inity)?|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|0x[0-9a-f]+)$/i;

function readComment(line: string, families: Map<string, FamilyMetadata>): void {
  const [, kind, quotedName, plainName, text = ""] = comment.exec(line) ?? [];
  if (kind === undefined) return;
  const name = plainName ?? unescaped(quotedName ?? "");
  const family = families.get(name) ?? { type: "unknown", help: "", unit: "" };
  families.set(name, family);
  if (kind === "TYPE") family.type = text === "untyped" ? "unknown" : text;
  else if (kind === "HELP") family.help = unescaped(text);
  else family.unit = text;
}

interface Place {
  readonly line: number;
  readonly openMetrics: boolean;
}

function readSample(text: string, { line, openMetrics }: Place): ExposedSample {
  const end = seriesEnd(text);
  const [values, exemplar] = splitExemplar(text.slice(end));
  const [value = "", time, ...rest] = values.trim().split(/\s+/);
  if (!number.test(value) || (time !== undefined && !number.test(time)) || rest.length > 0) {
    throw new ExpositionError(
      `line ${line}: expected a number after the series in ${JSON.stringify(text.slice(0, 120))}`,
    );
  }
  return {
    series: text.slice(0, end),
    value: numberOf(value),
    timeMs: time === undefined ? undefined : Math.round(numberOf(time) * (openMetrics ? 1000 : 1)),
    exemplar: exemplar === undefined || !openMetrics ? undefined : readExemplar(exemplar, line),
  };
}

// Where the series ends: at the brace that closes, or at the first blank.
function seriesEnd(text: string): number {
  const blank = text.search(/[\s{]/);
  if (blank < 0 || text.charAt(blank) !== "{") return blank < 0 ? text.length : blank;
  for (let at = blank, quoted = false; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (char === "}" && !quoted) return at + 1;
  }
  return text.length;
}

function splitExemplar(text: string): [string, string | undefined] {
  const at = text.indexOf("#");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1).trim()];
}

function readExemplar(text: string, line: number): ExposedExemplar {
  const end = seriesEnd(text);
  const [value = "", time] = text.slice(end).trim().split(/\s+/);
  if (!text.startsWith("{") || !number.test(value) || (time !== undefined && !number.test(time)))
    throw new ExpositionError(`line ${line}: a malformed exemplar`);
  const pairs = parseSeries(`exemplar${text.slice(0, end)}`).slice(1);
  return {
    labels: Object.fromEntries(pairs),
    value: numberOf(value),
    timeMs: time === undefined ? undefined : Math.round(numberOf(time) * 1000),
  };
}

function numberOf(text: string): number {
  if (/^[+-]?inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}
