import type { Loki } from "../api/loki.ts";
import type { Prometheus } from "../api/prometheus.ts";
import type { VariableValues } from "../grafana/interpolate.ts";
import type { RawTimeRange, TimeRange } from "../grafana/time-range.ts";
import type { Theme } from "../ui/theme.ts";

/** What all panels of a dashboard share. */
export interface PanelContext {
  readonly loki: Loki;
  /** Undefined when no Prometheus can be asked. */
  readonly prometheus: Prometheus | undefined;
  readonly range: TimeRange;
  readonly rawRange: RawTimeRange;
  readonly variables: VariableValues;
  readonly annotations: readonly Annotation[];
  readonly theme: Theme;
  /** Changes when everything is to be asked for again. */
  readonly version: number;
  readonly onRange: (range: RawTimeRange) => void;
}

export interface Annotation {
  readonly timeMs: number;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}
