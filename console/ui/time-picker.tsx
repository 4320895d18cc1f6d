import type { JSX } from "preact";
import { useState } from "preact/hooks";
import {
  describeTimeRange,
  quickRanges,
  type RawTimeRange,
  resolveTimeRange,
} from "../grafana/time-range.ts";
import { moveFocus } from "./choice.tsx";
import { Popover } from "./popover.tsx";

export interface TimePickerProps {
  readonly range: RawTimeRange;
  readonly onChange: (range: RawTimeRange) => void;
}

export function TimePicker({ range, onChange }: TimePickerProps): JSX.Element {
  return (
    <Popover
      title="Time range"
      icon="clock"
      align="end"
      label={<span class="time-text">{describeTimeRange(range)}</span>}
      class="time-picker"
    >
      {(close) => {
        const choose = (next: RawTimeRange): void => {
          onChange(next);
          close();
        };
        return (
          <div class="time-box">
            <Absolute range={range} onChange={choose} />
            <div class="menu" role="listbox" aria-label="Relative ranges" onKeyDown={moveFocus}>
              {quickRanges.map(({ from, to, text }) => (
                <button
                  key={from}
                  type="button"
                  role="option"
                  class="menu-item"
                  aria-selected={from === range.from && to === range.to}
                  onClick={() => choose({ from, to })}
                >
                  {text}
                </button>
              ))}
            </div>
          </div>
        );
      }}
    </Popover>
  );
}

/** Both ends as text: `now-90m`, `2026-11-25 10:00`. */
function Absolute({ range, onChange }: TimePickerProps): JSX.Element {
  const [from, setFrom] = useState(asText(range.from));
  const [to, setTo] = useState(asText(range.to));
  const valid = resolveTimeRange({ from, to }, Date.now()) !== undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (valid) onChange({ from, to });
  };
  return (
    <form class="time-absolute" onSubmit={submit}>
      <label>
        From
        <input
          class="field"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
          spellcheck={false}
        />
      </label>
      <label>
        To
        <input
          class="field"
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
          spellcheck={false}
        />
      </label>
      {!valid && <p class="field-error">Write now-90m or 2026-11-25 10:00, and the start before the end.</p>}
      <button type="submit" class="button primary" disabled={!valid}>
        Apply
      </button>
    </form>
  );
}

function asText(end: string): string {
  return /^\d{9,}$/.test(end) ? new Date(Number(end)).toLocaleString("sv-SE") : end;
}
