import { type events, type FieldName, fields } from "../../../src/contract/fields.ts";
import { type MetricName, metricDefinitions } from "../../../src/metrics/names.ts";

/** The fields of the log contract, by name: `f.http_route`. One that is renamed there does not compile here. */
export const f: { readonly [Name in FieldName]: Name } = namesOf(fields);

/** The events that the kit logs, by `event_name`. */
export type EventName = keyof typeof events;

/** A metric of the kit. One that is renamed there does not compile here. */
export function metric(name: MetricName): MetricName {
  return name;
}

/** The series a histogram consists of: `_bucket`, `_count`, `_sum`. */
export function histogram(name: MetricName): Readonly<Record<"bucket" | "count" | "sum", string>> {
  if (metricDefinitions[name].type !== "histogram") throw new Error(`${name} is no histogram`);
  return { bucket: `${name}_bucket`, count: `${name}_count`, sum: `${name}_sum` };
}

// The keys of an object, each mapped to itself: what Object.fromEntries can't tell the compiler.
function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): { readonly [N in Name]: N } {
  return Object.fromEntries(Object.keys(table).map((name) => [name, name])) as { [N in Name]: N };
}
