import type {
  DataLink,
  DatasourceRef,
  FieldDefaults,
  FieldOverride,
  Panel,
  PanelType,
  Thresholds,
  Transformation,
} from "./model.ts";
import { type Query, targetsOf } from "./queries.ts";

/** A panel before it has its place. */
export type PanelSpec = Omit<Panel, "gridPos"> & { readonly width: number };

export interface PanelOptions {
  /** Fixed for good: links and alerts may name it. Each dashboard counts its own. */
  readonly id: number;
  readonly title: string;
  /** What it shows, and what to make of it. */
  readonly description: string;
  /** In columns of 24. */
  readonly width: number;
  readonly queries: readonly [Query, ...Query[]];
  /** Grafana's name of the unit: `ms`, `s`, `reqps`, `percentunit`, `bytes`, `short`. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Where a value turns bad, by colour, the lowest first. */
  readonly thresholds?: readonly (readonly [value: number, color: string])[];
  /** The colour below the first of them. @default "green" */
  readonly below?: string;
  readonly links?: readonly DataLink[];
  readonly overrides?: readonly FieldOverride[];
  readonly transformations?: readonly Transformation[];
  /** What values are called, by value. */
  readonly states?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
  /** What stands where there is no value. @default "no data" as Grafana writes it */
  readonly noValue?: string;
}

export interface TimeseriesOptions extends PanelOptions {
  readonly style?: "lines" | "stack" | "bars";
}

/** Values over time. */
export function timeseries({ style = "lines", ...panel }: TimeseriesOptions): PanelSpec {
  const custom = {
    drawStyle: style === "bars" ? "bars" : "line",
    lineWidth: 1,
    fillOpacity: style === "lines" ? 8 : 60,
    showPoints: "never",
    // A gap is a gap: no line is drawn over the time in which nothing was measured.
    spanNulls: false,
    stacking: { mode: style === "lines" ? "none" : "normal", group: "A" },
    thresholdsStyle: { mode: panel.thresholds ? "line" : "off" },
  };
  const options = {
    legend: {
      displayMode: "table",
      placement: "bottom",
      showLegend: true,
      calcs: ["mean", "max", "lastNotNull"],
    },
    tooltip: { mode: "multi", sort: "desc" },
  };
  return build("timeseries", panel, { custom, options });
}

export interface StatOptions extends PanelOptions {
  /** Colours the background by the thresholds, in place of the number. */
  readonly loud?: boolean;
  /** Show the label of each series beside its number. */
  readonly named?: boolean;
}

/** One number. */
export function stat({ loud = false, named = false, ...panel }: StatOptions): PanelSpec {
  const options = {
    reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    colorMode: loud ? "background" : "value",
    graphMode: "area",
    justifyMode: "auto",
    orientation: "auto",
    textMode: named ? "value_and_name" : "auto",
    wideLayout: true,
  };
  return build("stat", panel, { options });
}

export interface TableOptions extends PanelOptions {
  /** The column that is sorted by, descending. */
  readonly sortBy: string;
}

/** Rows and columns. */
export function table({ sortBy, ...panel }: TableOptions): PanelSpec {
  const options = {
    showHeader: true,
    cellHeight: "sm",
    footer: { show: false, reducer: ["sum"], countRows: false, fields: "" },
    sortBy: [{ displayName: sortBy, desc: true }],
  };
  return build("table", panel, { custom: { align: "auto", filterable: true }, options });
}

export interface LogsOptions extends Omit<PanelOptions, "unit" | "thresholds"> {
  readonly oldestFirst?: boolean;
}

/** Log lines, the newest first unless said otherwise. */
export function logs({ oldestFirst = false, ...panel }: LogsOptions): PanelSpec {
  const options = {
    showTime: true,
    showLabels: false,
    showCommonLabels: false,
    wrapLogMessage: true,
    prettifyLogMessage: false,
    enableLogDetails: true,
    dedupStrategy: "none",
    sortOrder: oldestFirst ? "Ascending" : "Descending",
  };
  return build("logs", panel, { options });
}

export interface BarchartOptions extends PanelOptions {
  /** The label that names the bars. */
  readonly by: string;
}

/** Bars, one a series, from instant queries. */
export function barchart({ by, ...panel }: BarchartOptions): PanelSpec {
  const options = {
    xField: by,
    orientation: "horizontal",
    showValue: "auto",
    stacking: "none",
    groupWidth: 0.7,
    barWidth: 0.9,
    xTickLabelRotation: 0,
    legend: { displayMode: "list", placement: "bottom", showLegend: false, calcs: [] },
    tooltip: { mode: "single", sort: "none" },
  };
  return build("barchart", panel, { custom: { fillOpacity: 80, lineWidth: 1 }, options });
}

/** Which state each series was in, over time. */
export function stateTimeline(panel: PanelOptions): PanelSpec {
  const options = {
    mergeValues: true,
    showValue: "auto",
    alignValue: "left",
    rowHeight: 0.9,
    legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
    tooltip: { mode: "single", sort: "none" },
  };
  return build("state-timeline", panel, {
    custom: { fillOpacity: 70, lineWidth: 0, spanNulls: false },
    options,
  });
}

interface Look {
  readonly options: Readonly<Record<string, unknown>>;
  readonly custom?: Readonly<Record<string, unknown>>;
}

function build(type: PanelType, panel: PanelOptions, { options, custom }: Look): PanelSpec {
  const { id, title, description, width, queries, transformations } = panel;
  return {
    id,
    type,
    title,
    description,
    width,
    datasource: sourceOf(panel),
    targets: targetsOf(queries),
    fieldConfig: { defaults: defaultsOf(type, panel, custom), overrides: panel.overrides ?? [] },
    options,
    ...(transformations ? { transformations } : {}),
  };
}

function sourceOf({ title, queries }: PanelOptions): DatasourceRef {
  const [{ datasource }] = queries;
  if (queries.some((query) => query.datasource.uid !== datasource.uid))
    throw new Error(`panel "${title}": all its queries go to one data source`);
  return datasource;
}

function defaultsOf(type: PanelType, panel: PanelOptions, custom: Look["custom"]): FieldDefaults {
  const { unit, decimals, min, max, noValue, thresholds, below, links, states } = panel;
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(noValue === undefined ? {} : { noValue }),
    // Series over time keep a colour each; their thresholds are lines.
    color: { mode: thresholds && type !== "timeseries" ? "thresholds" : "palette-classic" },
    thresholds: steps(thresholds ?? [], below),
    mappings: states ? [{ type: "value", options: states }] : [],
    links: links ?? [],
    ...(custom ? { custom } : {}),
  };
}

function steps(bounds: readonly (readonly [number, string])[], below = "green"): Thresholds {
  return {
    mode: "absolute",
    steps: [{ color: below, value: null }, ...bounds.map(([value, color]) => ({ color, value }))],
  };
}
