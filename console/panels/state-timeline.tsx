import type { JSX } from "preact";
import { seriesColor } from "../grafana/colors.ts";
import { displayValue } from "../grafana/display-value.ts";
import { displayName, type Field, type Frame } from "../grafana/frame.ts";
import { visibleText } from "../grafana/visible-text.ts";
import type { PanelViewProps } from "./panel-view.ts";

interface Span {
  readonly value: unknown;
  readonly from: number;
  readonly to: number;
}

export function StateTimeline({ frames, context }: PanelViewProps): JSX.Element {
  const { from, to } = context.range;
  const share = (ms: number): number => ((Math.min(Math.max(ms, from), to) - from) / (to - from)) * 100;
  const lanes = frames.flatMap((frame) =>
    frame.fields
      .filter(({ type }) => type === "number" || type === "string")
      .map((field) => ({ frame, field })),
  );
  return (
    <ul class="lanes">
      {lanes.map(({ frame, field }, lane) => (
        <li key={lane}>
          <span class="bar-name" title={visibleText(displayName(field, frame))}>
            {visibleText(displayName(field, frame))}
          </span>
          <span class="lane">
            {toSpans(frame, field, to).map((span) => {
              const { text, suffix, color } = displayValue(span.value, field.config);
              const title = `${text}${suffix}, from ${new Date(span.from).toLocaleTimeString("sv-SE")} to ${new Date(span.to).toLocaleTimeString("sv-SE")}`;
              return (
                <i
                  key={span.from}
                  title={title}
                  style={{
                    left: `${share(span.from)}%`,
                    width: `${share(span.to) - share(span.from)}%`,
                    background: color ?? seriesColor(0),
                  }}
                >
                  {text + suffix}
                </i>
              );
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Samples of one value after another become a span; it lasts to the next sample, or one step beyond the last. */
export function toSpans(frame: Frame, field: Field, end: number): readonly Span[] {
  const times = (frame.fields.find(({ type }) => type === "time")?.values ?? []) as readonly number[];
  const step =
    times.length > 1 ? Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0))) : 60_000;
  const spans: Span[] = [];
  times.forEach((from, index) => {
    const to = Math.min(times[index + 1] ?? end, from + step * 1.5, end);
    const value = field.values[index];
    const last = spans.at(-1);
    if (value === null || value === undefined || Number.isNaN(value)) return;
    if (last && last.value === value && from - last.to <= step) spans[spans.length - 1] = { ...last, to };
    else spans.push({ value, from, to });
  });
  return spans;
}
