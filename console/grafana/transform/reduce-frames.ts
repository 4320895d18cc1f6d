import { displayName, type Field, type Frame, numbers } from "../frame.ts";
import { calculate, calculationText } from "../reduce.ts";
import type { Options } from "./transform.ts";

/** One row a series with its calculations, or, in `reduceFields` mode, one row a frame. */
export function reduceFrames(frames: readonly Frame[], options: Options): readonly Frame[] {
  const reducers = (options["reducers"] as readonly string[] | undefined) ?? ["lastNotNull"];
  const series = frames.flatMap((frame) =>
    frame.fields.filter(({ type }) => type === "number").map((field) => ({ frame, field })),
  );
  if (options["mode"] === "reduceFields") {
    const [name = "lastNotNull"] = reducers;
    return frames.map((frame) => ({
      ...frame,
      fields: frame.fields
        .filter(({ type }) => type === "number")
        .map((field) => ({ ...field, values: [calculate(name, numbers(field))] })),
    }));
  }
  const labels =
    options["labelsToFields"] === true
      ? [...new Set(series.flatMap(({ field }) => Object.keys(field.labels ?? {})))]
      : [];
  const name: Field = {
    name: "Field",
    type: "string",
    values: series.map(({ field, frame }) => displayName(field, frame)),
  };
  return [
    {
      refId: frames[0]?.refId ?? "A",
      fields: [
        name,
        ...labels.map(
          (key): Field => ({
            name: key,
            type: "string",
            values: series.map(({ field }) => field.labels?.[key] ?? ""),
          }),
        ),
        ...reducers.map(
          (reducer): Field => ({
            name: calculationText(reducer),
            type: "number",
            values: series.map(({ field }) => calculate(reducer, numbers(field))),
          }),
        ),
      ],
    },
  ];
}
