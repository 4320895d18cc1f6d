import { createTaffrail, type Taffrail } from "./kit.ts";

// One for the process, however many copies of the package it loads.
const key = Symbol.for("taffrail.default-kit");
const shared = globalThis as { [key]?: Taffrail };

/**
 * The kit that middleware uses when it is given none: built from the environment at the first call,
 * its operations server started. A port that is taken ends the process with the error that says so.
 */
export function defaultKit(): Taffrail {
  if (shared[key] === undefined) {
    shared[key] = createTaffrail();
    void shared[key].listen();
  }
  return shared[key];
}
