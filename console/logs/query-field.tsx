import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface QueryFieldProps {
  readonly query: string;
  /** Told when the query is finished, by Enter or by leaving the field. */
  readonly onChange: (query: string) => void;
}

/** A query to write. What is typed is the field's own until it is finished: the page draws itself anew meanwhile. */
export function QueryField({ query, onChange }: QueryFieldProps): JSX.Element {
  const [draft, setDraft] = useState(query);
  useEffect(() => setDraft(query), [query]);
  return (
    <input
      class="field search code"
      aria-label="LogQL"
      value={draft}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      spellcheck={false}
    />
  );
}
