import uPlot from "uplot";
import { cssColor } from "../grafana/colors.ts";
import type { FieldConfig } from "../grafana/dashboard.ts";
import { formatText } from "../grafana/units.ts";
import { cssValue, faded, pale } from "./css-value.ts";
import type { Annotation } from "./panel-context.ts";
import type { Series } from "./series.ts";

export interface ChartInput {
  readonly series: readonly Series[];
  readonly config: FieldConfig;
  readonly annotations: readonly Annotation[];
  readonly range: { readonly from: number; readonly to: number };
  readonly stacked: boolean;
  readonly onCursor: (index: number | undefined, left: number, top: number) => void;
  /** Milliseconds since 1970. */
  readonly onSelect: (from: number, to: number) => void;
}

/** What uPlot is to draw, without its size. */
export function chartOptions(input: ChartInput): Omit<uPlot.Options, "width" | "height"> {
  const { config, range } = input;
  return {
    legend: { show: false },
    cursor: { points: { size: 6 }, drag: { x: true, y: false, setScale: false }, y: false },
    scales: {
      // The last step ends behind the range; left out, it would not count for the height, and be cut off.
      x: { time: true, range: (_plot, _first, last) => [range.from / 1000, Math.max(range.to / 1000, last)] },
      y: { range: (_plot, least, most) => valueRange(least, most, config) },
    },
    axes: [
      { ...axis(), size: 26, values: (_plot, seconds) => seconds.map((second) => clock(second, range)) },
      {
        ...axis(),
        size: 62,
        values: (_plot, values) => values.map((value) => formatText(value, config.unit, config.decimals)),
      },
    ],
    series: [{}, ...input.series.map((series) => line(series, input.stacked))],
    hooks: {
      drawClear: [(plot) => drawThresholds(plot, config)],
      draw: [(plot) => drawAnnotations(plot, input.annotations)],
      setCursor: [
        ({ cursor }) => input.onCursor(cursor.idx ?? undefined, cursor.left ?? -1, cursor.top ?? -1),
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          input.onSelect(plot.posToVal(left, "x") * 1000, plot.posToVal(left + width, "x") * 1000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

function axis(): uPlot.Axis {
  return {
    stroke: cssValue("var(--text-muted)"),
    font: "11px system-ui, sans-serif",
    grid: { stroke: cssValue("var(--grid)"), width: 1 },
    ticks: { show: false },
    gap: 6,
  };
}

/** From zero where all is above it, so that heights compare; a flat line gets some room. */
function valueRange(least: number | null, most: number | null, { min, max }: FieldConfig): [number, number] {
  const low = min ?? Math.min(0, least ?? 0);
  const high = max ?? (most === null || most <= low ? low + 1 : most + (most - low) * 0.06);
  return [low, high > low ? high : low + 1];
}

function line({ color, field, name }: Series, stacked: boolean): uPlot.Series {
  const { drawStyle, fillOpacity, lineWidth, lineStyle, lineInterpolation } = field.config?.custom ?? {};
  const stroke = cssValue(color);
  const fill = typeof fillOpacity === "number" && fillOpacity > 0 ? fillOpacity / 100 : 0;
  const dashed = (lineStyle as { readonly fill?: string } | undefined)?.fill === "dash";
  return {
    label: name,
    stroke,
    width: typeof lineWidth === "number" ? lineWidth : 1.5,
    ...(fill > 0 && { fill: stacked ? pale(stroke, cssValue("var(--surface)"), 0.55) : faded(stroke, fill) }),
    ...(dashed && { dash: [6, 5] }),
    ...(drawStyle === "bars" &&
      uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.75, 40], align: 1 }) }),
    ...(drawStyle === "points" && { paths: () => null }),
    ...(lineInterpolation === "stepAfter" &&
      drawStyle !== "bars" &&
      uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
    points: {
      show: drawStyle === "points" ? true : (_plot, index) => isLone(field.values, index),
      size: 5,
      fill: stroke,
    },
  };
}

/** A single sample has no line, and would not be seen. */
function isLone(values: readonly unknown[], _index: number): boolean {
  return values.length <= 2;
}

function drawThresholds(plot: uPlot, { thresholds, custom }: FieldConfig): void {
  const { mode } = (custom?.["thresholdsStyle"] as { readonly mode?: string } | undefined) ?? {};
  if (!mode || mode === "off") return;
  for (const { value, color } of thresholds?.steps ?? []) {
    if (value === null) continue;
    const y = plot.valToPos(value, "y", true);
    const { left, top, width, height } = plot.bbox;
    if (y < top || y > top + height) continue;
    stroke(plot.ctx, cssValue(cssColor(color)), [left, y, left + width, y]);
  }
}

function drawAnnotations(plot: uPlot, annotations: readonly Annotation[]): void {
  const { left, top, width, height } = plot.bbox;
  for (const { timeMs, color } of annotations) {
    const x = plot.valToPos(timeMs / 1000, "x", true);
    if (x >= left && x <= left + width) stroke(plot.ctx, cssValue(color), [x, top, x, top + height]);
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  color: string,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = devicePixelRatio;
  context.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.restore();
}

/** On the 24-hour clock, with seconds where the range is short and the day where it is long. */
function clock(seconds: number, { from, to }: ChartInput["range"]): string {
  const text = new Date(seconds * 1000).toLocaleString("sv-SE");
  const long = to - from > 86_400_000;
  return long ? text.slice(5, 16) : text.slice(11, to - from > 600_000 ? 16 : 19);
}
