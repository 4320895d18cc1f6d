import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Dashboard } from "../grafana/dashboard.ts";
import { interpolate } from "../grafana/interpolate.ts";
import { gridArea, type Section, toSections } from "../grafana/layout.ts";
import { Panel } from "../panels/panel.tsx";
import type { PanelContext } from "../panels/panel-context.ts";
import { Icon } from "../ui/icon.tsx";

export function Grid({
  dashboard,
  context,
}: {
  readonly dashboard: Dashboard;
  readonly context: PanelContext;
}): JSX.Element {
  const sections = useMemo(() => toSections(dashboard), [dashboard]);
  return (
    <>
      {sections.map((section, index) => (
        <Part key={section.row?.id ?? index} section={section} context={context} />
      ))}
    </>
  );
}

function Part({
  section,
  context,
}: {
  readonly section: Section;
  readonly context: PanelContext;
}): JSX.Element {
  const { row, panels } = section;
  const [open, setOpen] = useState(row?.collapsed !== true);
  return (
    <>
      {row && (
        <button type="button" class="row-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? "down" : "right"} />
          {interpolate(row.title ?? "", context.variables)}
        </button>
      )}
      {open && (
        <div class="grid">
          {panels.map((panel) => (
            <div key={panel.id} class="cell" style={gridArea(panel, section)}>
              <Panel panel={panel} context={context} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
