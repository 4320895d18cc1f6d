import { readdirSync, readFileSync } from "node:fs";

export interface LogPanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly refId: string;
  readonly expr: string;
  readonly isInstant: boolean;
}

interface Panel {
  readonly title?: string;
  readonly datasource?: { readonly type?: string };
  readonly panels?: readonly Panel[];
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr?: string;
    readonly queryType?: string;
    readonly datasource?: { readonly type?: string };
  }[];
}

interface Variable {
  readonly name: string;
  readonly allValue?: string | null;
  readonly current?: { readonly value?: unknown };
}

/** What fills a query beside the dashboard's own variables. */
export interface Filling {
  readonly rangeMs: number;
  readonly stepMs: number;
  /** Values that the user writes: by the variable's name, for text boxes that are empty. */
  readonly written: Readonly<Record<string, string>>;
  /** What the user chooses in place of All, by the variable's name. */
  readonly chosen?: Readonly<Record<string, string>>;
}

const folder = "dashboards/grafana";

/** Every Loki query of every dashboard, its variables filled as Grafana fills them, with All where that can be chosen. */
export function logPanelQueries(filling: Filling): LogPanelQuery[] {
  return readdirSync(folder).flatMap((name) => {
    // Generated from dashboards/source, whose types say what stands in it.
    const dashboard = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as {
      readonly uid: string;
      readonly templating: { readonly list: readonly Variable[] };
      readonly panels: readonly Panel[];
    };
    const values = valuesOf(dashboard.templating.list, filling);
    return flat(dashboard.panels).flatMap((panel) =>
      (panel.targets ?? [])
        .filter((target) => (target.datasource ?? panel.datasource)?.type === "loki" && target.expr)
        .map(({ refId, expr = "", queryType }) => ({
          dashboard: dashboard.uid,
          panel: panel.title ?? "",
          refId,
          expr: fill(expr, values),
          isInstant: queryType === "instant",
        })),
    );
  });
}

function flat(panels: readonly Panel[]): Panel[] {
  return panels.flatMap((panel) => [panel, ...flat(panel.panels ?? [])]);
}

function valuesOf(
  variables: readonly Variable[],
  { rangeMs, stepMs, written, chosen = {} }: Filling,
): Map<string, string> {
  return new Map([
    ...variables.map(({ name, allValue, current }): [string, string] => {
      const usual = [current?.value].flat().map(String);
      const isAll = usual[0] === "$__all";
      return [name, isAll ? (allValue ?? ".*") : usual.join("|") || (written[name] ?? "")];
    }),
    ...Object.entries(chosen),
    ["__auto", `${stepMs}ms`],
    ["__interval", `${stepMs}ms`],
    ["__range", `${rangeMs}ms`],
  ]);
}

/** `$name`, `${name}` and `${name:format}`; a name that is no variable is left, and then does not parse. */
function fill(expr: string, values: ReadonlyMap<string, string>): string {
  return expr.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced: string, bare: string) => {
    return values.get(braced ?? bare) ?? whole;
  });
}
