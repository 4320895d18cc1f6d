import type { JSX } from "preact";
import { calculate, calculationText } from "../grafana/reduce.ts";
import { formatText } from "../grafana/units.ts";
import type { Series } from "./series.ts";

export interface LegendProps {
  readonly series: readonly Series[];
  readonly calcs: readonly string[];
  /** The one that is shown alone. */
  readonly alone: string | undefined;
  readonly onPick: (name: string) => void;
}

/** The names of the lines; a click shows one of them alone, another all again. */
export function Legend({ series, calcs, alone, onPick }: LegendProps): JSX.Element {
  return (
    <ul class="legend">
      {series.map(({ name, color, values, field }) => (
        <li key={name}>
          <button
            type="button"
            class={alone === undefined || alone === name ? "" : "off"}
            aria-pressed={alone === name}
            title={name}
            onClick={() => onPick(name)}
          >
            <i style={{ background: color }} />
            <span>{name}</span>
            {calcs.map((calc) => (
              <em key={calc}>
                {calculationText(calc)}{" "}
                {formatText(calculate(calc, values), field.config?.unit, field.config?.decimals)}
              </em>
            ))}
          </button>
        </li>
      ))}
    </ul>
  );
}
