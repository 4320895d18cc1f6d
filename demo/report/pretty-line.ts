import { prettyFactory } from "pino-pretty";

/** Create the writer of lines for people: the kit's fields shortened to what tells requests apart. */
export function createPrettyLine(colorize: boolean): (text: string) => string {
  return prettyFactory({
    colorize,
    singleLine: true,
    translateTime: "SYS:HH:MM:ss.l",
    timestampKey: "time",
    messageKey: "msg",
    messageFormat: "{service_name}  {msg}",
    include: ["time", "level", ...shown].join(),
  });
}

const shown = [
  "duration_ms",
  "outcome",
  "error_type",
  "exception_message",
  "exception_causes",
  "user_id",
  "order_id",
  "query",
  "query_ms",
  "pool_pending",
  "process_signal",
  "request_id",
] as const;
