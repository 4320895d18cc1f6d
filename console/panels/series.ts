import { cssColor, seriesColor, thresholdColor } from "../grafana/colors.ts";
import { displayName, type Field, type Frame, numbers } from "../grafana/frame.ts";
import { calculate } from "../grafana/reduce.ts";
import { visibleText } from "../grafana/visible-text.ts";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly color: string;
  readonly field: Field;
  readonly frame: Frame;
  readonly values: readonly number[];
}

/** All number fields of all frames, each with its name and colour. */
export function toSeries(frames: readonly Frame[]): readonly Series[] {
  const all = frames.flatMap((frame) =>
    frame.fields.filter(({ type }) => type === "number").map((field) => ({ frame, field })),
  );
  return all
    .filter(({ field }) => !isHidden(field))
    .map(({ frame, field }, index) => ({
      // A label without a value makes an empty name, and a button that says nothing.
      name: visibleText(displayName(field, frame)) || "–",
      color: colorOf(field, index),
      field,
      frame,
      values: numbers(field),
    }));
}

export function isHidden(field: Field): boolean {
  const hide = field.config?.custom?.["hideFrom"] as { readonly viz?: boolean } | undefined;
  return hide?.viz === true;
}

function colorOf(field: Field, index: number): string {
  const { mode, fixedColor } = field.config?.color ?? {};
  if ((mode === "fixed" || mode === "shades") && fixedColor) return cssColor(fixedColor);
  if (mode === "thresholds") {
    const value = calculate("lastNotNull", numbers(field));
    return (
      thresholdColor(field.config?.thresholds, value, value / (field.config?.max ?? 100)) ??
      seriesColor(index)
    );
  }
  return seriesColor(index);
}
