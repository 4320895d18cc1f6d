import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { History } from "../../src/loki/history/history.ts";
import { StoreHost } from "../../src/loki/index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const unexpected = (error: unknown): void => expect.unreachable(String(error));

function host(problems: string[] = []): StoreHost {
  const events = {
    tail: () => undefined,
    alert: () => undefined,
    problem: (message: string) => void problems.push(message),
  };
  return new StoreHost({ version: "0", history: { folder, maxBytes: 1024 * 1024 } }, events);
}

function linesOf(store: StoreHost): string[] {
  const asked = { start: "1", end: "9000000000000000000", limit: 5000, direction: "forward" } as const;
  const found = store.core.engine.queryRange('{service_name=~".+"}', asked);
  return found.resultType === "streams"
    ? found.result.flatMap(({ values }) => values.map(([, line]) => line))
    : [];
}

describe("a history", () => {
  it("is there again after a restart, with labels and metadata", () => {
    const first = host();
    first.core.push([
      { stream: { app: "shop" }, values: [["1000000000000000000", 'a "line"\n', { trace_id: "t" }]] },
    ]);
    first.close();
    const second = host();
    expect(linesOf(second)).toEqual(['a "line"\n']);
    expect(second.core.store.series()).toEqual([{ app: "shop", service_name: "shop" }]);
    second.close();
  });

  it("leaves out a line that a crash cut off, and writes nothing behind it", () => {
    const first = host();
    first.core.push([{ stream: { app: "shop" }, values: [["1000000000000000000", "whole"]] }]);
    first.close();
    appendFileSync(join(folder, "00000001.ndjson"), '[{"app":"shop"},"10000000000000');
    const second = host();
    second.core.push([{ stream: { app: "shop" }, values: [["1000000000000000001", "later"]] }]);
    second.close();
    const third = host();
    expect(linesOf(third)).toEqual(["whole", "later"]);
    third.close();
  });

  it("leaves out what is no entry, and keeps those that are", () => {
    const good = '[{"app":"shop"},"1000000000000000000","good",{}]';
    const bad = [
      "[]",
      '[null,"1000000000000000000","x",{}]',
      '[{"app":5},"1000000000000000000","x",{}]',
      '[{"app":"shop"},"99999999999999999999999","x",{}]',
      '[{"app":"shop"},1,"x",{}]',
      '[{"app":"shop"},"1000000000000000000",{"a":1},{}]',
      '[{"app":"shop"},"1000000000000000000","x",7]',
      "\u0000\ufffd[[[",
    ];
    writeFileSync(join(folder, "00000001.ndjson"), [...bad, good, ""].join("\n"));
    const problems: string[] = [];
    const store = host(problems);
    expect(linesOf(store)).toEqual(["good"]);
    expect(problems).toEqual([]);
    store.close();
  });

  it("stays within its size, and keeps the newest", () => {
    const history = new History({ folder, maxBytes: 1024 * 1024 }, unexpected);
    const line = "x".repeat(1_000);
    for (let i = 0; i < 5_000; i++) {
      history.append([
        { stream: { app: "a" }, values: [[`10000000000000${String(i).padStart(5, "0")}`, line]] },
      ]);
      if (i % 50 === 0) history.flush();
    }
    history.close();
    const files = readdirSync(folder);
    const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(bytes).toBeGreaterThan(700 * 1024);
    expect(readFileSync(join(folder, files.toSorted().at(-1) ?? ""), "utf8")).toContain(
      "1000000000000004999",
    );
  });

  it("belongs to one process: the second one says so, and runs without", () => {
    writeFileSync(join(folder, "lock"), "1");
    const problems: string[] = [];
    const store = host(problems);
    store.core.push([{ stream: { app: "a" }, values: [["1000000000000000000", "kept in memory"]] }]);
    expect(problems).toEqual(["no history is kept: process 1 keeps its history in the same folder"]);
    expect(linesOf(store)).toEqual(["kept in memory"]);
    store.close();
    expect(readFileSync(join(folder, "lock"), "utf8")).toBe("1");
  });

  it("takes over from a process that is gone", () => {
    writeFileSync(join(folder, "lock"), "999999999");
    const problems: string[] = [];
    host(problems).close();
    expect(problems).toEqual([]);
  });
});
