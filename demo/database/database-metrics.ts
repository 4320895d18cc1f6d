import { Gauge, Histogram, type Registry } from "prom-client";
import type { ConnectionPool } from "./pool.ts";

/** Starts the clock for a query; call what it answers when the query ended. */
export type QueryTimer = (query: string) => () => void;

/** Put the database's own metrics beside the kit's, under OpenTelemetry's names. */
export function observeDatabase(registry: Registry, pool: ConnectionPool): QueryTimer {
  const registers = [registry];
  const duration = new Histogram({
    name: "db_client_operation_duration_seconds",
    help: "Duration of database queries, the wait for a connection included.",
    labelNames: ["db_operation_name"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    registers,
  });
  new Gauge({
    name: "db_client_connection_count",
    help: "Connections of the pool, by state.",
    labelNames: ["db_client_connection_state"],
    registers,
    collect() {
      this.set({ db_client_connection_state: "used" }, pool.used);
      this.set({ db_client_connection_state: "idle" }, pool.idle);
    },
  });
  new Gauge({
    name: "db_client_connection_pending_requests",
    help: "Callers that wait for a connection.",
    registers,
    collect() {
      this.set(pool.pending);
    },
  });
  return (query) => duration.startTimer({ db_operation_name: query });
}
