import type { Loki } from "../api/loki.ts";
import { cssColor } from "../grafana/colors.ts";
import type { AnnotationModel } from "../grafana/dashboard.ts";
import { datasourceKind } from "../grafana/datasource.ts";
import { forQuery, interpolate, type VariableValues } from "../grafana/interpolate.ts";
import type { TimeRange } from "../grafana/time-range.ts";
import { readStreams } from "../logs/line.ts";
import type { Annotation } from "../panels/panel-context.ts";

export interface Annotations {
  readonly marks: readonly Annotation[];
  /** What could not be asked for, by name, and why. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/** The events that a dashboard marks in its charts, from log queries. One that fails does not take the others along. */
export async function loadAnnotations(
  models: readonly AnnotationModel[],
  {
    loki,
    range,
    variables,
    signal,
  }: {
    readonly loki: Loki;
    readonly range: TimeRange;
    readonly variables: VariableValues;
    readonly signal: AbortSignal;
  },
): Promise<Annotations> {
  const asked = models.flatMap((model) => {
    const expr = model.expr ?? model.target?.expr;
    return model.enable === false || !expr || datasourceKind(model) !== "loki"
      ? []
      : [{ model, expr: interpolate(expr, variables, forQuery) }];
  });
  const answers = await Promise.allSettled(
    asked.map(async ({ model, expr }) => {
      const data = await loki.queryRange({ expr, ...range, limit: 100, signal });
      const lines = data.resultType === "streams" ? readStreams(data.result) : [];
      return lines.map(({ timeMs, message }) => ({
        timeMs,
        title: model.name,
        text: message,
        color: cssColor(model.iconColor ?? "blue"),
      }));
    }),
  );
  return {
    marks: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    failed: answers.flatMap((answer, index) =>
      answer.status === "rejected"
        ? [{ name: asked[index]?.model.name ?? "", reason: (answer.reason as Error).message }]
        : [],
    ),
  };
}
