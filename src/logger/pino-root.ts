import pino, { type Bindings, type Logger as PinoLogger, symbols } from "pino";
import type { Resource } from "../config/options.ts";
import { scopes } from "../context/scope.ts";
import { createTimestamp } from "./clock.ts";
import type { Destination } from "./destination.ts";
import { escapeLine } from "./escape.ts";
import { exceptionType } from "./exception.ts";
import type { LevelSpec } from "./levels.ts";
import { type Content, fits, smallerVersions } from "./line-cap.ts";
import type { LineStats } from "./line-stats.ts";
import { readCall } from "./log-call.ts";
import { addScope, addUserFields, type LogRecord, type Serializers } from "./record.ts";
import type { Redaction } from "./redaction.ts";
import { Shaper } from "./shaper.ts";

/** What a logger is made of. */
export interface LoggerOptions {
  readonly resource: Resource;
  readonly levels: LevelSpec;
  readonly destination: Destination;
  readonly redaction: Redaction;
  /** Told of every line that is written. */
  readonly onLine: (level: string) => void;
  /** The active span, if a tracer knows one: it is nearer than the request's own. */
  readonly activeSpan: () => { readonly traceId: string; readonly spanId: string } | undefined;
}

/** A line's content, ready to be formatted: what pino carries from the log call to the formatter. */
export class PreparedLine implements Content {
  // Asked for by this, which no trap of a user's proxy gets to see.
  readonly #brand = true;
  // Names that pino has no ideas about: it takes an object with `method` and `headers` for a request.
  readonly record: LogRecord;
  readonly text: string;

  constructor(record: LogRecord, text: string) {
    this.record = record;
    this.text = text;
  }

  static is(value: unknown): value is PreparedLine {
    return typeof value === "object" && value !== null && #brand in value;
  }
}

const asJson: typeof symbols.asJsonSym = symbols.asJsonSym;
const bound = Symbol("taffrail.bound");
const ownSerializers = Symbol("taffrail.serializers");

// What pino's instances hold under its symbols, which its types leave out.
interface Instance {
  [asJson]: (record: object, msg: unknown, level: number, time: string) => string;
  [symbols.serializersSym]: object;
  [bound]?: LogRecord;
  [ownSerializers]?: Serializers;
  readonly levels: PinoLogger["levels"];
  readonly msgPrefix: string | undefined;
  child(bindings: Bindings, options?: { readonly serializers?: Serializers }): Instance;
  bindings(): Bindings;
  setBindings(bindings: Bindings): void;
}

/** Lines of this level and above are written at once. */
const urgentLevel = 50;

/** Create the pino logger whose every call, whatever it is given, ends in one line that meets the log contract. */
export function createPinoRoot(options: LoggerOptions, stats: LineStats): PinoLogger {
  const { resource, levels, destination, redaction, onLine } = options;
  let isUrgent = false;
  const logger = pino(
    {
      level: levels.root,
      base: resource,
      timestamp: createTimestamp(),
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          const [first]: readonly unknown[] = args;
          // pino's types have the instance as its logger; the symbols on it are its public ones.
          const line = PreparedLine.is(first) ? first : prepare(this as unknown as Instance, args);
          method.call(this, line as object);
        },
      },
    },
    {
      write: (line: string) => destination.write(line, isUrgent),
      // For pino's fatal(); the line itself is written already, and no reader is waited for.
      flushSync: () => destination.flushSync(),
    } as pino.DestinationStream,
  );
  const root = logger as unknown as Instance;
  const format = root[asJson];

  function prepare(instance: Instance, args: readonly unknown[]): PreparedLine {
    try {
      return prepareWhole(instance, args);
    } catch (error) {
      // Out of stack, most likely: the parts that meet the user's values have their own care.
      stats.degradedLines++;
      return new PreparedLine({}, `[unreadable log call: ${exceptionType(error)}]`);
    }
  }

  function prepareWhole(instance: Instance, args: readonly unknown[]): PreparedLine {
    const shaper = new Shaper(redaction);
    const { objects, text } = readCall(args, shaper);
    const record: LogRecord = {};
    if (instance[bound]) Object.assign(record, instance[bound]);
    const scope = scopes.getStore();
    if (scope?.fields) addUserFields(record, scope.fields, { shaper });
    for (const fields of objects) {
      addUserFields(record, fields, { shaper, serializers: instance[ownSerializers] });
    }
    const span = options.activeSpan() ?? scope;
    addScope(record, scope, span?.traceId, span?.spanId);
    mark(record, shaper, stats);
    const said = text ?? takeText(record);
    const { msgPrefix } = instance;
    return new PreparedLine(record, msgPrefix === undefined ? said : msgPrefix + said);
  }

  root[asJson] = function (this: Instance, content, _msg, level, time) {
    onLine(this.levels.labels[level] ?? "info");
    isUrgent = level >= urgentLevel;
    // pino's own write hands over what the hook made.
    const prepared = PreparedLine.is(content) ? content : prepare(this, [content]);
    const line = escapeLine(format.call(this, prepared.record, prepared.text, level, time));
    if (fits(line)) return line;
    stats.truncatedLines++;
    let smaller = line;
    for (const { record, text } of smallerVersions(prepared, redaction)) {
      smaller = escapeLine(format.call(this, record, text, level, time));
      if (fits(smaller)) break;
    }
    return smaller;
  };
  // A prototype's names (`constructor`) would pass for serializers, and an `err` of the user's is text by now.
  root[symbols.serializersSym] = Object.create(null) as object;
  keepBindings(root, redaction);
  return logger;
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

/**
 * Keep child bindings as fields rather than as the text pino makes of them, so that a line's own
 * field replaces a bound one of the same name instead of standing beside it.
 */
function keepBindings(root: Instance, redaction: Redaction): void {
  const { child } = root;
  const bind = (instance: Instance, parent: Instance, bindings: unknown): void => {
    const record: LogRecord = { ...parent[bound] };
    const shaper = new Shaper(redaction);
    const { objects } = readCall(typeof bindings === "object" ? [bindings] : [], shaper);
    for (const fields of objects) {
      addUserFields(record, fields, { shaper, serializers: instance[ownSerializers] });
    }
    instance[bound] = record;
  };
  root.child = function (this: Instance, bindings, childOptions) {
    // pino would let a serializer that throws reach the caller: they run in the shaper's care instead.
    const { serializers, ...others } = childOptions ?? {};
    const instance = child.call(this, {}, childOptions && others);
    if (serializers) instance[ownSerializers] = { ...this[ownSerializers], ...serializers };
    bind(instance, this, bindings);
    return instance;
  };
  root.bindings = function (this: Instance) {
    return { ...this[bound] };
  };
  root.setBindings = function (this: Instance, bindings) {
    bind(this, this, bindings);
  };
}
