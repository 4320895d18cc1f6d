import type { Server } from "node:http";

/** A variant of another framework than Express: a server that is yet to listen. */
export interface ServedVariant {
  readonly server: Server;
  /** The metrics in the Prometheus text format, so that the harness can count what was observed. */
  readonly metrics: (() => Promise<string>) | undefined;
}
