import { LogStore, type PushValue } from "../logql/index.ts";
import type { InputStream, TestGroup } from "./test-file.ts";

/** A store that holds the input streams of a test. */
export function storeOf(group: TestGroup): LogStore {
  const store = new LogStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  for (const stream of group.streams) {
    store.push([{ stream: stream.labels, values: valuesOf(stream, group.startMs) }]);
  }
  return store;
}

function valuesOf(stream: InputStream, startMs: number): PushValue[] {
  const values: PushValue[] = [];
  for (const { atMs, everyMs, repeat, line, metadata } of stream.entries) {
    for (let i = 0; i < repeat; i++) {
      values.push([BigInt(startMs + atMs + i * everyMs) * 1_000_000n, line, metadata]);
    }
  }
  return values;
}
