import type { Field, Frame } from "../frame.ts";
import { merge } from "./merge.ts";
import type { Options } from "./transform.ts";

/** Turn labels into columns (or, in rows mode, into rows of label and value), and the frames that result into one table. */
export function labelsToFields(frames: readonly Frame[], options: Options): readonly Frame[] {
  if (options["mode"] === "rows") return frames.map(asRows);
  const valueLabel = options["valueLabel"] as string | undefined;
  const keep = options["keepLabels"] as readonly string[] | undefined;
  return merge(frames.map((frame) => asColumns(frame, valueLabel, keep)));
}

function asColumns(frame: Frame, valueLabel: string | undefined, keep: readonly string[] | undefined): Frame {
  const length = frame.fields[0]?.values.length ?? 0;
  const columns = new Map<string, Field>();
  const fields = frame.fields.map((field): Field => {
    const { labels, legend: _legend, ...rest } = field;
    for (const [key, value] of Object.entries(labels ?? {})) {
      if (key === valueLabel || (keep && !keep.includes(key))) continue;
      columns.set(key, { name: key, type: "string", values: new Array(length).fill(value) });
    }
    return { ...rest, name: labels?.[valueLabel ?? ""] ?? field.name };
  });
  const times = fields.filter(({ type }) => type === "time");
  return {
    ...frame,
    fields: [...times, ...columns.values(), ...fields.filter(({ type }) => type !== "time")],
  };
}

function asRows(frame: Frame): Frame {
  const pairs = frame.fields.flatMap(({ labels }) => Object.entries(labels ?? {}));
  return {
    ...frame,
    fields: [
      { name: "label", type: "string", values: pairs.map(([key]) => key) },
      { name: "value", type: "string", values: pairs.map(([, value]) => value) },
    ],
  };
}
