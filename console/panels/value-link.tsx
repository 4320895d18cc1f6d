import type { ComponentChildren, JSX } from "preact";
import type { Panel } from "../grafana/dashboard.ts";
import { isSafeUrl, resolveLink } from "../grafana/data-link.ts";
import type { Field, Frame } from "../grafana/frame.ts";
import { routeOfLink } from "../route/route.ts";
import type { PanelContext } from "./panel-context.ts";

export interface ValueLinkProps {
  readonly panel: Panel;
  readonly context: PanelContext;
  readonly field: Field;
  readonly frame: Frame;
  readonly row: number;
  readonly children: ComponentChildren;
}

/** A value, as a link where its field or its panel has one that the console can follow. */
export function ValueLink({ panel, context, field, frame, row, children }: ValueLinkProps): JSX.Element {
  const link = field.config?.links?.[0] ?? panel.links?.[0];
  if (!link) return <>{children}</>;
  const { variables, rawRange } = context;
  const { title, url } = resolveLink(link, {
    variables,
    from: rawRange.from,
    to: rawRange.to,
    frame,
    field,
    row,
  });
  const address = routeOfLink(url) ?? exploreRoute(url);
  if (address)
    return (
      <a href={address} title={title}>
        {children}
      </a>
    );
  if (!isSafeUrl(url) || url.startsWith("/")) return <>{children}</>;
  return (
    <a href={url} title={title} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** Grafana's page for single queries: its first query is a search of the logs page. */
export function exploreRoute(url: string): string | undefined {
  if (!/^\/explore\b/.test(url)) return undefined;
  try {
    const parameters = new URL(url, "http://console.invalid").searchParams;
    const panes = JSON.parse(parameters.get("panes") ?? "{}") as Record<string, ExplorePane>;
    const [pane] = Object.values(panes);
    const expr = pane?.queries?.[0]?.expr;
    if (expr === undefined || !expr.trim().startsWith("{")) return undefined;
    return `#/logs?${new URLSearchParams({ query: expr, from: pane?.range?.from ?? "now-1h", to: pane?.range?.to ?? "now" })}`;
  } catch {
    return undefined; // Not a link of that page: the value stays plain.
  }
}

interface ExplorePane {
  readonly queries?: readonly { readonly expr?: string }[];
  readonly range?: { readonly from?: string; readonly to?: string };
}
