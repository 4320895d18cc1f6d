import { type ContractField, events, fields } from "./fields.ts";

/** A JSON Schema of the dialect 2020-12, as far as the contract needs one. */
export interface LogSchema {
  readonly $schema: string;
  readonly title: string;
  readonly description: string;
  readonly type: "object";
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, SchemaProperty>>;
  readonly additionalProperties: true;
}

export interface SchemaProperty {
  readonly type: ContractField["type"];
  readonly description: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: object;
}

/** Derive the JSON Schema that every line validates against; committed as `dashboards/log-schema.json`. */
export function logSchema(): LogSchema {
  const table: [string, ContractField][] = Object.entries(fields);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Taffrail log line",
    description: "One line of a service's log. Fields beyond these are the application's own.",
    type: "object",
    required: table.filter(([, field]) => field.on === "every line").map(([name]) => name),
    properties: Object.fromEntries(table.map(([name, field]) => [name, property(name, field)])),
    additionalProperties: true,
  };
}

function property(name: string, field: ContractField): SchemaProperty {
  return {
    type: field.type,
    description: field.description,
    ...(field.values && { enum: field.values }),
    ...(name === "event_name" && { examples: Object.keys(events) }),
    ...(field.pattern && { pattern: field.pattern }),
    ...(field.format && { format: field.format }),
    ...(field.type === "array" && { items: { type: "object" } }),
  };
}
