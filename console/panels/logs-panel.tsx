import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Frame } from "../grafana/frame.ts";
import type { LogLine } from "../logs/line.ts";
import { readLine } from "../logs/line.ts";
import { LineDetail } from "../logs/line-detail.tsx";
import { LogList } from "../logs/log-list.tsx";
import { joinTraces } from "../logs/rows.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { PanelViewProps } from "./panel-view.ts";

export function LogsPanel({ panel, frames }: PanelViewProps): JSX.Element {
  const [open, setOpen] = useState<LogLine>();
  const oldestFirst = panel.options?.["sortOrder"] === "Ascending";
  const rows = useMemo(
    () => joinTraces(frames.flatMap(linesOf).toSorted((a, b) => (a.ns < b.ns ? -1 : 1))),
    [frames],
  );
  return (
    <>
      <LogList
        rows={oldestFirst ? rows : rows.toReversed()}
        columns={[]}
        chosen={open?.id}
        onOpen={({ line }) => setOpen(line)}
      />
      {open && (
        <Dialog title="Log line" onClose={() => setOpen(undefined)}>
          <LineDetail line={open} continued={[]} />
        </Dialog>
      )}
    </>
  );
}

function linesOf({ fields }: Frame): readonly LogLine[] {
  const column = (name: string): readonly unknown[] =>
    fields.find((field) => field.name === name)?.values ?? [];
  const [labels, lines, times] = [column("labels"), column("Line"), column("tsNs")];
  return times.map((ns, row) => {
    const own = (labels[row] ?? {}) as Readonly<Record<string, string>>;
    return readLine(String(ns), withoutService(String(lines[row]), own), own);
  });
}

// Boards write the service first, since Grafana shows the line alone; here it has a column.
function withoutService(text: string, { service_name }: Readonly<Record<string, string>>): string {
  return text.startsWith(`${service_name}  `) ? text.slice(`${service_name}  `.length) : text;
}
