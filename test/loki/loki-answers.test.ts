import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Ask, ask } from "../support/client.ts";
import { type ServedStore, serveStore } from "./serve-store.ts";

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The text of the answer is the same too; without, only that it is a refusal. */
  readonly text?: boolean;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text?: string;
  readonly json?: unknown;
}

// Our own files: scripts/record-loki-api.mjs writes the answers.
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8"));
const { corpus, calls } = read("calls.json") as { corpus: unknown; calls: readonly Call[] };
const { base, answers } = read("answers.json") as { base: number; answers: readonly Answer[] };

const at = (text: string): string =>
  text.replace(/@(-?[\d.]+)/g, (_, seconds: string) => `${base * 1000 + Number(seconds) * 1000}000000`);

let store: ServedStore;

beforeAll(async () => {
  store = await serveStore({}, () => base * 1000);
  const headers = { "content-type": "application/json" };
  const body = at(JSON.stringify({ streams: corpus }));
  const pushed = await ask(`${store.url}/loki/api/v1/push`, { method: "POST", headers, body });
  if (pushed.status !== 204) throw new Error(`push: ${pushed.status} ${pushed.text}`);
});

afterAll(() => store.close());

const named = calls.map((call, i) => ({
  name: `${i} ${call.path} ${JSON.stringify(call.parameters)}`,
  call,
  i,
}));

it.each(named)("answers as a running Loki does: $name", async ({ call, i }) => {
  const { method = "GET", path, parameters, headers = {}, body } = call;
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, at(value)]),
  );
  const request: Ask = { method, headers, ...(body !== undefined && { body: at(body) }) };
  const answer = await ask(`${store.url}${path}?${query}`, request);
  const type = answer.headers["content-type"] ?? "";
  const expected = answers[i];
  expect({ status: answer.status, type }).toEqual({ status: expected?.status, type: expected?.type });
  if (expected?.json !== undefined && answer.status === 200)
    expect(normalized(JSON.parse(answer.text))).toEqual(normalized(expected.json));
  else if (call.text) expect(answer.text.trim()).toBe(expected?.text?.trim());
});

/** Without what is Loki's own affair: the figures of its statistics, and the order of what has none. */
function normalized(answer: unknown): unknown {
  const copy = structuredClone(answer) as { data?: { stats?: unknown; result?: unknown } };
  // Recorded by their names alone.
  if (copy.data?.stats && !Array.isArray(copy.data.stats)) copy.data.stats = Object.keys(copy.data.stats);
  return ordered(copy);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    // Entries and samples keep their order: they are arrays themselves.
    return items.some(Array.isArray)
      ? items
      : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, ordered(inner)]));
}
