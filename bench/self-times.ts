import type { Profiler } from "node:inspector/promises";

/** Self time of one function, in µs of one request. */
export interface SelfTime {
  readonly name: string;
  readonly place: string;
  /** The package it is in, `node`, or `native` for what V8 gives no file of. */
  readonly owner: string;
  readonly micros: number;
}

/** Sum up a CPU profile by function, leaving out the time in which there was nothing to do. */
export function selfTimes(profile: Profiler.Profile, requests: number): readonly SelfTime[] {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const total = new Map<string, SelfTime>();
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === "(idle)") continue;
    const place = frame.url ? `${shortUrl(frame.url)}:${frame.lineNumber + 1}` : "";
    const name = frame.functionName || "(anonymous)";
    // A delta is the time before its sample, so the next one's is how long this sample lasted.
    const micros = (timeDeltas[index + 1] ?? 0) / requests;
    const before = total.get(`${name} ${place}`)?.micros ?? 0;
    total.set(`${name} ${place}`, { name, place, owner: ownerOf(frame.url, name), micros: before + micros });
  }
  return [...total.values()];
}

function shortUrl(url: string): string {
  return url.replace(/^.*\/node_modules\//, "").replace(/^file:.*\/(dist|build)\//, "$1/");
}

function ownerOf(url: string, name: string): string {
  if (url === "") return name.startsWith("(garbage") || name.startsWith("(program") ? name : "native";
  if (url.startsWith("node:")) return "node";
  const dependency = url
    .split("/node_modules/")
    .at(-1)
    ?.match(/^(@[^/]+\/[^/]+|[^/]+)\//)?.[1];
  if (url.includes("/node_modules/") && dependency !== undefined) return dependency;
  return url.includes("/dist/") ? "taffrail" : "benchmark";
}
