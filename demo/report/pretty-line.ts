import { prettyFactory } from "pino-pretty";

/** Create the writer of lines for people: the kit's fields shortened to what tells requests apart. */
export function createPrettyLine(colorize: boolean): (text: string) => string {
  return prettyFactory({
    colorize,
    hideObject: true,
    translateTime: "SYS:HH:MM:ss.l",
    timestampKey: "time",
    messageKey: "msg",
    messageFormat: (log, messageKey, _label, { colors }) => {
      const column = " ".repeat(Math.max(0, 5 - String(log["level"]).length));
      const name = String(log["service_name"]).padEnd(8);
      return `${column}${colors.cyan(name)} ${log[messageKey]}${colors.gray(fieldsText(log))}${colors.red(errorText(log))}`;
    },
  });
}

type Log = Readonly<Record<string, unknown>>;

const shown = [
  "user_id",
  "order_id",
  "query",
  "query_ms",
  "pool_pending",
  "error_type",
  "process_signal",
  "request_id",
] as const;

function fieldsText(log: Log): string {
  const duration = typeof log["duration_ms"] === "number" ? `  ${log["duration_ms"].toFixed(1)} ms` : "";
  const fields = shown.filter((name) => log[name] !== undefined).map((name) => ` ${name}=${log[name]}`);
  return `${duration} ${fields.join("")}`.trimEnd();
}

/** The error with its causes, on a line of its own. */
function errorText(log: Log): string {
  if (log["exception_message"] === undefined) return "";
  const causes = (log["exception_causes"] ?? []) as readonly Log[];
  const chain = [log, ...causes].map((link) => `${link["exception_type"]}: ${link["exception_message"]}`);
  return `\n    ${chain.join(" <- ")}`;
}
