import type { Dashboard, Panel } from "./dashboard.ts";

/** A heading with the panels under it; the first may have no heading. */
export interface Section {
  readonly row: Panel | undefined;
  readonly panels: readonly Panel[];
}

/** Put the panels under their rows: a folded row holds its own, an open one has those that follow it. */
export function toSections(dashboard: Dashboard): readonly Section[] {
  const sorted = (dashboard.panels ?? []).toSorted(
    (a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x,
  );
  const sections: { row: Panel | undefined; panels: Panel[] }[] = [{ row: undefined, panels: [] }];
  for (const panel of sorted) {
    if (panel.type === "row") sections.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else sections.at(-1)?.panels.push(panel);
  }
  return sections.filter(({ row, panels }) => row !== undefined || panels.length > 0);
}

/** Where a panel stands in its section's grid, whose first line is the section's top: for the style sheet, which stacks them where it is narrow. */
export function gridArea(panel: Panel, section: Section): Readonly<Record<`--${string}`, string>> {
  const top = Math.min(...section.panels.map(({ gridPos }) => gridPos.y));
  const { x, y, w, h } = panel.gridPos;
  return {
    "--column": `${x + 1} / span ${w}`,
    "--row": `${y - top + 1} / span ${h}`,
    "--height": `span ${h}`,
  };
}
