import type { Entry } from "../labels/entry.ts";
import type { UnwrapStage } from "../syntax/ast.ts";
import { conversions } from "./conversion.ts";

/** Read the sample of an entry; undefined drops the entry. */
export type ValueReader = (entry: Entry) => number | undefined;

/** The error of a sample that could not be read. */
export const sampleError = "SampleExtractionErr";

/** `| unwrap label`: the label's value is the sample. A missing label is no sample. */
export function unwrapReader(stage: UnwrapStage): ValueReader {
  const kind = stage.conversion === "none" ? "number" : stage.conversion === "bytes" ? "bytes" : "duration";
  const convert = conversions[kind];
  const scale = kind === "duration" ? 1e9 : 1;
  return (entry) => {
    const text = entry.get(stage.name);
    if (text === undefined || text === "") return undefined;
    const value = convert(text);
    if (typeof value === "number") return value / scale;
    entry.setError(sampleError, value.problem);
    return 0;
  };
}
