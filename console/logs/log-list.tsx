import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { visibleText } from "../grafana/visible-text.ts";
import { useSize } from "../ui/use-size.ts";
import { fieldOf, type LogLine } from "./line.ts";
import type { LogRow } from "./rows.ts";
import { virtualWindow } from "./virtual-window.ts";

export interface LogListProps {
  readonly rows: readonly LogRow[];
  readonly columns: readonly string[];
  readonly chosen: string | undefined;
  readonly onOpen: (row: LogRow) => void;
  /** Times are shown as milliseconds since this one. */
  readonly since?: number;
}

const rowHeight = 24;

/** Rows of one height; only those in sight are in the page. Keys go through them, and open what they come to. */
export function LogList({ rows, columns, chosen, onOpen, since }: LogListProps): JSX.Element {
  const [box, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const list = useRef(rows);
  list.current = rows;
  const { first, end } = virtualWindow(top, size.height, rowHeight, rows.length);
  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(size.height / rowHeight) - 1);
    const at = list.current.findIndex(({ line }) => line.id === chosen);
    const to = destination(event.key, { at, page, last: list.current.length - 1 });
    if (to === undefined) return;
    event.preventDefault();
    // A row that was clicked has the focus, and rows are used again for other lines.
    box.current?.focus({ preventScroll: true });
    const next = list.current[Math.max(0, Math.min(list.current.length - 1, to))];
    if (next) onOpen(next);
  };
  useEffect(() => {
    const at = list.current.findIndex(({ line }) => line.id === chosen);
    const element = box.current;
    if (at < 0 || !element) return;
    const y = at * rowHeight;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = y + rowHeight - element.clientHeight;
  }, [chosen]);
  return (
    <div
      class="log-list"
      ref={box}
      role="listbox"
      aria-label="Log lines"
      aria-activedescendant={chosen === undefined ? undefined : rowId(chosen)}
      tabIndex={0}
      onKeyDown={move}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div class="log-space" style={{ height: `${rows.length * rowHeight}px` }}>
        {/* A row's place is its key: while lines rush in, rows take new texts rather than new elements. */}
        {rows.slice(first, end).map((row, index) => (
          <Row
            key={index}
            row={row}
            y={(first + index) * rowHeight}
            columns={columns}
            chosen={row.line.id === chosen}
            since={since}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps extends Omit<LogListProps, "rows" | "chosen" | "since"> {
  readonly row: LogRow;
  readonly y: number;
  readonly chosen: boolean;
  readonly since: number | undefined;
}

function Row({ row, y, columns, chosen, since, onOpen }: RowProps): JSX.Element {
  const { line, count, continued } = row;
  const service = fieldOf(line, "service_name");
  return (
    <div
      class={`log-row level-${line.level} ${line.json ? "" : "raw"}`}
      id={rowId(line.id)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      style={{ top: `${y}px` }}
      onClick={() => onOpen(row)}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.stopPropagation();
        onOpen(row);
      }}
    >
      <time>{since === undefined ? clock(line.timeMs) : `+${line.timeMs - since} ms`}</time>
      <b class="log-level">{line.level === "unknown" ? "" : line.level}</b>
      {service !== undefined && <span class="log-service">{visibleText(String(service))}</span>}
      {columns.map((name) => (
        <span key={name} class="log-column" title={name}>
          {visibleText(String(fieldOf(line, name) ?? ""))}
        </span>
      ))}
      <span class="log-message">{line.message}</span>
      {summary(line) !== "" && <span class="log-extra">{summary(line)}</span>}
      {continued.length > 0 && <span class="log-count">+{continued.length} lines</span>}
      {count > 1 && <span class="log-count">×{count}</span>}
    </div>
  );
}

/** The row that a key leads to. */
function destination(
  key: string,
  { at, page, last }: { readonly at: number; readonly page: number; readonly last: number },
): number | undefined {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
    Enter: at,
  };
  return to[key];
}

function rowId(id: string): string {
  return `line ${id}`.replace(/\s/g, "_");
}

/** What helps to tell lines apart that say the same. */
function summary(line: LogLine): string {
  const {
    http_response_status_code: status,
    duration_ms: duration,
    error_type: error,
    exception_message: reason,
  } = line.fields;
  const parts = [status, duration === undefined ? undefined : `${duration} ms`, error, reason];
  const text = parts
    .filter((part) => part !== undefined && part !== null && part !== "")
    .map(String)
    .join(" · ");
  return visibleText(text.slice(0, 300));
}

function clock(ms: number): string {
  return `${new Date(ms).toLocaleTimeString("sv-SE")}.${String(ms % 1000).padStart(3, "0")}`;
}
