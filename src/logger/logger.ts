import pino, { type Bindings, type Logger as PinoLogger, symbols } from "pino";
import type { Resource } from "../config/options.ts";
import { scopes } from "../context/scope.ts";
import type { ContractFields } from "../contract/line.ts";
import { arrangeArguments } from "./arguments.ts";
import { createTimestamp } from "./clock.ts";
import type { Destination } from "./destination.ts";
import type { Level, LevelSpec, Threshold } from "./levels.ts";
import { addScope, addUserFields, type LogRecord } from "./record.ts";
import type { IsSecret } from "./redaction.ts";

/** What a logger is made of. */
export interface LoggerOptions {
  readonly resource: Resource;
  readonly levels: LevelSpec;
  readonly destination: Destination;
  readonly isSecret: IsSecret;
  /** Told of every line that is written. */
  readonly onLine: (level: string) => void;
  /** The active span, if a tracer knows one: it is nearer than the request's own. */
  readonly activeSpan: () => { readonly traceId: string; readonly spanId: string } | undefined;
}

/** The kit's side of the logger; the application sees the pino logger in `log`. */
export interface Logger {
  readonly log: PinoLogger;
  /** A logger of the given name: `scope_name` on its lines, its own level where one was set for the name. */
  named(name: string): PinoLogger;
  /** The kit's own events; those of a name obey the level set for that name. */
  events(name?: string): EventLog;
  /** The thresholds in force: the root's, and those of names that have their own. */
  readLevels(): { readonly level: string; readonly modules: Readonly<Record<string, string>> };
  /** Set the threshold of one name, or of the root and all names that have none of their own. */
  setLevel(threshold: Threshold, name?: string): void;
  flushSync(): void;
}

/** Writes the kit's own events. */
export interface EventLog {
  /** Tell whether an event of this level would be written. */
  isEnabled(level: Level): boolean;
  /** Write an event: contract fields as they are, the user's fields beneath them. */
  write(level: Level, msg: string, fields: ContractFields, userFields?: object): void;
}

const asJson: typeof symbols.asJsonSym = symbols.asJsonSym;
const bound = Symbol("taffrail.bound");
const formatLine = Symbol("taffrail.format-line");

// What pino's instances hold under its symbols, which its types leave out.
interface Internals {
  [asJson]: FormatLine;
  /** pino's own formatter, which `asJson` was before it was wrapped. */
  [formatLine]: FormatLine;
  [bound]?: Bindings;
}
type FormatLine = (record: object, msg: unknown, level: number, time: string) => string;
type Instance = Internals & {
  readonly levels: PinoLogger["levels"];
  child(bindings: Bindings, options?: object): Instance;
  bindings(): Bindings;
  setBindings(bindings: Bindings): void;
};

/** Create the pino logger whose every line meets the log contract. */
export function createLogger(options: LoggerOptions): Logger {
  const { destination, levels } = options;
  const timestamp = createTimestamp();
  const root = createRoot(options, timestamp);
  const children: { readonly name: string; readonly logger: PinoLogger }[] = [];
  const thresholds = new Map(Object.entries(levels.named));

  function derive(name: string, bindings: Bindings): PinoLogger {
    const logger = root.child(bindings);
    logger.level = thresholds.get(name) ?? root.level;
    children.push({ name, logger });
    return logger;
  }

  const named = memoize<string, PinoLogger>((name) => derive(name, { scope_name: name }));
  return {
    log: root,
    named,
    events: memoize<string | undefined, EventLog>((name) =>
      createEventLog(name === undefined ? root : derive(name, {}), options, timestamp),
    ),
    readLevels: () => ({ level: root.level, modules: Object.fromEntries(thresholds) }),
    setLevel(threshold, name) {
      if (name === undefined) root.level = threshold;
      else thresholds.set(name, threshold);
      for (const child of children) child.logger.level = thresholds.get(child.name) ?? root.level;
    },
    flushSync: () => destination.flushSync(),
  };
}

function memoize<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/**
 * The kit's events meet the contract by construction, so they take the short way: pino's formatter
 * and the destination, past pino's argument handling and the shaping of users' fields.
 */
function createEventLog(logger: PinoLogger, options: LoggerOptions, timestamp: () => string): EventLog {
  const instance = logger as unknown as Instance;
  const { values } = logger.levels;
  return {
    isEnabled: (level) => logger.isLevelEnabled(level),
    write(level, msg, fields, userFields) {
      if (!logger.isLevelEnabled(level)) return;
      options.onLine(level);
      const record = userFields === undefined ? fields : withUserFields(fields, userFields, options.isSecret);
      options.destination.write(instance[formatLine](record, msg, values[level] ?? 0, timestamp()));
    },
  };
}

/** The kit's own fields win over the user's of the same name. */
function withUserFields(fields: ContractFields, userFields: object, isSecret: IsSecret): LogRecord {
  const record: LogRecord = {};
  addUserFields(record, userFields, isSecret);
  return Object.assign(record, fields);
}

function createRoot(options: LoggerOptions, timestamp: () => string): PinoLogger {
  const { resource, levels, destination, isSecret, onLine, activeSpan } = options;
  const logger = pino(
    {
      level: levels.root,
      base: resource,
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, arrangeArguments(args));
        },
      },
    },
    destination,
  );
  // The symbols are pino's public ones; its types just don't place them on the instance.
  const root = logger as unknown as Instance;

  root[formatLine] = root[asJson];
  root[asJson] = function (this: Instance, fields, msg, level, time) {
    onLine(this.levels.labels[level] ?? "info");
    const record: LogRecord = {};
    const scope = scopes.getStore();
    if (this[bound]) addUserFields(record, this[bound], isSecret);
    if (scope?.fields) addUserFields(record, scope.fields, isSecret);
    const text = msg ?? (fields as { msg?: unknown }).msg;
    addUserFields(record, text === msg ? fields : { ...fields, msg: undefined }, isSecret);
    const span = activeSpan() ?? scope;
    addScope(record, scope, span?.traceId, span?.spanId);
    return this[formatLine](record, text, level, time);
  };
  keepBindings(root);
  return logger;
}

/**
 * Keep child bindings as fields rather than as the text pino makes of them, so that a line's own
 * field replaces a bound one of the same name instead of standing beside it.
 */
function keepBindings(root: Instance): void {
  const { child } = root;
  root.child = function (this: Instance, bindings, childOptions) {
    const instance = child.call(this, {}, childOptions);
    instance[bound] = { ...this[bound], ...bindings };
    return instance;
  };
  root.bindings = function (this: Instance) {
    return { ...this[bound] };
  };
  root.setBindings = function (this: Instance, bindings) {
    this[bound] = { ...this[bound], ...bindings };
  };
}
