import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Popover } from "./popover.tsx";

export interface ChoiceOption {
  readonly text: string;
  readonly value: string;
}

export interface ChoiceProps {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly chosen: readonly string[];
  readonly multi: boolean;
  /** What is chosen when nothing is ticked, and its text. */
  readonly all?: ChoiceOption;
  readonly onChange: (chosen: readonly string[]) => void;
}

const longList = 8;

/** A list to choose one or several of, with a search field when it is long. */
export function Choice({ label, options, chosen, multi, all, onChange }: ChoiceProps): JSX.Element {
  const every = all === undefined ? options : [all, ...options];
  const shown = chosen.map((value) => every.find((option) => option.value === value)?.text ?? value);
  const text =
    shown.length === 0
      ? (all?.text ?? "None")
      : shown.length > 2
        ? `${shown.length} chosen`
        : shown.join(", ");
  return (
    <Popover
      title={`${label}: ${shown.join(", ") || text}`}
      class="choice"
      label={
        <>
          <span class="choice-label">{label}</span>
          <span class="choice-text">{text}</span>
        </>
      }
    >
      {(close) => (
        <ChoiceList
          options={every}
          chosen={chosen}
          multi={multi}
          onPick={(value) => {
            onChange(pick(value, chosen, multi, all?.value));
            if (!multi || value === all?.value) close();
          }}
        />
      )}
    </Popover>
  );
}

interface ChoiceListProps {
  readonly options: readonly ChoiceOption[];
  readonly chosen: readonly string[];
  readonly multi: boolean;
  readonly onPick: (value: string) => void;
}

function ChoiceList({ options, chosen, multi, onPick }: ChoiceListProps): JSX.Element {
  const [search, setSearch] = useState("");
  const found = options.filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()));
  return (
    <>
      {options.length > longList && (
        <input
          class="field"
          type="search"
          placeholder="Search"
          aria-label="Search"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div class="menu" role="listbox" aria-multiselectable={multi} onKeyDown={moveFocus}>
        {found.map(({ text, value }) => (
          <button
            key={value}
            type="button"
            role="option"
            class={`menu-item ${multi ? "tick" : ""}`}
            aria-selected={chosen.includes(value)}
            onClick={() => onPick(value)}
          >
            {text === "" ? "(empty)" : text}
          </button>
        ))}
        {found.length === 0 && (
          <p class="menu-empty">
            {options.length === 0 ? "No values in this time range" : "Nothing matches"}
          </p>
        )}
      </div>
    </>
  );
}

/** Arrow keys go through the buttons of a menu. */
export function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus();
}

function pick(
  value: string,
  chosen: readonly string[],
  multi: boolean,
  all: string | undefined,
): readonly string[] {
  if (!multi || value === all) return [value];
  const rest = chosen.filter((item) => item !== all && item !== value);
  const next = chosen.includes(value) ? rest : [...rest, value];
  return next.length === 0 && all !== undefined ? [all] : next;
}
