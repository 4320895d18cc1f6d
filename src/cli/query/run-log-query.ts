import { createLogStream } from "../../logql/index.ts";
import { labelText } from "../../rules/index.ts";
import type { ExitCode, Terminal } from "../command.ts";
import { type Input, sizeOf } from "./input.ts";
import { type LogEntry, logPrinter } from "./log-printer.ts";
import { Progress } from "./progress.ts";
import type { QueryRequest } from "./query-options.ts";
import { readLines } from "./read-lines.ts";
import type { StreamLabels } from "./stream-labels.ts";

/** Run a log query over the inputs, line by line in the order they stand: nothing is held but a block and its results. */
export async function runLogQuery(
  request: QueryRequest,
  inputs: readonly Input[],
  terminal: Terminal,
): Promise<ExitCode> {
  const query = createLogStream(request.text, { labels: request.format === "json" });
  const print = logPrinter(request.format, terminal);
  const progress = new Progress(terminal.stderr, { totalBytes: sizeOf(inputs), quiet: request.quiet });
  const newest = new LastEntries(request.limit);
  let [stream, passes]: [StreamLabels | undefined, boolean] = [undefined, false];
  const others = new Set<StreamLabels>();
  let [output, written, matched] = ["", 0, false];
  const take = (entry: LogEntry): void => {
    progress.matched(1);
    if (request.newest) newest.add(entry);
    else output += print(entry);
    written++;
  };
  const flush = async (): Promise<void> => {
    if (output !== "") progress.clear();
    await write(terminal, output);
    output = "";
  };
  await readLines(request, {
    inputs,
    terminal,
    progress,
    line: (line, labels) => {
      if (labels !== stream) {
        [stream, passes] = [labels, query.enter(labels)];
        matched ||= passes;
        if (!matched) others.add(labels);
      }
      if (!passes || (written >= request.limit && !request.newest)) return;
      const passed = query.run(line.text, line);
      if (passed) take({ ms: line.ms, subNs: line.subNs, line: passed.line, labels: passed.labels });
    },
    block: async () => {
      await flush();
      return written >= request.limit && !request.newest ? "stop" : "continue";
    },
  });
  output = newest.entries().map(print).join("");
  await flush();
  if (!matched && others.size > 0 && !request.quiet) terminal.stderr.write(noStream(others));
  return 0;
}

// Else a selector of a label that the lines don't give looks like a file without such lines.
function noStream(others: ReadonlySet<StreamLabels>): string {
  const texts = [...others].slice(0, 5).map((labels) => labelText(labels));
  const more = others.size > texts.length ? ", …" : "";
  return `taffrail: no stream matches the selector; there are ${texts.join(", ")}${more}\n`;
}

/** The last entries, up to a limit. */
class LastEntries {
  readonly #limit: number;
  #entries: LogEntry[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: LogEntry): void {
    const labels = entry.labels();
    this.#entries.push({ ...entry, labels: () => labels });
    if (this.#entries.length >= this.#limit * 2) this.#entries = this.entries();
  }

  entries(): LogEntry[] {
    return this.#entries.slice(-this.#limit);
  }
}

async function write({ stdout }: Terminal, text: string): Promise<void> {
  if (text !== "" && !stdout.write(text)) await new Promise<void>((go) => stdout.once("drain", () => go()));
}
