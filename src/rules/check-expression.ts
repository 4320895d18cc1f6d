import { type Engine, LogqlError, parse } from "../logql/index.ts";
import { sameLogs, sameSamples } from "./compare.ts";
import { queryInstant } from "./instant-query.ts";
import type { ExpectedLog, ExprTest } from "./test-file.ts";
import type { Failure } from "./test-report.ts";

export interface ExpressionContext {
  readonly engine: Engine;
  readonly startMs: number;
  readonly fuzzy: boolean;
}

/** Evaluate the expression of a case and compare. A log query reads from the start of the test to the time of the case. */
export function checkExpression(test: ExprTest, context: ExpressionContext): Failure[] {
  const { line, evalTimeMs: timeMs } = test;
  const subject = `expr: ${JSON.stringify(test.expr)}`;
  try {
    const failures = compare(test, context);
    if (test.error === undefined) return failures;
    const message = `expected an error with ${JSON.stringify(test.error)}, but the query succeeded`;
    return [{ kind: "error", line, subject, timeMs, message }];
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    if (test.error !== undefined && error.message.includes(test.error)) return [];
    const wanted =
      test.error === undefined ? "" : `expected an error with ${JSON.stringify(test.error)}, got: `;
    return [{ kind: "error", line, subject, timeMs, message: wanted + error.message }];
  }
}

function compare(test: ExprTest, { engine, startMs, fuzzy }: ExpressionContext): Failure[] {
  const { line, expr, evalTimeMs: timeMs } = test;
  const nowMs = startMs + timeMs;
  if (parse(expr).kind === "log") {
    const [expected, got] = [test.logs ?? [], logsOf(engine, expr, { startMs, nowMs })];
    return sameLogs(expected, got) ? [] : [{ kind: "logs", line, expr, timeMs, expected, got }];
  }
  if (test.logs) {
    const message = "exp_logs needs a log query; a metric query takes exp_samples";
    return [{ kind: "error", line, subject: `expr: ${JSON.stringify(expr)}`, timeMs, message }];
  }
  const got = queryInstant(engine, expr, nowMs);
  return sameSamples(test.samples, got, { fuzzy })
    ? []
    : [{ kind: "samples", line, expr, timeMs, expected: test.samples, got }];
}

function logsOf(
  engine: Engine,
  expr: string,
  { startMs, nowMs }: { readonly startMs: number; readonly nowMs: number },
): ExpectedLog[] {
  // The end of a range is left out, and a line of this very moment belongs to it.
  const range = { start: BigInt(startMs) * 1_000_000n, end: BigInt(nowMs) * 1_000_000n + 1n };
  const answer = engine.queryRange(expr, { ...range, limit: 5000, direction: "forward" });
  if (answer.resultType !== "streams") return [];
  return answer.result.flatMap(({ stream, values }) =>
    values.map(([timestamp, line]) => ({ labels: stream, line, timestamp })),
  );
}
