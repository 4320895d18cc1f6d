import { createEngine, LogStore } from "../../logql/index.ts";
import type { ExitCode, Terminal } from "../command.ts";
import type { Input } from "./input.ts";
import { type LogEntry, logPrinter } from "./log-printer.ts";
import type { QueryRequest } from "./query-options.ts";
import { readLines } from "./read-lines.ts";

/** Run a log query over the inputs: lines are evaluated in batches and written as they come, so that little is held. */
export async function runLogQuery(
  request: QueryRequest,
  inputs: readonly Input[],
  terminal: Terminal,
): Promise<ExitCode> {
  const store = new LogStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  const engine = createEngine(store, { limits: { maxEntries: Infinity } });
  const print = logPrinter(request.format, terminal);
  let newest: LogEntry[] = [];
  let written = 0;
  await readLines(request, { inputs, terminal }, async ({ streams, progress, count }) => {
    store.push(streams);
    const answer = engine.queryRange(request.text, { ...allTime, limit: count, direction: "forward" });
    store.clear();
    if (answer.resultType !== "streams") return "stop";
    const entries = inTime(answer.result);
    progress.matched(entries.length);
    if (request.newest) {
      newest = inOrder([...newest, ...entries]).slice(-request.limit);
      return "continue";
    }
    const kept = entries.slice(0, request.limit - written);
    written += kept.length;
    if (kept.length > 0) progress.clear();
    await write(terminal, kept.map(print).join(""));
    return written >= request.limit ? "stop" : "continue";
  });
  await write(terminal, newest.map(print).join(""));
  return 0;
}

const allTime = { start: 0n, end: 2n ** 63n };

function inTime(
  streams: readonly {
    readonly stream: LogEntry["labels"];
    readonly values: readonly (readonly [string, string])[];
  }[],
): LogEntry[] {
  return inOrder(
    streams.flatMap(({ stream, values }) => values.map(([time, line]) => ({ time, line, labels: stream }))),
  );
}

function inOrder(entries: LogEntry[]): LogEntry[] {
  // Of one length from 2001 to 2286, so that text compares like numbers.
  return entries.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

async function write({ stdout }: Terminal, text: string): Promise<void> {
  if (text !== "" && !stdout.write(text)) await new Promise<void>((go) => stdout.once("drain", () => go()));
}
