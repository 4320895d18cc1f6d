import { parse, type SelectedStream } from "../../logql/index.ts";
import type { ApiCall, Endpoint } from "./api.ts";
import { ApiError, json, success } from "./api-message.ts";
import { streamsOf } from "./labels.ts";
import { queryStatistics } from "./query-statistics.ts";

/** GET /loki/api/v1/index/stats: exact where Loki estimates, and of what is in memory, which Loki leaves out. */
export const indexStats: Endpoint = (call, context) => {
  if (call.parameters.text("query") === "") throw new ApiError("parse error : syntax error: unexpected $end");
  const streams = streamsOf(call, context);
  const chunks = streams.flatMap((stream) => stream.chunks);
  return json({
    streams: streams.length,
    chunks: chunks.length,
    bytes: chunks.reduce((sum, { size }) => sum + size, 0),
    entries: chunks.reduce((sum, { count }) => sum + count, 0),
  });
};

/** GET /loki/api/v1/index/volume */
export const indexVolume: Endpoint = (call, context) => {
  const volumes = largest(volumesOf(call, streamsOf(call, context)), call);
  const at = seconds(call.parameters.range().end);
  const result = volumes.map(({ metric, bytes }) => ({ metric, value: [at, String(bytes)] }));
  return success({ resultType: "vector", result, stats: queryStatistics(noQuery, result.length) });
};

/** GET /loki/api/v1/index/volume_range: each chunk's bytes, spread over the steps that it touches. */
export const indexVolumeRange: Endpoint = (call, context) => {
  const { start, end } = call.parameters.range();
  const step = call.parameters.step() ?? end - start;
  if ((end - start) / step > 11_000n) throw new ApiError("too many steps; at most 11000 are allowed");
  const volumes = largest(volumesOf(call, streamsOf(call, context)), call);
  const result = volumes.map(({ metric, streams }) => {
    const values: [number, string][] = [];
    for (let from = start; from < end; from += step) {
      const bytes = bytesBetween(streams, Number(from / 1_000_000n), Number((from + step) / 1_000_000n));
      if (bytes > 0) values.push([seconds(from + step), String(bytes)]);
    }
    return { metric, values };
  });
  return success({ resultType: "matrix", result, stats: queryStatistics(noQuery, result.length) });
};

interface Volume {
  readonly metric: Readonly<Record<string, string>>;
  readonly streams: SelectedStream[];
  bytes: number;
}

const noQuery = { summary: { totalLinesProcessed: 0, totalBytesProcessed: 0, execTime: 0 } };

function volumesOf(call: ApiCall, streams: readonly SelectedStream[]): Volume[] {
  const { parameters } = call;
  const targets = parameters.text("targetLabels").split(",").filter(Boolean);
  const byLabels = parameters.text("aggregateBy") === "labels";
  const names = targets.length > 0 ? targets : byLabels ? [] : selectedNames(parameters.text("query"));
  const volumes = new Map<string, Volume>();
  for (const stream of streams) {
    const kept = Object.entries(stream.labels).filter(([name]) => names.length === 0 || names.includes(name));
    if (kept.length === 0) continue;
    const metrics = byLabels ? kept.map(([name]) => ({ [name]: "" })) : [Object.fromEntries(kept)];
    for (const metric of metrics) add(volumes, metric, stream);
  }
  return [...volumes.values()];
}

function add(volumes: Map<string, Volume>, metric: Volume["metric"], stream: SelectedStream): void {
  const key = JSON.stringify(metric);
  const volume = volumes.get(key) ?? { metric, streams: [], bytes: 0 };
  volume.streams.push(stream);
  volume.bytes += stream.chunks.reduce((sum, { size }) => sum + size, 0);
  volumes.set(key, volume);
}

function selectedNames(query: string): string[] {
  if (/^\s*\{\s*\}\s*$/.test(query) || query === "") return [];
  const expression = parse(query);
  return expression.kind === "log" ? expression.selector.map(({ name }) => name) : [];
}

function largest(volumes: readonly Volume[], { parameters }: ApiCall): Volume[] {
  const order = (a: Volume, b: Volume): number =>
    b.bytes - a.bytes || (JSON.stringify(a.metric) < JSON.stringify(b.metric) ? -1 : 1);
  return [...volumes].sort(order).slice(0, parameters.count("limit", 100));
}

function bytesBetween(streams: readonly SelectedStream[], fromMs: number, toMs: number): number {
  let bytes = 0;
  for (const { size, minMs, maxMs } of streams.flatMap(({ chunks }) => chunks)) {
    const overlap = Math.min(maxMs + 1, toMs) - Math.max(minMs, fromMs);
    if (overlap > 0) bytes += (size * overlap) / (maxMs + 1 - minMs);
  }
  return Math.round(bytes);
}

function seconds(ns: bigint): number {
  return Number(ns / 1_000_000n) / 1000;
}
