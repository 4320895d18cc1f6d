import type { JSX } from "preact";
import type { Loki } from "../api/loki.ts";
import { chooseInterval } from "../grafana/interval.ts";
import type { RawTimeRange, TimeRange } from "../grafana/time-range.ts";
import { useAsync } from "../ui/use-async.ts";
import { type Level, levels } from "./line.ts";
import { toVolumeLogql } from "./log-query.ts";

export interface VolumeProps {
  readonly loki: Loki;
  readonly logql: string;
  readonly range: TimeRange;
  readonly version: number;
  readonly onRange: (range: RawTimeRange) => void;
}

interface Bucket {
  readonly end: number;
  readonly counts: ReadonlyMap<Level, number>;
  readonly total: number;
}

/** How many lines there are over the range, by level; a click goes into a bar. */
export function Volume({ loki, logql, range, version, onRange }: VolumeProps): JSX.Element {
  const step = chooseInterval(range, 80, "1s");
  const { value = [] } = useAsync(JSON.stringify([logql, range, version]), async (signal) => {
    const aligned = {
      from: Math.floor(range.from / step) * step + step,
      to: Math.ceil(range.to / step) * step,
    };
    const data = await loki.queryRange({ expr: toVolumeLogql(logql, `${step}ms`), ...aligned, step, signal });
    return data.resultType === "matrix" ? toBuckets(data.result) : [];
  });
  const most = Math.max(1, ...value.map(({ total }) => total));
  const share = (ms: number): number => ((ms - range.from) / (range.to - range.from)) * 100;
  return (
    <section class="volume" aria-label="Lines over time">
      {value.map(({ end, counts, total }) => (
        <button
          key={end}
          type="button"
          tabIndex={-1}
          title={`${total} lines until ${new Date(end).toLocaleTimeString("sv-SE")}`}
          style={{
            left: `${Math.max(0, share(end - step))}%`,
            width: `calc(${(step / (range.to - range.from)) * 100}% - 1px)`,
          }}
          onClick={() => onRange({ from: String(end - step), to: String(end) })}
        >
          {levels.map((level) => {
            const height = ((counts.get(level) ?? 0) / most) * 100;
            return height > 0 && <i key={level} class={`level-${level}`} style={{ height: `${height}%` }} />;
          })}
        </button>
      ))}
    </section>
  );
}

function toBuckets(
  series: readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [number, string])[];
  }[],
): readonly Bucket[] {
  const buckets = new Map<number, Map<Level, number>>();
  for (const { metric, values } of series) {
    const level = levels.find((known) => known === metric["level"]) ?? "unknown";
    for (const [seconds, count] of values) {
      const counts = buckets.get(seconds * 1000) ?? new Map<Level, number>();
      buckets.set(seconds * 1000, counts.set(level, (counts.get(level) ?? 0) + Number(count)));
    }
  }
  return [...buckets].map(([end, counts]) => ({
    end,
    counts,
    total: [...counts.values()].reduce((a, b) => a + b, 0),
  }));
}
