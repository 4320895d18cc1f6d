import type { Express } from "express";

/** What a variant file exports as `instrument`: it wires its middleware and says what the harness can check. */
export type Instrument = (app: Express) => Instrumented | Promise<Instrumented>;

export interface Instrumented {
  /** Wire what has to come after the routes. */
  readonly afterRoutes?: () => void;
  /** The metrics in the Prometheus text format, so that the harness can count what was observed. */
  readonly metrics?: () => Promise<string>;
}
