import { LogqlError, type MetricStream, type QueryResult } from "../../logql/index.ts";
import { type ExitCode, type Terminal, usageError } from "../command.ts";
import { type Input, sizeOf } from "./input.ts";
import { metricText } from "./metric-text.ts";
import { Progress } from "./progress.ts";
import type { QueryRequest } from "./query-options.ts";
import { type ReadSummary, readLines } from "./read-lines.ts";
import { SampleFeed } from "./sample-feed.ts";

/** Run a metric query over the inputs: of each line only its sample is kept, and evaluation comes at the end. */
export async function runMetricQuery(
  request: QueryRequest,
  inputs: readonly Input[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  const progress = new Progress(stderr, { totalBytes: sizeOf(inputs), quiet: request.quiet });
  const feed = new SampleFeed(request.text);
  const summary = await readLines(request, {
    inputs,
    terminal,
    progress,
    line: (line, stream) => {
      progress.matched(1);
      feed.add(line, stream);
    },
    block: async () => {
      feed.flush();
      return "continue";
    },
  });
  const answer = evaluate(request, feed.stream, summary);
  stdout.write(
    request.format === "json"
      ? `${JSON.stringify({ resultType: answer.resultType, result: answer.result })}\n`
      : metricText(answer, { stepMs: request.stepMs, width: stdout.columns ?? 100 }),
  );
  return 0;
}

function evaluate(request: QueryRequest, stream: MetricStream, summary: ReadSummary): QueryResult {
  const { firstNs, lastNs = 0n, newestNs = lastNs } = summary;
  const end = request.endMs === undefined ? later(newestNs, lastNs) : toNs(request.endMs);
  const start = request.startMs === undefined ? (firstNs ?? end) : toNs(request.startMs);
  try {
    if (request.stepMs === undefined) return stream.query({ time: end });
    return stream.queryRange({ start: earlier(start, end), end, step: toNs(request.stepMs) });
  } catch (error) {
    if (error instanceof LogqlError) throw usageError(error.message, error);
    throw error;
  }
}

function toNs(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}

// Math.max takes no bigint.
function later(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function earlier(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
