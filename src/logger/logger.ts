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

// What pino's instances hold under its symbols, which its types leave out.
interface Internals {
  [asJson]: (record: object, msg: unknown, level: number, time: string) => string;
  [bound]?: Bindings;
}
type Instance = Internals & {
  readonly levels: PinoLogger["levels"];
  child(bindings: Bindings, options?: object): Instance;
  bindings(): Bindings;
  setBindings(bindings: Bindings): void;
};

/** Create the pino logger whose every line meets the log contract. */
export function createLogger(options: LoggerOptions): Logger {
  const { destination, levels, isSecret } = options;
  const root = createRoot(options);
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
      createEventLog(name === undefined ? root : derive(name, {}), isSecret),
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

function createEventLog(logger: PinoLogger, isSecret: IsSecret): EventLog {
  return {
    isEnabled: (level) => logger.isLevelEnabled(level),
    write(level, msg, fields, userFields) {
      if (!logger.isLevelEnabled(level)) return;
      const record = new EventRecord();
      if (userFields) addUserFields(record, userFields, isSecret);
      logger[level](Object.assign(record, fields), msg);
    },
  };
}

/** Marks a record that already meets the contract. */
class EventRecord implements LogRecord {
  [field: string]: unknown;
}

function createRoot(options: LoggerOptions): PinoLogger {
  const { resource, levels, destination, isSecret, onLine, activeSpan } = options;
  const logger = pino(
    {
      level: levels.root,
      base: resource,
      timestamp: createTimestamp(),
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

  const formatLine = root[asJson];
  root[asJson] = function (this: Instance, fields, msg, level, time) {
    onLine(this.levels.labels[level] ?? "info");
    if (fields instanceof EventRecord) return formatLine.call(this, fields, msg, level, time);
    const record: LogRecord = {};
    const scope = scopes.getStore();
    if (this[bound]) addUserFields(record, this[bound], isSecret);
    if (scope?.fields) addUserFields(record, scope.fields, isSecret);
    const text = msg ?? (fields as { msg?: unknown }).msg;
    addUserFields(record, text === msg ? fields : { ...fields, msg: undefined }, isSecret);
    const span = activeSpan() ?? scope;
    addScope(record, scope, span?.traceId, span?.spanId);
    return formatLine.call(this, record, text, level, time);
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
