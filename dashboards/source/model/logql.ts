import type { FieldName } from "../../../src/contract/fields.ts";
import { type EventName, f } from "./names.ts";

/** The streams that the dashboard's variables select. */
export const streams: string = selectStreams();

/** The same with further matchers: `level=~"error|fatal"`. Only labels can stand here: service, environment, level. */
export function selectStreams(...matchers: readonly string[]): string {
  const chosen = [
    `${f.service_name}=~"$${f.service_name}"`,
    `${f.deployment_environment_name}=~"$${f.deployment_environment_name}"`,
  ];
  return `{${[...chosen, ...matchers].join(", ")}}`;
}

export interface LineQuery {
  readonly from?: string;
  /** The fields that are read, beside `event_name`. What is named here can be filtered, grouped by and unwrapped. */
  readonly read?: readonly FieldName[];
  /** Label filters, in order. */
  readonly where?: readonly string[];
  readonly unwrap?: FieldName;
}

/**
 * The lines of one kind of event: a cheap line filter first, then a parser that reads no more than it is asked for, and
 * no error left, since a single line with one makes a metric query fail.
 */
export function eventLines(
  event: EventName,
  { from, read = [], where = [], unwrap }: LineQuery = {},
): string {
  return [
    from ?? streams,
    `|= \`"${event}"\``,
    `| json ${[f.event_name, ...read].join(", ")}`,
    ...[`${f.event_name}="${event}"`, ...where].map((filter) => `| ${filter}`),
    ...(unwrap ? [`| unwrap ${unwrap}`] : []),
    '| __error__=""',
  ].join(" ");
}

/** Completion lines: one a request. */
export function requests(query: LineQuery = {}): string {
  return eventLines("http.server.request", query);
}

/** `sum by (…) (…)`; by nothing, the sum of all. */
export function sumBy(labels: readonly string[], inner: string): string {
  return labels.length === 0 ? `sum(${inner})` : `sum by (${labels.join(", ")}) (${inner})`;
}

/** No samples are no series and not 0: for sums without labels only, whose panel would else be empty. */
export function orZero(expression: string): string {
  return `${expression} or vector(0)`;
}
