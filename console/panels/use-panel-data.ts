import type { Panel } from "../grafana/dashboard.ts";
import { configureFields } from "../grafana/field-config.ts";
import type { Frame } from "../grafana/frame.ts";
import { applyTransformations } from "../grafana/transform/transform.ts";
import { type Loadable, useAsync } from "../ui/use-async.ts";
import type { PanelContext } from "./panel-context.ts";
import { prepareQuery, runQuery } from "./run-query.ts";

export interface PanelData {
  readonly frames: readonly Frame[];
  /** Transformations the console does not have. */
  readonly unknown: readonly string[];
}

/** Pixels between two points: closer ones only add noise and work. */
const pixelsPerPoint = 6;

/** What a panel shows, asked for once it is seen and again whenever its queries or the version change. */
export function usePanelData(
  panel: Panel,
  context: PanelContext,
  view: { readonly width: number; readonly seen: boolean },
): Loadable<PanelData> {
  const points = Math.max(20, Math.floor(view.width / pixelsPerPoint));
  const targets = (panel.targets ?? []).filter(({ hide, expr }) => hide !== true && expr !== undefined);
  const key = JSON.stringify([
    context.version,
    targets.map((target) => prepareQuery({ target, panel, context, points })),
  ]);
  return useAsync(view.seen && view.width > 0 ? key : undefined, async (signal) => {
    const answers = await Promise.all(
      targets.map((target) => runQuery({ target, panel, context, points, signal })),
    );
    const { frames, unknown } = applyTransformations(
      configureFields(answers.flat(), undefined),
      panel.transformations,
    );
    return { frames: configureFields(frames, panel.fieldConfig), unknown };
  });
}
