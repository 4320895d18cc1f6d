import {
  createMetricStream,
  LogqlError,
  LogStore,
  type MetricStream,
  type QueryResult,
} from "../../logql/index.ts";
import { type ExitCode, type Terminal, usageError } from "../command.ts";
import type { Input } from "./input.ts";
import { metricText } from "./metric-text.ts";
import type { QueryRequest } from "./query-options.ts";
import { type ReadSummary, readLines } from "./read-lines.ts";

/** Run a metric query over the inputs: of each line only its sample is kept, and evaluation comes at the end. */
export async function runMetricQuery(
  request: QueryRequest,
  inputs: readonly Input[],
  terminal: Terminal,
): Promise<ExitCode> {
  const store = new LogStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  let stream: MetricStream | undefined;
  const summary = await readLines(request, { inputs, terminal }, async ({ streams, progress, count }) => {
    const [first] = streams[0]?.values ?? [];
    stream ??= begin(request, BigInt(first?.[0] ?? 0));
    store.push(streams);
    stream.feed(store);
    store.clear();
    progress.matched(count);
    return "continue";
  });
  const answer = evaluate(request, stream ?? begin(request, 0n), summary);
  terminal.stdout.write(
    request.format === "json"
      ? `${JSON.stringify({ resultType: answer.resultType, result: answer.result })}\n`
      : metricText(answer, { stepMs: request.stepMs, width: terminal.stdout.columns ?? 100 }),
  );
  return 0;
}

function begin({ text }: QueryRequest, base: bigint): MetricStream {
  return createMetricStream(text, { base });
}

function evaluate(
  request: QueryRequest,
  stream: MetricStream,
  { firstNs, lastNs, newestMs }: ReadSummary,
): QueryResult {
  const newest = newestMs === -Infinity ? undefined : BigInt(newestMs) * 1_000_000n;
  const latest = newest === undefined ? lastNs : lastNs === undefined || newest > lastNs ? newest : lastNs;
  const end = request.endMs === undefined ? (latest ?? BigInt(Date.now()) * 1_000_000n) : toNs(request.endMs);
  const start = request.startMs === undefined ? (firstNs ?? end) : toNs(request.startMs);
  try {
    if (request.stepMs === undefined) return stream.query({ time: end });
    return stream.queryRange({ start, end: end > start ? end : start, step: toNs(request.stepMs) });
  } catch (error) {
    if (error instanceof LogqlError) throw usageError(error.message, error);
    throw error;
  }
}

function toNs(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}
