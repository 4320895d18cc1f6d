import { constantRow, emptyRow, LabelSet, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import type { EvaluationContext, Value } from "../evaluate/context.ts";
import { evaluateTimestamps } from "../evaluate/selector.ts";
import type { Call } from "../syntax/ast.ts";
import { distinctRows, sameLabels, withoutName } from "../vector/names.ts";
import { byValue } from "../vector/select-extremes.ts";
import { absentRow } from "./absent.ts";
import { CallScope, type Evaluators } from "./call-scope.ts";
import { histogramQuantile } from "./histogram-quantile.ts";
import { labelJoin, labelReplace } from "./labels.ts";
import { windowFunctions } from "./over-time.ts";
import { dateFunctions, type SampleFunction, sampleFunctions } from "./sample-functions.ts";
import { overWindows, type WindowFunction } from "./window.ts";

/** Evaluate a function call. */
export function evaluateCall(node: Call, context: EvaluationContext, evaluators: Evaluators): Value {
  const scope = new CallScope(node, context, evaluators);
  const overWindow = windowFunctions[node.name];
  if (overWindow) return callWindow(scope, overWindow);
  const ofSample = sampleFunctions[node.name];
  if (ofSample) return callSample(scope, ofSample);
  const special = specials[node.name];
  if (!special) throw new Error(`no such function: ${node.name}`);
  return special(scope);
}

const specials: Readonly<Record<string, (scope: CallScope) => Value>> = {
  absent: (scope) =>
    absentRow(
      scope.argument(0),
      scope.vector(0).rows.map(({ present }) => present),
      scope.steps,
    ),
  absent_over_time: absentOverTime,
  histogram_quantile: (scope) => histogramQuantile(scope.scalar(0), scope.vector(1)),
  label_join: (scope) => labelJoin(scope.vector(0), scope.texts()),
  label_replace: (scope) => labelReplace(scope.vector(0), scope.texts()),
  pi: ({ steps }) => ({ kind: "scalar", values: new Float64Array(steps).fill(Math.PI) }),
  scalar: (scope) => ({ kind: "scalar", values: onlyValues(scope.vector(0), scope.steps) }),
  sort: (scope) => sorted(scope.vector(0), { largest: false }),
  sort_desc: (scope) => sorted(scope.vector(0), { largest: true }),
  time: (scope) => ({ kind: "scalar", values: scope.times() }),
  timestamp: timestamps,
  vector: (scope) => ({
    kind: "matrix",
    rows: [{ ...constantRow(LabelSet.empty, scope.steps, 0), values: scope.scalar(0) }],
  }),
};

// The series of a range function may come together once their names are gone: an error, be they at different steps.
function callWindow(scope: CallScope, run: WindowFunction): Matrix {
  const range = scope.range();
  const inputs = { range, context: scope.context, parameter: scope.scalars()[0] };
  const rows = range.series
    .map((series) => overWindows(series, inputs, run))
    .filter((row) => row.present.includes(1));
  if (["first_over_time", "last_over_time"].includes(scope.node.name)) return { kind: "matrix", rows };
  const unnamed = rows.map((row) => ({ ...row, labels: withoutName(row.labels) }));
  if (new Set(unnamed.map(({ labels }) => labels.key)).size < rows.length) throw sameLabels();
  return { kind: "matrix", rows: unnamed };
}

function callSample(scope: CallScope, run: SampleFunction): Matrix {
  const { name, args } = scope.node;
  const input = args.length === 0 && dateFunctions.has(name) ? now(scope) : scope.vector(0);
  const scalars = scope.scalars();
  const rows = input.rows.map(({ labels, values, present }): SeriesRow => {
    const row = emptyRow(withoutName(labels), values.length);
    values.forEach((value, step) => {
      if (!present[step]) return;
      const result = run(
        value,
        scalars.map((scalar) => scalar[step] ?? Number.NaN),
      );
      if (result === undefined) return;
      row.values[step] = result;
      row.present[step] = 1;
    });
    return row;
  });
  return { kind: "matrix", rows: distinctRows(rows.filter((row) => row.present.includes(1))) };
}

function now(scope: CallScope): Matrix {
  return {
    kind: "matrix",
    rows: [{ ...constantRow(LabelSet.empty, scope.steps, 0), values: scope.times() }],
  };
}

function absentOverTime(scope: CallScope): Matrix {
  const range = scope.range();
  const inputs = { range, context: scope.context, parameter: undefined };
  const presents = range.series.map((series) => overWindows(series, inputs, () => 1).present);
  return absentRow(scope.argument(0), presents, scope.steps);
}

function onlyValues({ rows }: Matrix, steps: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, step) => {
    const present = rows.filter((row) => row.present[step]);
    return present.length === 1 ? (present[0]?.values[step] ?? Number.NaN) : Number.NaN;
  });
}

// An order is only seen in an instant query.
function sorted({ rows }: Matrix, direction: { readonly largest: boolean }): Matrix {
  return {
    kind: "matrix",
    rows: [...rows].sort((a, b) => byValue(a.values[0] ?? 0, b.values[0] ?? 0, direction)),
  };
}

// A selector knows the times of its samples; what anything else gives is of the evaluation's time.
function timestamps(scope: CallScope): Matrix {
  const node = scope.argument(0);
  const times = scope.times();
  const input = node.kind === "selector" ? evaluateTimestamps(node, scope.context) : scope.vector(0);
  const rows = input.rows.map((row) => ({
    ...row,
    labels: withoutName(row.labels),
    values: node.kind === "selector" ? row.values : times,
  }));
  return { kind: "matrix", rows: distinctRows(rows) };
}
