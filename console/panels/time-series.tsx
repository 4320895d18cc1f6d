import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { formatText } from "../grafana/units.ts";
import { useSize } from "../ui/use-size.ts";
import { type AlignedSeries, alignSeries, stackValues } from "./align-series.ts";
import { chartOptions } from "./chart-options.ts";
import { Legend } from "./legend.tsx";
import type { PanelViewProps } from "./panel-view.ts";
import { type Series, toSeries } from "./series.ts";

interface Cursor {
  readonly index: number;
  readonly left: number;
  readonly top: number;
}

export function TimeSeries({ panel, frames, context }: PanelViewProps): JSX.Element {
  const [alone, setAlone] = useState<string>();
  const [cursor, setCursor] = useState<Cursor>();
  const [box, size] = useSize<HTMLDivElement>();
  const all = useMemo(() => toSeries(frames), [frames]);
  const only = all.filter(({ name }) => name === alone);
  const series = only.length > 0 ? only : all;
  const stacked = isStacked(series);
  const aligned = useMemo(() => alignSeries(series), [frames, alone]);
  const { options = {} } = panel;
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!host.current || size.width === 0) return;
    const values = stacked ? stackValues(aligned.values) : aligned.values;
    // Stacked, the sums are drawn from the highest down, so that each line's own part stays in sight.
    const drawn = stacked
      ? series.map((_, index) => series.length - 1 - index)
      : series.map((_, index) => index);
    const plot = new uPlot(
      {
        ...chartOptions({
          series: drawn.flatMap((index) => series[index] ?? []),
          config: series[0]?.field.config ?? panel.fieldConfig?.defaults ?? {},
          annotations: context.annotations,
          range: context.range,
          stacked,
          onCursor: (index, left, top) =>
            setCursor(index === undefined || left < 0 ? undefined : { index, left, top }),
          onSelect: (from, to) =>
            context.onRange({ from: String(Math.round(from)), to: String(Math.round(to)) }),
        }),
        width: size.width,
        height: size.height,
      },
      [[...aligned.times], ...drawn.map((index) => [...(values[index] ?? [])])],
      host.current,
    );
    return () => plot.destroy();
  }, [aligned, size, context.theme, context.annotations, context.range]);

  const legend = options["legend"] as
    | { readonly showLegend?: boolean; readonly calcs?: readonly string[] }
    | undefined;
  return (
    <div class="chart">
      <div class="plot" ref={box}>
        <div
          ref={host}
          role="img"
          aria-label={`${all.length} series: ${all.map(({ name }) => name).join(", ")}`}
        />
        {cursor && <Tooltip cursor={cursor} series={series} aligned={aligned} width={size.width} />}
      </div>
      {legend?.showLegend !== false && (
        <Legend
          series={all}
          calcs={legend?.calcs ?? []}
          alone={alone}
          onPick={(name) => setAlone(name === alone ? undefined : name)}
        />
      )}
    </div>
  );
}

function isStacked(series: readonly Series[]): boolean {
  const stacking = series[0]?.field.config?.custom?.["stacking"] as { readonly mode?: string } | undefined;
  return stacking?.mode === "normal" || stacking?.mode === "percent";
}

interface TooltipProps {
  readonly cursor: Cursor;
  readonly series: readonly Series[];
  readonly aligned: AlignedSeries;
  readonly width: number;
}

function Tooltip({ cursor, series, aligned, width }: TooltipProps): JSX.Element {
  const { index, left, top } = cursor;
  const rows = series
    .map((one, at) => ({ ...one, value: aligned.values[at]?.[index] }))
    .filter(({ value }) => value !== null && value !== undefined)
    .toSorted((a, b) => Number(b.value) - Number(a.value))
    .slice(0, 12);
  const style = left > width / 2 ? { right: `${width - left - 50}px` } : { left: `${left + 78}px` };
  return (
    <div class="tooltip" style={{ ...style, top: `${Math.max(0, top - 20)}px` }}>
      <strong>{new Date((aligned.times[index] ?? 0) * 1000).toLocaleString("sv-SE")}</strong>
      {rows.map(({ name, color, value, field }) => (
        <div key={name}>
          <i style={{ background: color }} />
          <span>{name}</span>
          <b>{formatText(Number(value), field.config?.unit, field.config?.decimals)}</b>
        </div>
      ))}
    </div>
  );
}
