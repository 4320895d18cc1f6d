import type { FieldName } from "../../../src/contract/fields.ts";
import { toRequest, toTrace } from "./links.ts";
import { f } from "./names.ts";
import { type PanelOptions, type PanelSpec, table } from "./panels.ts";

/**
 * A table of log lines with a column for each of these fields, linked to the request and its trace. The ids are
 * structured metadata of the line: they need not be read from its text.
 */
export function requestTable(
  panel: Omit<PanelOptions, "overrides" | "transformations">,
  columns: readonly FieldName[],
): PanelSpec {
  const shown = [...columns, f.request_id, f.trace_id];
  return table({
    ...panel,
    sortBy: "Time",
    transformations: [
      { id: "extractFields", options: { source: "labels", format: "json", replace: true, keepTime: true } },
      { id: "filterFieldsByName", options: { include: { names: ["Time", ...shown] } } },
      {
        id: "organize",
        options: { indexByName: orderOf(["Time", ...shown]), renameByName: {}, excludeByName: {} },
      },
    ],
    overrides: [
      { matcher: { id: "byName", options: f.request_id }, properties: [{ id: "links", value: [toRequest] }] },
      { matcher: { id: "byName", options: f.trace_id }, properties: [{ id: "links", value: [toTrace] }] },
      { matcher: { id: "byName", options: f.duration_ms }, properties: [{ id: "unit", value: "ms" }] },
    ],
  });
}

function orderOf(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index]));
}
