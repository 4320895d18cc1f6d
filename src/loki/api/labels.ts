import { type SelectedStream, selectStreams } from "../../logql/index.ts";
import type { ApiCall, ApiContext, Endpoint } from "./api.ts";
import { json, success } from "./api-message.ts";

const sixHoursMs = 6 * 3_600_000;

/** GET /loki/api/v1/labels */
export const labels: Endpoint = (call, context) => {
  const names = new Set(streamsOf(call, context).flatMap((stream) => Object.keys(stream.labels)));
  return listed([...names].sort());
};

/** GET /loki/api/v1/label/<name>/values */
export const labelValues: Endpoint = (call, context) => {
  const values = new Set(
    streamsOf(call, context).flatMap(({ labels: { [call.name]: value } }) =>
      typeof value === "string" ? value : [],
    ),
  );
  return listed([...values].sort());
};

/** GET /loki/api/v1/series */
export const series: Endpoint = (call, context) => {
  const { parameters } = call;
  const selectors = [...parameters.texts("match[]"), ...parameters.texts("match")];
  const found = (selectors.length === 0 ? [""] : selectors).flatMap((selector) =>
    streamsOf(call, context, selector),
  );
  const sets = new Map(found.map((stream) => [JSON.stringify(stream.labels), stream.labels]));
  return success([...sets.values()]);
};

/** GET /loki/api/v1/detected_labels */
export const detectedLabels: Endpoint = (call, context) => {
  const values = new Map<string, Set<string>>();
  for (const stream of streamsOf(call, context)) {
    for (const [name, value] of Object.entries(stream.labels))
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const found = [...values].map(([label, { size }]) => ({ label, cardinality: size }));
  return json(found.length === 0 ? {} : { detectedLabels: found });
};

/** The streams that a call speaks of. */
export function streamsOf(
  { parameters }: ApiCall,
  { core }: ApiContext,
  selector: string = parameters.text("query"),
): SelectedStream[] {
  const { start, end } = parameters.range(sixHoursMs);
  return selectStreams(core.store, {
    selector,
    fromMs: Number(start / 1_000_000n),
    toMs: Number(end / 1_000_000n),
  });
}

// Of an empty list Loki leaves the member out.
function listed(values: readonly string[]): ReturnType<Endpoint> {
  return values.length === 0 ? json({ status: "success" }) : success(values);
}
