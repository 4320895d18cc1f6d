import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { LineDetail, type LineDetailProps } from "./line-detail.tsx";
import { LogList } from "./log-list.tsx";
import type { LogRow } from "./rows.ts";

export interface LogViewProps extends Pick<LineDetailProps, "onFilter" | "onColumn"> {
  readonly rows: readonly LogRow[];
  readonly columns: readonly string[];
  readonly since?: number;
}

/** The list, and beside it the line that is open. */
export function LogView({ rows, columns, since, ...actions }: LogViewProps): JSX.Element {
  const [open, setOpen] = useState<LogRow>();
  return (
    <div class="log-view" onKeyDown={(event) => event.key === "Escape" && setOpen(undefined)}>
      <LogList
        rows={rows}
        columns={columns}
        chosen={open?.line.id}
        onOpen={setOpen}
        {...(since !== undefined && { since })}
      />
      {open && (
        <aside class="log-detail" aria-label="Log line">
          <Button icon="close" kind="quiet" title="Close" class="close" onClick={() => setOpen(undefined)} />
          <LineDetail line={open.line} continued={open.continued} {...actions} />
        </aside>
      )}
    </div>
  );
}
