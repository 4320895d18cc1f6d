import type { LabelSet, SeriesRow } from "../../logql/parts.ts";
import type { Grouping } from "../syntax/ast.ts";

/** The series of one group. */
export interface Group {
  readonly labels: LabelSet;
  readonly members: SeriesRow[];
}

/** The labels that a grouping keeps of a series; no `without` keeps the metric's name. */
export function groupLabels({ without, names }: Grouping, labels: LabelSet): LabelSet {
  if (!without && names.length === 0) return labels.filter(() => false);
  return labels.filter((name) => names.includes(name) !== without && !(without && name === "__name__"));
}

/** Sort series into groups. */
export function groupRows(grouping: Grouping, rows: readonly SeriesRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const labels = groupLabels(grouping, row.labels);
    const group = groups.get(labels.key) ?? { labels, members: [] };
    group.members.push(row);
    groups.set(labels.key, group);
  }
  return [...groups.values()];
}
