// The parts of Grafana's classic (v1) dashboard model that are written here.
// @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: 39;
  readonly version: 1;
  readonly editable: false;
  readonly graphTooltip: 1;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: "now" };
  readonly timezone: "browser";
  readonly links: readonly DashboardLink[];
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly (Panel | RowPanel)[];
}

export interface DatasourceRef {
  readonly type: "loki" | "prometheus" | "datasource";
  readonly uid: string;
}

export interface DashboardLink {
  readonly title: string;
  readonly type: "dashboards";
  readonly tags: readonly string[];
  readonly asDropdown: true;
  readonly icon: "external link";
  readonly includeVars: boolean;
  readonly keepTime: true;
  readonly targetBlank: false;
  readonly tooltip: string;
  readonly url: "";
}

export interface Annotation {
  readonly name: string;
  readonly datasource: DatasourceRef;
  readonly enable: true;
  readonly hide: false;
  readonly iconColor: string;
  readonly expr: string;
  readonly titleFormat: string;
  readonly textFormat: string;
  readonly tagKeys: string;
  readonly target: { readonly refId: string; readonly expr: string; readonly queryType: "range" };
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly hide: 0 | 2;
  readonly type: "query" | "textbox" | "custom";
  readonly query: string | Readonly<Record<string, string | number>>;
  readonly definition?: string;
  readonly datasource?: DatasourceRef;
  readonly refresh?: 2;
  readonly sort?: 1;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly skipUrlSync: false;
  readonly current: { readonly text: string; readonly value: string };
  readonly options: readonly { readonly text: string; readonly value: string; readonly selected: boolean }[];
}

export type PanelType = "timeseries" | "stat" | "table" | "logs" | "barchart" | "state-timeline";

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface RowPanel {
  readonly id: number;
  readonly type: "row";
  readonly title: string;
  readonly collapsed: false;
  readonly gridPos: GridPosition;
  readonly panels: readonly [];
}

export interface Panel {
  readonly id: number;
  readonly type: PanelType;
  readonly title: string;
  readonly description: string;
  readonly datasource: DatasourceRef;
  readonly gridPos: GridPosition;
  readonly targets: readonly Target[];
  readonly fieldConfig: FieldConfiguration;
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly Transformation[];
  readonly interval?: string;
}

export interface Target {
  readonly refId: string;
  readonly datasource: DatasourceRef;
  readonly editorMode: "code";
  readonly expr: string;
  readonly legendFormat?: string;
  readonly queryType?: "range" | "instant";
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: "time_series" | "table";
  readonly exemplar?: boolean;
  readonly maxLines?: number;
}

export interface Transformation {
  readonly id: "organize" | "merge" | "labelsToFields" | "sortBy" | "filterFieldsByName" | "extractFields";
  readonly options: Readonly<Record<string, unknown>>;
}

export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

export interface Thresholds {
  readonly mode: "absolute";
  readonly steps: readonly { readonly color: string; readonly value: number | null }[];
}

export interface FieldConfiguration {
  readonly defaults: FieldDefaults;
  readonly overrides: readonly FieldOverride[];
}

export interface FieldDefaults {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  readonly color?: { readonly mode: string; readonly fixedColor?: string };
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly unknown[];
  readonly links?: readonly DataLink[];
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface FieldOverride {
  readonly matcher: { readonly id: "byName" | "byRegexp"; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}
