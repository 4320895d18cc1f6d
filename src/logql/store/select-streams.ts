import { LogqlError } from "../errors.ts";
import { selectorTest } from "../match/selector.ts";
import { parse } from "../syntax/parse.ts";
import type { Chunk } from "./chunk.ts";
import type { LogStore } from "./log-store.ts";
import type { Stream } from "./stream.ts";

/** Which streams to look at: those of a selector (all without), with entries between two times. */
export interface StreamSelection {
  /** A stream selector, or a whole log query, of which only the selector counts. */
  readonly selector?: string | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One stream that was selected, with what it holds between the two times: whole chunks, so more rather than less. */
export interface SelectedStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly chunks: readonly Pick<Chunk, "count" | "size" | "minMs" | "maxMs">[];
}

/**
 * The streams of a store that a selector names.
 * @throws LogqlError when the selector is none.
 */
export function selectStreams(store: LogStore, selection: StreamSelection): SelectedStream[] {
  const { fromMs, toMs } = selection;
  const matches = matcherOf(selection.selector);
  const selected: SelectedStream[] = [];
  for (const stream of store.streams()) {
    if (!matches(stream)) continue;
    const chunks = stream.chunks.filter(({ minMs, maxMs }) => maxMs >= fromMs && minMs <= toMs);
    if (chunks.length > 0) selected.push({ labels: stream.labels.toObject(), chunks });
  }
  return selected;
}

function matcherOf(selector: string | undefined): (stream: Stream) => boolean {
  if (selector === undefined || selector === "" || /^\s*\{\s*\}\s*$/.test(selector)) return () => true;
  const expression = parse(selector);
  if (expression.kind !== "log") throw new LogqlError("execution", "only log selector is supported");
  return selectorTest(expression.selector);
}
