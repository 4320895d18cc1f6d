import { type ContractField, events, fields } from "./fields.ts";

/** Derive the text of docs/fields.md from the contract. */
export function fieldsPage(): string {
  const table: [string, ContractField][] = Object.entries(fields);
  return [
    "# Log fields",
    "",
    "Every line is one flat JSON object. Names are OpenTelemetry's with `_` for `.`; units stand in the name.",
    "The machine-readable form is `dashboards/log-schema.json` (`taffrail/log-schema.json` in the package).",
    "This page is generated from `src/contract/fields.ts` by `npm run generate`.",
    "",
    "| field | type | on | meaning |",
    "|---|---|---|---|",
    ...table.map(([name, field]) => `| \`${name}\` | ${field.type} | ${field.on} | ${meaning(field)} |`),
    "",
    "## Events",
    "",
    "| `event_name` | meaning |",
    "|---|---|",
    ...Object.entries(events).map(([name, text]) => `| \`${name}\` | ${text} |`),
    "",
    "## Your own fields",
    "",
    "Everything else on a line is yours. A field of yours that is called like one the kit answers for (`time`,",
    "`level`, `msg`, `service_*`, `deployment_environment_name`, `request_id`, `trace_id`, `span_id`) is kept as",
    "`user_<name>`. So is any other name of the contract with a value that the contract does not allow, or with the name of",
    "one of the kit's events. No line ever holds one key twice.",
    "",
    "## How it changes",
    "",
    "Only by adding. A test compares the schema with the last released one (`dashboards/log-schema.released.json`)",
    "and fails on a field that was removed, renamed or given another type.",
    "",
  ].join("\n");
}

function meaning(field: ContractField): string {
  const values = field.values ? ` One of ${field.values.map((value) => `\`${value}\``).join(", ")}.` : "";
  return field.description + values;
}
