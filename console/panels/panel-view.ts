import type { ComponentType } from "preact";
import type { Panel } from "../grafana/dashboard.ts";
import type { Frame } from "../grafana/frame.ts";
import type { Size } from "../ui/use-size.ts";
import type { PanelContext } from "./panel-context.ts";

export interface PanelViewProps {
  readonly panel: Panel;
  readonly frames: readonly Frame[];
  readonly context: PanelContext;
  readonly size: Size;
}

export type PanelView = ComponentType<PanelViewProps>;
