/** A time in whole milliseconds since 1970 and the nanoseconds past them. */
export interface LineTime {
  readonly ms: number;
  readonly subNs: number;
}

const keys = ["time", "timestamp", "@timestamp", "ts"].map((key) => Buffer.from(`"${key}":`));
const openBrace = 0x7b;
const quote = 0x22;
const space = 0x20;

/** Reads the time of log lines from their bytes, without decoding more of them than the time itself. */
export class TimeReader {
  // Lines of one second share all but the last digits.
  #second = "";
  #secondMs = Number.NaN;

  /** The time of a line: of a JSON line its `time`, of any other the RFC 3339 time it begins with, also as `time=`. */
  read(line: Buffer): LineTime | undefined {
    if (line[0] !== openBrace)
      return this.#parse(logfmtKey(line.toString("latin1", 0, 48)).split(/[ "]/)[0] ?? "");
    for (const key of keys) {
      const at = line.indexOf(key);
      if (at >= 0) return this.#valueAt(line, at + key.length);
    }
    return undefined;
  }

  /** The time of the last JSON line in a block of lines. */
  readLast(block: Buffer): LineTime | undefined {
    for (const key of keys) {
      const at = block.lastIndexOf(key);
      if (at >= 0) return this.#valueAt(block, at + key.length);
    }
    return undefined;
  }

  #valueAt(bytes: Buffer, at: number): LineTime | undefined {
    let start = at;
    while (bytes[start] === space) start++;
    const isText = bytes[start] === quote;
    const value = bytes.toString("latin1", isText ? start + 1 : start, start + 40);
    return isText ? this.#parse(value.split('"')[0] ?? "") : parseNumber(value);
  }

  #parse(text: string): LineTime | undefined {
    if (text.length < 20 || text.charCodeAt(4) !== 0x2d || text.charCodeAt(13) !== 0x3a) return undefined;
    const second = text.slice(0, 19);
    const rest = /^(?:[.,](\d{1,9}))?\d*(Z|[+-]\d{2}:?\d{2})$/.exec(text.slice(19));
    if (!rest) return undefined;
    if (second !== this.#second) {
      this.#second = second;
      this.#secondMs = Date.parse(`${second.replace(" ", "T")}Z`);
    }
    const fraction = Number((rest[1] ?? "").padEnd(9, "0"));
    const ms = this.#secondMs - zoneMs(rest[2] ?? "Z") + Math.floor(fraction / 1e6);
    return Number.isNaN(ms) ? undefined : { ms, subNs: fraction % 1e6 };
  }
}

// What Go's slog, logrus and go-kit begin a line with.
function logfmtKey(head: string): string {
  return head.replace(/^(?:time|timestamp|ts|t)="?/, "");
}

function zoneMs(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

// Seconds, milliseconds or nanoseconds since 1970, told apart by their size.
function parseNumber(text: string): LineTime | undefined {
  const digits = /^\d+(?:\.\d+)?/.exec(text)?.[0];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (value > 1e17) return { ms: Number(digits.slice(0, -6)), subNs: Number(digits.slice(-6)) };
  return { ms: Math.round(value > 1e11 ? value : value * 1000), subNs: 0 };
}
