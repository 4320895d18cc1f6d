import { textOf } from "./line-record.ts";

const names = ["service_name", "service"] as const;
// What `name` means is only known of pino and bunyan, which write numbers as levels.
const namesOfPino = [...names, "name"] as const;

/** The service that a record names as its own; undefined where it names none. */
export function recordService(record: Readonly<Record<string, unknown>>): string | undefined {
  return textOf(record, typeof record["level"] === "number" ? namesOfPino : names);
}
