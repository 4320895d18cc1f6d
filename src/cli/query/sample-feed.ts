import { createMetricStream, LogStore, type MetricStream, type PushValue } from "../../logql/index.ts";
import type { ScannedLine } from "./line-scanner.ts";
import type { StreamLabels } from "./stream-labels.ts";

const batchLines = 20_000;

/** Gives lines to a metric query in batches, through a store that is cleared after each. */
export class SampleFeed {
  readonly #text: string;
  readonly #store = new LogStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  readonly #streams: Map<StreamLabels, PushValue[]> = new Map();
  #metric: MetricStream | undefined;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get stream(): MetricStream {
    this.#metric ??= createMetricStream(this.#text, { base: 0n });
    return this.#metric;
  }

  add({ text, ms, subNs }: ScannedLine, stream: StreamLabels): void {
    const time = `${ms}${String(subNs).padStart(6, "0")}`;
    this.#metric ??= createMetricStream(this.#text, { base: time });
    const values = this.#streams.get(stream);
    if (values) values.push([time, text]);
    else this.#streams.set(stream, [[time, text]]);
    if (++this.#count >= batchLines) this.flush();
  }

  flush(): void {
    if (this.#count === 0) return;
    this.#store.push([...this.#streams].map(([stream, values]) => ({ stream, values })));
    this.stream.feed(this.#store);
    this.#store.clear();
    this.#streams.clear();
    this.#count = 0;
  }
}
