import type { Logger as PinoLogger } from "pino";
import type { Scope } from "../context/scope.ts";
import { inside, ownScope } from "./pino-instance.ts";

/**
 * Create a logger whose lines carry a scope's ids wherever it is called: in a listener that runs in somebody
 * else's context, too. It costs an object, not one of pino's children.
 */
export function bindScope(logger: PinoLogger, scope: Scope): PinoLogger {
  // pino's children are made so; levels set later reach it through its prototype.
  const bound = Object.create(logger) as PinoLogger;
  inside(bound)[ownScope] = scope;
  return bound;
}

/** The same, where the scope is not there yet. */
export function bindLaterScope(logger: PinoLogger, find: () => Scope | undefined): PinoLogger {
  return Object.create(logger, { [ownScope]: { get: find } }) as PinoLogger;
}
