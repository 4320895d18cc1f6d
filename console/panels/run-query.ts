import { ApiError } from "../api/http.ts";
import type { Panel, Target } from "../grafana/dashboard.ts";
import { datasourceKind } from "../grafana/datasource.ts";
import { parseDuration } from "../grafana/duration.ts";
import type { Frame } from "../grafana/frame.ts";
import { forQuery, interpolate } from "../grafana/interpolate.ts";
import { autoVariable, chooseInterval, timeVariables } from "../grafana/interval.ts";
import { type QueryData, toFrames } from "../grafana/query-frames.ts";
import type { PanelContext } from "./panel-context.ts";

export interface QueryRun {
  readonly target: Target;
  readonly panel: Panel;
  readonly context: PanelContext;
  /** At most so many steps. */
  readonly points: number;
  readonly signal: AbortSignal;
}

/** A panel can't be answered without a Prometheus, and there is none. */
export class NeedsPrometheus extends Error {
  override readonly name = "NeedsPrometheus";
}

const defaultMaxLines = 500;

/** Ask what one target asks, as frames. @throws ApiError, NeedsPrometheus */
export async function runQuery(run: QueryRun): Promise<readonly Frame[]> {
  const { target, panel, context, signal } = run;
  const { expr, step, range, instant } = prepareQuery(run);
  if (expr.trim() === "") return [];
  const source = chooseSource(run, expr);
  const several = (panel.targets ?? []).filter(({ hide }) => hide !== true).length > 1;
  // Grafana makes one table of what Loki answers for one point in time, whose column carries the query's letter.
  const asTable = instant && source === context.loki;
  const data: QueryData = instant
    ? await source.query({ expr, time: range.to, limit: defaultMaxLines, signal })
    : await source.queryRange({
        expr,
        ...range,
        step,
        limit: Number(target.maxLines ?? defaultMaxLines),
        direction: target.direction === "forward" ? "forward" : "backward",
        signal,
      });
  return toFrames(data, asTable ? { ...target, format: "table" } : target, asTable || several);
}

/** The query with its variables filled in, and when it is asked for. */
export function prepareQuery({ target, panel, context, points }: Omit<QueryRun, "signal">) {
  const range = panelRange(panel, context);
  const instant = target.queryType === "instant" || (target.instant === true && target.range !== true);
  const least = target.interval || target.step || panel.interval;
  const chosen = chooseInterval(
    range,
    Math.min(points, panel.maxDataPoints ?? points),
    least && interpolate(least, context.variables),
  );
  const step = parseDuration(interpolate(target.step ?? "", context.variables)) ?? chosen;
  const variables = {
    ...context.variables,
    ...timeVariables(range, step),
    __auto: autoVariable(range, step, instant),
  };
  // Whole steps, so that a refresh asks for the same points again.
  const aligned = instant
    ? range
    : { from: Math.floor(range.from / step) * step, to: Math.ceil(range.to / step) * step };
  return {
    expr: interpolate(target.expr ?? "", variables, forQuery),
    step,
    range: isLogQuery(target) ? range : aligned,
    instant,
  };
}

/** A query without an outer aggregation gives lines; steps mean nothing to it. */
function isLogQuery({ expr = "" }: Target): boolean {
  return expr.trim().startsWith("{");
}

function panelRange(panel: Panel, { range, variables }: PanelContext): PanelContext["range"] {
  const length = parseDuration(interpolate(panel.timeFrom ?? "", variables).replace(/^now-/, ""));
  const shift = parseDuration(interpolate(panel.timeShift ?? "", variables)) ?? 0;
  const from = length === undefined ? range.from : range.to - length;
  return { from: from - shift, to: range.to - shift };
}

function chooseSource({ target, panel, context }: QueryRun, expr: string) {
  const kind = datasourceKind(target, panel);
  if (kind === "loki") return context.loki;
  if (kind === "unknown")
    throw new ApiError("The console asks Loki and Prometheus only; the panel's data source is neither", {
      query: expr,
      status: 0,
    });
  if (!context.prometheus) throw new NeedsPrometheus(expr);
  return context.prometheus;
}
