import type { Panel, RowPanel } from "./model.ts";
import type { PanelSpec } from "./panels.ts";

/** A headed part of a dashboard: lines of panels, each as high as it says. */
export interface Section {
  readonly id: number;
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly height: number;
  readonly panels: readonly PanelSpec[];
}

const columns = 24;

/** Panels beside each other. */
export function line(height: number, ...panels: readonly PanelSpec[]): Line {
  return { height, panels };
}

/**
 * Give every panel its place in the grid.
 *
 * @throws Error where a line is not 24 columns wide, or two panels share an id
 */
export function place(sections: readonly Section[]): (Panel | RowPanel)[] {
  let y = 0;
  const placed: (Panel | RowPanel)[] = [];
  for (const { id, title, lines } of sections) {
    placed.push({
      id,
      type: "row",
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    });
    y += 1;
    for (const each of lines) {
      placed.push(...placeLine(each, y));
      y += each.height;
    }
  }
  const ids = placed.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two panels have the id ${twice}`);
  return placed;
}

function placeLine({ height, panels }: Line, y: number): Panel[] {
  let x = 0;
  const placed = panels.map(({ width, ...panel }): Panel => {
    const gridPos = { x, y, w: width, h: height };
    x += width;
    return { ...panel, gridPos };
  });
  if (x !== columns)
    throw new Error(`the line of "${panels[0]?.title}" is ${x} columns wide and not ${columns}`);
  return placed;
}
