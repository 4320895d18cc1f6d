import {
  createLogStream,
  LogqlError,
  type LogStream,
  type PushStream,
  type StreamValue,
} from "../../logql/index.ts";
import { type ApiAnswer, ApiError, type ApiRequest, plain } from "../api/api-message.ts";
import { ApiParameters } from "../api/api-parameters.ts";
import { categorizes } from "../api/query.ts";
import type { LogCore } from "../log-core.ts";

/** Sends a frame to whoever follows; undefined as frame ends it, for the reason given. */
export type TailSink = (id: number, frame: string) => void;

interface Tail {
  readonly id: number;
  readonly query: LogStream;
  readonly categorize: boolean;
  readonly streams: Map<string, TailStream>;
  pending: number;
  dropped: { readonly labels: Record<string, string>; readonly timestamp: string }[];
}

interface TailStream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: StreamValue[];
}

const flushMs = 100;
const hourMs = 3_600_000;
// Lines of one frame: nobody reads more of them ten times a second.
const maxPending = 2_000;
const maxDropped = 100;

/** Log queries that are followed: every line that passes one is sent on, some ten times a second. */
export class Tails {
  readonly #core: LogCore;
  readonly #now: () => number;
  readonly #send: TailSink;
  readonly #tails: Map<number, Tail> = new Map();
  #timer: NodeJS.Timeout | undefined;

  constructor(core: LogCore, options: { readonly now: () => number; readonly send: TailSink }) {
    this.#core = core;
    this.#now = options.now;
    this.#send = options.send;
    core.listen((streams) => this.#offer(streams));
  }

  /** Begin to follow; an answer says why it can't be. The newest lines that are there already come first. */
  open(id: number, request: ApiRequest): ApiAnswer | undefined {
    try {
      const parameters = new ApiParameters(request, this.#now());
      const text = parameters.text("query");
      const tail: Tail = {
        id,
        query: createLogStream(text, { labels: true }),
        categorize: categorizes(request.encodingFlags),
        streams: new Map(),
        pending: 0,
        dropped: [],
      };
      const { start } = parameters.range(hourMs);
      const end = BigInt(Math.round(this.#now()) + 1) * 1_000_000n;
      const limit = parameters.count("limit", 100);
      const categorizeLabels = tail.categorize;
      const found = this.#core.engine.queryRange(text, { start, end, limit, categorizeLabels });
      if (found.resultType === "streams" && found.result.length > 0) {
        const streams = found.result.map(({ stream, values }) => ({ stream, values: values.toReversed() }));
        this.#send(id, frameOf(tail, streams));
      }
      this.#tails.set(id, tail);
      return undefined;
    } catch (error) {
      if (error instanceof LogqlError || error instanceof ApiError) return plain(400, error.message);
      throw error;
    }
  }

  close(id: number): void {
    this.#tails.delete(id);
  }

  clear(): void {
    this.#tails.clear();
    clearTimeout(this.#timer);
  }

  #offer(streams: readonly PushStream[]): void {
    if (this.#tails.size === 0) return;
    for (const tail of this.#tails.values()) for (const stream of streams) take(tail, stream);
    this.#timer ??= setTimeout(() => this.#flush(), flushMs).unref();
  }

  #flush(): void {
    this.#timer = undefined;
    for (const tail of this.#tails.values()) {
      if (tail.pending === 0) continue;
      this.#send(tail.id, frameOf(tail, [...tail.streams.values()]));
      tail.streams.clear();
      tail.pending = 0;
      tail.dropped = [];
    }
  }
}

function take(tail: Tail, { stream, values }: PushStream): void {
  if (!tail.query.enter(stream)) return;
  for (const [time, line, metadata] of values) {
    const ns = String(time);
    const passed = tail.query.run(
      line,
      { ms: Number(ns.slice(0, -6)), subNs: Number(ns.slice(-6)) },
      metadata,
    );
    if (!passed) continue;
    if (tail.pending >= maxPending) {
      if (tail.dropped.length < maxDropped) tail.dropped.push({ labels: { ...stream }, timestamp: ns });
      continue;
    }
    tail.pending++;
    if (tail.categorize) {
      const { stream: labels, own } = passed.categorized();
      add(tail, labels, [ns, passed.line, own]);
    } else add(tail, passed.labels(), [ns, passed.line]);
  }
}

function add(tail: Tail, stream: TailStream["stream"], value: StreamValue): void {
  const key = JSON.stringify(stream);
  const known = tail.streams.get(key);
  if (known) known.values.push(value);
  else tail.streams.set(key, { stream, values: [value] });
}

function frameOf({ categorize, dropped }: Tail, streams: readonly TailStream[]): string {
  return JSON.stringify({
    streams,
    ...(dropped.length > 0 && { dropped_entries: dropped }),
    ...(categorize && { encodingFlags: ["categorize-labels"] }),
  });
}
