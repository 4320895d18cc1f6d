// The parts of Grafana's classic (v1) dashboard model that the console reads. What is absent from a file is undefined.

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly panels?: readonly Panel[];
  readonly templating?: { readonly list?: readonly VariableModel[] };
  readonly annotations?: { readonly list?: readonly AnnotationModel[] };
  readonly links?: readonly DashboardLink[];
}

export interface DashboardLink {
  readonly title: string;
  readonly type?: "link" | "dashboards";
  readonly url?: string;
  readonly tags?: readonly string[];
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

export interface DatasourceRef {
  readonly type?: string;
  readonly uid?: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly datasource?: DatasourceRef | string | null;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: FieldConfigSource;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly Transformation[];
  readonly links?: readonly DataLink[];
  /** The least step of queries, such as `30s` or `>30s`. */
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly timeFrom?: string;
  readonly timeShift?: string;
  readonly transparent?: boolean;
  /** Of a row: whether it is folded, and then the panels in it. */
  readonly collapsed?: boolean;
  readonly panels?: readonly Panel[];
  readonly repeat?: string;
}

/** In a grid of 24 columns; a unit of height is 38 pixels with its gap. */
export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly datasource?: DatasourceRef | string | null;
  readonly legendFormat?: string;
  readonly queryType?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
  readonly hide?: boolean;
  readonly maxLines?: number | string;
  readonly direction?: string;
  readonly interval?: string;
  readonly step?: string;
  readonly exemplar?: boolean;
}

export interface Transformation {
  readonly id: string;
  readonly disabled?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Which queries' frames it is for; all where it is missing. */
  readonly filter?: { readonly id?: string; readonly options?: unknown };
}

export interface DataLink {
  readonly title?: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

export interface FieldConfigSource {
  readonly defaults?: FieldConfig;
  readonly overrides?: readonly FieldOverride[];
}

export interface FieldOverride {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

export interface FieldConfig {
  readonly displayName?: string;
  readonly unit?: string;
  readonly decimals?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly noValue?: string;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly ValueMapping[];
  readonly links?: readonly DataLink[];
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface Thresholds {
  readonly mode?: "absolute" | "percentage";
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
}

export interface ValueMapping {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface VariableModel {
  readonly name: string;
  readonly type: string;
  readonly label?: string | null;
  readonly description?: string | null;
  /** 0 shows label and value, 1 the value alone, 2 nothing. */
  readonly hide?: number | string;
  readonly query?: unknown;
  readonly definition?: string;
  readonly datasource?: DatasourceRef | string | null;
  readonly regex?: string;
  readonly sort?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly current?: { readonly text?: unknown; readonly value?: unknown };
  readonly options?: readonly {
    readonly text?: unknown;
    readonly value?: unknown;
    readonly selected?: boolean;
  }[];
  readonly auto?: boolean;
  readonly auto_count?: number;
  readonly auto_min?: string;
}

export interface AnnotationModel {
  readonly name: string;
  readonly enable?: boolean;
  readonly hide?: boolean;
  readonly iconColor?: string;
  readonly datasource?: DatasourceRef | string | null;
  readonly expr?: string;
  readonly target?: Target;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly tagKeys?: string;
  readonly instant?: boolean;
}
