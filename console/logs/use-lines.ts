import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError } from "../api/http.ts";
import type { Loki } from "../api/loki.ts";
import { followTail, type TailState } from "../api/tail.ts";
import type { TimeRange } from "../grafana/time-range.ts";
import { type Loadable, useAsync } from "../ui/use-async.ts";
import { type LogLine, readStreams } from "./line.ts";
import { mergeLines } from "./merge-lines.ts";

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
  /** More lines came at a time than the server sends on; the store has them. */
  readonly leftOut: boolean;
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
    return mergeLines([], readStreams(data.result), lineLimit);
  });
  const [fresh, setFresh] = useState<readonly LogLine[]>([]);
  const [tail, setTail] = useState<TailState>();
  const [leftOut, setLeftOut] = useState(false);
  useEffect(() => {
    setFresh([]);
    setLeftOut(false);
    if (!live) return setTail(undefined);
    let waiting: LogLine[] = [];
    // Once a frame: thousands of lines a second must not draw thousands of times.
    let frame = 0;
    const flush = (): void => {
      frame = 0;
      const taken = waiting;
      waiting = [];
      setFresh((before) => mergeLines(before, taken, keptLive));
    };
    const end = followTail(() => loki.tailUrl(logql, Date.now() - 5000), {
      onState: setTail,
      onStreams: (streams, lost) => {
        waiting.push(...readStreams(streams));
        if (lost) setLeftOut(true);
        frame ||= requestAnimationFrame(flush);
      },
    });
    return () => {
      end();
      cancelAnimationFrame(frame);
    };
  }, [logql, live]);
  const value = useMemo(() => asked.value && mergeLines(asked.value, fresh, keptLive), [asked.value, fresh]);
  return { ...asked, value, tail, leftOut };
}
