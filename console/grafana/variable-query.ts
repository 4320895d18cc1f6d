import type { VariableModel } from "./dashboard.ts";

/** What a query variable asks its data source. */
export type VariableQuery =
  | { readonly kind: "label-names"; readonly selector: string }
  | { readonly kind: "label-values"; readonly label: string; readonly selector: string }
  | { readonly kind: "query-result"; readonly expr: string }
  | { readonly kind: "series"; readonly selector: string }
  | { readonly kind: "unknown"; readonly text: string };

/** Read Loki's and Prometheus' forms: the text `label_values(selector, label)` or an object with `type`, `label`, `stream`. */
export function readVariableQuery(model: VariableModel): VariableQuery {
  const { query } = model;
  if (typeof query === "string") return parseText(query);
  if (typeof query !== "object" || query === null) return { kind: "unknown", text: String(query) };
  const fields = query as Readonly<Record<string, unknown>>;
  if (typeof fields["query"] === "string" && fields["query"] !== "") return parseText(fields["query"]);
  const selector = typeof fields["stream"] === "string" ? fields["stream"] : "";
  if (typeof fields["label"] === "string" && fields["label"] !== "") {
    return { kind: "label-values", label: fields["label"], selector };
  }
  return { kind: "label-names", selector };
}

function parseText(query: string): VariableQuery {
  const call = /^\s*(\w+)\s*\((.*)\)\s*$/s.exec(query);
  const body = (call?.[2] ?? "").trim();
  switch (call?.[1]) {
    case "label_names":
      return { kind: "label-names", selector: body };
    case "label_values": {
      const split = /^(?:(.*),)?\s*(\w+)$/s.exec(body);
      if (!split) break;
      return { kind: "label-values", label: split[2] ?? "", selector: (split[1] ?? "").trim() };
    }
    case "query_result":
      return { kind: "query-result", expr: body };
    case "metrics":
      return {
        kind: "label-values",
        label: "__name__",
        selector: body === "" ? "" : `{__name__=~"${body}"}`,
      };
    default:
      if (call === null && /[{(]|^\w+$/.test(query.trim())) return { kind: "series", selector: query.trim() };
  }
  return { kind: "unknown", text: query };
}
