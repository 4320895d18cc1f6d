import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError } from "../api/http.ts";
import type { Loki } from "../api/loki.ts";
import { followTail, type TailState } from "../api/tail.ts";
import type { TimeRange } from "../grafana/time-range.ts";
import { type Loadable, useAsync } from "../ui/use-async.ts";
import { type LogLine, readStreams } from "./line.ts";

export interface LinesQuery {
  readonly loki: Loki;
  readonly logql: string;
  readonly range: TimeRange;
  readonly version: number;
  readonly live: boolean;
}

export const lineLimit = 1000;
const keptLive = 5000;

export interface Lines extends Loadable<readonly LogLine[]> {
  readonly tail: TailState | undefined;
}

/** The lines of a query, oldest first: the newest of the range, and those that come while it is live. */
export function useLines({ loki, logql, range, version, live }: LinesQuery): Lines {
  const asked = useAsync(JSON.stringify([logql, range, version]), async (signal) => {
    const data = await loki.queryRange({
      expr: logql,
      ...range,
      limit: lineLimit,
      direction: "backward",
      signal,
    });
    if (data.resultType !== "streams")
      throw new ApiError("The query gives numbers, not lines", { query: logql, status: 200 });
    return sorted(readStreams(data.result));
  });
  const [fresh, setFresh] = useState<readonly LogLine[]>([]);
  const [tail, setTail] = useState<TailState>();
  useEffect(() => {
    setFresh([]);
    if (!live) return setTail(undefined);
    let waiting: LogLine[] = [];
    // Once a frame: thousands of lines a second must not draw thousands of times.
    let frame = 0;
    const flush = (): void => {
      frame = 0;
      const taken = waiting;
      waiting = [];
      setFresh((before) => sorted([...before, ...taken]).slice(-keptLive));
    };
    const end = followTail(() => loki.tailUrl(logql, Date.now() - 5000), {
      onState: setTail,
      onStreams: (streams) => {
        waiting.push(...readStreams(streams));
        frame ||= requestAnimationFrame(flush);
      },
    });
    return () => {
      end();
      cancelAnimationFrame(frame);
    };
  }, [logql, live]);
  const value = useMemo(() => asked.value && unique([...asked.value, ...fresh]), [asked.value, fresh]);
  return { ...asked, value, tail };
}

function sorted(lines: readonly LogLine[]): readonly LogLine[] {
  return lines.toSorted((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0));
}

function unique(lines: readonly LogLine[]): readonly LogLine[] {
  return sorted([...new Map(lines.map((line) => [line.id, line])).values()]).slice(-keptLive);
}
