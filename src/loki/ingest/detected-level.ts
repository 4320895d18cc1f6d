/** Where a level may stand: label, structured metadata, or a field of the line. In Loki these are `log_level_fields`. */
const levelNames: readonly string[] = [
  "level",
  "severity",
  "severity_text",
  "severitytext",
  "lvl",
  "levelname",
];

const words: Readonly<Record<string, string>> = {
  trace: "trace",
  trc: "trace",
  debug: "debug",
  dbg: "debug",
  info: "info",
  inf: "info",
  information: "info",
  warn: "warn",
  wrn: "warn",
  warning: "warn",
  error: "error",
  err: "error",
  critical: "critical",
  fatal: "fatal",
};

type Pairs = Readonly<Record<string, string>>;

/**
 * The level that Loki 3 finds for an entry and keeps as `detected_level`: of the stream, the structured metadata, the
 * line's own fields, or the first word of its text that is one.
 */
export function detectedLevel(labels: Pairs, metadata: Pairs | undefined, line: string): string {
  return (
    metadata?.["detected_level"] ??
    namedLevel(metadata) ??
    numberedLevel(metadata?.["severity_number"]) ??
    namedLevel(labels) ??
    fieldLevel(line) ??
    textLevel(line) ??
    "unknown"
  );
}

/** A level's usual word, from any way of writing it; undefined when it is none. */
export function levelWord(text: string): string | undefined {
  return Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
}

// A level that is no usual word stays as it was written.
function namedLevel(pairs: Pairs | undefined): string | undefined {
  if (!pairs) return undefined;
  if (pairs["level"]) return levelWord(pairs["level"]) ?? pairs["level"];
  for (const name in pairs) {
    const value = pairs[name];
    if (value && levelNames.includes(name.toLowerCase())) return levelWord(value) ?? value;
  }
  return undefined;
}

// OpenTelemetry has four numbers for each level.
function numberedLevel(text: string | undefined): string | undefined {
  const number = Number(text);
  if (text === undefined || !(number >= 1 && number <= 24)) return undefined;
  return ["trace", "debug", "info", "warn", "error", "fatal"][Math.floor((number - 1) / 4)];
}

const jsonField = /"(?:log\.)?(?:level|severity|severity_?text|lvl|levelname)"\s*:\s*"([A-Za-z]+)"/i;
const logfmtField = /(?:^|\s)(?:level|severity|severity_?text|lvl|levelname)="?([A-Za-z]+)/i;

function fieldLevel(line: string): string | undefined {
  const [, text] = (line.startsWith("{") ? jsonField : logfmtField).exec(line) ?? [];
  return text && levelWord(text);
}

const word =
  /(?:^|[\s"'[({<=,])(trace|debug|info|warn|warning|error|err|critical|fatal)(?=$|[\s"'\])}>=,:])/i;

function textLevel(line: string): string | undefined {
  const [, text] = word.exec(line) ?? [];
  return text && levelWord(text);
}
