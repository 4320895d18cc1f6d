import type { LogExpression, RangeAggregation, Stage } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseGrouping, parseNumber } from "./parse-operands.ts";
import { parsePipeline } from "./parse-pipeline.ts";
import { parseSelector } from "./parse-selector.ts";
import { isRange } from "./quantity.ts";

interface LogRange {
  readonly log: LogExpression;
  readonly rangeNs: number | undefined;
  readonly offsetNs: number;
}

/** Parse `operation([parameter,] log[range] [offset …]) [grouping]`. */
export function parseRangeAggregation(cursor: Cursor): RangeAggregation {
  const word = cursor.next();
  cursor.expect("(");
  let parameter: number | undefined;
  if (!cursor.is("{") && !cursor.is("(")) {
    parameter = parseNumber(cursor);
    cursor.expect(",");
  }
  const { log, rangeNs, offsetNs } = parseLogRange(cursor);
  if (rangeNs === undefined) throw cursor.unexpected('"["');
  cursor.expect(")");
  const grouping = parseGrouping(cursor);
  return {
    kind: "range",
    operation: word.text,
    parameter,
    log,
    rangeNs,
    offsetNs,
    grouping,
    offset: word.offset,
  };
}

// The range may stand after the selector or after the pipeline, and parentheses may stand around either.
function parseLogRange(cursor: Cursor): LogRange {
  const inner = cursor.is("(") ? parseParenthesised(cursor) : parseBare(cursor);
  if (inner.rangeNs !== undefined || !cursor.is("[")) return inner;
  return { log: inner.log, ...parseRange(cursor) };
}

function parseParenthesised(cursor: Cursor): LogRange {
  cursor.expect("(");
  const inner = cursor.nested(() => parseLogRange(cursor));
  cursor.expect(")");
  return inner;
}

function parseBare(cursor: Cursor): LogRange {
  const offset = cursor.token.offset;
  const selector = parseSelector(cursor);
  const early = cursor.is("[") ? parseRange(cursor) : undefined;
  const stages: Stage[] = parsePipeline(cursor);
  const log: LogExpression = { kind: "log", selector, stages, offset };
  return early ? { log, ...early } : { log, rangeNs: undefined, offsetNs: 0 };
}

function parseRange(cursor: Cursor): { rangeNs: number; offsetNs: number } {
  cursor.expect("[");
  const range = cursor.expectKind("duration");
  if (!isRange(range.text))
    throw cursor.error(`not a valid duration string: ${JSON.stringify(range.text)}`, range.offset);
  const rangeNs = range.value;
  cursor.expect("]");
  if (!cursor.skip("offset")) return { rangeNs, offsetNs: 0 };
  const negative = cursor.skip("-");
  const offsetNs = cursor.expectKind("duration").value;
  return { rangeNs, offsetNs: negative ? -offsetNs : offsetNs };
}
