import { setTimeout } from "node:timers/promises";
import { paymentError } from "./errors.js";

const encoder = new TextEncoder();

/** A stream of a text's parts, with pauses between them. */
export function parts(count, pauseMs = 30) {
  return toStream(async function* () {
    for (let part = 0; part < count; part++) {
      yield `part ${part}\n\n`;
      await setTimeout(pauseMs);
    }
  });
}

/** A stream that fails before its first byte. */
export function brokenOff() {
  return toStream(async function* () {
    yield* [];
    await setTimeout(5);
    throw paymentError();
  });
}

/** A stream that fails after its first bytes. */
export function brokenOffLate() {
  return toStream(async function* () {
    yield "and so it begins\n";
    await setTimeout(5);
    throw paymentError();
  });
}

/** A stream that begins and never ends. */
export function forever() {
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode("and so it begins\n")),
  });
}

function toStream(generate) {
  const generated = generate();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await generated.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}
