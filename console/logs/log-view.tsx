import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { useEscape } from "../ui/use-escape.ts";
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
  const view = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(undefined);
    view.current?.querySelector<HTMLElement>(".log-list")?.focus();
  };
  useEscape(view, open !== undefined, close);
  return (
    <div class="log-view" ref={view}>
      <LogList
        rows={rows}
        columns={columns}
        chosen={open?.line.id}
        onOpen={setOpen}
        {...(since !== undefined && { since })}
      />
      {open && (
        <aside class="log-detail" aria-label="Log line">
          <Button icon="close" kind="quiet" title="Close" class="close" onClick={close} />
          <LineDetail line={open.line} continued={open.continued} {...actions} />
        </aside>
      )}
    </div>
  );
}
