import type { PushStream, PushValue } from "../../src/logql/index.ts";
import type { Recording, Written } from "./recorder.ts";

/**
 * One second of a run is five minutes here, since alerts look back over hours: a time is counted from the beginning of its
 * recording and multiplied by this. What a line says, durations too, stays as the service wrote it.
 */
export const stretch = 300;

/** What the collector makes of a recording, as stack/alloy/config.alloy says, with its times from `atMs` on. */
export function collect(recording: Recording, atMs: number): PushStream[] {
  const streams = new Map<string, { stream: Record<string, string>; values: PushValue[] }>();
  for (const { line, writtenMs } of joined(recording.lines)) {
    const fields = parseObject(line.text);
    const timeMs = atMs + (writtenMs - recording.startMs) * stretch;
    const stream = labelsOf(fields, line.service);
    const key = JSON.stringify(stream);
    const known = streams.get(key) ?? { stream, values: [] };
    known.values.push([BigInt(Math.round(timeMs)) * 1_000_000n, line.text, metadataOf(fields)]);
    streams.set(key, known);
  }
  // As Loki would, it takes lines of one stream in any order; sorted, they are found sooner.
  for (const { values } of streams.values()) values.sort((a, b) => Number(BigInt(a[0]) - BigInt(b[0])));
  return [...streams.values()];
}

/** A line that begins with a blank or a closing brace goes on from the one before. */
function joined(lines: readonly Written[]): { line: Written; writtenMs: number }[] {
  const whole: Written[] = [];
  for (const line of lines) {
    const before = whole.at(-1);
    if (before && before.service === line.service && /^[\s}]/.test(line.text)) {
      whole[whole.length - 1] = { ...before, text: `${before.text}\n${line.text}` };
    } else whole.push(line);
  }
  return whole.map((line) => ({ line, writtenMs: timeOf(parseObject(line.text)) ?? line.readMs }));
}

const levels = ["trace", "debug", "info", "warn", "error", "fatal"];

function labelsOf(fields: Readonly<Record<string, unknown>>, service: string): Record<string, string> {
  const level = String(fields["level"]);
  return withoutEmpty({
    service_name: fields["service_name"] ?? service,
    deployment_environment_name: fields["deployment_environment_name"],
    level: levels.includes(level) ? level : "unknown",
  });
}

function metadataOf({ trace_id, span_id, request_id }: Record<string, unknown>): Record<string, string> {
  return withoutEmpty({ trace_id, span_id, request_id });
}

function withoutEmpty(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
}

function timeOf({ time }: Record<string, unknown>): number | undefined {
  return typeof time === "string" ? Date.parse(time) : undefined;
}

function parseObject(text: string): Record<string, unknown> {
  if (!text.startsWith("{")) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // Looks like JSON and is none: the collector has nothing of it either.
  }
}
