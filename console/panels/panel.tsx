import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Panel as PanelModel } from "../grafana/dashboard.ts";
import { frameLength } from "../grafana/frame.ts";
import { interpolate } from "../grafana/interpolate.ts";
import { Icon } from "../ui/icon.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import type { Loadable } from "../ui/use-async.ts";
import { useSeen } from "../ui/use-seen.ts";
import { type Size, useSize } from "../ui/use-size.ts";
import { BarChart } from "./bar-chart.tsx";
import { LogsPanel } from "./logs-panel.tsx";
import type { PanelContext } from "./panel-context.ts";
import type { PanelView } from "./panel-view.ts";
import { NeedsPrometheus } from "./run-query.ts";
import { Stat } from "./stat.tsx";
import { StateTimeline } from "./state-timeline.tsx";
import { Table } from "./table.tsx";
import { TextPanel } from "./text-panel.tsx";
import { TimeSeries } from "./time-series.tsx";
import { type PanelData, usePanelData } from "./use-panel-data.ts";

const views: Readonly<Record<string, PanelView>> = {
  timeseries: TimeSeries,
  graph: TimeSeries,
  stat: Stat,
  gauge: Stat,
  table: Table,
  logs: LogsPanel,
  barchart: BarChart,
  bargauge: BarChart,
  "state-timeline": StateTimeline,
  "status-history": StateTimeline,
  text: TextPanel,
};

export interface PanelProps {
  readonly panel: PanelModel;
  readonly context: PanelContext;
}

export function Panel({ panel, context }: PanelProps): JSX.Element {
  const [body, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLElement>(null);
  const seen = useSeen(root);
  const [explained, explain] = useState(false);
  const data = usePanelData(panel, context, { width: size.width, seen });
  const title = interpolate(panel.title ?? "", context.variables);
  return (
    <section
      class={`panel ${panel.transparent ? "transparent" : ""}`}
      ref={root}
      aria-label={title}
      aria-busy={data.loading}
      data-type={panel.type}
    >
      {title !== "" && (
        <header class="panel-head">
          <h3 title={title}>{title}</h3>
          {panel.description && (
            <button
              type="button"
              class="panel-info"
              title={panel.description}
              aria-label={`What ${title} shows`}
              aria-expanded={explained}
              onClick={() => explain(!explained)}
            >
              <Icon name="info" />
            </button>
          )}
        </header>
      )}
      {data.loading && <div class="progress" />}
      {explained && <p class="panel-description">{panel.description}</p>}
      <div class="panel-body" ref={body}>
        <Content panel={panel} context={context} data={data} size={size} />
      </div>
    </section>
  );
}

interface ContentProps extends PanelProps {
  readonly data: Loadable<PanelData>;
  readonly size: Size;
}

function Content({ panel, context, data, size }: ContentProps): JSX.Element | null {
  const View = views[panel.type];
  if (!View)
    return <Notice title={`The console does not draw panels of type “${panel.type}”`}>Grafana does.</Notice>;
  if (panel.type === "text") return <View panel={panel} frames={[]} context={context} size={size} />;
  if (data.error instanceof NeedsPrometheus) {
    return (
      <Notice title="Needs Prometheus">This panel asks for metrics, and no Prometheus is connected.</Notice>
    );
  }
  if (data.error) return <ErrorNotice error={data.error} what="The query failed" />;
  if (!data.value || size.width === 0)
    return data.loading ? <div class="skeleton" aria-hidden="true" /> : null;
  if (data.value.frames.every((frame) => frameLength(frame) === 0)) {
    const noValue = panel.fieldConfig?.defaults?.noValue;
    return (
      <Notice title={noValue || "No data"}>
        {noValue ? undefined : "Nothing matched the query in this time range."}
      </Notice>
    );
  }
  return (
    <>
      {data.value.unknown.length > 0 && (
        <p class="panel-warning">Not applied here: {data.value.unknown.join(", ")}</p>
      )}
      <View panel={panel} frames={data.value.frames} context={context} size={size} />
    </>
  );
}
