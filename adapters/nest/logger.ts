import type { LoggerService } from "@nestjs/common";
import { scopes } from "../../src/context/scope.ts";
import { currentExchange } from "../../src/http/exchange.ts";
import type { Level, Taffrail, TaffrailLogger } from "../../src/index.ts";

/** Past so many contexts a new one has no logger of its own kept: some applications put ids into them. */
const maxContexts = 1_000;

/**
 * Create the logger that Nest and its `Logger` write through: their lines are the kit's, with the context as
 * `scope_name`, so that `LOG_LEVEL=info,RouterExplorer=warn` works.
 */
export function nestLogger(kit: Taffrail): LoggerService {
  const contexts = new Set<string>();

  function loggerOf(context: string | undefined): TaffrailLogger {
    if (context === undefined) return kit.log;
    if (contexts.size >= maxContexts && !contexts.has(context))
      return kit.log.child({ scope_name: context }) as TaffrailLogger; // What the kit's child is; pino's types can't say it.
    contexts.add(context);
    return kit.logger(context);
  }

  const writeAt =
    (level: Level) =>
    (message: unknown, ...params: unknown[]): void => {
      const { context, values } = readCall(params);
      if (context === "ExceptionsHandler" && isOnCompletionLine()) return;
      if (context === "StreamableFile" && tellExchange(message)) return;
      // A message may be an error or an object, too: the kit's loggers take them in any order.
      loggerOf(context)[level](message as string, ...values);
    };

  return {
    log: writeAt("info"),
    fatal: writeAt("fatal"),
    error: writeAt("error"),
    warn: writeAt("warn"),
    debug: writeAt("debug"),
    verbose: writeAt("trace"),
  };
}

/** Read what follows the message: values, then a stack, then the context, each where there is one. */
function readCall(params: readonly unknown[]): {
  readonly context: string | undefined;
  readonly values: readonly unknown[];
} {
  const values = [...params];
  const last = values.at(-1);
  const context = typeof last === "string" && !isStack(last) ? last : undefined;
  if (context !== undefined) values.pop();
  const stack = values.at(-1);
  if (isStack(stack)) values.splice(-1, 1, { exception_stacktrace: stack });
  return { context, values };
}

function isStack(value: unknown): value is string {
  return typeof value === "string" && value.includes("\n    at ");
}

/** A file that broke while it was sent is told to nobody but the logger: Nest then just ends the connection. */
function tellExchange(error: unknown): boolean {
  const exchange = currentExchange();
  exchange?.fail(error);
  return exchange !== undefined;
}

/** What Nest's exceptions handler says during a watched request stands on its completion line, with more. */
function isOnCompletionLine(): boolean {
  return scopes.getStore() !== undefined;
}
