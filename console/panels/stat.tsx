import type { JSX } from "preact";
import { displayValue } from "../grafana/display-value.ts";
import { displayName, type Field, type Frame, numbers } from "../grafana/frame.ts";
import { calculate } from "../grafana/reduce.ts";
import { visibleText } from "../grafana/visible-text.ts";
import type { PanelViewProps } from "./panel-view.ts";
import { isHidden } from "./series.ts";
import { Sparkline } from "./sparkline.tsx";
import { ValueLink } from "./value-link.tsx";

interface Shown {
  readonly field: Field;
  readonly frame: Frame;
  readonly value: number;
}

export function Stat({ panel, frames, context }: PanelViewProps): JSX.Element {
  const options = panel.options ?? {};
  const { calcs = ["lastNotNull"] } = (options["reduceOptions"] ?? {}) as {
    readonly calcs?: readonly string[];
  };
  const shown = frames.flatMap((frame) =>
    frame.fields
      .filter((field) => field.type === "number" && !isHidden(field))
      .map((field): Shown => ({ field, frame, value: calculate(calcs[0] ?? "lastNotNull", numbers(field)) })),
  );
  const named =
    options["textMode"] === "value_and_name" || options["textMode"] === "name" || shown.length > 1;
  return (
    <div class={`stats ${shown.length > 3 ? "many" : ""}`}>
      {shown.map(({ field, frame, value }, index) => {
        const { text, suffix, color } = displayValue(value, field.config);
        const filled = options["colorMode"] === "background" && color !== undefined;
        return (
          <div
            key={index}
            class={`stat ${filled ? "filled" : ""}`}
            style={{ "--stat": color ?? "var(--text)" }}
          >
            {options["graphMode"] === "area" && field.values.length > 2 && (
              <Sparkline values={numbers(field)} />
            )}
            {named && <div class="stat-name">{visibleText(displayName(field, frame))}</div>}
            <ValueLink
              panel={panel}
              context={context}
              field={field}
              frame={frame}
              row={field.values.length - 1}
            >
              <span class="stat-value">
                {text}
                <small>{suffix}</small>
              </span>
            </ValueLink>
          </div>
        );
      })}
    </div>
  );
}
