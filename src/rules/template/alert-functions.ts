import {
  GoTemplateError,
  goTime,
  replaceRegex,
  type TemplateFunctions,
  type TemplateValue,
  TextMap,
  testRegex,
} from "../../logql/index.ts";
import type { TemplateContext } from "../rule-environment.ts";
import { list, number, seconds, text } from "./arguments.ts";
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
} from "./humanize.ts";
import { Struct } from "./struct.ts";
import { stripDomain, stripPort, titleCase } from "./text.ts";

type Call = (args: readonly TemplateValue[], context: TemplateContext) => TemplateValue;

/** The functions Prometheus adds to Go's, with the number of arguments each takes. */
const functions: Readonly<Record<string, readonly [count: number, call: Call]>> = {
  query: [1, ([expression], context) => runQuery(text(expression), context)],
  first: [1, ([samples]) => first(samples)],
  label: [2, ([name, sample]) => labelOf(sample, text(name))],
  value: [1, ([sample]) => member(sample, "Value")],
  strvalue: [1, ([sample]) => labelOf(sample, "__value__")],
  sortByLabel: [2, ([name, samples]) => sortByLabel(text(name), samples)],
  humanize: [1, ([value]) => humanize(number(value))],
  humanize1024: [1, ([value]) => humanize1024(number(value))],
  humanizeDuration: [1, ([value]) => humanizeDuration(number(value))],
  humanizePercentage: [1, ([value]) => humanizePercentage(number(value))],
  humanizeTimestamp: [1, ([value]) => humanizeTimestamp(number(value))],
  toTime: [1, ([value]) => goTime(number(value))],
  parseDuration: [1, ([value]) => seconds(text(value))],
  now: [0, (_, { nowMs }) => nowMs / 1000],
  title: [1, ([value]) => titleCase(text(value))],
  toUpper: [1, ([value]) => text(value).toUpperCase()],
  toLower: [1, ([value]) => text(value).toLowerCase()],
  match: [2, ([pattern, value]) => testRegex(text(pattern), text(value))],
  reReplaceAll: [3, ([pattern, by, value]) => replaceRegex(text(pattern), text(by), text(value))],
  graphLink: [1, ([expression]) => `/graph?g0.expr=${encode(text(expression))}&g0.tab=0`],
  tableLink: [1, ([expression]) => `/graph?g0.expr=${encode(text(expression))}&g0.tab=1`],
  stripPort: [1, ([value]) => stripPort(text(value))],
  stripDomain: [1, ([value]) => stripDomain(text(value))],
  externalURL: [0, (_, { externalUrl }) => externalUrl],
  pathPrefix: [0, (_, { externalUrl }) => pathOf(externalUrl)],
  safeHtml: [1, ([value]) => text(value)],
};

export const alertFunctionNames: ReadonlySet<string> = new Set([...Object.keys(functions), "args"]);

/** The functions, for one alert. */
export function alertFunctions(context: TemplateContext): TemplateFunctions {
  const bound = Object.entries(functions).map(
    ([name, [count, call]]) =>
      [
        name,
        { min: count, max: count, call: (args: readonly TemplateValue[]) => call(args, context) },
      ] as const,
  );
  const args = (values: readonly TemplateValue[]): TemplateValue =>
    new Map(values.map((value, i) => [`arg${i}`, value]));
  return new Map([...bound, ["args", { min: 0, max: Infinity, call: args }]]);
}

function runQuery(expression: string, { query, nowMs }: TemplateContext): TemplateValue {
  try {
    return query(expression, nowMs).map(
      ({ labels, value }) =>
        new Struct([
          ["Labels", new TextMap(Object.entries(labels))],
          ["Value", value],
        ]),
    );
  } catch (error) {
    throw new GoTemplateError(error instanceof Error ? error.message : String(error));
  }
}

function first(samples: TemplateValue | undefined): TemplateValue {
  const [sample] = list(samples);
  if (sample === undefined) throw new GoTemplateError("first() called on vector with no elements");
  return sample;
}

function sortByLabel(name: string, samples: TemplateValue | undefined): TemplateValue {
  return [...list(samples)].sort((a, b) =>
    labelOf(a, name) < labelOf(b, name) ? -1 : labelOf(a, name) > labelOf(b, name) ? 1 : 0,
  );
}

function labelOf(sample: TemplateValue | undefined, name: string): string {
  const labels = member(sample, "Labels");
  const value = labels instanceof Map ? labels.get(name) : undefined;
  return typeof value === "string" ? value : "";
}

function member(sample: TemplateValue | undefined, name: string): TemplateValue {
  if (sample instanceof Map) return sample.get(name) ?? null;
  throw new GoTemplateError("expected a sample");
}

function encode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll("%20", "+")
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}
