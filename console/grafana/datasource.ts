import type { DatasourceRef, Panel, Target } from "./dashboard.ts";

export type DatasourceKind = "loki" | "prometheus" | "unknown";

type Reference = DatasourceRef | string | null | undefined;

/** Which API a query speaks: its own data source says, else the panel's. */
export function datasourceKind(
  target: Pick<Target, "datasource"> | undefined,
  panel: Pick<Panel, "datasource"> = {},
): DatasourceKind {
  const own = kindOf(target?.datasource);
  return own === undefined ? (kindOf(panel.datasource) ?? "unknown") : own;
}

function kindOf(reference: Reference): DatasourceKind | undefined {
  if (!reference) return undefined;
  const words = typeof reference === "string" ? reference : `${reference.type ?? ""} ${reference.uid ?? ""}`;
  if (/loki/i.test(words)) return "loki";
  if (/prom|mimir/i.test(words)) return "prometheus";
  return undefined;
}
