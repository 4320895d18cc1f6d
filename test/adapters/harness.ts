import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { Taffrail } from "../../src/index.ts";

/** The application that every adapter serves, written in its framework as a user would write it. */
export interface AdapterHarness {
  readonly name: string;
  /** Start the application on 127.0.0.1 and a free port. */
  start(kit: Taffrail): Promise<RunningApp>;
  /** Behaviours that the framework makes impossible, by the test's name, each with the reason. */
  readonly cannot?: Readonly<Record<string, string>>;
}

export interface RunningApp {
  readonly url: string;
  close(): Promise<void>;
}

export class PaymentError extends Error {}

/** What `GET /throw` throws: an error with a chain of causes that bites its own tail. */
export function paymentError(): PaymentError {
  const reset = Object.assign(new Error("ECONNRESET"), { code: "ECONNRESET" });
  const outer = new PaymentError("card declined by issuer", { cause: reset });
  reset.cause = outer;
  return outer;
}

/** A source that fails after its first bytes, for `GET /break-off`. */
export function failingStream(): Readable {
  return Readable.from(
    (async function* () {
      await setTimeout(5);
      yield* [];
      throw paymentError();
    })(),
  );
}

/** The body of `GET /stream`: parts with a pause between them. */
export async function* parts(count: number): AsyncGenerator<string> {
  for (let part = 0; part < count; part++) {
    yield `part ${part}\n`;
    await setTimeout(30);
  }
}

/** The body of `GET /break-off`: it begins, and fails. */
export async function* brokenParts(): AsyncGenerator<string> {
  yield "and so it begins\n";
  yield* failingStream();
}

/** What `GET /throw-many` throws. */
export function manyErrors(): AggregateError {
  return new AggregateError([new TypeError("first"), new RangeError("second")], "all replicas failed");
}
