import type { JSX } from "preact";
import { seriesColor } from "../grafana/colors.ts";
import { displayValue } from "../grafana/display-value.ts";
import { displayName, type Field, type Frame, frameLength, numbers } from "../grafana/frame.ts";
import { calculate } from "../grafana/reduce.ts";
import { visibleText } from "../grafana/visible-text.ts";
import type { PanelViewProps } from "./panel-view.ts";
import { isHidden } from "./series.ts";
import { ValueLink } from "./value-link.tsx";

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly field: Field;
  readonly frame: Frame;
  readonly row: number;
}

/** Lying bars: a name of any length has room beside its own. */
export function BarChart({ panel, frames, context }: PanelViewProps): JSX.Element {
  const bars = frames.flatMap((frame) => barsOf(frame, String(panel.options?.["xField"] ?? "")));
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return (
    <ul class="bars">
      {bars.map(({ name, value, field, frame, row }) => {
        const { text, suffix, color } = displayValue(value, field.config);
        const thresholds =
          field.config?.color?.mode === "thresholds" || field.config?.color?.mode === "fixed";
        return (
          <li key={`${name} ${field.name}`}>
            <span class="bar-name" title={name}>
              <ValueLink {...{ panel, context, field, frame, row }}>{name}</ValueLink>
            </span>
            <span class="bar-track">
              <i
                style={{
                  width: `${(Math.max(0, value) / most) * 100}%`,
                  background: (thresholds && color) || seriesColor(0),
                }}
              />
            </span>
            <b>{text + suffix}</b>
          </li>
        );
      })}
    </ul>
  );
}

/** A row a bar where a column names the rows; else a bar a series. */
function barsOf(frame: Frame, xField: string): readonly Bar[] {
  const values = frame.fields.filter((field) => field.type === "number" && !isHidden(field));
  const names =
    frame.fields.find(
      (field) => field.type === "string" && (field.name === xField || displayName(field, frame) === xField),
    ) ?? frame.fields.find(({ type }) => type === "string");
  if (!names) {
    return values.map((field) => ({
      name: visibleText(displayName(field, frame)),
      value: calculate("lastNotNull", numbers(field)),
      field,
      frame,
      row: field.values.length - 1,
    }));
  }
  const several = values.length > 1;
  return Array.from({ length: frameLength(frame) }, (_, row) => row).flatMap((row) =>
    values.map((field) => ({
      name: visibleText(`${names.values[row]}${several ? ` · ${displayName(field, frame)}` : ""}`),
      value: Number(field.values[row] ?? Number.NaN),
      field,
      frame,
      row,
    })),
  );
}
