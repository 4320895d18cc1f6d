import type { PushStream } from "../../logql/index.ts";
import type { Terminal } from "../command.ts";
import type { Input } from "./input.ts";
import { LineScanner } from "./line-scanner.ts";
import { lookbackNs, needleOf } from "./needle.ts";
import { Progress } from "./progress.ts";
import type { QueryRequest } from "./query-options.ts";
import { StreamSorter } from "./stream-labels.ts";

export interface Batch {
  readonly streams: readonly PushStream[];
  readonly count: number;
  readonly progress: Progress;
}

/** What was read. */
export interface ReadSummary {
  /** The first and last time of a line that was kept, in nanoseconds; undefined when none was. */
  readonly firstNs: bigint | undefined;
  readonly lastNs: bigint | undefined;
  /** The latest time of any line. */
  readonly newestMs: number;
}

const batchLines = 20_000;

/** Read the inputs in blocks, and give those lines that the query may need, batch by batch. */
export async function readLines(
  request: QueryRequest,
  { inputs, terminal }: { readonly inputs: readonly Input[]; readonly terminal: Terminal },
  take: (batch: Batch) => Promise<"continue" | "stop">,
): Promise<ReadSummary> {
  const sizes = inputs.map(({ size }) => size);
  const totalBytes = sizes.every((size) => size !== undefined) ? sizes.reduce((a, b) => a + b, 0) : undefined;
  const progress = new Progress(terminal.stderr, { totalBytes, quiet: request.quiet });
  const sorter = new StreamSorter(request.labels);
  const span = { first: Infinity, last: -Infinity, firstNs: 0n, lastNs: 0n };
  let newestMs = -Infinity;
  let stopped = false;
  for (const input of inputs) {
    if (stopped) break;
    const scanner = new LineScanner({
      needle: needleOf(request.expression),
      firstMs: input.modifiedMs,
      fromMs: (request.startMs ?? -Infinity) - Math.ceil(lookbackNs(request.expression) / 1e6),
      toMs: request.endMs ?? Infinity,
      visit: (line) => {
        widen(span, line);
        sorter.add(line, input.name);
      },
    });
    for await (const block of input.open((bytes) => progress.read(bytes))) {
      scanner.feed(block);
      if (sorter.count < batchLines) continue;
      stopped = (await take({ count: sorter.count, streams: sorter.take(), progress })) === "stop";
      if (stopped) break;
    }
    if (!stopped) scanner.end();
    newestMs = Math.max(newestMs, scanner.newestMs);
  }
  if (!stopped && sorter.count > 0) await take({ count: sorter.count, streams: sorter.take(), progress });
  progress.end();
  const none = span.last === -Infinity;
  return { newestMs, firstNs: none ? undefined : span.firstNs, lastNs: none ? undefined : span.lastNs };
}

function widen(
  span: { first: number; last: number; firstNs: bigint; lastNs: bigint },
  { ms, subNs }: { readonly ms: number; readonly subNs: number },
): void {
  if (ms < span.first) {
    span.first = ms;
    span.firstNs = BigInt(ms) * 1_000_000n + BigInt(subNs);
  }
  if (ms >= span.last) {
    span.last = ms;
    const ns = BigInt(ms) * 1_000_000n + BigInt(subNs);
    if (ns > span.lastNs) span.lastNs = ns;
  }
}
