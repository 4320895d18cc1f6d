import { expect, it } from "vitest";
import { createEngine, LogqlError } from "../../src/logql/index.ts";
import { mutateQuery, randomOf } from "./fuzz.ts";
import { queries } from "./golden/compare.ts";
import { at, storeOf } from "./setup.ts";

// node scripts/fuzz-logql.mjs asks for a million.
const count = Number(process.env["LOGQL_FUZZ_QUERIES"] ?? 5000);
const seed = Number(process.env["LOGQL_FUZZ_SEED"] ?? 1);

const engine = createEngine(
  storeOf(
    '{"level":"info","status":200,"a":"b"}',
    "level=warn a=1 d=5ms size=3KB",
    "plain aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    '{"broken":',
    "\u001b[31mred\u001b[0m 10.0.0.1 é😀",
    "",
  ),
);

function outcomeOf(query: string): string {
  const began = performance.now();
  try {
    const range = { start: at(0), end: at(100), step: 10 };
    engine.queryRange(query, range);
  } catch (error) {
    if (!(error instanceof LogqlError)) return `crash: ${String(error)}`;
    if (!error.position) return `no position: ${error.message}`;
  }
  return performance.now() - began > 2000 ? "hang" : "fine";
}

it(`every one of ${count} mutated queries gives a result, or an error with a position`, {
  timeout: 3_600_000,
}, () => {
  const seeds = Object.values(queries).flatMap((list) =>
    list.map(({ query }) => query.replaceAll(/app="\w+"/g, 'job="test"')),
  );
  const random = randomOf(seed);
  const failures: string[] = [];
  for (let i = 0; i < count && failures.length < 20; i++) {
    const query = mutateQuery(seeds, random);
    const outcome = outcomeOf(query);
    if (outcome !== "fine") failures.push(`${outcome}: ${JSON.stringify(query)}`);
  }
  expect(failures).toEqual([]);
});
