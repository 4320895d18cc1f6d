import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, type Engine, type QueryResult } from "../../src/logql/index.ts";
import { stretch } from "./collect.ts";
import { alertNames, storeOf } from "./evaluate.ts";
import { type LogPanelQuery, logPanelQueries } from "./panels.ts";
import { type Proof, prove } from "./prove.ts";
import { scenarios } from "./scenarios.ts";

/** Fires while all is well: its absence is the alarm. */
const watchdog = "LogWatchdog";

describe("over what real services wrote", () => {
  let proof: Proof;
  let engine: Engine;

  beforeAll(async () => {
    proof = await prove();
    engine = createEngine(storeOf(proof.corpus.streams));
    if (process.env["PROOF"] === "write") writeProof(proof);
  }, 300_000);

  it("no log alert but the watchdog fires in calm traffic", () => {
    expect(proof.calm.minutes).toBeGreaterThan(45);
    expect(proof.calm.fired).toEqual([watchdog]);
  });

  it.each(scenarios)("the alerts of its incident fire: $name", ({ name, alerts }) => {
    expect(proof.fired.get(name)).toEqual(expect.arrayContaining([...alerts]));
  });

  it("every log alert has an incident", () => {
    expect(new Set([watchdog, ...scenarios.flatMap(({ alerts }) => alerts)])).toEqual(new Set(alertNames));
  });

  it.each([
    ["All", {}],
    // Lines that are no JSON name no environment; they have the label all the same.
    ["the demo's environment", { deployment_environment_name: "demo" }],
  ])("every log panel of every dashboard has data, with %s chosen", (_, chosen) => {
    const { startMs, endMs } = proof.corpus;
    const queries = logPanelQueries({
      rangeMs: endMs - startMs,
      stepMs: 300_000,
      written: { id: idOfAFailure(proof) },
      chosen,
    });
    expect(queries.length).toBeGreaterThan(20);
    const empty = queries.filter((query) => !hasData(ask(engine, query, { startMs, endMs })));
    expect(empty.map(({ dashboard, panel, refId }) => `${dashboard}: ${panel} ${refId}`)).toEqual([]);
  });
});

/** A trace that begins in the shop and fails in payments. */
function idOfAFailure({ corpus }: Proof): string {
  const errors = corpus.streams.filter(
    ({ stream }) => stream["service_name"] === "payments" && stream["level"] === "error",
  );
  return (
    errors.flatMap(({ values }) => values.map(([, , metadata]) => metadata?.["trace_id"])).find(Boolean) ?? ""
  );
}

function ask(
  engine: Engine,
  { expr, isInstant }: LogPanelQuery,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): QueryResult {
  const [start, end] = [BigInt(startMs) * 1_000_000n, BigInt(Math.round(endMs)) * 1_000_000n];
  return isInstant ? engine.query(expr, { time: end }) : engine.queryRange(expr, { start, end, step: 300 });
}

/** Lines, or a number that is not 0: `or vector(0)` alone is no data. */
function hasData(answer: QueryResult): boolean {
  switch (answer.resultType) {
    case "streams":
      return answer.result.some(({ values }) => values.length > 0);
    case "matrix":
      return answer.result.some(({ values }) => values.some(([, value]) => Number(value) !== 0));
    case "vector":
      return answer.result.some(({ value }) => Number(value[1]) !== 0);
    case "scalar":
      return Number(answer.result[1]) !== 0;
  }
}

function writeProof({ calm, fired }: Proof): void {
  const incidents = scenarios.map(({ name, about, alerts }) => ({
    name,
    about,
    alerts,
    fired: fired.get(name),
  }));
  const minutesPerSecond = stretch / 60;
  writeFileSync(
    "dashboards/alerts/proof.json",
    `${JSON.stringify({ minutesPerSecond, calm, incidents }, null, 2)}\n`,
  );
}
