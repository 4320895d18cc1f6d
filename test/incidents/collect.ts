import { readFileSync } from "node:fs";
import type { PushStream, PushValue } from "../../src/logql/index.ts";
import { createPipeline } from "../stack/alloy/pipeline.ts";
import type { Recording } from "./recorder.ts";

/**
 * One second of a run is five minutes here, since alerts look back over hours: a time is counted from the beginning of its
 * recording and multiplied by this. What a line says, durations too, stays as the service wrote it.
 */
export const stretch = 300;

const collector = createPipeline(readFileSync("stack/alloy/config.alloy", "utf8"), "contract", {
  DEPLOYMENT_ENVIRONMENT_NAME: "demo",
});

/** What the collector makes of a recording, as the stages of stack/alloy/config.alloy say, with its times from `atMs` on. */
export function collect(recording: Recording, atMs: number): PushStream[] {
  const streams = new Map<string, { stream: Record<string, string>; values: PushValue[] }>();
  const lines = recording.lines.map(({ service, text, readMs }) => ({
    path: `/var/log/services/${service}.log`,
    text,
    readMs,
  }));
  for (const { text, timeMs, labels, metadata } of collector(lines)) {
    const stretchedMs = atMs + (timeMs - recording.startMs) * stretch;
    const key = JSON.stringify(labels);
    const known = streams.get(key) ?? { stream: { ...labels }, values: [] };
    known.values.push([BigInt(Math.round(stretchedMs)) * 1_000_000n, text, metadata]);
    streams.set(key, known);
  }
  // As Loki would, it takes lines of one stream in any order; sorted, they are found sooner.
  for (const { values } of streams.values()) values.sort((a, b) => Number(BigInt(a[0]) - BigInt(b[0])));
  return [...streams.values()];
}
