import type { Terminal } from "../command.ts";
import type { Input } from "./input.ts";
import { LineScanner, type ScannedLine } from "./line-scanner.ts";
import { lookbackNs, needleOf } from "./needle.ts";
import type { Progress } from "./progress.ts";
import type { QueryRequest } from "./query-options.ts";
import { type StreamLabels, StreamSorter } from "./stream-labels.ts";

/** What to do with what is read. */
export interface LineReader {
  readonly inputs: readonly Input[];
  readonly terminal: Terminal;
  readonly progress: Progress;
  /** Take a line that the query may need. */
  readonly line: (line: ScannedLine, stream: StreamLabels) => void;
  /** Called after every block of lines; "stop" ends the reading. */
  readonly block: () => Promise<"continue" | "stop">;
}

/** The times of what was read, in nanoseconds; undefined when there was nothing. */
export interface ReadSummary {
  /** Of the lines that were taken. */
  readonly firstNs: bigint | undefined;
  readonly lastNs: bigint | undefined;
  /** Of any line. */
  readonly newestNs: bigint | undefined;
}

/** Read the inputs in blocks, and give those lines that the query may need. */
export async function readLines(request: QueryRequest, reader: LineReader): Promise<ReadSummary> {
  const sorter = new StreamSorter(request.labels);
  const span = new TimeSpan();
  const lookbackMs = Math.ceil(lookbackNs(request.expression) / 1e6);
  let newestMs = -Infinity;
  for (const input of reader.inputs) {
    const scanner = new LineScanner({
      needle: needleOf(request.expression),
      firstMs: input.modifiedMs,
      fromMs: (request.startMs ?? -Infinity) - lookbackMs,
      toMs: request.endMs ?? Infinity,
      visit: (line) => {
        span.add(line);
        reader.line(line, sorter.streamOf(line, input.name));
      },
    });
    const answer = await readInput(input, scanner, reader);
    newestMs = Math.max(newestMs, scanner.newestMs);
    if (answer === "stop") break;
  }
  reader.progress.end();
  const newestNs = newestMs === -Infinity ? undefined : BigInt(newestMs) * 1_000_000n;
  return { ...span.result(), newestNs };
}

async function readInput(
  input: Input,
  scanner: LineScanner,
  reader: LineReader,
): Promise<"continue" | "stop"> {
  for await (const bytes of input.open((count) => reader.progress.read(count))) {
    scanner.feed(bytes);
    if ((await reader.block()) === "stop") return "stop";
  }
  scanner.end();
  return reader.block();
}

class TimeSpan {
  #first: ScannedLine | undefined;
  #last: ScannedLine | undefined;

  add(line: ScannedLine): void {
    if (!this.#first || line.ms < this.#first.ms) this.#first = line;
    if (
      !this.#last ||
      line.ms > this.#last.ms ||
      (line.ms === this.#last.ms && line.subNs > this.#last.subNs)
    ) {
      this.#last = line;
    }
  }

  result(): { firstNs: bigint | undefined; lastNs: bigint | undefined } {
    return { firstNs: nsOf(this.#first), lastNs: nsOf(this.#last) };
  }
}

function nsOf(line: ScannedLine | undefined): bigint | undefined {
  return line && BigInt(line.ms) * 1_000_000n + BigInt(line.subNs);
}
