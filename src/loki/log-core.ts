import {
  createEngine,
  type Engine,
  LogStore,
  type LogStoreOptions,
  type PushStream,
  type PushValue,
} from "../logql/index.ts";
import { detectedLevel } from "./ingest/detected-level.ts";
import { withServiceName } from "./ingest/service-name.ts";

/** Hears of what was taken into the store. */
export type PushListener = (streams: readonly PushStream[]) => void;

/** The store and its engine, and the one way in: labels are completed as Loki 3 completes them. */
export class LogCore {
  readonly store: LogStore;
  readonly engine: Engine;
  readonly #listeners: Set<PushListener> = new Set();

  constructor(options: LogStoreOptions = {}) {
    this.store = new LogStore(options);
    this.engine = createEngine(this.store);
  }

  /** Take entries in. @throws TypeError when a timestamp is not nanoseconds. */
  push(streams: readonly PushStream[]): void {
    const completed = streams.map(({ stream: given, values }) => {
      const stream = withServiceName(given);
      return { stream, values: values.map((value) => withLevel(value, stream)) };
    });
    this.store.push(completed);
    for (const listener of this.#listeners) listener(completed);
  }

  /** Hear of every push from now on; the function that is answered ends it. */
  listen(listener: PushListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

function withLevel([time, line, metadata]: PushValue, stream: PushStream["stream"]): PushValue {
  return [time, line, { ...metadata, detected_level: detectedLevel(stream, metadata, line) }];
}
