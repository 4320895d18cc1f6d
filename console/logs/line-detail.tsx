import type { JSX } from "preact";
import { visibleText } from "../grafana/visible-text.ts";
import { Button } from "../ui/button.tsx";
import type { LogLine } from "./line.ts";
import type { Filter } from "./log-query.ts";

export interface LineDetailProps {
  readonly line: LogLine;
  readonly continued: readonly LogLine[];
  /** Missing where there is nothing to filter. */
  readonly onFilter?: (filter: Filter) => void;
  readonly onColumn?: (field: string) => void;
}

/** All that a line says: its fields, each to filter by, and its text as it was written. */
export function LineDetail({ line, continued, onFilter, onColumn }: LineDetailProps): JSX.Element {
  const request = line.fields["request_id"] ?? line.labels["request_id"];
  const fields = Object.entries({ ...line.labels, ...line.fields });
  return (
    <div class="detail">
      <p class="detail-time">
        {new Date(line.timeMs).toLocaleString("sv-SE")}.{String(line.timeMs % 1000).padStart(3, "0")}
        {request !== undefined && (
          <a class="button" href={requestHref(String(request), line.timeMs)}>
            All lines of this request
          </a>
        )}
      </p>
      <p class="detail-message">{line.message}</p>
      {continued.length > 0 && <pre>{continued.map(({ text }) => visibleText(text)).join("\n")}</pre>}
      {typeof line.fields["exception_stacktrace"] === "string" && (
        <pre class="stack">{visibleText(line.fields["exception_stacktrace"])}</pre>
      )}
      <dl>
        {fields.map(([name, value]) => (
          <div key={name} data-field={name}>
            <dt>{name}</dt>
            <dd>
              {visibleText(String(value))}
              {onFilter && (
                <span class="detail-actions">
                  <Button
                    icon="plus"
                    kind="quiet"
                    title={`Only ${name} = ${value}`}
                    onClick={() => onFilter({ field: name, operator: "=", value: String(value) })}
                  />
                  <Button
                    icon="minus"
                    kind="quiet"
                    title={`Without ${name} = ${value}`}
                    onClick={() => onFilter({ field: name, operator: "!=", value: String(value) })}
                  />
                  {onColumn && (
                    <Button
                      icon="columns"
                      kind="quiet"
                      title={`Column ${name}`}
                      onClick={() => onColumn(name)}
                    />
                  )}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>The line as written</summary>
        <pre>{visibleText(line.text)}</pre>
      </details>
    </div>
  );
}

/** The page of a request, and when to look for it. */
export function requestHref(id: string, timeMs: number): string {
  return `#/request/${encodeURIComponent(id)}?at=${timeMs}`;
}
