import { scopes } from "../context/scope.ts";
import { exceptionType } from "./guard/exception.ts";
import { Shaper } from "./guard/shaper.ts";
import type { LineStats } from "./line-stats.ts";
import { readCall } from "./log-call.ts";
import { bound, ownScope, ownSerializers, type PinoInstance } from "./pino-instance.ts";
import { PreparedLine } from "./prepared-line.ts";
import { addScope, addUserFields, type LogRecord } from "./record.ts";
import type { Redaction } from "./redaction/redaction.ts";

export interface PrepareOptions {
  readonly redaction: Redaction;
  readonly stats: LineStats;
  /** The active span, if a tracer knows one: it is nearer than the request's own. */
  readonly activeSpan: () => { readonly traceId: string; readonly spanId: string } | undefined;
}

/** Makes of a log call's arguments what may be formatted. Never throws, whatever they are. */
export type Prepare = (instance: PinoInstance, args: readonly unknown[]) => PreparedLine;

export function createPrepare(options: PrepareOptions): Prepare {
  return (instance, args) => {
    try {
      return prepare(instance, args, options);
    } catch (error) {
      // Out of stack, most likely: the parts that meet the user's values have their own care.
      options.stats.degradedLines++;
      return new PreparedLine({}, `[unreadable log call: ${exceptionType(error)}]`);
    }
  };
}

function prepare(instance: PinoInstance, args: readonly unknown[], options: PrepareOptions): PreparedLine {
  const { redaction, stats, activeSpan } = options;
  const shaper = new Shaper(redaction);
  const { objects, text } = readCall(args, shaper);
  const record: LogRecord = {};
  if (instance[bound]) Object.assign(record, instance[bound]);
  const scope = instance[ownScope] ?? scopes.getStore();
  if (scope?.fields) addUserFields(record, scope.fields, { shaper });
  for (const fields of objects) {
    addUserFields(record, fields, { shaper, serializers: instance[ownSerializers] });
  }
  const span = activeSpan() ?? scope;
  addScope(record, scope, span?.traceId, span?.spanId);
  mark(record, shaper, stats);
  const said = text ?? takeText(record);
  return new PreparedLine(record, instance.msgPrefix === undefined ? said : instance.msgPrefix + said);
}

function mark(record: LogRecord, shaper: Shaper, stats: LineStats): void {
  if (shaper.degraded) stats.degradedLines++;
  if (!shaper.truncated) return;
  stats.truncatedLines++;
  record["log_truncated"] = true;
}

/** Without a text of its own, a line says what its error or its `msg` field says. */
function takeText(record: LogRecord): string {
  const { user_msg: text, exception_message: message } = record;
  if (typeof text !== "string") return typeof message === "string" ? message : "";
  delete record["user_msg"];
  return text;
}
