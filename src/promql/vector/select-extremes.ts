import { emptyRow, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { Group } from "./group.ts";

interface Selection {
  /** How many of each group, for each step. */
  readonly counts: Float64Array;
  readonly largest: boolean;
}

/** topk and bottomk: the series themselves, with all their labels. NaN goes last. */
export function selectExtremes(groups: readonly Group[], { counts, largest }: Selection): Matrix {
  checkCounts(counts);
  const rows = groups.flatMap(({ members }) => selectMembers(members, { counts, largest }));
  return { kind: "matrix", rows };
}

/** Order numbers, NaN last in either direction. */
export function byValue(a: number, b: number, { largest }: { readonly largest: boolean }): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return largest ? b - a : a - b;
}

function checkCounts(counts: Float64Array): void {
  if (counts.every((count) => count < 1)) return;
  const wrong = counts.find((count) => Number.isNaN(count) || Math.abs(count) >= 2 ** 63);
  if (wrong === undefined) return;
  if (Number.isNaN(wrong)) throw new PromqlError("execution", "Parameter value is NaN");
  throw new PromqlError("execution", `Scalar value ${wrong} ${wrong < 0 ? "underflows" : "overflows"} int64`);
}

// The rows come in the order of the first step: the only one an instant query has.
function selectMembers(members: readonly SeriesRow[], { counts, largest }: Selection): SeriesRow[] {
  const selected = new Map<SeriesRow, SeriesRow>();
  counts.forEach((count, step) => {
    const present = members.filter((row) => row.present[step]);
    present.sort((a, b) => byValue(a.values[step] ?? 0, b.values[step] ?? 0, { largest }));
    for (const row of present.slice(0, Math.max(0, Math.trunc(count)))) {
      const copy = selected.get(row) ?? emptyRow(row.labels, counts.length);
      copy.values[step] = row.values[step] ?? 0;
      copy.present[step] = 1;
      selected.set(row, copy);
    }
  });
  return [...selected.values()];
}
