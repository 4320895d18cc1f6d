import type { EntryLabels, StreamResult } from "../../logql/index.ts";
import type { ApiCall, ApiContext, Endpoint } from "./api.ts";
import { ApiError, json } from "./api-message.ts";

interface Field {
  readonly values: Set<string>;
  readonly parsers: Set<string>;
}

/** GET /loki/api/v1/detected_fields: what the newest lines of a query hold. */
export const detectedFields: Endpoint = (call, context) => {
  const limit = call.parameters.count("limit", 1000);
  const fields = [...fieldsOf(call, context)].slice(0, limit).map(([label, { values, parsers }]) => ({
    label,
    type: typeOf([...values]),
    cardinality: values.size,
    parsers: parsers.size === 0 ? null : [...parsers],
    ...(parsers.has("json") && { jsonPath: [label.replace(/_extracted$/, "")] }),
  }));
  return json(fields.length === 0 ? {} : { fields, limit });
};

/** GET /loki/api/v1/detected_field/<name>/values */
export const detectedFieldValues: Endpoint = (call, context) => {
  const limit = call.parameters.count("limit", 1000);
  const values = fieldsOf(call, context).get(call.name)?.values;
  return json(values ? { limit, values: [...values].slice(0, limit) } : {});
};

function fieldsOf({ parameters }: ApiCall, { core }: ApiContext): Map<string, Field> {
  const selector = parameters.text("query");
  if (selector === "") throw new ApiError("parse error : syntax error: unexpected $end");
  const asked = {
    ...parameters.range(),
    limit: Math.min(parameters.count("line_limit", 100), 5000),
    categorizeLabels: true,
  };
  const fields = new Map<string, Field>();
  for (const parser of ["json", "logfmt"] as const) {
    const found = core.engine.queryRange(`${selector} | ${parser}`, asked);
    if (found.resultType !== "streams") throw new ApiError("only log selector is supported");
    for (const stream of found.result) collect(stream, parser, fields);
  }
  return fields;
}

// JSON is read by the JSON parser alone: logfmt would find words in it.
function collect({ values }: StreamResult, parser: "json" | "logfmt", fields: Map<string, Field>): void {
  for (const [, line, labels = {} as EntryLabels] of values) {
    for (const [name, value] of Object.entries(labels.structuredMetadata ?? {})) add(fields, name, value);
    if (line.startsWith("{") !== (parser === "json")) continue;
    for (const [name, value] of Object.entries(labels.parsed ?? {}))
      if (!name.startsWith("__")) add(fields, name, value, parser);
  }
}

function add(fields: Map<string, Field>, name: string, value: string, parser?: string): void {
  const field = fields.get(name) ?? { values: new Set(), parsers: new Set() };
  field.values.add(value);
  if (parser) field.parsers.add(parser);
  fields.set(name, field);
}

function typeOf(values: readonly string[]): string {
  const all = (pattern: RegExp): boolean => values.every((value) => pattern.test(value));
  if (all(/^-?\d+$/)) return "int";
  if (all(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/)) return "float";
  if (all(/^(?:true|false)$/)) return "boolean";
  if (all(/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/)) return "duration";
  return all(/^\d+(?:\.\d+)?\s?(?:[KMGTP]i?)?B$/i) ? "bytes" : "string";
}
