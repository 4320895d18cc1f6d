import { type Bindings, type Logger as PinoLogger, symbols } from "pino";
import type { Scope } from "../context/scope.ts";
import type { LogRecord, Serializers } from "./record.ts";

export const asJson: typeof symbols.asJsonSym = symbols.asJsonSym;
/** The fields bound to a child, shaped. */
export const bound: unique symbol = Symbol("taffrail.bound");
/** A child's serializers, which run in the shaper's care instead of pino's. */
export const ownSerializers: unique symbol = Symbol("taffrail.serializers");
/** The scope a logger is bound to, wherever it is called. */
export const ownScope: unique symbol = Symbol("taffrail.scope");
/** Makes the line of a record that meets the contract; never longer than a line may be. */
export const formatLine: unique symbol = Symbol("taffrail.format-line");

/** What pino's instances hold under its symbols, which are public but left out of its types; and what is ours. */
export interface PinoInstance {
  [asJson]: (record: object, msg: unknown, level: number, time: string) => string;
  [symbols.serializersSym]: object;
  [bound]?: LogRecord;
  [ownSerializers]?: Serializers;
  [ownScope]?: Scope;
  [formatLine]: (record: LogRecord, text: string, level: number, time: string) => string;
  readonly levels: PinoLogger["levels"];
  readonly msgPrefix: string | undefined;
  child(bindings: Bindings, options?: { readonly serializers?: Serializers }): PinoInstance;
  bindings(): Bindings;
  setBindings(bindings: Bindings): void;
}

/** The same object, seen from the inside. */
export function inside(logger: PinoLogger): PinoInstance {
  return logger as unknown as PinoInstance;
}
