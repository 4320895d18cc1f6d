import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { displayValue } from "../grafana/display-value.ts";
import { displayName, type Field, type Frame, frameLength } from "../grafana/frame.ts";
import { visibleText } from "../grafana/visible-text.ts";
import type { PanelViewProps } from "./panel-view.ts";
import { ValueLink } from "./value-link.tsx";

interface Sort {
  readonly name: string;
  readonly down: boolean;
}

const mostRows = 500;

export function Table({ panel, frames, context }: PanelViewProps): JSX.Element | null {
  const [first] = (panel.options?.["sortBy"] ?? []) as readonly {
    readonly displayName?: string;
    readonly desc?: boolean;
  }[];
  const [sort, setSort] = useState<Sort>({ name: first?.displayName ?? "", down: first?.desc === true });
  const frame = frames.find((candidate) => frameLength(candidate) > 0);
  if (!frame) return null;
  const fields = frame.fields.filter(
    (field) => field.type !== "other" && field.config?.custom?.["hidden"] !== true,
  );
  const rows = sortedRows(frame, sort).slice(0, mostRows);
  return (
    <div class="table-box">
      <table>
        <thead>
          <tr>
            {fields.map((field) => (
              <Heading key={field.name} field={field} frame={frame} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {fields.map((field) => (
                <Cell key={field.name} {...{ panel, context, field, frame, row }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  readonly field: Field;
  readonly frame: Frame;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function Heading({ field, frame, sort, onSort }: HeadingProps): JSX.Element {
  const name = displayName(field, frame);
  const active = sort.name === name;
  return (
    <th
      class={field.type === "number" ? "number" : ""}
      aria-sort={active ? (sort.down ? "descending" : "ascending") : "none"}
    >
      <button type="button" onClick={() => onSort({ name, down: active ? !sort.down : true })}>
        {visibleText(name)}
        {active && (sort.down ? " ↓" : " ↑")}
      </button>
    </th>
  );
}

function Cell(props: Omit<Parameters<typeof ValueLink>[0], "children">): JSX.Element {
  const { field, row } = props;
  const value = field.values[row];
  const config =
    field.type === "time" && !field.config?.unit
      ? { ...field.config, unit: "dateTimeAsLocal" }
      : field.config;
  const { text, suffix, color } = displayValue(value, config);
  return (
    <td
      class={field.type === "number" ? "number" : ""}
      title={text + suffix}
      style={isColored(field) ? { color } : {}}
    >
      <ValueLink {...props}>{text + suffix}</ValueLink>
    </td>
  );
}

function isColored({ config }: Field): boolean {
  const cell = config?.custom?.["cellOptions"] as { readonly type?: string } | undefined;
  return (config?.mappings ?? []).length > 0 || (cell?.type ?? "auto").startsWith("color");
}

function sortedRows(frame: Frame, { name, down }: Sort): readonly number[] {
  const rows = Array.from({ length: frameLength(frame) }, (_, row) => row);
  const field = frame.fields.find((candidate) => displayName(candidate, frame) === name);
  if (!field) return rows;
  const order = rows.toSorted((a, b) => compare(field.values[a], field.values[b]));
  return down ? order.toReversed() : order;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true });
}
