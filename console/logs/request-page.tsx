import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Loki } from "../api/loki.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { useAsync } from "../ui/use-async.ts";
import { type LogLine, readStreams } from "./line.ts";
import { requestLogql } from "./log-query.ts";
import { LogView } from "./log-view.tsx";
import { joinTraces } from "./rows.ts";

export interface RequestPageProps {
  readonly loki: Loki;
  readonly id: string;
  /** Milliseconds since 1970: when a line of the request was written. */
  readonly at: number;
}

const aroundMs = 3_600_000;

/** Every line of one request, from all services, in the order written. */
export function RequestPage({ loki, id, at }: RequestPageProps): JSX.Element {
  const { inText, inMetadata } = requestLogql(id);
  const { value, error } = useAsync(`${id} ${at}`, async (signal) => {
    const ask = async (expr: string): Promise<readonly LogLine[]> => {
      const data = await loki.queryRange({
        expr,
        from: at - aroundMs,
        to: at + aroundMs,
        limit: 1000,
        direction: "forward",
        signal,
      });
      return data.resultType === "streams" ? readStreams(data.result) : [];
    };
    const found = (await Promise.all([ask(inText), ask(inMetadata)])).flat();
    return [...new Map(found.map((line) => [line.id, line])).values()].toSorted((a, b) =>
      a.ns < b.ns ? -1 : 1,
    );
  });
  const rows = useMemo(() => joinTraces(value ?? []), [value]);
  const [first, last] = [value?.[0], value?.at(-1)];
  return (
    <div class="page request-page">
      <header class="page-head">
        <h2>Request</h2>
        <code>{id}</code>
        {first && last && (
          <span class="muted">
            {value?.length} lines in {last.timeMs - first.timeMs} ms
          </span>
        )}
      </header>
      {error && <ErrorNotice error={error} what="The query failed" />}
      {value?.length === 0 && <Notice title="No lines">No line within an hour names this request.</Notice>}
      {first && <LogView rows={rows} columns={[]} since={first.timeMs} />}
    </div>
  );
}
