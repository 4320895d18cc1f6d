import type { JSX } from "preact";
import { interpolate } from "../grafana/interpolate.ts";
import { Markdown } from "../ui/markdown.tsx";
import type { PanelViewProps } from "./panel-view.ts";

export function TextPanel({ panel, context }: PanelViewProps): JSX.Element {
  const content = panel.options?.["content"];
  return (
    <div class="text-panel">
      <Markdown text={interpolate(typeof content === "string" ? content : "", context.variables)} />
    </div>
  );
}
