import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** A state in place of content: why there is nothing, and what one can do. */
export function Notice({
  icon = "info",
  title,
  children,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="notice">
      <Icon name={icon} />
      <strong>{title}</strong>
      {children && <div class="notice-text">{children}</div>}
    </div>
  );
}

/** What failed: the reason first, then the query that was asked. */
export function ErrorNotice({ error, what }: { readonly error: Error; readonly what: string }): JSX.Element {
  const query = "query" in error ? String(error.query) : "";
  return (
    <div class="notice error" role="alert">
      <Icon name="errors" />
      <strong>{what}</strong>
      <div class="notice-text">{error.message}</div>
      {query !== "" && <code class="notice-query">{query}</code>}
    </div>
  );
}
