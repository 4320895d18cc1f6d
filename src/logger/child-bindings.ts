import { Shaper } from "./guard/shaper.ts";
import { readCall } from "./log-call.ts";
import { bound, ownSerializers, type PinoInstance } from "./pino-instance.ts";
import { addUserFields, type LogRecord } from "./record.ts";
import type { Redaction } from "./redaction/redaction.ts";

/**
 * Keep child bindings as fields rather than as the text pino makes of them, so that a line's own
 * field replaces a bound one of the same name instead of standing beside it. They are shaped once,
 * when they are bound.
 */
export function keepBindings(root: PinoInstance, redaction: Redaction): void {
  const { child } = root;
  root.child = function (this: PinoInstance, bindings, childOptions) {
    // pino would let a serializer that throws reach the caller.
    const { serializers, ...others } = childOptions ?? {};
    const instance = child.call(this, {}, childOptions && others);
    if (serializers) instance[ownSerializers] = { ...this[ownSerializers], ...serializers };
    bind(instance, bindings, redaction);
    return instance;
  };
  root.bindings = function (this: PinoInstance) {
    return { ...this[bound] };
  };
  root.setBindings = function (this: PinoInstance, bindings) {
    bind(this, bindings, redaction);
  };
}

function bind(instance: PinoInstance, bindings: unknown, redaction: Redaction): void {
  // A child inherits from its parent, and so finds there what is bound already.
  const record: LogRecord = { ...instance[bound] };
  const shaper = new Shaper(redaction);
  const { objects } = readCall(typeof bindings === "object" ? [bindings] : [], shaper);
  for (const fields of objects) {
    addUserFields(record, fields, { shaper, serializers: instance[ownSerializers] });
  }
  instance[bound] = record;
}
