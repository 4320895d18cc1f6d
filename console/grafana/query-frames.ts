import type { MatrixSeries, QueryResult, StreamResult, VectorSample } from "../../src/logql/result.ts";
import type { Target } from "./dashboard.ts";
import type { Field, Frame } from "./frame.ts";

type Labels = Readonly<Record<string, string>>;

/** Loki's `data`, and Prometheus', whose shapes are the same but for the statistics. */
export type QueryData =
  | Omit<Extract<QueryResult, { resultType: "streams" }>, "stats">
  | Omit<Extract<QueryResult, { resultType: "vector" }>, "stats">
  | Omit<Extract<QueryResult, { resultType: "matrix" }>, "stats">
  | Omit<Extract<QueryResult, { resultType: "scalar" }>, "stats">;

/** Turn an answer into the frames Grafana's Loki and Prometheus data sources make of it. */
export function toFrames(data: QueryData, target: Target, severalQueries: boolean): readonly Frame[] {
  switch (data.resultType) {
    case "streams":
      return [logFrame(data.result, target)];
    case "matrix":
      return target.format === "table"
        ? [tableFrame(flatten(data.result), target, severalQueries)]
        : data.result.map((series) => seriesFrame(series, target));
    case "vector":
      return target.format === "table"
        ? [tableFrame(data.result, target, severalQueries)]
        : data.result.map((sample) => seriesFrame({ metric: sample.metric, values: [sample.value] }, target));
    case "scalar":
      return [seriesFrame({ metric: {}, values: [data.result] }, target)];
  }
}

/** `{{label}}` in a legend format becomes the label's value; `__auto` and nothing mean the labels themselves. */
export function formatLegend(format: string | undefined, labels: Labels): string | undefined {
  if (!format || format === "__auto") return undefined;
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_whole, name: string) => labels[name] ?? "");
}

function seriesFrame(series: MatrixSeries, target: Target): Frame {
  const legend = formatLegend(target.legendFormat, series.metric);
  const time: Field = {
    name: "Time",
    type: "time",
    values: series.values.map(([seconds]) => seconds * 1000),
  };
  const value: Field = {
    name: "Value",
    type: "number",
    values: series.values.map(([, text]) => parseSample(text)),
    labels: series.metric,
    ...(legend !== undefined && { legend }),
  };
  return { refId: target.refId, fields: [time, value] };
}

function tableFrame(samples: readonly VectorSample[], target: Target, severalQueries: boolean): Frame {
  const keys = [...new Set(samples.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const columns = keys.map(
    (key): Field => ({ name: key, type: "string", values: samples.map(({ metric }) => metric[key] ?? "") }),
  );
  const time: Field = { name: "Time", type: "time", values: samples.map(({ value }) => value[0] * 1000) };
  const value: Field = {
    name: severalQueries ? `Value #${target.refId}` : "Value",
    type: "number",
    values: samples.map((sample) => parseSample(sample.value[1])),
  };
  return { refId: target.refId, fields: [time, ...columns, value] };
}

function logFrame(streams: readonly StreamResult[], target: Target): Frame {
  const lines = streams.flatMap(({ stream, values }) => values.map(([ns, line]) => ({ ns, line, stream })));
  const backward = target.direction !== "forward";
  // Nanoseconds pass 2^53, but as texts of one length they sort as numbers do.
  lines.sort((a, b) => (a.ns === b.ns ? 0 : a.ns < b.ns === backward ? 1 : -1));
  return {
    refId: target.refId,
    fields: [
      { name: "labels", type: "other", values: lines.map(({ stream }) => stream) },
      { name: "Time", type: "time", values: lines.map(({ ns }) => Number(BigInt(ns) / 1_000_000n)) },
      { name: "Line", type: "string", values: lines.map(({ line }) => line) },
      { name: "tsNs", type: "string", values: lines.map(({ ns }) => ns) },
    ],
  };
}

function flatten(series: readonly MatrixSeries[]): readonly VectorSample[] {
  return series.flatMap(({ metric, values }) => values.map((value) => ({ metric, value })));
}

function parseSample(text: string): number {
  return text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text);
}
