import { describe, expect, it } from "vitest";
import { createEngine, type Engine, LogStore } from "../../src/logql/index.ts";

const startMs = 1_700_000_000_000;
const at = (ms: number): string => `${startMs + ms}000000`;

// Lines as services write them, and all that a parser stumbles over.
const hostile: readonly string[] = [
  "Error: it broke",
  "",
  "{",
  '{"route":"/a","ms":12',
  '{"route":"/a","route":"/b","ms":1}',
  '{"route":["/a"],"ms":null,"outcome":true}',
  '{"route":{"name":"/deep"},"ms":"7"}',
  '{"ms":"fast","route":"/a","outcome":"ok"}',
  '{"ms":"","route":"","outcome":"ok"}',
  '{ "ms" :  5 , "route" :\t"/spaced" , "outcome":"ok"}',
  '{"route":"\\u002fa","ms":1e3,"outcome":"o\\"k"}',
  '{"route":"/ü","ms":-4.5,"outcome":"ok","msg":"\ufffd"}',
  '["route"]',
  '"route"',
  '{"outcome":bad,"route":"/a","ms":3}',
  '{"level":"fatal","app":"other","trace":"line","route":"/a","ms":2,"outcome":"ok"}',
];

function lineOf(n: number): string {
  if (n % 7 === 3) return hostile[((n / 7) % hostile.length) | 0] ?? "";
  const outcome = n % 9 === 0 ? "bad" : "ok";
  return JSON.stringify({
    route: `/r${n % 3}`,
    ms: (n * 37) % 101,
    outcome,
    id: `x${n}`,
    ...(n % 4 === 0 && { extra: "e" }),
  });
}

/** Several streams of several chunks, the last of which is open; `metadata` of the lines clashes with nothing, or with a field. */
function fill(store: LogStore, from: number, to: number, metadata: string): void {
  for (let n = from; n < to; n++) {
    const stream = { app: "shop", level: n % 5 === 0 ? "error" : "info" };
    const own = n % 2 === 0 ? { [metadata]: `own${n % 2}` } : {};
    store.push([{ stream, values: [[at(n * 500), lineOf(n), own]] }]);
  }
}

const filters: readonly string[] = [
  "",
  "| outcome=`ok`",
  "| outcome!=`ok` | route=~`/r.*`",
  "| ms > 50",
  "| ms > 20 and ms < 90, outcome=`ok`",
  "| ms > 20 or outcome=`bad`",
  "| level=`error` | ms != 7",
  "| trace=`own0` | outcome=`ok`",
  "| extra=`e` | __error__!=`JSONParserErr`",
  "| route!=`` | __error__=`JSONParserErr`",
  "| ms=ip(`10.0.0.0/8`) or outcome=`ok`",
  "| missing=``",
  "| extra!=`e` | nothing > 1",
];
const lineFilters: readonly string[] = [
  "",
  "|= `route`",
  "|= `\ufffd`",
  '!= `/a` |= `ms` |~ `o(k|")`',
  "|= `o` or `r`",
];
const parsers: readonly string[] = [
  "| json route, ms, outcome",
  "| json route, ms, outcome, extra",
  "| json ms, level, outcome, route=`id`",
  "| json route | json ms, outcome, ms2=`ms`",
];
const shapes: readonly ((log: string) => string)[] = [
  (log) => `sum(count_over_time(${log} [30s]))`,
  (log) => `sum by (route, level) (rate(${log} [45s]))`,
  (log) => `sum by (outcome, trace) (bytes_over_time(${log} [30s] offset 10s))`,
  (log) => `quantile_over_time(0.9, ${log} | unwrap ms | __error__=\`\` [1m]) by (route)`,
  (log) => `max_over_time(${log} | unwrap ms [20s]) by (route)`,
  (log) => `sum by (ms) (sum_over_time(${log} | unwrap ms | ms < 60 | __error__=\`\` [1m]))`,
  (log) => `avg_over_time(${log} | unwrap duration_seconds(ms) | __error__=\`\` [1m]) by (level)`,
  (log) => `absent_over_time(${log} [5s])`,
  (log) => log,
];

function queries(shape: (typeof shapes)[number], parser: string): string[][] {
  return lineFilters.flatMap((lineFilter) =>
    filters.flatMap((filter) =>
      ["", "| __error__=``"].map((errors) => {
        const log = (before: string): string =>
          shape(`{app=\`shop\`} ${lineFilter} ${before} ${parser} ${filter} ${errors}`);
        // Not an escape sequence stands in the lines: decolorize changes nothing, but is run for each.
        return [log(""), log("| decolorize")];
      }),
    ),
  );
}

function ask(engine: Engine, query: string, endMs: number): unknown {
  try {
    const { result, stats } = engine.queryRange(query, {
      start: at(60_001),
      end: at(endMs),
      step: "7s",
      limit: 500,
    });
    return { result, lines: stats.summary.totalLinesProcessed };
  } catch (error) {
    return String(error);
  }
}

// A sixteenth of the combinations each time: all take minutes, and were run once.
const share = 16;
const cases = shapes.flatMap((shape) => parsers.map((parser) => ({ name: shape(parser), shape, parser })));

describe.each(["trace", "outcome", "route_extracted"])("columns beside metadata %s", (metadata) => {
  it.each(cases.map((one, number) => ({ ...one, number })))(
    "answer as the lines do, while they come: $name",
    ({ shape, parser, number }) => {
      const store = new LogStore({ maxBytes: 60_000 });
      const engine = createEngine(store);
      let told = 0;
      for (const [from, to] of [
        [0, 301],
        [301, 340],
        [340, 900],
      ] as const) {
        fill(store, from, to, metadata);
        const some = queries(shape, parser).filter((_, i) => (i + number + to) % share === 0);
        for (const [planned = "", plain = ""] of some) {
          const answer = ask(engine, planned, to * 450);
          expect(answer, planned).toEqual(ask(createEngine(store), plain, to * 450));
          if (JSON.stringify(answer).length > 200) told++;
        }
      }
      expect(told).toBeGreaterThan(0);
    },
  );
});
