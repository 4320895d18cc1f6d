import { setTimeout as pause } from "node:timers/promises";
import type { Taffrail } from "taffrail";
import { refusedConnection } from "../network.ts";
import type { Random } from "../random.ts";
import type { Faults } from "../scenarios.ts";
import { observeDatabase, type QueryTimer } from "./database-metrics.ts";
import { ConnectionPool } from "./pool.ts";

/** A query failed; the cause says why. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

export interface DatabaseOptions {
  readonly kit: Taffrail;
  readonly random: Random;
  readonly faults: () => Faults;
  /** Connections. @default DEMO_POOL_SIZE, or 4 */
  readonly poolSize?: number;
}

const medianMs = 4;
const slowQueryMs = 250;
const statementTimeoutMs = 3_000;

/**
 * Stands in for a database: queries take the time that real ones take, one in a hundred much longer,
 * and share a pool of connections, so that slow queries make the others wait.
 */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #pool: ConnectionPool;
  readonly #log: Taffrail["log"];
  readonly #timer: QueryTimer;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    const { poolSize: size = Number(process.env["DEMO_POOL_SIZE"] ?? 4) } = options;
    this.#pool = new ConnectionPool({ size, acquireTimeoutMs: 1_000 });
    this.#log = options.kit.logger("db");
    this.#timer = observeDatabase(options.kit.metrics.registry, this.#pool);
    options.kit.health.add("database", () => this.query("ping", () => true));
  }

  /**
   * Run a query.
   *
   * @param effort how many times the time of a usual query it takes
   * @throws QueryError, PoolTimeoutError
   */
  async query<T>(name: string, answer: () => T, effort = 1): Promise<T> {
    const end = this.#timer(name);
    const started = performance.now();
    try {
      return await this.#pool.use(() => this.#execute(name, answer, effort));
    } finally {
      end();
      this.#reportSlow(name, performance.now() - started);
    }
  }

  async #execute<T>(name: string, answer: () => T, effort: number): Promise<T> {
    const { random, faults } = this.#options;
    const { databaseSlowdown, databaseErrorShare } = faults();
    const outlier = random.chance(0.01) ? 30 : 1;
    const durationMs = random.logNormal(medianMs, 0.6) * outlier * effort * databaseSlowdown;
    await pause(Math.min(durationMs, statementTimeoutMs));
    if (durationMs > statementTimeoutMs) {
      throw new QueryError(`query ${name} was cancelled: not done within ${statementTimeoutMs} ms`);
    }
    if (random.chance(databaseErrorShare)) {
      throw new QueryError(`query ${name} failed`, { cause: await refusedConnection() });
    }
    return answer();
  }

  #reportSlow(query: string, durationMs: number): void {
    if (durationMs < slowQueryMs) return;
    this.#log.warn(
      { query, query_ms: Math.round(durationMs), pool_pending: this.#pool.pending },
      "slow query",
    );
  }
}
