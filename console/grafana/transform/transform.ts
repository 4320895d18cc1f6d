import type { Transformation } from "../dashboard.ts";
import { matchesRegex } from "../field-config.ts";
import type { Frame } from "../frame.ts";
import { calculateField } from "./calculate-field.ts";
import { extractFields } from "./extract-fields.ts";
import { filterFieldsByName, renameByRegex } from "./field-names.ts";
import { filterByValue } from "./filter-by-value.ts";
import { groupBy } from "./group-by.ts";
import { joinByField } from "./join-by-field.ts";
import { labelsToFields } from "./labels-to-fields.ts";
import { merge } from "./merge.ts";
import { organize } from "./organize.ts";
import { reduceFrames } from "./reduce-frames.ts";
import { convertFieldType, limit, sortBy } from "./rows.ts";

export type Options = Readonly<Record<string, unknown>>;

type Transform = (frames: readonly Frame[], options: Options) => readonly Frame[];

const transforms: Readonly<Record<string, Transform>> = {
  calculateField,
  convertFieldType,
  extractFields,
  filterByValue,
  filterFieldsByName,
  groupBy,
  joinByField,
  labelsToFields,
  limit,
  merge,
  organize,
  reduce: reduceFrames,
  renameByRegex,
  sortBy,
};

export interface Transformed {
  readonly frames: readonly Frame[];
  /** Names of transformations the console does not have; they were passed over. */
  readonly unknown: readonly string[];
}

/** Apply a panel's transformations in their order. */
export function applyTransformations(
  frames: readonly Frame[],
  transformations: readonly Transformation[] = [],
): Transformed {
  const active = transformations.filter(({ disabled }) => disabled !== true);
  return {
    frames: active.reduce(applyOne, frames),
    unknown: active.filter(({ id }) => !Object.hasOwn(transforms, id)).map(({ id }) => id),
  };
}

function applyOne(frames: readonly Frame[], { id, options = {}, filter }: Transformation): readonly Frame[] {
  const transform = Object.hasOwn(transforms, id) ? transforms[id] : undefined;
  if (!transform) return frames;
  if (filter?.id !== "byRefId" || !filter.options) return transform(frames, options);
  const wanted = String(filter.options);
  const isWanted = ({ refId }: Frame): boolean =>
    refId === wanted || (wanted.startsWith("/") && matchesRegex(wanted, refId));
  return [...transform(frames.filter(isWanted), options), ...frames.filter((frame) => !isWanted(frame))];
}
